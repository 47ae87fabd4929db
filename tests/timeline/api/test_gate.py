"""So many requests at a time, so many streams beside them, and a quick no to the others."""

import gc
import json
from contextlib import contextmanager
from time import monotonic

import pytest
from django.test import RequestFactory

from tests.factories import EventFactory
from timeline.api.gate import Gate
from timeline.api.room import PATIENCE

STREAM = "/api/v1/events/stream"
FILE = "/static/redoc.js"


class Stream:
    """An answer that is sent bit by bit, and whether the server has closed it."""

    closed = False

    def __iter__(self):
        return iter([b"one ", b"two"])

    def close(self) -> None:
        self.closed = True


def application(environ, start_response):
    """Whole answers and streams; what is asked "meanwhile" happens while it is at work."""
    if environ["PATH_INFO"] == "/broken":
        raise RuntimeError("broken")
    environ["meanwhile"]()
    start_response("200 OK", [])
    return Stream() if environ["PATH_INFO"] in (STREAM, FILE) else [b"whole"]


@contextmanager
def asked(gate, path="/api/v1/events/", accept="*/*", meanwhile=lambda: None, method="GET"):
    """(status, headers, answer) as a server has them, which closes the answer at the end."""
    started = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_ACCEPT": accept, "meanwhile": meanwhile}
    answer = gate(environ, lambda status, headers: started.append((status, dict(headers))))
    ((status, headers),) = started
    yield status[:3], headers, answer
    if hasattr(answer, "close"):
        answer.close()


def status_of(gate, path="/api/v1/events/", **asking):
    with asked(gate, path, **asking) as (status, _, _):
        return status


def test_who_finds_no_room_is_refused_quickly_as_a_problem():
    gate = Gate(application, room=1)

    def meanwhile():
        began = monotonic()
        with asked(gate) as (status, headers, answer):
            assert PATIENCE <= monotonic() - began < 0.1
            assert (status, headers["Content-Type"]) == ("503", "application/problem+json")
            assert int(headers["Retry-After"]) > 0
            assert int(headers["Content-Length"]) == len(b"".join(answer))
            assert json.loads(b"".join(answer))["status"] == 503

    assert status_of(gate, meanwhile=meanwhile) == "200"


def test_a_reader_who_finds_no_room_is_refused_on_a_page():
    gate = Gate(application, room=0)
    with asked(gate, "/", accept="text/html,*/*;q=0.8") as (status, headers, answer):
        assert (status, headers["Content-Type"]) == ("503", "text/html; charset=utf-8")
        assert int(headers["Content-Length"]) == len(b"".join(answer))
    with asked(gate, accept="text/html,*/*;q=0.8") as (_, headers, _):
        assert headers["Content-Type"] == "application/problem+json"


def test_there_is_room_until_all_of_it_is_taken():
    gate, statuses = Gate(application, room=2), []

    def third():
        statuses.append(status_of(gate))

    def second():
        statuses.append(status_of(gate, meanwhile=third))

    statuses.append(status_of(gate, meanwhile=second))

    assert statuses == ["503", "200", "200"]
    assert status_of(gate) == "200"


def test_a_streamed_answer_makes_room_while_it_is_sent_beside_so_many_others():
    gate = Gate(application, room=1, streams=2)
    with asked(gate, STREAM) as (first, _, answer), asked(gate, STREAM) as (second, _, _):
        parts = iter(answer)
        assert next(parts) == b"one "
        with asked(gate, STREAM) as (third, headers, _):
            assert (first, second, third) == ("200", "200", "503")
            assert int(headers["Retry-After"]) > 1
        assert status_of(gate) == "200"
        assert list(parts) == [b"two"]
        stream = answer.answer
        assert not stream.closed
    assert stream.closed
    assert status_of(gate, STREAM) == "200"


def test_a_stream_that_is_refused_is_put_away():
    begun = []

    def streaming(*asked):
        begun.append(application(*asked))
        return begun[0]

    with asked(Gate(streaming, streams=0), STREAM) as (status, headers, answer):
        assert (status, headers["Content-Type"]) == ("503", "application/problem+json")
        assert "pages" in json.loads(b"".join(answer))["detail"]
    assert begun[0].closed


def test_a_place_is_given_back_once_however_often_a_stream_is_closed():
    gate = Gate(application, streams=1)
    with asked(gate, STREAM) as (_, _, answer):
        answer.close()
        answer.close()
    with asked(gate, STREAM):
        assert status_of(gate, STREAM) == "503"


def test_a_place_is_given_back_where_the_server_forgets_to_close_or_the_application_fails():
    gate = Gate(application, room=1, streams=1)
    gate({"REQUEST_METHOD": "GET", "PATH_INFO": STREAM, "meanwhile": lambda: None}, lambda *_: None)
    gc.collect()
    with pytest.raises(RuntimeError):
        gate({"REQUEST_METHOD": "GET", "PATH_INFO": "/broken"}, lambda *_: None)
    assert (status_of(gate), status_of(gate, STREAM)) == ("200", "200")


@pytest.mark.parametrize("asking", [{"path": "/admin/login/"}, {"path": "/", "method": "POST"}])
def test_the_desk_and_whoever_sends_something_keep_no_reader_out(asking):
    gate, statuses = Gate(application, room=1, desk=1), []

    def meanwhile():
        statuses.extend([status_of(gate), status_of(gate, **asking)])

    assert status_of(gate, **asking, meanwhile=meanwhile) == "200"
    assert statuses == ["200", "503"]


def test_readers_keep_nobody_from_the_desk():
    gate = Gate(application, room=0, desk=1)

    assert (status_of(gate), status_of(gate, "/admin/")) == ("503", "200")


def test_slow_readers_of_files_hold_up_each_other_alone():
    gate = Gate(application, streams=1, files=1)
    with asked(gate, FILE) as (status, _, _):
        assert (status, status_of(gate, FILE), status_of(gate, STREAM)) == ("200", "503", "200")
    assert status_of(gate, FILE) == "200"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/admin/css/base.css"])
def test_health_and_files_pass_by(path):
    gate = Gate(application, room=0)

    assert (status_of(gate, path), status_of(gate)) == ("200", "503")


def test_the_server_s_application_has_a_gate(server):
    assert isinstance(server, Gate)


def test_a_server_is_handed_a_whole_answer_in_one_piece_and_a_streamed_one_as_it_comes(server, monkeypatch):
    EventFactory.create_batch(2)
    monkeypatch.setattr("timeline.api.pagination.STREAMED_AT_A_TIME", 1)
    whole, streamed = (
        server(RequestFactory().get("/api/v1/events/", asked).environ, lambda *_: None)
        for asked in ({}, {"format": "ndjson"})
    )

    assert type(whole) is list
    assert type(streamed) is not list
    streamed.close()
