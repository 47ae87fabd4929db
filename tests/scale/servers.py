"""The production server, started for a benchmark and watched from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import tied
from tests.scale.driver import BrokenAnswer, ask_once, request
from tests.scale.environment import HOST
from tests.scale.shape import ROOT

#: As in the Makefile and the Dockerfile; a test compares them.
FLAGS = (
    "--interface wsgi --blocking-threads 44 --backpressure 1024 --no-ws --respawn-failed-workers "
    "--workers-kill-timeout 5 --log-level warning"
).split()
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60  # seconds for a server to answer at all
MOST_SHOWN = 2000  # characters of what one said that does not


class NotStarted(OSError):
    """A server that does not answer; its text is what it said."""


@dataclass(frozen=True)
class Server:
    """A running server and the processes that belong to it."""

    port: int
    pid: int

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        """Of user and system, all processes together, since they began."""
        fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.processes())
        return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS

    def answers(self) -> bool:
        """Whether a worker answers: the port alone is taken long before, and by workers that fail at once, too."""
        try:
            return ask_once(self.port, request("/"), patience=2).status < 500
        except (OSError, BrokenAnswer):
            return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


@contextmanager
def serving(settings: str, environment: dict[str, str], workers: int, log: Path) -> Iterator[Server]:
    """``config.wsgi`` under the settings module *settings*; what it says goes to *log*. Raises NotStarted."""
    port = free_port()
    command = [sys.executable, "-m", "granian", *FLAGS, "--host", HOST, "--port", str(port), "--workers", str(workers)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*tied(), *command, "config.wsgi:application"],
            cwd=ROOT,
            env=os.environ | environment | {"DJANGO_SETTINGS_MODULE": settings, "MALLOC_ARENA_MAX": "2"},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    server = Server(port, process.pid)
    try:
        wait_for(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(server: Server, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            said = log.read_text(encoding="utf-8", errors="replace")[-MOST_SHOWN:]
            raise NotStarted(f"The server did not start, and says in {log}:\n{said}")
        time.sleep(0.05)
