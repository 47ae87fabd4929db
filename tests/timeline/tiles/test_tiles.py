"""Tiles nest: what is seen in one is among its ancestors', in the same order, and their totals add up."""

from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.limited import few_values_in_a_statement
from tests.timeline.varied import CODES, any_query, varied_record
from timeline.clock import last_tick
from timeline.density import counted
from timeline.listing.reading import entries_at
from timeline.listing.scanning import Reach
from timeline.moments import Moment
from timeline.query import EventQuery
from timeline.tiles import counts
from timeline.tiles.candidates import Tiles, items_of, spans_of
from timeline.tiles.tiers import TIERS, UNITS, TileOutOfGrid, enclosing, index_of, tile_label, tile_span, tiles_of
from timeline.tiles.tiling import TileQuestion

ALL_ITEMS = 1_000
tiers = st.sampled_from([*TIERS, 5])
seconds = st.integers(-3 * 10**12, 3 * 10**12)


@given(tiers, seconds)
def test_a_second_lies_in_its_tile(tier, second):
    first, last = tile_span(tier, index_of(tier, second))

    assert first <= second <= last


@given(tiers, seconds)
def test_tiles_of_a_tier_follow_one_another_without_a_gap(tier, second):
    index = index_of(tier, second)

    assert tile_span(tier, index)[1] + 1 == tile_span(tier, index + 1)[0]


@given(tiers, seconds)
def test_a_tile_lies_in_each_that_encloses_it(tier, second):
    index = index_of(tier, second)
    first, last = tile_span(tier, index)
    for coarser in range(min(tier, 5)):
        begin, end = tile_span(coarser, enclosing(tier, index, coarser))
        assert begin <= first <= last <= end


@given(seconds, st.integers(0, 10**11))
def test_a_date_is_held_by_a_tile_if_both_its_ends_are(first, length):
    last = first + length

    for tier, unit in UNITS.items():
        one, other = index_of(tier, first), index_of(tier, last)
        assert tiles_of(first, last)[unit] == (one if one == other else None)


@pytest.mark.parametrize(
    ("tier", "index", "label"),
    [
        (0, 1, "1000–1999"), (1, 19, "1900–1999"), (2, 196, "1960s"), (3, 1966, "1966"),
        (4, 1973 * 12 + 9, "October 1973"), (2, -1, "11–2 BCE"), (3, 0, "1 BCE"), (2, 0, "1 BCE–9 CE"),
        (5, 1374, "6 October 1973"),
    ],
)  # fmt: skip
def test_tiles_are_called_what_people_call_them(tier, index, label):
    assert tile_label(tier, index) == label


def test_there_are_no_tiles_beyond_what_dates_can_say():
    with pytest.raises(TileOutOfGrid):
        tile_span(0, 100)
    assert tile_span(0, 99)[1] > tile_span(3, 99_999)[0]
    with pytest.raises(TileOutOfGrid):
        tile_span(3, -100_000)
    with pytest.raises(TileOutOfGrid):
        tile_span(7, 0)


@pytest.fixture
def record(db):
    return varied_record()


def children(tier, index):
    first, last = tile_span(tier, index)
    return range(index_of(tier + 1, first), index_of(tier + 1, last) + 1)


def test_what_is_seen_in_a_tile_is_seen_above_it_too_and_totals_add_up(record):
    random = Random(1966)
    tick, seen = last_tick(), 0
    for _ in range(24):
        query = any_query(random)
        moment = random.choice([Moment(tick.number), Moment(record, None, False)])
        query = random.choice([
            replace(query, begin=None, end=None),  # which a tile brings itself
            EventQuery(quads=query.quads, countries=query.countries, text=query.text),
        ])  # fmt: skip
        ask = TileQuestion(moment, query, ALL_ITEMS, 50)
        tier, index = random.choice([(0, 1), (1, 19), (2, 196), (2, 197), (3, 1970), (0, -1)])
        parent = ask.tile(tier, index)
        order = [item["id"] for item in parent["items"]]
        below = 0
        for child in (ask.tile(tier + 1, each) for each in children(tier, index)):
            ids = [item["id"] for item in child["items"]]
            assert [each for each in order if each in ids] == ids
            assert len(ids) == child["total"]
            below += child["total"]
            seen += len(ids)
        # What fits no child stands in the parent alone, and crosses its children.
        assert parent["total"] - below == len(order) - sum(
            len(ask.tile(tier + 1, each)["items"]) for each in children(tier, index)
        )
        counts = parent["density"]["counts"]
        assert parent["total"] == sum(count[1] for count in counts) + parent["imprecise"]
        assert all(count[1] == sum(count[2:]) for count in counts)
    assert seen > 100


