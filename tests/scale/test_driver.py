import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice

import pytest

from tests.scale.driver import BrokenAnswer, Measure, ask_once, drive, request

PAUSE, SLOW = 0.02, 0.3

ONE_BY_ONE = threading.Lock()


class Known(BaseHTTPRequestHandler):
    """Answers after a known pause with a body of a known size, whole or in chunks."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a body after its head would wait 40 ms for an acknowledgement

    def do_GET(self) -> None:
        if self.path == "/one-by-one":
            with ONE_BY_ONE:
                time.sleep(SLOW)
        else:
            time.sleep(SLOW if self.path == "/slow" else PAUSE)
        match self.path:
            case "/whole" | "/slow" | "/one-by-one":
                self.head(200, ("Content-Length", "1000"), ("ETag", 'W/"1"'))
                self.wfile.write(b"x" * 1000)
            case "/chunked":
                self.head(200, ("Transfer-Encoding", "chunked"))
                for part in (b"3\r\nabc\r\n", b"4\r\n0\r\n\r\r\n", b"0\r\n\r\n"):
                    self.wfile.write(part)
                    self.wfile.flush()
            case "/held":
                self.head(304)
            case "/endless":
                self.head(200)
            case _:
                self.head(503, ("Content-Length", "0"))

    def head(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for header in headers:
            self.send_header(*header)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Known)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def undisturbed(measured: Iterator[float]) -> Iterator[float]:
    """Some of what was *measured* again and again: a busy machine keeps the server's pauses only now and then."""
    return islice(measured, 20)


@pytest.mark.parametrize("connections", [1, 4])
def test_rate_latency_and_size_of_a_known_server_are_measured(port, connections):
    def under_way() -> Iterator[float]:
        while True:
            measure = drive(port, [request("/whole")], connections, warm_up=0.1, seconds=0.5)
            assert measure.failures == 0
            assert measure.mean_size == 1000
            assert measure.percentile_ms(0) >= 1000 * PAUSE
            yield measure.rps * sum(measure.latencies) / len(measure.latencies)

    # As many are under way at any moment as there are connections.
    assert pytest.approx(connections, rel=0.3) in undisturbed(under_way())


def test_answers_in_chunks_and_without_a_body_are_read_to_their_end(port):
    chunked = drive(port, [request("/chunked")], 1, 0, 0.2)
    held = drive(port, [request("/held")], 1, 0, 0.2, expected=304)

    assert (chunked.failures, held.failures) == (0, 0)
    assert (chunked.mean_size, held.mean_size) == (22, 0)


def test_an_answer_with_another_status_is_a_failure_and_counts_as_no_answer(port):
    measure = drive(port, [request("/whole"), request("/other")], 1, 0, 0.3)

    assert measure.failures > 0
    assert measure.answers == pytest.approx(len(measure.latencies) + measure.failures, abs=1)


@pytest.mark.parametrize(("warm_up", "seconds"), [(0, 0.05), (0.1, 0.7)])
@pytest.mark.parametrize(("address", "rate"), [("/slow", 4 / SLOW), ("/one-by-one", 1 / SLOW)])
def test_the_rate_of_a_slow_server_is_measured_as_it_is(port, address, rate, warm_up, seconds):
    def rates() -> Iterator[float]:
        while True:
            measure = drive(port, [request(address)], 4, warm_up, seconds)
            assert len(measure.latencies) >= 4
            yield measure.rps

    assert pytest.approx(rate, rel=0.1) in undisturbed(rates())


def test_a_failure_before_what_counts_is_none(port):
    measure = drive(port, [request("/other"), *[request("/whole")] * 1000], 1, 0, 0.2)

    assert measure.failures == 0
    assert measure.answers == len(measure.latencies) + 1


def test_what_only_fails_is_not_waited_for(port):
    measure = drive(port, [request("/other")], 2, 0, 0.1)

    assert (measure.latencies, measure.rps) == ([], 0)
    assert measure.seconds < 1


def test_what_asking_takes_is_told_for_each_answer(port):
    measure = drive(port, [request("/whole")], 1, 0, 0.3)

    assert 0 < measure.driver_cpu_us < 1e6 * PAUSE


def test_an_answer_whose_end_cannot_be_told_is_refused(port):
    with pytest.raises(BrokenAnswer):
        ask_once(port, request("/endless"))


def test_a_single_answer_comes_with_its_validator(port):
    answer = ask_once(port, request("/whole"))

    assert (answer.status, answer.etag, len(answer.body)) == (200, 'W/"1"', 1000)


def test_percentiles_are_values_that_were_measured():
    measure = Measure(1, [number / 1000 for number in range(1, 101)])

    assert (measure.percentile_ms(0.5), measure.percentile_ms(0.99), measure.percentile_ms(1)) == (51, 100, 100)
