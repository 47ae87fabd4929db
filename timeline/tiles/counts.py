"""How many events lie wholly in each of several tiles: kept with the entries, or counted."""

from collections.abc import Collection
from dataclasses import dataclass
from operator import add

from django.db import connection

from events.vocabulary.plover import QuadClass
from timeline.density import Density, counted, country_of_rollups
from timeline.limits import TooSlow, time_limit
from timeline.models import Rollup
from timeline.moments import Moment
from timeline.query import EventQuery
from timeline.rollups import COARSEST_TOTALLED
from timeline.tiles.candidates import Tiles
from timeline.tiles.tiers import FINER, enclosing, index_of, tile_span

#: Seconds for counts that are not kept: a tile without them is better than none.
PATIENCE = 1.0
QUADS = tuple(QuadClass.values)

#: A bucket, by its tier (5: days) and index → the number in it of each of QUADS.
ByQuad = dict[tuple[int, int], list[int]]


@dataclass(frozen=True)
class TileCounts:
    """``buckets``: offset in the tile's own unit, total, and the number of each of QUADS; those that hold any.
    ``imprecise``: how many lie in the tile and in no bucket.
    """

    buckets: list[list[int]]
    imprecise: int

    @property
    def total(self) -> int:
        return self.imprecise + sum(bucket[1] for bucket in self.buckets)


def counts_of(moment: Moment, query: EventQuery, tiles: Tiles) -> dict[int, TileCounts] | None:
    """The counts of each tile; None where counting takes too long."""
    country = country_of_rollups(moment, query, "quad")
    if country is not None:
        return shared_out(kept(country, query.quads, tiles), tiles)
    try:
        with time_limit(PATIENCE):
            return shared_out(by_quad(counted(moment, query, FINER[tiles.tier], "quad", tiles)), tiles)
    except TooSlow:
        return None


def kept(country: str, quads: Collection[str], tiles: Tiles) -> ByQuad:
    """The counts that are kept of all buckets in *tiles*; of coarser ones than the tiles' unit, what fits no finer."""
    finer = FINER[tiles.tier]
    base = max(finer, COARSEST_TOTALLED)
    ranges, values = [], []
    for tier in range(tiles.tier, base + 1):
        # The country in each: SQLite takes each for a search of its own only so.
        ranges.append("(country = %s AND tier = %s AND bucket BETWEEN %s AND %s)")
        values += [country, tier, *(index_of(tier, second) for second in tiles.span)]
    if quads:
        ranges = [f"({' OR '.join(ranges)}) AND quad IN ({', '.join(['%s'] * len(quads))})"]
        values += sorted(quads)
    number = f"CASE WHEN tier = {base} THEN total ELSE own END"
    columns = ", ".join(f"CAST(sum(CASE WHEN quad = %s THEN {number} ELSE 0 END) AS bigint)" for _ in QUADS)
    found: ByQuad = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tier, bucket, {columns} FROM {Rollup._meta.db_table} "
            f"WHERE {' OR '.join(ranges)} GROUP BY tier, bucket",
            [*QUADS, *values],
        )
        for tier, bucket, *counts in cursor.fetchall():
            held = (finer, enclosing(tier, bucket, finer)) if tier > finer else (tier, bucket)
            # Only in millennia do several years make one decade: elsewhere nothing is found twice.
            found[held] = list(map(add, found[held], counts)) if held in found else counts
    return found


def by_quad(density: Density) -> ByQuad:
    """*density*, counted by quad class, in the same form."""
    buckets = {(density.tier, bucket): counts for bucket, counts in density.buckets.items()} | density.imprecise
    return {bucket: [counts[quad] for quad in QUADS] for bucket, counts in buckets.items()}


def shared_out(found: ByQuad, tiles: Tiles) -> dict[int, TileCounts]:
    """What of *found* lies in each tile."""
    finer = FINER[tiles.tier]
    counts = {}
    for index in tiles.indexes:
        first, last = tile_span(tiles.tier, index)
        begin, end = index_of(finer, first), index_of(finer, last)
        within = ((bucket, found.get((finer, bucket))) for bucket in range(begin, end + 1))
        counts[index] = TileCounts(
            [[bucket - begin, sum(each), *each] for bucket, each in within if each and any(each)],
            sum(
                sum(found.get((tier, bucket), ()))
                for tier in range(tiles.tier, finer)
                for bucket in range(index_of(tier, first), index_of(tier, last) + 1)
            ),
        )
    return counts