def test_the_most_important_come_first_and_no_more_than_asked_for(record):
    ask = TileQuestion(Moment(last_tick().number), EventQuery(), 3, 2)

    tile = ask.tile(1, 19)

    assert len(tile["items"]) == 3
    assert len(tile["spans"]) == 2
    assert tile["truncated"]
    importances = [item["importance"] for item in tile["items"]]
    assert importances == sorted(importances, reverse=True)


@pytest.fixture
def few_values(monkeypatch):
    """A statement of SQLite may have no more than 250 values, and nothing is short enough to be named one by one."""
    monkeypatch.setattr("timeline.tiles.candidates.MOST_VALUES", 250)
    monkeypatch.setattr("timeline.listing.by_lists.MOST_SORTED", 5)
    with few_values_in_a_statement(250):
        yield


def test_tiles_side_by_side_take_no_more_values_than_a_statement_may_have(record, few_values):
    ask = TileQuestion(Moment(last_tick().number), EventQuery(countries=frozenset(CODES)), 3, 2)

    side_by_side = ask.tiles(3, range(1950, 1982))

    assert side_by_side == [ask.tile(3, year) for year in range(1950, 1982)]
    assert sum(len(tile["items"]) for tile in side_by_side) > 10


@pytest.fixture
def plans(db):
    """A function that tells how the database does what another asks of it; PostgreSQL not in the *others* of its ways,
    which it takes because there are no rows.
    """
    def told(ask, *others):
        found = []
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for way in ("seqscan", "sort", "hashjoin", *others):
                    cursor.execute(f"SET LOCAL enable_{way} = off")
        with CaptureQueriesContext(connection) as asked:
            ask()
        how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        with connection.cursor() as cursor:
            for query in asked:
                cursor.execute(f"{how} {query['sql']}")
                found.append(str(cursor.fetchall()))
        return found

    return told


DECADES = Tiles(2, range(190, 200))


@pytest.mark.parametrize(
    ("moment", "query", "is_told_by_it"),
    [
        (Moment(0, None, False), EventQuery(), True),
        (Moment(0, 0), EventQuery(occurrences=frozenset({"planned"})), True),
        (Moment(0), EventQuery(origins_min=2), False),
        (Moment(0, 0), EventQuery(origins_min=2), False),
    ],
)
def test_what_lies_in_tiles_is_counted_without_reading_all_that_there_is(plans, moment, query, is_told_by_it):
    only = "Index Only Scan" if connection.vendor == "postgresql" else "COVERING INDEX"

    others = ["bitmapscan"] if is_told_by_it else []
    plan = plans(lambda: counted(moment, query, 4, "quad", DECADES), *others)[0]

    # With no rows, one index is as good as another to PostgreSQL where the rows are read as well.
    assert ("entry_in_tier" if is_told_by_it or connection.vendor == "sqlite" else "position") in plan
    assert (only in plan) == is_told_by_it


def test_what_a_tile_shows_of_what_is_rare_is_told_by_an_index(plans):
    listing = entries_at(Moment(0), EventQuery(occurrences=frozenset({"cancelled"}), origins_min=9))

    (items,) = plans(lambda: items_of(DECADES, listing.ranked(Reach(*DECADES.span)), 51))
    (spans,) = plans(lambda: spans_of(DECADES, listing.ranked(tiers=DECADES.above, overlapping=DECADES.span), 20))

    assert "entry_in_decade" in items
    if connection.vendor == "postgresql":  # SQLite looks at the tier once more, in the row
        assert "Index Only Scan using entry_in_decade" in items
        for index in ("entry_of_century", "entry_of_millennium", "entry_of_no_tile"):
            assert f"Index Only Scan using {index}" in spans


def test_a_tile_whose_counting_takes_too_long_is_shown_without_its_counts(record, monkeypatch):
    monkeypatch.setattr(counts, "PATIENCE", 0)
    ask = TileQuestion(Moment(last_tick().number), EventQuery(kinds=frozenset({"talks"})), 3, 2)

    tile = ask.tile(1, 19)

    assert tile["density"] is tile["total"] is tile["imprecise"] is None
    assert len(tile["items"]) == 3
