"""Whichever lists a question is answered from, it gets just what its conditions say, in order, from either end."""

from random import Random

import pytest
from django.db import connection

from events.edtf import EDTFDate
from events.recording import recording
from tests.factories import CountryFactory, EventFactory, KindFactory
from tests.timeline.limited import few_values_in_a_statement
from tests.timeline.varied import any_query, varied_record
from timeline.clock import last_tick
from timeline.listing import by_lists
from timeline.listing.reading import entries_at
from timeline.moments import Moment
from timeline.paging import Order
from timeline.query import EventQuery, Match

pytestmark = pytest.mark.django_db

BY_DATE = Order(("position", "coarseness", "key"))
BY_IMPORTANCE = Order(("importance", "position", "coarseness", "key"))


@pytest.fixture
def record():
    return varied_record()


def conditions_alone(moment, query, order):
    """What matches, as the conditions of the entries have it, without any list."""
    listing = entries_at(moment, query)
    return sorted((row for rows in listing.querysets for row in rows), key=order.values_of, reverse=order.descending)


def paged(listing, order, size):
    """All rows, page after page, each twice as long as the one before."""
    found, after = [], None
    while rows := listing.rows(order, after, size):
        found += rows
        after, size = order.values_of(rows[-1]), 2 * size
    return found


@pytest.mark.parametrize("most_sorted", [2_000, 8])
def test_lists_find_what_the_conditions_say(record, monkeypatch, most_sorted):
    monkeypatch.setattr(by_lists, "MOST_SORTED", most_sorted)
    random = Random(1973)
    tick, found = last_tick(), 0
    moments = [Moment(tick.number), Moment(record, None, False), Moment(tick.number, 10**9)]
    for _ in range(60):
        query, moment = any_query(random), random.choice(moments)
        order = random.choice([BY_DATE, BY_DATE.reversed(), BY_DATE, BY_IMPORTANCE.reversed()])
        wanted = conditions_alone(moment, query, order)

        rows = paged(entries_at(moment, query), order, random.choice((3, 20, 50)))

        assert [(row.key, row.body) for row in rows] == [(row.key, row.body) for row in wanted], (query, moment, order)
        found += len(rows)
    assert found > 300


def past_of_forty_years(parts):
    """The moment before all events were renamed, of which there was one in each of the years, made of its *parts*."""
    with recording(None, "made for a test"):
        events = [
            EventFactory(slug=f"event-{year}", date=f"{year}-06", claimed=["reports"], **parts(year))
            for year in range(1960, 2000)
        ]
    before = last_tick().number
    with recording(None, "renamed"):
        for event in events:
            event.title = "Renamed"
            event.save()
    return Moment(before, None, False)


def test_a_past_of_few_events_far_apart_takes_few_statements(django_assert_max_num_queries):
    kind = KindFactory()
    listing = entries_at(past_of_forty_years(lambda year: {"kind": kind, "between": []}), EventQuery())

    with django_assert_max_num_queries(10):
        rows = listing.rows(BY_DATE.reversed(), None, 30)
    assert [row.slug for row in rows] == [f"event-{year}" for year in range(1999, 1969, -1)]
    with django_assert_max_num_queries(10):
        rows = listing.rows(BY_DATE.reversed(), BY_DATE.values_of(rows[-1]), 30)
    assert [row.slug for row in rows] == [f"event-{year}" for year in range(1969, 1959, -1)]


@pytest.fixture
def few_values(db):
    """A statement of SQLite may have no more than 4,000 values."""
    with few_values_in_a_statement(4_000):
        yield


def test_many_countries_in_a_past_far_apart_take_no_more_values_than_a_statement_may_have(few_values):
    codes = [CountryFactory().code for _ in range(8)]
    then = past_of_forty_years(lambda year: {"between": [codes[year % 8]]})
    listing = entries_at(then, EventQuery(countries=frozenset(codes)))

    assert [row.slug for row in paged(listing, BY_DATE, 15)] == [f"event-{year}" for year in range(1960, 2000)]
    assert listing.count_up_to(100) == 40


LAST_CHANGED_FIRST = Order(("recorded_from", "key"), descending=True)
RARE = EventQuery(
    begin=EDTFDate.parse("1950"),
    end=EDTFDate.parse("1959"),
    match=Match.WITHIN,
    occurrences=frozenset({"planned", "cancelled"}),
)


@pytest.mark.parametrize(
    ("order", "index"),
    [(BY_IMPORTANCE.reversed(), "entry_by_importance"), (LAST_CHANGED_FIRST, "entry_by_change")],
)
def test_what_is_rare_is_told_in_any_order_without_reading_what_is_turned_down(order, index):
    listing = entries_at(Moment(last_tick().number), RARE)
    rows = listing.first(listing.querysets[0], order, 51)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # of a few rows, it would read all
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")

    covered = "Index Only Scan Backward using {}" if connection.vendor == "postgresql" else "USING COVERING INDEX {}"
    assert covered.format(index) in rows.explain()
