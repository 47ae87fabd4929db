"""What becomes of the server when ten times as many ask as it can answer.

    DATABASE_URL=… python -m tests.scale.overload --address '/api/v1/events/?page_size=500'

Serves the database, finds how much it can do, asks ten times that whether or not answers come, and prints as JSON what
was answered in time, what was refused and how soon, and how a lone reader fares a second after.
"""

import argparse
import json
import os
import selectors
import time
from collections import deque
from pathlib import Path
from typing import Any

from tests.scale.driver import BrokenAnswer, Connection, Measure, drive, request
from tests.scale.environment import settings_for
from tests.scale.servers import serving

TIMES = 10
#: A reader who has waited so long, in seconds, gives up and hangs up.
IN_TIME = 1.0
#: Connections at once at most: a process may hold only so many.
MOST_OPEN = 900


class Crowd:
    """Readers who come at a steady rate, answered or not; each takes a connection that is free, or opens one."""

    def __init__(self, port: int, question: bytes) -> None:
        self.port, self.question = port, question
        self.selector = selectors.DefaultSelector()
        self.idle: list[Connection] = []
        self.waiting: deque[Connection] = deque()
        self.outcome = {"sent": 0, "unsent": 0, "given_up": 0, "broken": 0}
        self.answers: dict[int, list[float]] = {}

    def come(self, rate: float, seconds: float) -> None:
        """Let *rate* readers a second come for *seconds*, and wait until all have been answered or have given up."""
        start, came = time.perf_counter(), 0
        while (passed := time.perf_counter() - start) < seconds:
            for _ in range(int(passed * rate) - came):
                self.ask()
                came += 1
            self.listen(0.001)
        while self.waiting:
            self.listen(0.01)
        for connection in self.idle:
            connection.close()

    def ask(self) -> None:
        if not self.idle and len(self.waiting) >= MOST_OPEN:
            self.outcome["unsent"] += 1
            return
        try:
            connection = self.idle.pop() if self.idle else Connection(self.port, IN_TIME)
            connection.ask(self.question)
        except OSError:
            self.outcome["broken"] += 1
            return
        self.outcome["sent"] += 1
        self.waiting.append(connection)
        self.selector.register(connection, selectors.EVENT_READ)

    def listen(self, patience: float) -> None:
        for key, _ in self.selector.select(patience):
            connection = key.fileobj
            try:
                if not connection.read():
                    continue
            except (OSError, BrokenAnswer):
                self.outcome["broken"] += 1
                self.leave(connection)
                continue
            self.answers.setdefault(connection.status, []).append(time.perf_counter() - connection.begun)
            self.selector.unregister(connection)
            self.waiting.remove(connection)
            self.idle.append(connection)
        while self.waiting and time.perf_counter() - self.waiting[0].begun > IN_TIME:
            self.outcome["given_up"] += 1
            self.leave(self.waiting[0])

    def leave(self, connection: Connection) -> None:
        self.selector.unregister(connection)
        self.waiting.remove(connection)
        connection.close()


def waits(latencies: list[float]) -> dict[str, float | None]:
    """How many, and how long they waited in milliseconds; None where there were none."""
    measure = Measure(1, sorted(latencies))
    return {"count": len(latencies)} | {
        name: round(measure.percentile_ms(share), 1) if latencies else None
        for name, share in (("p50_ms", 0.5), ("p99_ms", 0.99))
    }


def overload(port: int, address: str, seconds: float) -> dict[str, Any]:
    """Before, during and a second after the crowd, at *address*."""
    question = request(address)
    capacity = drive(port, [question], 8, 1, seconds).rps
    before = drive(port, [question], 1, 0, 1)
    crowd = Crowd(port, question)
    crowd.come(capacity * TIMES, seconds)
    time.sleep(1)
    after = drive(port, [question], 1, 0, 1)
    answered = [latency for latency in crowd.answers.pop(200, []) if latency <= IN_TIME]
    refused = crowd.answers.pop(503, [])
    goodput = len(answered) / seconds
    return {
        "capacity_rps": round(capacity, 1),
        "goodput_rps": round(goodput, 1),
        "goodput_of_capacity": round(goodput / capacity, 3),
        "answered": waits(answered),
        "refused": waits(refused),
        "other_answers": {status: len(found) for status, found in crowd.answers.items()},
        **crowd.outcome,
        "lone_before": waits(before.latencies),
        "lone_a_second_after": waits(after.latencies) | {"failures": after.failures},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="/api/v1/events/?page_size=500", help="what all ask for")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    environment = settings_for(os.environ["DATABASE_URL"])
    with serving("config.settings", environment, asked.workers, Path(os.devnull)) as server:
        print(json.dumps(overload(server.port, asked.address, asked.seconds), indent=2))


if __name__ == "__main__":
    main()
