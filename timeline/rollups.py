"""Counts kept with the entries as they stand: of all and of each country, by calendar unit and quad class.

A date counts in the finest unit one of whose buckets holds all of it, and in that bucket's year and month, so that a
question for years adds up years and not days.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import chain, starmap
from operator import attrgetter, methodcaller
from typing import Any

from django.db import connection

from events.behind import behind
from timeline.models import Rollup
from timeline.tiles.tiers import DAYS, UNITS

#: Stands for all countries.
ALL = ""
#: Units that are added up wherever one of their buckets holds the date, not only where it is the finest that does.
TOTALLED = (DAYS, 4, 3)
COARSEST_TOTALLED = min(TOTALLED)

held_by = attrgetter(*UNITS.values())


@lru_cache(maxsize=16_384)
def buckets(tiles: tuple[int | None, ...]) -> list[tuple[int, int, bool]]:
    """The unit and index of each bucket in which an entry is counted that lies in *tiles*, one of each unit or None;
    and whether that is the finest that holds it.
    """
    held = [(tier, index) for tier, index in zip(UNITS, tiles, strict=True) if index is not None]
    finest = held.pop() if held else (-1, 0)
    return [(*finest, True), *((tier, index, False) for tier, index in reversed(held) if tier in TOTALLED)]


def counts_of(entry: Any, parties: Iterable[str]) -> list[tuple[str, int, int, str, bool]]:
    """Where *entry* counts: country, unit, index, quad class, and whether as its own."""
    countries = [ALL, *[party[2:] for party in parties if party.startswith("c:")]]
    held = buckets(held_by(entry))
    return [(country, tier, index, entry.quad, own) for country in countries for tier, index, own in held]


def count(entries: Iterable[tuple[Any, Collection[str]]], sign: int = 1) -> None:
    """Add *entries*, each with the parties that its postings name, to the counts; with *sign* -1, take them away."""
    counted = Counter(chain.from_iterable(starmap(counts_of, entries)))
    keys = sorted({key[:-1] for key in counted})
    add([(*key, sign * (counted[*key, True] + counted[*key, False]), sign * counted[*key, True]) for key in keys])


def add(rows: Collection[tuple[str, int, int, str, int, int]]) -> None:
    """Add to the counts, or begin them: country, unit, index, quad class, total, own."""
    if not rows:
        return
    table = Rollup._meta.db_table
    insert = f"INSERT INTO {table} (country, tier, bucket, quad, total, own) "
    conflict = (
        " ON CONFLICT (country, tier, bucket, quad) DO UPDATE "
        f"SET total = {table}.total + excluded.total, own = {table}.own + excluded.own"
    )
    if connection.vendor == "postgresql":
        types = ("text", "smallint", "bigint", "text", "bigint", "bigint")
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        # Written as texts: of lists, the parser would make a node for each of some ten thousand values.
        texts = ['{"' + '","'.join(map(str, column)) + '"}' for column in zip(*rows, strict=True)]
        behind(methodcaller("execute", f"{insert} SELECT * FROM unnest({arrays}){conflict}", texts))
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"{insert} VALUES (%s, %s, %s, %s, %s, %s){conflict}", rows)


def astray(tier: int, most: int) -> list[tuple[str, int, int, str, int, int]]:
    """What counts of *tier* lack of what the entries amount to, or have too much (below 0), for ``add``: up to *most*.

    Read by one statement, so in one view of the database. What changes entries later adds to the counts, as this does:
    it stays right, whatever is written before it is added.
    """
    expected, values = counted_anew(tier)
    kept = f"SELECT country, tier, bucket, quad, -total, -own FROM {Rollup._meta.db_table} WHERE tier = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH counts (country, tier, bucket, quad, total, own) AS ({expected} UNION ALL {kept}) "
            "SELECT country, tier, bucket, quad, CAST(sum(total) AS bigint), CAST(sum(own) AS bigint) FROM counts "
            "GROUP BY country, tier, bucket, quad HAVING sum(total) <> 0 OR sum(own) <> 0 LIMIT %s",
            [*values, tier, most],
        )
        return cursor.fetchall()


def count_anew(tier: int) -> None:
    """Count the entries of *tier*, of which no count is kept yet."""
    expected, values = counted_anew(tier)
    columns = "country, tier, bucket, quad, total, own"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Rollup._meta.db_table} ({columns}) {expected}", values)


def counted_anew(tier: int) -> tuple[str, list[int]]:
    """The counts of *tier* as a query of entries and postings, and its values."""
    of_days = {DAYS: "entry.day IS NOT NULL", 4: "entry.month IS NOT NULL AND entry.day IS NULL"}
    own = of_days.get(tier, f"entry.fit_z = {tier}")
    bucket = f"entry.{UNITS[tier]}" if tier in UNITS else "0"
    held = f"{bucket} IS NOT NULL" if tier in TOTALLED else own
    counts = f"%s, {bucket}, entry.quad, count(*), sum(CASE WHEN {own} THEN 1 ELSE 0 END)"
    group = "GROUP BY entry.quad" + (f", {bucket}" if tier in UNITS else "")
    entries, postings = "timeline_entry AS entry", "timeline_posting AS posting"
    return (
        f"SELECT '{ALL}' AS country, {counts} FROM {entries} WHERE {held} {group} UNION ALL "
        f"SELECT substr(posting.party, 3), {counts} FROM {entries} JOIN {postings} ON posting.key = entry.key "
        f"WHERE {held} AND posting.party LIKE 'c:%%' {group}, posting.party",
        [tier, tier],
    )
