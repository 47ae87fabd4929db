"""So many requests at a time, and a quick no to the others."""

import gc
import json
from contextlib import contextmanager
from time import monotonic

import pytest
from django.test import RequestFactory

from timeline.api.gate import PATIENCE, Gate


class Answer(list):
    """An answer's parts, and whether the server has closed it."""

    closed = False

    def close(self) -> None:
        self.closed = True


def application(environ, start_response):
    if environ["PATH_INFO"] == "/broken":
        raise RuntimeError("broken")
    start_response("200 OK", [])
    return Answer([b"one ", b"two"])


@contextmanager
def asked(gate, path="/api/v1/events/", accept="*/*"):
    """(status, headers, answer) as a server has them, which closes the answer at the end."""
    started = []
    environ = {"PATH_INFO": path, "HTTP_ACCEPT": accept}
    answer = gate(environ, lambda status, headers: started.extend((status, dict(headers))))
    yield started[0][:3], started[1], answer
    if hasattr(answer, "close"):
        answer.close()


def status_of(gate, path="/api/v1/events/"):
    with asked(gate, path) as (status, _, _):
        return status


def test_who_finds_no_room_is_refused_quickly_as_a_problem():
    gate = Gate(application, room=1)
    with asked(gate):
        began = monotonic()
        with asked(gate) as (status, headers, answer):
            assert PATIENCE <= monotonic() - began < 0.1
            assert (status, headers["Content-Type"]) == ("503", "application/problem+json")
            assert int(headers["Retry-After"]) > 0
            assert int(headers["Content-Length"]) == len(b"".join(answer))
            assert json.loads(b"".join(answer))["status"] == 503


def test_a_reader_who_finds_no_room_is_refused_on_a_page():
    gate = Gate(application, room=1)
    with asked(gate), asked(gate, "/", accept="text/html,*/*;q=0.8") as (status, headers, answer):
        assert (status, headers["Content-Type"]) == ("503", "text/html; charset=utf-8")
        assert int(headers["Content-Length"]) == len(b"".join(answer))
    with asked(gate), asked(gate, accept="text/html,*/*;q=0.8") as (_, headers, _):
        assert headers["Content-Type"] == "application/problem+json"


def test_there_is_room_until_all_of_it_is_taken():
    gate = Gate(application, room=2)
    with asked(gate) as (first, _, _), asked(gate) as (second, _, _):
        assert (first, second, status_of(gate)) == ("200", "200", "503")
    assert status_of(gate) == "200"


def test_a_streamed_answer_keeps_its_place_until_it_was_sent():
    gate = Gate(application, room=1)
    with asked(gate) as (_, _, answer):
        parts = iter(answer)
        assert next(parts) == b"one "
        assert status_of(gate) == "503"
        assert list(parts) == [b"two"]
        inner = answer.answer
        assert not inner.closed
    assert inner.closed
    assert status_of(gate) == "200"


def test_a_place_is_given_back_once_however_often_an_answer_is_closed():
    gate = Gate(application, room=1)
    with asked(gate) as (_, _, answer):
        answer.close()
        answer.close()
    with asked(gate):
        assert status_of(gate) == "503"


def test_a_place_is_given_back_where_the_server_forgets_to_close_or_the_application_fails():
    gate = Gate(application, room=1)
    gate({"PATH_INFO": "/"}, lambda *_: None)
    gc.collect()
    with pytest.raises(RuntimeError):
        gate({"PATH_INFO": "/broken"}, lambda *_: None)
    assert status_of(gate) == "200"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/admin/css/base.css"])
def test_health_and_files_pass_by(path):
    gate = Gate(application, room=0)

    assert (status_of(gate, path), status_of(gate)) == ("200", "503")


def test_the_server_s_application_has_a_gate():
    from config import wsgi

    assert isinstance(wsgi.application, Gate)



def test_an_answer_that_is_whole_gives_its_place_back_at_once():
    def whole(environ, start_response):
        start_response("200 OK", [])
        return [b"whole"]

    gate = Gate(whole, room=1)
    with asked(gate) as (_, _, answer):
        assert answer == [b"whole"]
        assert status_of(gate) == "200"


def test_a_server_is_handed_a_whole_answer_in_one_piece_and_a_streamed_one_as_it_comes(transactional_db):
    from config import wsgi

    whole, streamed = (
        wsgi.application(RequestFactory().get("/api/v1/events/", asked).environ, lambda *_: None)
        for asked in ({}, {"format": "ndjson"})
    )

    assert type(whole) is list
    assert type(streamed) is not list
    streamed.close()
