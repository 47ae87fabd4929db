"""Asks a server as fast as it answers, over a few connections that stay open, and measures each answer.

One thread, plain sockets, requests made beforehand. What it takes of the processors is missing to the server, and is
told beside every rate. Answers are read to their last byte and never parsed beyond their head.
"""

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle

from tests.scale.environment import HOST

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
AT_ONCE = 1 << 20  # bytes read in one call
#: Seconds without any answer after which none is waited for.
PATIENCE = 60


class BrokenAnswer(Exception):
    """The server hung up, or what it sent is no HTTP."""


@dataclass
class Measure:
    """Answers within ``seconds``; ``latencies`` in seconds, sorted; ``size`` in bytes of body, all together.

    ``answers`` counts those before and after, too; ``driver_cpu`` are the seconds of processor time that asking for
    these took.
    """

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    size: int = 0
    answers: int = 0
    failures: int = 0
    driver_cpu: float = 0.0

    @property
    def rps(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def mean_size(self) -> int:
        return round(self.size / len(self.latencies)) if self.latencies else 0

    @property
    def driver_cpu_us(self) -> int:
        """Microseconds an answer."""
        return round(1e6 * self.driver_cpu / max(self.answers, 1))

    def percentile_ms(self, share: float) -> float:
        """The latency, in milliseconds, that *share* of the answers did not exceed."""
        if not self.latencies:
            return float("nan")
        return 1000 * self.latencies[min(int(share * len(self.latencies)), len(self.latencies) - 1)]

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(
            self.seconds + other.seconds,
            sorted(self.latencies + other.latencies),
            self.size + other.size,
            self.answers + other.answers,
            self.failures + other.failures,
            self.driver_cpu + other.driver_cpu,
        )

    def enter(self, connection: "Connection", now: float, expected: int) -> None:
        """The answer that *connection* holds, complete *now*."""
        if connection.status != expected:
            self.failures += 1
            return
        self.latencies.append(now - connection.begun)
        self.size += connection.size


def request(address: str, headers: str = "") -> bytes:
    """The bytes that ask for *address*; *headers* are whole lines."""
    return f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nAccept: */*\r\n{headers}\r\n".encode()


class Connection:
    """One connection that stays open, with at most one question under way."""

    def __init__(self, port: int, patience: float = PATIENCE) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=patience)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()
        self.begun = 0.0

    def fileno(self) -> int:
        return self.socket.fileno()

    def ask(self, question: bytes) -> None:
        self.received.clear()
        self.body_begins = self.whole = -1
        self.begun = time.perf_counter()
        self.socket.sendall(question)

    def read(self) -> bool:
        """Take what has come; whether the answer is complete."""
        data = self.socket.recv(AT_ONCE)
        if not data:
            raise BrokenAnswer("The server closed the connection.")
        self.received += data
        if self.body_begins < 0:
            self._read_head()
        if self.body_begins < 0:
            return False
        if self.whole >= 0:
            return len(self.received) >= self.whole
        return self._has_last_chunk()

    def _read_head(self) -> None:
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return
        self.body_begins, head = end + 4, bytes(self.received[: end + 2])
        self.head = head
        try:
            self.status = int(head[9:12])
        except ValueError:
            raise BrokenAnswer(f"No HTTP: {head[:40]!r}") from None
        if self.status in (204, 304):
            self.whole = self.body_begins
        elif length := LENGTH.search(head):
            self.whole = self.body_begins + int(length[1])
        elif not CHUNKED.search(head):
            raise BrokenAnswer("Neither a length nor chunks: the end of the answer cannot be told.")
        self.next_chunk = self.body_begins

    def _has_last_chunk(self) -> bool:
        while (end := self.received.find(b"\r\n", self.next_chunk)) >= 0:
            size = int(self.received[self.next_chunk : end].split(b";")[0], 16)
            if size == 0:
                return len(self.received) >= end + 4
            if len(self.received) < end + 2 + size + 2:
                return False
            self.next_chunk = end + 2 + size + 2
        return False

    @property
    def size(self) -> int:
        """Bytes of the body, as they came."""
        return len(self.received) - self.body_begins

    def close(self) -> None:
        self.socket.close()


@dataclass(frozen=True)
class Answer:
    status: int
    etag: str
    body: bytes


def ask_once(port: int, question: bytes, patience: float = PATIENCE) -> Answer:
    """One question on a connection of its own. Raises OSError or BrokenAnswer where there is no answer."""
    connection = Connection(port, patience)
    try:
        connection.ask(question)
        while not connection.read():
            pass
        etag = ETAG.search(connection.head)
        body = bytes(connection.received[connection.body_begins :])
        return Answer(connection.status, etag[1].decode() if etag else "", body)
    finally:
        connection.close()


def drive(
    port: int, questions: Sequence[bytes], connections: int, warm_up: float, seconds: float, expected: int = 200
) -> Measure:
    """*questions* in turn over *connections*, each asking anew as soon as it is answered.

    Measures from answer to answer, so that slow ones are not cut: from the first that comes after *warm_up*, to the
    first by which *seconds* have gone since and *connections* more have come. The latter counts, the former does not.
    An answer with another status than *expected* is a failure. Raises OSError or BrokenAnswer where there is none.
    """
    measure, turn, cpu = Measure(), cycle(questions), time.process_time()
    with selectors.DefaultSelector() as selector, ExitStack() as opened:
        for _ in range(connections):
            connection = Connection(port)
            opened.callback(connection.close)
            selector.register(connection, selectors.EVENT_READ)
            connection.ask(next(turn))
        warm, start = time.perf_counter() + warm_up, 0.0
        while selector.get_map():
            for connection in whole(selector):
                now = time.perf_counter()
                measure.answers += 1
                if not start:
                    start = now if now >= warm else 0.0
                elif not measure.seconds:
                    measure.enter(connection, now, expected)
                    is_enough = len(measure.latencies) + measure.failures >= connections
                    measure.seconds = now - start if is_enough and now >= start + seconds else 0.0
                if measure.seconds:
                    selector.unregister(connection)
                else:
                    connection.ask(next(turn))
    measure.latencies.sort()
    measure.driver_cpu = time.process_time() - cpu
    return measure


def whole(selector: selectors.BaseSelector) -> Iterator[Connection]:
    """Those whose answer has become complete with what comes next."""
    ready = selector.select(PATIENCE)
    if not ready:
        raise BrokenAnswer(f"None within {PATIENCE} seconds.")
    return (key.fileobj for key, _ in ready if key.fileobj.read())
