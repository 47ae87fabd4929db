"""Counts by calendar unit are what counting by hand comes to, whoever keeps or counts them."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from events.edtf import EDTFDate
from events.models import Event
from events.recording import recording
from tests.timeline.varied import any_query, varied_record
from timeline.clock import last_tick
from timeline.density import country_of_rollups, density_of
from timeline.listing.reading import entries_at
from timeline.moments import Moment
from timeline.query import EventQuery
from timeline.rebuilding import rebuild
from timeline.tiles.tiers import UNITS, tiles_of

pytestmark = pytest.mark.django_db

#: Ends that cut through buckets of every unit, and ends that do not.
ENDS = ("1966", "1969-12-31", "1970-01-01", "1973-10-10", "1965-03", "196X", "19XX", "2000", "-0043", "2018-06-12")


@pytest.fixture
def record():
    return varied_record()


def by_hand(moment, query, tier, by):
    """Buckets and imprecise ones, each with its counts, from the bounds of every event that the question finds."""
    buckets, imprecise = {}, {}
    for rows in entries_at(moment, query).querysets:
        for row in rows:
            tiles = tiles_of(row.earliest_start, row.latest_end)
            value = getattr(row, by) if by else ""
            if tiles[UNITS[tier]] is not None:
                buckets.setdefault(tiles[UNITS[tier]], Counter())[value] += 1
                continue
            held = [(each, tiles[unit]) for each, unit in UNITS.items() if tiles[unit] is not None]
            imprecise.setdefault(max(held, default=(-1, 0)), Counter())[value] += 1
    return buckets, imprecise


def span(random):
    dates = sorted((EDTFDate.parse(random.choice(ENDS)) for _ in range(2)), key=lambda date: date.earliest_start)
    return {"begin": random.choice([None, dates[0]]), "end": random.choice([None, dates[1]])}


def test_counts_are_what_counting_by_hand_comes_to(record):
    random = Random(1969)
    tick = last_tick()
    moments = [Moment(tick.number), Moment(tick.number), Moment(record, None, False), Moment(tick.number, 10**9)]
    found = from_rollups = 0
    for _ in range(120):
        kept = EventQuery(
            countries=random.choice([frozenset(), frozenset({"PRK"})]),
            quads=random.choice([frozenset(), frozenset({"verbal-conflict"})]), **span(random),
        )  # fmt: skip
        query = random.choice([kept, kept, replace(any_query(random), **span(random))])
        moment, tier = random.choice(moments), random.choice(list(UNITS))
        by = random.choice([None, "quad", "quad", "occurrence", "verification", "kind"])

        density = density_of(moment, query, tier, by)

        assert (density.buckets, density.imprecise) == by_hand(moment, query, tier, by), (query, moment, tier, by)
        listing = entries_at(moment, query)
        assert density.total == sum(rows.count() for rows in listing.querysets) == listing.count_up_to(10_000)
        found += density.total
        from_rollups += country_of_rollups(moment, query, by) is not None
    assert found > 1_000
    assert from_rollups > 20


def test_kept_counts_follow_every_change(record):
    assert rebuild(check=True).is_clean

    with recording(None, "moved"):
        for event in Event.objects.filter(slug__endswith="3"):
            event.date = "1812"
            event.save()
    with recording(None, "withdrawn"):
        for event in Event.objects.filter(slug__endswith="4"):
            event.review, event.withdrawal_reason = "withdrawn", "Not so."
            event.save()

    assert rebuild(check=True).is_clean
    assert density_of(Moment(last_tick().number), EventQuery(), 1, None).buckets[18].total() == 20
