"""The databases and the settings of a benchmark."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres

#: Nothing here has to outlive a power cut; for the rest, what a small machine that serves this database would be given.
POSTGRES = postgres.OPTIONS | {
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "random_page_cost": "1.1",
    "jit": "off",
}
HOST = "127.0.0.1"


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


@contextmanager
def database(kind: str, folder: Path, keep: bool) -> Iterator[str]:
    """The URL of a database of *kind* (``postgresql`` or ``sqlite``), all of whose files lie in *folder*.

    They go at the end unless *keep* is said; kept ones are found again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if kind == "sqlite":
            yield f"sqlite:///{folder.resolve()}/bench.sqlite3"
        else:
            with postgres.server(POSTGRES, folder.resolve() / "data") as url:
                yield url
    finally:
        if not keep:
            shutil.rmtree(folder)
