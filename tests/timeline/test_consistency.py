"""An answer is of one tick of the record's clock, whether it is one statement or many."""

from threading import Thread
from time import sleep

import pytest
from django.db import connection

from tests.factories import EventFactory
from timeline.addresses import NeverGiven, look_up
from timeline.clock import last_tick
from timeline.consistency import at_one_tick, one_view
from timeline.limits import time_limit
from timeline.models import Entry
from timeline.moments import Moment
from timeline.remembering import remembered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told():
    """An event, and a process that has met the tick at which it is recorded."""
    EventFactory(slug="told")
    with one_view():
        remembered("met", lambda: True)


def elsewhere(work):
    """Do *work* on a connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def entry_at(tick):
    return tick.number, look_up("told", Moment(tick.number)).slug


def test_a_single_statement_needs_no_view(told, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        assert at_one_tick(entry_at) == (last_tick_elsewhere(), "told")
    assert "BEGIN" not in queries[0]["sql"]


def last_tick_elsewhere():
    found = []
    elsewhere(lambda: found.append(last_tick().number))
    return found[0]


def test_what_is_asked_beside_it_is_asked_in_one_view(told):
    def answer(tick):
        first = Entry.objects.count()
        elsewhere(lambda: EventFactory(slug="later"))
        return first, Entry.objects.count(), entry_at(tick)

    before = last_tick().number

    assert at_one_tick(answer) == (1, 1, (before, "told"))


def test_an_answer_begins_anew_where_the_clock_has_gone_on_before_its_statement(told):
    asked = []

    def answer(tick):
        asked.append(tick.number)
        if len(asked) == 1:
            elsewhere(lambda: EventFactory(slug="later"))
        return look_up("told", Moment(tick.number)).slug, tick.number

    assert at_one_tick(answer) == ("told", last_tick().number)
    assert asked == [last_tick().number - 1, last_tick().number]


@pytest.mark.parametrize("reads", [lambda: None, Entry.objects.count], ids=["nothing", "by another statement"])
def test_an_answer_that_reads_no_entry_is_of_a_tick_that_is_shown(told, reads):
    EventFactory(slug="later")

    def answer(tick):
        reads()
        return tick.number

    assert at_one_tick(answer) == last_tick().number


def test_what_is_not_found_is_looked_for_in_a_view(told):
    with pytest.raises(NeverGiven):
        at_one_tick(lambda tick: look_up("never-given", Moment(tick.number)))


def test_a_number_that_comes_again_after_a_backup_is_another_tick(told):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_clock SET at = '2001-01-01 00:00:00.000001'")

    assert at_one_tick(lambda tick: (entry_at(tick), tick.at.year)) == ((last_tick().number, "told"), 2001)


def test_an_old_connection_that_stands_no_more_is_replaced(told):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server that could hang up.")
    number = connection.connection.info.backend_pid
    elsewhere(lambda: connection.cursor().execute("SELECT pg_terminate_backend(%s)", [number]))

    assert at_one_tick(entry_at)[1] == "told"


def test_a_single_statement_has_its_time(told, monkeypatch):
    """PostgreSQL's limit goes along with it, and is over with it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite asks by itself whether to go on.")
    monkeypatch.setattr("timeline.consistency.PATIENCE", 3)
    at_one_tick(entry_at)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_limit_of_a_part_is_over_with_that_part(told):
    def answer(tick):
        with time_limit(0.05):
            first = Entry.objects.count()
        sleep(0.1)
        return first, Entry.objects.count()

    assert at_one_tick(answer) == (1, 1)
    assert at_one_tick(lambda tick: Entry.objects.count()) == 1
