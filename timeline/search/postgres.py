"""Words on PostgreSQL: a tsvector with the words' positions and a lexeme for each calendar period and each party of the
entry.
"""

from collections.abc import Collection, Iterator, Sequence
from operator import methodcaller

from django.db import connection
from django.db.models.expressions import RawSQL

from events.behind import behind
from events.rows import insert_rows
from timeline.search.cutting import FILLER, MOST_WORDS
from timeline.search.language import Term, TextQuery
from timeline.search.months import month_of
from timeline.search.words_row import WordsRow

#: Months in a millennium, a century, a decade, a year and a month.
PERIODS = (12_000, 1_200, 120, 12, 1)
#: Where in time a row lies that was found. Its words are read anyhow, while entries are wide, and many for one page.
POSITION = "found.position"
#: What is written behind each of an entry's words, in order.
POSITIONS = tuple(f":{position}" for position in range(1, MOST_WORDS + 1))


def put(table: str, rows: Sequence[WordsRow]) -> None:
    if rows:
        insert_rows(table, ["key", "position", "words"], [(row.key, row.position, vector(row)) for row in rows])
        empty_pending_list(table)


def empty_pending_list(table: str) -> None:
    """The index takes a thousand rows in a quarter of the time if it takes them together. Emptied by whoever filled it,
    its list of pending entries is nobody else's to pay for.
    """
    behind(methodcaller("execute", "SELECT gin_clean_pending_list(%s::regclass)", [f"{table}_words"]))


def vector(row: WordsRow) -> str:
    """The tsvector of *row*, written out: each word with its position, periods and parties without. A word that comes
    again is written again; PostgreSQL brings its positions together.
    """
    month = month_of(row.position)
    # Words hold letters and digits only, so none of them needs quotes.
    words = [word + position for word, position in zip(row.words.split(), POSITIONS, strict=False) if word != FILLER]
    return " ".join([*words, *(lexeme(size, month // size) for size in PERIODS), *map(party_lexeme, row.parties)])


def lexeme(size: int, index: int) -> str:
    """The period *index* of those of *size* months; the slash keeps it apart from words."""
    return f"/{size}/{index}"


def party_lexeme(party: str) -> str:
    """*party*, as postings name it, kept apart in the same way; in quotes for its colon."""
    return f"'/{party}'"


def remove(table: str, rows: Sequence[tuple[int, int]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE key = ANY(%s)", [[key for key, _ in rows]])


def copy(table: str, other: str, rows: Sequence[tuple[int, int, int]]) -> None:
    if rows:
        places = ", ".join(["(%s::bigint, %s::bigint)"] * len(rows))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {other} (key, position, words) SELECT moved.new, {table}.position, {table}.words "
                f"FROM (VALUES {places}) AS moved (old, new) JOIN {table} ON {table}.key = moved.old",
                [key for old, new, _ in rows for key in (old, new)],
            )
        empty_pending_list(other)


def same(table: str, rows: Collection[WordsRow]) -> set[int]:
    if not rows:
        return set()
    places = ", ".join(["(%s::bigint, %s::bigint, %s::tsvector)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key FROM (VALUES {places}) AS wanted (key, position, words) "
            f"JOIN {table} USING (key, position, words)",
            [value for row in rows for value in (row.key, row.position, vector(row))],
        )
        return {key for (key,) in cursor.fetchall()}


def purge(table: str) -> None:
    """Nothing: the index forgets with the next VACUUM, as tables do, which an erasure runs."""


def found(table: str, query: TextQuery) -> RawSQL:
    """The keys of the rows that *query*, with something positive in it, finds."""
    return RawSQL(f"SELECT key FROM {table} WHERE words @@ %s::tsquery", [tsquery(query)])


def found_first(
    table: str, query: TextQuery, months: tuple[int, int] | None, descending: bool
) -> tuple[str, list[str]]:
    """Of all that is found in *months*, before anything else is looked at: left to choose, the planner holds the words
    of each event of a country against the query. In order, so that a page is full before all was looked at.
    """
    within = "" if months is None else " & (" + " | ".join(f"'{period}'" for period in periods(*months)) + ")"
    rows = f"SELECT key, position FROM {table} WHERE words @@ %s::tsquery"
    in_order = f"SELECT * FROM worded ORDER BY position{' DESC' * descending}"
    return f"WITH worded AS MATERIALIZED ({rows}), found AS ({in_order})", [tsquery(query) + within]


def tsquery(query: TextQuery) -> str:
    wanted = map(_phrase, query.positive)
    unwanted = (f"!({_phrase(term)})" for term in query.negative)
    parties = (f"({' | '.join(map(party_lexeme, any_of))})" for any_of in query.parties)
    return " & ".join([*wanted, *unwanted, *parties])


def are_rare(table: str, query: TextQuery, most: int) -> bool:
    """By what the planner knows of each word: it is seldom wrong by half, and to count takes as long as to search."""
    keys = found(table, query)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {keys.sql}", keys.params)
        return cursor.fetchone()[0][0]["Plan"]["Plan Rows"] <= most


def _phrase(term: Term) -> str:
    """*term* as a tsquery has it; its words hold letters and digits only, so nothing in the quotes is syntax."""
    *before, last = (f"'{word}'" for word in term.words)
    return "(" + " <-> ".join([*before, last + ":*" * term.is_prefix]) + ")"


def periods(first: int, last: int) -> Iterator[str]:
    """The fewest calendar periods that together are just the months *first* to *last*."""
    while first <= last:
        size = next(size for size in PERIODS if first % size == 0 and first + size - 1 <= last)
        yield lexeme(size, first // size)
        first += size
