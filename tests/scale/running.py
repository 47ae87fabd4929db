"""Drives every workload against our server and the plain one, in turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.scale.driver import Answer, BrokenAnswer, Measure, ask_once, drive, request
from tests.scale.questions import Workload
from tests.scale.results import Row
from tests.scale.servers import Server
from tests.scale.statements import sql_rps

#: Each measurement is taken in so many parts, ours and the plain one's in turn, so that a noisy minute meets both.
ROUNDS = 2
TRIED = 3  # addresses of a workload that are asked once before it is driven


class FailedWorkload(Exception):
    """A workload whose answers are not what was asked for; its text says what came instead."""


@dataclass(frozen=True)
class Pace:
    """How long (seconds, for each measurement and before it) and over how many connections."""

    seconds: float
    connections: int

    @property
    def warm_up(self) -> float:
        return min(1.0, self.seconds / ROUNDS)


def run(workload: Workload, ours: Server, plain: Server, pace: Pace) -> Row:
    """Everything that is measured of *workload*. Raises FailedWorkload."""
    try:
        return measured(workload, ours, plain, pace)
    except (OSError, BrokenAnswer) as error:
        raise FailedWorkload(f"No answer: {error}") from error


def measured(workload: Workload, ours: Server, plain: Server, pace: Pace) -> Row:
    asked, etags = prepared(ours, workload.ours, workload.is_conditional)
    plain_asked = prepared(plain, workload.plain, workload.is_conditional)[0] if workload.plain else None
    expected = 304 if workload.is_conditional else 200
    loaded, against, cpu = Measure(), Measure(), 0.0
    for _ in range(ROUNDS):
        part, used = driven(ours, asked, expected, pace, pace.connections)
        loaded, cpu = loaded + part, cpu + used
        if plain_asked:
            against += driven(plain, plain_asked, expected, pace, pace.connections)[0]
    lone, _ = driven(ours, asked, expected, Pace(pace.seconds * ROUNDS, 1), 1)
    for whose, measure in (("Chancery", loaded), ("A lone connection to Chancery", lone), ("Plain DRF", against)):
        if measure.failures:
            raise FailedWorkload(f"{whose}: {measure.failures} answers were not {expected}.")
    alone = sql_rps(workload.ours, etags, pace.connections, pace.seconds)
    return Row(workload.name, loaded, lone, cpu, against if plain_asked else None, alone)


def driven(
    server: Server, questions: Sequence[bytes], expected: int, pace: Pace, connections: int
) -> tuple[Measure, float]:
    """A part of a measurement, and what it took of the server's processors, in µs an answer."""
    before = server.cpu_seconds()
    measure = drive(server.port, questions, connections, pace.warm_up, pace.seconds / ROUNDS, expected)
    return measure, 1e6 * (server.cpu_seconds() - before) / max(measure.answers, 1) / ROUNDS


def hello_rps(plain: Server, pace: Pace) -> float:
    return driven(plain, [request("/hello/")], 200, pace, pace.connections)[0].rps


def prepared(server: Server, addresses: Sequence[str], is_conditional: bool) -> tuple[list[bytes], list[str]]:
    """The requests for *addresses*, and the validator that each carries. Raises FailedWorkload where one is refused."""
    tried = addresses if is_conditional else addresses[:TRIED]
    answers = list(answered(server, tried))
    etags = [answer.etag for answer in answers] if is_conditional else [""] * len(addresses)
    headers = [f"If-None-Match: {etag}\r\n" if etag else "" for etag in etags]
    return [request(*each) for each in zip(addresses, headers, strict=True)], etags


def answered(server: Server, addresses: Sequence[str]) -> Iterator[Answer]:
    for address in addresses:
        answer = ask_once(server.port, request(address))
        if answer.status != 200:
            raise FailedWorkload(f"{address} was answered {answer.status}: {shown(answer)}")
        yield answer


def shown(answer: Answer) -> str:
    return answer.body[:300].decode(errors="replace")
