"""Connections to the database go from request to request, not from thread to thread."""

from threading import Barrier, Thread

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from timeline.api.lending import Lending

pytestmark = pytest.mark.django_db(transaction=True)


class Stream:
    def __iter__(self):
        return iter([b"one"])


def used_connection():
    connection.ensure_connection()
    return id(connection.connection)


def application(environ, start_response):
    environ["asked"]()
    return Stream() if environ["is_streamed"] else [b"whole"]


@pytest.fixture
def lending():
    lending = Lending(application)
    yield lending
    for each in lending.idle:
        each.close()


def ask(lending, asked=lambda: None, is_streamed=False, path="/"):
    return lending({"PATH_INFO": path, "asked": asked, "is_streamed": is_streamed}, lambda *_: None)


def in_threads(*works):
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_one_thread_after_the_other_asks_by_the_same_connection(lending):
    used = []
    for _ in range(3):
        in_threads(lambda: ask(lending, lambda: used.append(used_connection())))

    assert len(used) == 3
    assert len(set(used)) == len(lending.idle) == 1


def test_requests_at_a_time_have_a_connection_each(lending):
    used, both = [], Barrier(2, timeout=10)

    def asked():
        used.append(used_connection())
        both.wait()

    in_threads(*[lambda: ask(lending, asked)] * 2)

    assert len(set(used)) == len(lending.idle) == 2


def test_the_one_that_came_back_last_goes_out_first(lending):
    used = []
    ask(lending, lambda: ask(lending, lambda: used.append(used_connection())))
    ask(lending, lambda: used.append(used_connection()))
    ask(lending, lambda: used.append(used_connection()))

    assert used[1] == used[2]
    assert used[0] != used[1]


def test_a_thread_has_its_own_again_afterwards(lending):
    own = connections[DEFAULT_DB_ALIAS]
    ask(lending)

    assert connections[DEFAULT_DB_ALIAS] is own


def test_a_streamed_answer_keeps_its_connection_until_it_was_sent(lending):
    own = connections[DEFAULT_DB_ALIAS]
    answer = ask(lending, is_streamed=True)
    assert list(answer) == [b"one"]
    assert lending.idle == []
    assert connections[DEFAULT_DB_ALIAS] is not own
    answer.close()
    answer.close()

    assert len(lending.idle) == 1
    assert connections[DEFAULT_DB_ALIAS] is own


def test_an_answer_that_another_thread_puts_away_leaves_that_thread_its_own(lending):
    answers, kept = [], []
    in_threads(lambda: answers.append(ask(lending, is_streamed=True)))

    def put_away():
        own = connections[DEFAULT_DB_ALIAS]
        answers[0].close()
        kept.append(connections[DEFAULT_DB_ALIAS] is own)

    in_threads(put_away)

    assert kept == [True]
    assert len(lending.idle) == 1


def test_a_file_takes_none(lending):
    own = connections[DEFAULT_DB_ALIAS]
    ask(lending, lambda: None, is_streamed=True, path="/static/redoc.js")

    assert lending.idle == []
    assert connections[DEFAULT_DB_ALIAS] is own


def test_a_request_that_fails_gives_its_connection_back(lending):
    def fails():
        raise RuntimeError("broken")

    own = connections[DEFAULT_DB_ALIAS]
    with pytest.raises(RuntimeError):
        ask(lending, fails)

    assert len(lending.idle) == 1
    assert connections[DEFAULT_DB_ALIAS] is own
