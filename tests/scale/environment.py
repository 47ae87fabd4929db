"""The databases and the settings of a benchmark."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.scale.machine import memory

HOST = "127.0.0.1"
#: Written when a database is filled, beside its files.
FILLED = "filled.json"
#: Bytes that a parallel scan may want of /dev/shm, of which a container has 64 MB.
SHARED = 1 << 30


def postgres_options() -> dict[str, str]:
    """Nothing here has to outlive a power cut; for the rest, what a small machine that serves this database would be
    given, of its memory a quarter at most.
    """
    megabytes = memory() >> 20
    is_roomy = Path("/dev/shm").exists() and shutil.disk_usage("/dev/shm").free >= SHARED
    return postgres.OPTIONS | {
        "autovacuum": "on",
        "shared_buffers": f"{min(2048, megabytes // 4)}MB",
        "effective_cache_size": f"{min(6144, megabytes * 3 // 4)}MB",
        "dynamic_shared_memory_type": "posix" if is_roomy else "mmap",
        "work_mem": "32MB",
        "maintenance_work_mem": f"{min(512, megabytes // 8)}MB",
        "max_wal_size": "8GB",
        "checkpoint_timeout": "30min",
        "random_page_cost": "1.1",
        "jit": "off",
    }


def settings_for(url: str) -> dict[str, str]:
    """Chancery's environment, as in production but for HTTPS."""
    return {
        "DATABASE_URL": url,
        "DEVELOPMENT": "false",
        "SECRET_KEY": "a-key-for-benchmarks-alone-0123456789-abcdefghijklm",
        "ALLOWED_HOSTS": HOST,
        "HTTPS": "false",
        "TRUSTED_PROXY": "false",
        "CSRF_TRUSTED_ORIGINS": "",
    }


def set_up() -> None:
    """Django in this process, by the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def is_filled(folder: Path) -> bool:
    return (folder / FILLED).exists()


@contextmanager
def database(kind: str, folder: Path, keep: bool) -> Iterator[str]:
    """The URL of a database of *kind* (``postgresql`` or ``sqlite``), all of whose files lie in *folder*.

    What is there filled stays, whatever *keep* says; else they go at the end, unless *keep* is said and it was filled.
    """
    keep = keep or is_filled(folder)
    if not is_filled(folder):
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was broken off
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if kind == "sqlite":
            yield f"sqlite:///{folder.resolve()}/bench.sqlite3"
        else:
            with postgres.server(postgres_options(), folder.resolve() / "data") as url:
                yield url
    finally:
        if not (keep and is_filled(folder)):
            shutil.rmtree(folder)
