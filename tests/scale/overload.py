"""Asks a running server ten times as much as it can answer: python tests/scale/overload.py http://127.0.0.1:8000/api/…

First as much as it can (a few clients, each asking when it has its answer), then at ten times that rate, answered or
not, as far as this process can ask, then a second later one by one. The last line is JSON; the exit code is 1 where the
gate did not keep its promise: nine tenths of that much, refusals within 100 ms, and all well a second after.
"""

import argparse
import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CLIENTS = 8
TIMES = 10
#: Questions under way at most: beyond, it is this process that is overloaded, and measures itself.
AT_ONCE = 64


@dataclass
class Server:
    """Connections to one address, kept and taken up again."""

    host: str
    port: int
    request: bytes
    free: deque = field(default_factory=deque)

    async def ask(self) -> tuple[int, float]:
        """(status, seconds); status 0 where there was no answer."""
        began = time.perf_counter()
        try:
            reader, writer = self.free.pop() if self.free else await asyncio.open_connection(self.host, self.port)
            writer.write(self.request)
            status = await read_answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            return 0, time.perf_counter() - began
        self.free.append((reader, writer))
        return status, time.perf_counter() - began


async def read_answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"content-length: " in head:
        await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]))
    else:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head.split(None, 2)[1])


async def as_much_as_it_can(server: Server, seconds: float) -> list[tuple[int, float]]:
    ends = time.perf_counter() + seconds
    answers = []

    async def client() -> None:
        while time.perf_counter() < ends:
            answers.append(await server.ask())

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return answers


async def at_a_rate(server: Server, rate: float, seconds: float) -> list[tuple[int, float]]:
    """As far as one process can, with AT_ONCE under way: ``asked_rps`` tells how far that was."""
    began = time.perf_counter()
    asked: list[asyncio.Task] = []
    while (gone := time.perf_counter() - began) < seconds:
        under_way = sum(not task.done() for task in asked[-2 * AT_ONCE :])
        due = min(int(gone * rate) - len(asked), AT_ONCE - under_way)
        asked += [asyncio.create_task(server.ask()) for _ in range(due)]
        await asyncio.sleep(0.002)
    done, late = await asyncio.wait(asked, timeout=5)
    for task in late:
        task.cancel()
    return [task.result() for task in done] + [(0, 5.0)] * len(late)


def percentile(values: list[float], share: float) -> float | None:
    """In milliseconds."""
    return round(1000 * sorted(values)[int(share * (len(values) - 1))], 1) if values else None


async def measure(server: Server, seconds: float) -> dict:
    await as_much_as_it_can(server, 1)  # connections, caches
    unloaded = await as_much_as_it_can(server, seconds)
    capacity = sum(status == 200 for status, _ in unloaded) / seconds
    began = time.perf_counter()
    answers = await at_a_rate(server, TIMES * capacity, seconds)
    took = time.perf_counter() - began
    await asyncio.sleep(1)
    after = [await server.ask() for _ in range(20)]
    refused = [duration for status, duration in answers if status == 503]
    served = [duration for status, duration in answers if status == 200]
    return {
        "capacity_rps": round(capacity), "asked_rps": round(len(answers) / seconds),
        "served_rps": round(len(served) / took), "goodput": round(len(served) / took / capacity, 2) if capacity else 0,
        "served_p50_ms": percentile(served, 0.5), "served_p99_ms": percentile(served, 0.99),
        "refused": len(refused),
        "refused_p50_ms": percentile(refused, 0.5), "refused_p99_ms": percentile(refused, 0.99),
        "unanswered": sum(status == 0 for status, _ in answers),
        "unloaded_p50_ms": percentile([duration for _, duration in unloaded], 0.5),
        "after_ok": sum(status == 200 for status, _ in after), "after_p50_ms": percentile([d for _, d in after], 0.5),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=6, help="of each of the two runs")
    asked = parser.parse_args()
    url = urlsplit(asked.url)
    target = f"{url.path}?{url.query}" if url.query else url.path
    request = f"GET {target} HTTP/1.1\r\nHost: {url.netloc}\r\nAccept: */*\r\n\r\n".encode()
    report = asyncio.run(measure(Server(url.hostname, url.port or 80, request), asked.seconds))
    print(json.dumps(report))
    kept = report["goodput"] >= 0.9 and (report["refused_p99_ms"] or 0) < 100 and report["after_ok"] == 20
    return 0 if kept and not report["unanswered"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
