"""Drives a workload against a server: ours or the plain one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.scale.driver import Answer, Measure, ask_once, drive, request
from tests.scale.questions import Workload
from tests.scale.results import NotMeasured, Row, noting
from tests.scale.servers import Server
from tests.scale.statements import sql_rps

#: What is measured under load is measured in so many parts, each over connections of its own: by chance these fall to
#: one of two workers or to both.
ROUNDS = 6
BETWEEN = 0.1  # seconds before each part but the first
TRIED = 3  # addresses of a workload that are asked before it is driven
TRIES = 3  # of an address that is refused: what has to come from the disk first may take too long the first time


@dataclass(frozen=True)
class Pace:
    """How long each measurement takes, in seconds, and over how many connections."""

    seconds: float
    connections: int

    @property
    def warm_up(self) -> float:
        return min(1.0, self.seconds)


def ours_of(workload: Workload, server: Server, pace: Pace) -> Row:
    """What is measured of Chancery, and of its SQL alone. Raises NotMeasured, OSError or BrokenAnswer."""
    asked, etags = prepared(server, workload.ours, workload.is_conditional)
    loaded, cpu_us = under_load(server, asked, workload.expected, pace)
    lone = drive(server.port, asked, 1, pace.warm_up, pace.seconds, workload.expected)
    check(lone, workload.expected)
    row = Row(workload.name, loaded, lone, cpu_us)
    with noting(row.not_measured, "sql_rps"):
        row.sql_rps = sql_rps(workload.ours, etags, pace.connections, pace.seconds)
    return row


def plain_of(workload: Workload, server: Server, pace: Pace) -> Measure:
    """The same questions to the plain implementation. Raises NotMeasured, OSError or BrokenAnswer."""
    if workload.plain is None:
        raise NotMeasured("The plain tables hold only what stands.")
    asked, _ = prepared(server, workload.plain, workload.is_conditional)
    return under_load(server, asked, workload.expected, pace)[0]


def hello_of(server: Server, pace: Pace) -> Measure:
    """The plain implementation's greeting; for half of the time, as it is asked for with each workload."""
    return under_load(server, [request("/hello/")], 200, Pace(pace.seconds / 2, pace.connections))[0]


def under_load(server: Server, questions: Sequence[bytes], expected: int, pace: Pace) -> tuple[Measure, float]:
    """All parts together, and what an answer took of the server's processors, in µs."""
    loaded, before = Measure(), server.cpu_seconds()
    for number in range(ROUNDS):
        warm_up = BETWEEN if number else pace.warm_up
        loaded += drive(server.port, questions, pace.connections, warm_up, pace.seconds / ROUNDS, expected)
        check(loaded, expected)
        if loaded.seconds >= pace.seconds:
            break  # parts last longer where answers are slow
    return loaded, 1e6 * (server.cpu_seconds() - before) / loaded.answers


def check(measure: Measure, expected: int) -> None:
    if measure.failures:
        counted = measure.failures + len(measure.latencies)
        raise NotMeasured(f"{measure.failures} of {counted} answers were not {expected}.")


def prepared(server: Server, addresses: Sequence[str], is_conditional: bool) -> tuple[list[bytes], list[str]]:
    """The requests for *addresses*, and the validator that each carries. Raises NotMeasured where one is refused."""
    tried = addresses if is_conditional else addresses[:TRIED]
    answers = list(answered(server, tried))
    etags = [answer.etag for answer in answers] if is_conditional else [""] * len(addresses)
    headers = [f"If-None-Match: {etag}\r\n" if etag else "" for etag in etags]
    return [request(*each) for each in zip(addresses, headers, strict=True)], etags


def answered(server: Server, addresses: Sequence[str]) -> Iterator[Answer]:
    for address in addresses:
        for _ in range(TRIES):
            answer = ask_once(server.port, request(address))
            if answer.status != 503:
                break
        if answer.status != 200:
            shown = answer.body[:300].decode(errors="replace")
            raise NotMeasured(f"{address} was answered {answer.status}: {shown}")
        yield answer
