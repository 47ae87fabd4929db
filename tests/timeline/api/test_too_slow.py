"""Questions that take too long: a 503 that says what to narrow."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from tests.factories import EventFactory
from timeline.api.filters import EventFilterSet
from timeline.api.narrowing import DEAR, narrower
from timeline.api.pagination import FORM

EVENTS = "/api/v1/events/"


@contextmanager
def endless_entries():
    """Whoever reads the name of an entry waits for ever."""
    endless = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE timeline_entry RENAME TO kept_entry")
        columns = [f"CASE WHEN {endless} > 0 THEN slug END AS slug" if column.name == "slug" else f'"{column.name}"'
                   for column in connection.introspection.get_table_description(cursor, "kept_entry")]  # fmt: skip
        cursor.execute(f"CREATE VIEW timeline_entry AS SELECT {', '.join(columns)} FROM kept_entry")
    try:
        yield
    finally:
        put_back()


def put_back():
    with connection.cursor() as cursor:
        cursor.execute("DROP VIEW timeline_entry")
        cursor.execute("ALTER TABLE kept_entry RENAME TO timeline_entry")


@pytest.fixture
def impatient(transactional_db, monkeypatch):
    EventFactory(slug="troops", date="1973-10", between=["PRK", "SYR"], title="Troops")
    monkeypatch.setattr("timeline.consistency.PATIENCE", 0.2)


@pytest.fixture
def slow(impatient):
    with endless_entries():
        yield


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_a_streamed_answer_that_is_broken_off_says_so_in_its_last_line(impatient, monkeypatch, form):
    EventFactory(slug="later", date="1974")
    monkeypatch.setattr("timeline.api.pagination.MOST_IN_ONE_PIECE", 1)
    answer = Client().get(f"{EVENTS}?format={form}")
    with endless_entries():
        lines = b"".join(answer.streaming_content).splitlines()

    assert answer.status_code == 200
    assert any(b"troops" in line for line in lines[:-1])
    assert not any(b"later" in line for line in lines[:-1])
    assert json.loads(lines[-1])["status"] == 503


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("", ["from", "to"]),
        ("from=1973&to=1973", ["from", "to"]),
        ("q=troops", ["q"]),
        ("country=PRK&ordering=importance", ["ordering"]),
        ("format=ndjson", ["from", "to"]),
        ("format=csv&precision=month", ["precision"]),
    ],
)
def test_a_question_that_takes_too_long_is_told_what_to_narrow(slow, asked, named):
    answer = Client().get(f"{EVENTS}?{asked}")

    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert [error["parameter"] for error in answer.json()["errors"]] == named
    assert all(f"`{name}`" in answer.json()["detail"] for name in named)


def test_what_takes_no_span_is_told_nothing_of_one(slow):
    answer = Client().get("/api/v1/dyads/PRK/SYR/")

    assert answer.status_code == 503
    assert "errors" not in answer.json()


def test_where_nothing_is_dear_and_no_span_is_taken_all_that_was_asked_is_named(slow):
    answer = Client().get("/api/v1/timeline/tiles/3/1973/?country=PRK&fields=items")

    assert answer.status_code == 503
    assert [error["parameter"] for error in answer.json()["errors"]] == ["country"]


def test_the_dearest_comes_first_and_what_costs_nothing_is_not_named():
    sent = {"country": "PRK", "precision": "year", "q": "a", "count": "false", "ordering": "-date"}

    assert [error["parameter"] for error in narrower(sent, takes_span=True)] == ["q", "precision"]


def test_what_is_named_can_be_sent():
    assert set(DEAR) <= {*EventFilterSet.base_filters, *FORM, "name"}
