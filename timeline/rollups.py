"""Counts kept with the entries as they stand: of all and of each country, by calendar unit and quad class.

A date counts in the finest unit one of whose buckets holds all of it, and in that bucket's year and month, so that a
question for years adds up years and not days.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection

from timeline.models import Rollup
from timeline.tiles import UNITS

#: Stands for all countries.
ALL = ""
#: Units that are added up wherever one of their buckets holds the date, not only where it is the finest that does.
TOTALLED = (5, 4, 3)

Key = tuple[str, int, int, str]


def buckets(entry: Any) -> Iterator[tuple[int, int, bool]]:
    """The unit and index of each bucket in which *entry* is counted, and whether that is the finest that holds it."""
    tiles = [(tier, getattr(entry, unit)) for tier, unit in UNITS.items()]
    held = [(tier, index) for tier, index in reversed(tiles) if index is not None]
    finest = held[0] if held else (-1, 0)
    yield (*finest, True)
    for tier, index in held[1:]:
        if tier in TOTALLED:
            yield tier, index, False


def count(entries: Iterable[tuple[Any, Collection[str]]], sign: int = 1) -> None:
    """Add *entries*, each with the parties that its postings name, to the counts; with *sign* -1, take them away."""
    total: Counter[Key] = Counter()
    own: Counter[Key] = Counter()
    for entry, parties in entries:
        countries = [ALL, *(party[2:] for party in parties if party.startswith("c:"))]
        for tier, index, is_finest in buckets(entry):
            for country in countries:
                key = (country, tier, index, entry.quad)
                total[key] += sign
                own[key] += sign * is_finest
    add([(*key, total[key], own[key]) for key in sorted(total) if total[key] or own[key]])


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
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = ("text", "smallint", "bigint", "text", "bigint", "bigint")
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(f"{insert} SELECT * FROM unnest({arrays}){conflict}", columns)
        else:
            cursor.executemany(f"{insert} VALUES (%s, %s, %s, %s, %s, %s){conflict}", rows)


def astray(tier: int) -> int:
    """How many counts of *tier* are not what the entries amount to, in one view of the database."""
    expected, values = counted_anew(tier)
    kept = f"SELECT country, tier, bucket, quad, total, own FROM {Rollup._meta.db_table} WHERE tier = %s AND total <> 0"
    sql = "SELECT count(*) FROM (SELECT * FROM ({}) AS one EXCEPT SELECT * FROM ({}) AS other) AS differing"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(expected, kept), [*values, tier])
        missing = cursor.fetchone()[0]
        cursor.execute(sql.format(kept, expected), [tier, *values])
        return max(missing, cursor.fetchone()[0])


def count_anew(tier: int) -> None:
    """Count the entries of *tier* from the beginning, inside a transaction that holds its turn."""
    expected, values = counted_anew(tier)
    Rollup.objects.filter(tier=tier).delete()
    columns = "country, tier, bucket, quad, total, own"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Rollup._meta.db_table} ({columns}) {expected}", values)


def counted_anew(tier: int) -> tuple[str, list[int]]:
    """The counts of *tier* as a query of entries and postings, and its values."""
    of_days = {5: "entry.day IS NOT NULL", 4: "entry.month IS NOT NULL AND entry.day IS NULL"}
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
