"""Finding events by words: one language and one way of cutting text, on two databases' indexes.

``timeline_words`` finds rows of Entry by primary key, ``timeline_pastwords`` those of PastEntry.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.db.models import Q

from timeline.search import postgres, sqlite
from timeline.search.language import TextQuery
from timeline.search.words_row import WordsRow

PRESENT = "timeline_words"
PAST = "timeline_pastwords"
TABLES = (PRESENT, PAST)


def _index() -> Any:
    """The module for the database at hand."""
    return sqlite if connection.vendor == "sqlite" else postgres


def put(table: str, rows: Iterable[WordsRow]) -> None:
    """Make *rows*, none of which is there, findable by their words."""
    _index().put(table, list(rows))


def remove(table: str, rows: Iterable[tuple[int, int]]) -> None:
    """Forget *rows*: primary keys and positions."""
    _index().remove(table, list(rows))


def copy_to_past(rows: Iterable[tuple[int, int, int]]) -> None:
    """Copy the words of entries: the entry's primary key, the past entry's, the position."""
    _index().copy(PRESENT, PAST, list(rows))


def same(table: str, rows: Collection[WordsRow]) -> set[int]:
    """The primary keys of those of *rows* that the index holds just so."""
    return _index().same(table, rows)


def purge() -> None:
    """Make the index itself forget what was removed: until then it keeps deleted words."""
    for table in TABLES:
        _index().purge(table)


def matching(table: str, query: TextQuery) -> Q:
    """The condition that a row's primary key is among those that *query* finds."""
    if query.positive:
        return Q(pk__in=_index().found(table, query))
    unwanted = (_index().found(table, TextQuery((term,))) for term in query.negative)
    return ~Q(*(Q(pk__in=keys) for keys in unwanted), _connector=Q.OR)


def found_first(
    table: str, query: TextQuery, months: tuple[int, int] | None, descending: bool = False
) -> tuple[str, list[Any]]:
    """``WITH … found (key, …)``, the primary keys that *query*, with something positive in it, finds, and its values;
    for rows that are then to be in order of date, the earliest or (*descending*) the latest first.

    *months*, first and last, narrows what is looked through to rows whose position lies in them; the caller narrows
    the rows themselves.
    """
    return _index().found_first(table, query, months, descending)


def position_found() -> str:
    """The column that has the position of what ``found_first`` finds, where that is joined with its row."""
    return _index().POSITION


def are_rare(table: str, query: TextQuery, most: int) -> bool:
    """Whether *query*, with something positive in it, finds no more than about *most* rows, and is best put as one."""
    return _index().are_rare(table, query, most)
