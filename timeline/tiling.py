"""What one tile shows: the most important events that lie wholly in it, the spans that cross it, and their number."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

import orjson
from django.db.models import Q, QuerySet

from events.edtf import plain
from timeline.density import Density, counted, country_of_rollups, own_events, within
from timeline.feeds.groups import GROUPS, group_of
from timeline.limits import TooSlow, time_limit
from timeline.models import Rollup
from timeline.moments import Moment
from timeline.query import EventQuery
from timeline.reading import entries_at
from timeline.rows import Row
from timeline.scanning import Reach
from timeline.tiles import FINER, TIERS, UNITS, enclosing, index_of, tile_label, tile_span

#: Seconds for counts that are not kept: a tile without them is better than none.
PATIENCE = 1.0
RANKED = ("-importance", "key")
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
SHOWN = ("id", "title", "occurrence", "verification", "importance")
OF_DATE = (
    "edtf", "label", "approximate", "uncertain", "earliest_start", "latest_start", "earliest_end", "latest_end",
)  # fmt: skip


@dataclass(frozen=True)
class TileQuestion:
    """What is asked of each tile: *query* at *moment*; it shows at most ``k`` items and ``s`` spans."""

    moment: Moment
    query: EventQuery
    k: int
    s: int

    def tile(self, tier: int, index: int) -> dict[str, Any]:
        """One tile, as its JSON but for links and snapshot. Raises TileOutOfGrid."""
        first, last = tile_span(tier, index)
        density = self.density(tier, index)
        items = self.items(tier, index)
        total = None if density is None else density.total
        finer = FINER[tier]
        begin, _ = buckets_in(tier, index, finer)
        return {
            "z": tier,
            "index": index,
            "label": tile_label(tier, index),
            "start": plain(first),
            "end": plain(last),
            "total": total,
            "imprecise": None if density is None else sum(n.total() for n in density.imprecise.values()),
            "truncated": len(items) > self.k,
            "items": [item(row) for row in items[: self.k]],
            "spans": [item(row) for row in self.spans(tier, index)],
            "density": None if density is None else {
                "unit": UNITS[finer],
                "start": plain(first),
                "quads": QUADS,
                "counts": [
                    [bucket - begin, counts.total(), *(counts[quad] for quad in QUADS)]
                    for bucket, counts in sorted(density.buckets.items())
                ],
            },
        }  # fmt: skip

    def density(self, tier: int, index: int) -> Density | None:
        """How many lie wholly in the tile; None where counting them takes too long."""
        country = country_of_rollups(self.moment, self.query, "quad")
        if country is not None:
            return kept(country, self.query, tier, index)
        lying = {UNITS[tier]: index}
        try:
            with time_limit(PATIENCE):
                querysets = entries_at(self.moment, self.query).querysets
                return counted([rows.filter(**lying) for rows in querysets], FINER[tier], "quad")
        except TooSlow:
            return None

    def items(self, tier: int, index: int) -> list[Row]:
        """The most important that lie wholly in the tile, one more than are shown."""
        first, last = tile_span(tier, index)
        ranked = entries_at(self.moment, self.query).ranked(Reach(first, last))
        return most_important([rows.filter(fit_z__gte=tier, **{UNITS[tier]: index}) for rows in ranked], self.k + 1)

    def spans(self, tier: int, index: int) -> list[Row]:
        """The most important that overlap the tile and do not fit it: each belongs to a tile above, or to none."""
        first, last = tile_span(tier, index)
        crossing = Q(earliest_start__lte=last, latest_end__gte=first)
        above = [own_events(each, enclosing(tier, index, each)) for each in TIERS if each < tier]
        return most_important(
            [
                rows.filter(crossing & held)
                for rows in entries_at(self.moment, self.query).ranked(Reach())
                for held in (*above, own_events(-1, 0))
            ],
            self.s,
        )


def kept(country: str, query: EventQuery, tier: int, index: int) -> Density:
    """The counts of a tile, added up from those that are kept."""
    density = Density(FINER[tier])
    base = max(FINER[tier], 3)
    where = Q(pk__in=[])
    for each in range(tier, base + 1):
        where |= Q(tier=each) & within(*buckets_in(tier, index, each))
    rollups = Rollup.objects.filter(where, country=country)
    if query.quads:
        rollups = rollups.filter(quad__in=query.quads)
    for each, bucket, quad, total, own in rollups.values_list("tier", "bucket", "quad", "total", "own"):
        density.add((each, bucket), quad, total if each == base else own)
    return density


def buckets_in(tier: int, index: int, finer: int) -> tuple[int, int]:
    """First and last bucket of the tier *finer* in a tile."""
    first, last = tile_span(tier, index)
    return index_of(finer, first), index_of(finer, last)


def most_important(querysets: list[QuerySet], limit: int) -> list[Row]:
    """The first *limit* rows of *querysets* together, most important first, then by key."""
    if not limit:
        return []
    found = [
        [Row._make(row) for row in rows.order_by(*RANKED).values_list(*Row._fields)[:limit]] for rows in querysets
    ]
    return list(islice(merge(*found, key=lambda row: (-row.importance, row.key)), limit))


def item(row: Row) -> dict[str, Any]:
    """As much of an event as it takes to draw it."""
    event = orjson.loads(row.body)
    return {name: event[name] for name in SHOWN} | {
        "kind": event["kind"]["id"],
        "quad": event["kind"]["quad"],
        "date": {name: event["date"][name] for name in OF_DATE},
        "countries": list(countries_of(event)),
        "lanes": {by: group_of(event, by)[1] for by in GROUPS},
    }


def countries_of(event: dict[str, Any]) -> Iterator[str]:
    yield from dict.fromkeys(party["country"]["id"] for party in event["participants"] if party["country"])
