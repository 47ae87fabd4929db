"""The database is given so much time for a question, and no more."""

from time import monotonic

import pytest
from django.db import connection, transaction

from tests.factories import EventFactory
from timeline.consistency import at_one_tick, one_view, rows_of
from timeline.limits import TooSlow, time_limit
from timeline.models import Entry
from timeline.remembering import remembered

FOR_EVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def ask(statement: str = "SELECT 1") -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def ask_for_ever() -> None:
    while True:
        ask()


def ask_past_a_narrower_limit() -> None:
    with pytest.raises(TooSlow), time_limit(0.05):
        ask(FOR_EVER)
    ask(FOR_EVER)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr("timeline.consistency.PATIENCE", 0.2)


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_would_never_end_is_cut_short(impatient):
    began = monotonic()
    with pytest.raises(TooSlow), one_view():
        ask(FOR_EVER)

    assert monotonic() - began < 2
    assert ask() == 1  # the connection is as good as before


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_needs_no_view_is_cut_short_too(impatient):
    EventFactory()
    with one_view():
        remembered("met", lambda: True)

    with pytest.raises(TooSlow):
        at_one_tick(lambda tick: rows_of(f"SELECT * FROM ({FOR_EVER}) AS found WHERE {{still}}", ()))
    assert ask() == 1


@pytest.mark.django_db(transaction=True)
def test_no_statement_begins_after_the_time_is_over(impatient):
    with pytest.raises(TooSlow), one_view():
        ask_for_ever()


@pytest.mark.django_db(transaction=True)
def test_what_is_not_a_question_of_readers_may_take_its_time(impatient):
    with one_view():
        assert ask() == 1
    began = monotonic()
    while monotonic() - began < 0.3:
        ask()
    assert ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "
               "SELECT max(i) FROM n") == 3_000_000  # fmt: skip
    assert monotonic() - began > 0.3


@pytest.mark.django_db(transaction=True)
def test_an_optional_part_can_be_left_out_and_the_rest_goes_on():
    EventFactory(slug="kept")
    with one_view():
        with pytest.raises(TooSlow), time_limit(0.05):
            ask(FOR_EVER)
        assert Entry.objects.get().slug == "kept"
        with time_limit(0.5):
            assert ask() == 1
        assert Entry.objects.get().slug == "kept"


@pytest.mark.django_db(transaction=True)
def test_after_a_narrower_limit_the_wider_one_holds_again(monkeypatch):
    monkeypatch.setattr("timeline.consistency.PATIENCE", 0.6)
    began = monotonic()
    with pytest.raises(TooSlow), one_view():
        ask_past_a_narrower_limit()
    assert 0.5 < monotonic() - began < 3


@pytest.mark.django_db(transaction=True)
def test_a_wider_limit_within_does_not_stretch_the_outer_one(impatient):
    began = monotonic()
    with pytest.raises(TooSlow), one_view(), time_limit(60):
        ask(FOR_EVER)
    assert monotonic() - began < 2


@pytest.mark.django_db
def test_a_limit_inside_a_transaction_leaves_it_whole():
    with transaction.atomic():
        EventFactory(slug="written")
        with pytest.raises(TooSlow), time_limit(0.05):
            ask(FOR_EVER)
    assert Entry.objects.get().slug == "written"


@pytest.mark.django_db(transaction=True)
def test_time_that_runs_out_as_the_last_statement_ends_is_not_taken_out_on_what_follows():
    late = ["ROLLBACK TO SAVEPOINT"]  # of PostgreSQL alone: SQLite's limit ends with the statement

    def run_out(execute, sql, *rest):
        return execute(FOR_EVER if late and sql.startswith(late[0]) and late.pop() else sql, *rest)

    with one_view(), connection.execute_wrapper(run_out):
        with time_limit(0.1):
            found = ask()
        after = ask()

    assert (found, after) == (1, 1)
    assert len(late) == (connection.vendor == "sqlite")


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_postgresql_compiles_no_statement():
    connection.close()

    assert ask("SHOW jit") == "off"
