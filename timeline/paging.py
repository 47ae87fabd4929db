"""Keyset paging, both ways, at the same cost at any depth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

#: In a cursor, instead of a place: from where there is nothing before it, whichever way it leads.
AT_THE_END = ()


class BadCursor(ValueError):
    """A cursor that was not made here, for this question."""


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that are never null and together unique, all in one direction."""

    columns: tuple[str, ...]
    descending: bool = False

    def reversed(self) -> "Order":
        return Order(self.columns, not self.descending)

    def apply(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*(f"-{column}" if self.descending else column for column in self.columns))

    def after(self, values: Sequence[Any]) -> Q:
        """What comes after the row with *values* in these columns."""
        step = "lt" if self.descending else "gt"
        first, *rest = self.columns
        condition = Q(**{f"{first}__{step}": values[0]})
        if rest:
            condition |= Q(**{first: values[0]}) & Order(tuple(rest), self.descending).after(values[1:])
            # Said once more for the planner, which finds a range in this and none in an OR.
            condition &= Q(**{f"{first}__{step}e": values[0]})
        return condition

    def values_of(self, row: Model) -> list[Any]:
        return [getattr(row, column) for column in self.columns]


class Listing:
    """Rows of one table, or of several whose rows never share a place in the order."""

    def __init__(self, *querysets: QuerySet) -> None:
        self.querysets = querysets

    def rows(self, order: Order, after: Sequence[Any] | None, limit: int) -> list[Any]:
        """The first *limit* rows in *order*, from the start or after the place *after*: one range scan a table."""
        return self.merged(self.querysets, order, after, limit)

    def count_up_to(self, most: int) -> int:
        """How many rows there are; *most* where there are more, for no more of them are looked at."""
        counted = 0
        for queryset in self.querysets:
            counted += queryset.order_by()[: most - counted].count()
        return counted

    @classmethod
    def merged(
        cls, querysets: Iterable[QuerySet], order: Order, after: Sequence[Any] | None, limit: int
    ) -> list[Any]:
        scans = [
            cls.first(rows if after is None else rows.filter(order.after(after)), order, limit) for rows in querysets
        ]
        if len(scans) == 1:
            return list(scans[0])
        return list(islice(merge(*scans, key=order.values_of, reverse=order.descending), limit))

    @staticmethod
    def first(rows: QuerySet, order: Order, limit: int) -> QuerySet:
        """The first *limit* of *rows*."""
        return order.apply(rows)[:limit]


@dataclass(frozen=True, slots=True)
class Page:
    """``rows`` in the order asked for; ``next`` and ``previous`` are cursors, None at the ends.

    Where nothing lies beyond a place, not even what lay there when its cursor was made, one of them leads back.
    """

    rows: list[Any]
    next: str | None
    previous: str | None


def page_of(listing: Listing, order: Order, size: int, cursor: str | None, question: str) -> Page:
    """*size* rows of *listing*, from the start or from *cursor*.

    *question* is any text that tells one question from another: a cursor is good for its own only.
    Raises BadCursor.
    """
    backward, values = read_cursor(cursor, order, question) if cursor else (False, None)
    heading = order.reversed() if backward else order
    found = listing.rows(heading, values, size + 1)
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    ahead, behind = (order.values_of(found[-1]), order.values_of(found[0])) if found else (AT_THE_END, AT_THE_END)
    has_next, has_previous = (bool(values), more) if backward else (more, bool(values))
    return Page(
        found,
        write_cursor(False, ahead, question) if has_next else None,
        write_cursor(True, behind, question) if has_previous else None,
    )


def write_cursor(backward: bool, values: Sequence[Any], question: str) -> str:
    return Signer(salt=question).sign_object([int(backward), *values])


def read_cursor(cursor: str, order: Order, question: str) -> tuple[bool, list[Any] | None]:
    try:
        backward, *values = Signer(salt=question).unsign_object(cursor)
    except (BadSignature, ValueError, TypeError) as error:
        raise BadCursor(cursor) from error
    if len(values) not in (len(AT_THE_END), len(order.columns)):
        raise BadCursor(cursor)
    return bool(backward), values or None
