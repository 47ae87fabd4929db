"""Words on SQLite: FTS5 tables whose rowids follow the order of date, so that a slice of time is a range of rowids."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from timeline.search.language import Term, TextQuery
from timeline.search.months import month_of
from timeline.search.words_row import WordsRow

#: Bits of a rowid for the key; the month of the position is above them.
KEY_BITS = 38
KEY_MASK = (1 << KEY_BITS) - 1
#: Where in time a row lies that was found, of which only the month is known.
POSITION = "position"


def rowid(key: int, position: int) -> int:
    return (month_of(position) << KEY_BITS) + key


def put(table: str, rows: Sequence[WordsRow]) -> None:
    with connection.cursor() as cursor:
        values = [(rowid(row.key, row.position), row.words) for row in rows]
        cursor.executemany(f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)", values)


def remove(table: str, rows: Sequence[tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(rowid(*row),) for row in rows])


def copy(table: str, other: str, rows: Sequence[tuple[int, int, int]]) -> None:
    pairs = [(rowid(new, position), rowid(old, position)) for old, new, position in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {other} (rowid, words) SELECT %s, words FROM {table} WHERE rowid = %s", pairs)


def same(table: str, rows: Collection[WordsRow]) -> set[int]:
    found = set()
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(f"SELECT words FROM {table} WHERE rowid = %s", [rowid(row.key, row.position)])
            if cursor.fetchone() == (row.words,):
                found.add(row.key)
    return found


def purge(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def are_rare(table: str, query: TextQuery, most: int) -> bool:
    """Never: the index tells what it finds in order of date, so that to look slice by slice costs nothing."""
    return False


def found(table: str, query: TextQuery) -> RawSQL:
    """The keys of the rows that *query*, with something positive in it, finds."""
    return RawSQL(f"SELECT rowid & {KEY_MASK} FROM {table} WHERE {table} MATCH %s", [expression(query)])


def found_first(
    table: str, query: TextQuery, months: tuple[int, int] | None, descending: bool
) -> tuple[str, list[Any]]:
    """Of all that is found in *months*."""
    keys, values = f"SELECT rowid & {KEY_MASK} FROM {table} WHERE {table} MATCH %s", [expression(query)]
    if months is not None:
        first, last = months
        keys += " AND rowid BETWEEN %s AND %s"
        values += [first << KEY_BITS, ((last + 1) << KEY_BITS) - 1]
    return f"WITH found (key) AS ({keys})", values


def expression(query: TextQuery) -> str:
    expression = " AND ".join(map(_phrase, query.positive))
    for term in query.negative:
        expression = f"({expression}) NOT {_phrase(term)}"
    return expression


def _phrase(term: Term) -> str:
    """*term* as FTS5 has it; its words hold letters and digits only, so nothing in the quotes is syntax."""
    return f'"{" ".join(term.words)}"' + "*" * term.is_prefix
