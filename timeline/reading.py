"""One question about events at one moment → the rows that answer it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Max, Min, QuerySet

from timeline import search
from timeline.moments import Moment
from timeline.paging import Listing, Order
from timeline.query import EventQuery
from timeline.search.language import TextQuery


def entries_at(moment: Moment, query: EventQuery) -> Listing:
    """The states that stand at *moment* and match *query*."""
    querysets = [standing.matching(query) for standing in moment.standing()]
    return Listing(*querysets) if query.text is None else TextListing(query.text, *querysets)


class TextListing(Listing):
    """Rows in which words are found: in order of date they are looked for slice of time by slice of time.

    Left to itself a database either sorts all that hold a common word, or walks all rows for a rare one.
    """

    def __init__(self, text: TextQuery, *querysets: QuerySet) -> None:
        super().__init__(*(with_text(rows, text) for rows in querysets))
        self.text, self.untexted = text, querysets

    def rows(self, order: Order, after: Sequence[Any] | None, limit: int) -> list[Any]:
        if order.columns[0] != "position" or not self.text.positive:
            return super().rows(order, after, limit)
        found: list[Any] = []
        for first, last in self._slices(order.descending, after[0] if after else None):
            slice_of = [with_text(rows, self.text, (first, last)) for rows in self.untexted]
            found += self.merged(slice_of, order, after, limit - len(found))
            if len(found) >= limit:
                break
        return found

    def _slices(self, descending: bool, position: int | None) -> Iterator[tuple[int, int]]:
        """Months, first and last, each slice three times as wide as the one before; deserts are passed over."""
        width = 1
        position = self._next(descending, position, inclusive=True)
        while position is not None:
            month = search.month_of(position)
            first, last = (month - width + 1, month) if descending else (month, month + width - 1)
            yield first, last
            position = self._next(descending, search.first_second(first if descending else last + 1), not descending)
            width *= 3

    def _next(self, descending: bool, position: int | None, inclusive: bool) -> int | None:
        """The position of the next row from *position* on, by the index on it alone; None where there is none."""
        step = ("lt" if descending else "gt") + ("e" if inclusive else "")
        aggregate = Max if descending else Min
        found = []
        for model in {rows.model for rows in self.untexted}:
            rows = model.objects.all() if position is None else model.objects.filter(**{f"position__{step}": position})
            found.append(rows.aggregate(next=aggregate("position"))["next"])
        found = [place for place in found if place is not None]
        return (max if descending else min)(found) if found else None


def with_text(rows: QuerySet, text: TextQuery, months: tuple[int, int] | None = None) -> QuerySet:
    """Those of *rows* that *text* finds; with *months*, only those whose position lies in them."""
    found = rows.filter(search.matching(rows.model.words_table, text, months))
    if months is None:
        return found
    first, last = months
    return found.filter(position__gte=search.first_second(first), position__lt=search.first_second(last + 1))
