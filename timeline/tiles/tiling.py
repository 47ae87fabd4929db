"""What tiles show: the most important events that lie wholly in each, the spans that cross it, and their number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from events.edtf import plain
from timeline.feeds.groups import GROUPS, group_of
from timeline.listing.reading import entries_at
from timeline.listing.rows import Row, rows_with
from timeline.listing.scanning import Reach
from timeline.moments import Moment
from timeline.query import EventQuery
from timeline.tiles.candidates import Candidate, Tiles, items_of, spans_of
from timeline.tiles.counts import QUADS, TileCounts, counts_of
from timeline.tiles.tiers import FINER, UNITS, tile_label, tile_span

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
        return self.tiles(tier, range(index, index + 1))[0]

    def tiles(self, tier: int, indexes: range) -> list[dict[str, Any]]:
        """Several that lie side by side, read in as few statements as one. Raises TileOutOfGrid."""
        tiles = Tiles(tier, indexes)
        counts = counts_of(self.moment, self.query, tiles)
        listing = entries_at(self.moment, self.query)
        # One more than are shown tells whether there are more.
        items = items_of(tiles, listing.ranked(Reach(*tiles.span)), self.k + 1)
        spans = spans_of(tiles, listing.ranked(tiers=tiles.above, overlapping=tiles.span), self.s)
        shown = {index: (items[index][: self.k], spans[index]) for index in indexes}
        drawn = draw(candidate for both in shown.values() for candidates in both for candidate in candidates)
        return [
            {
                "z": tier,
                "index": index,
                "label": tile_label(tier, index),
                "start": (start := plain(tile_span(tier, index)[0])),
                "end": plain(tile_span(tier, index)[1]),
                "total": counts and counts[index].total,
                "imprecise": counts and counts[index].imprecise,
                "truncated": len(items[index]) > self.k,
                "items": [drawn[candidate] for candidate in shown[index][0]],
                "spans": [drawn[candidate] for candidate in shown[index][1]],
                "density": counts and density_json(tier, start, counts[index]),
            }
            for index in indexes
        ]


def density_json(tier: int, start: str, counts: TileCounts) -> dict[str, Any]:
    return {"unit": UNITS[FINER[tier]], "start": start, "quads": QUADS, "counts": counts.buckets}


def draw(candidates: Iterable[Candidate]) -> dict[Candidate, dict[str, Any]]:
    """Each of *candidates*, once, as it is drawn."""
    wanted = dict.fromkeys(candidates)
    drawn = {}
    for model in dict.fromkeys(candidate.model for candidate in wanted):
        of_model = {candidate.row: candidate for candidate in wanted if candidate.model is model}
        rows = rows_with(model, model._meta.pk.name, list(of_model))
        drawn |= {of_model[key]: item(row) for key, row in rows.items()}
    return drawn


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
