"""One question about events at one moment → the rows that answer it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import Max, Min, QuerySet

from timeline import search
from timeline.horizons import reaches
from timeline.moments import Moment
from timeline.paging import Listing, Order
from timeline.query import EventQuery
from timeline.rows import Row, rows_with
from timeline.scanning import Lists, Place, Reach, Walk, scan, shortest
from timeline.search.language import TextQuery

BY_DATE = ("position", "coarseness", "key")
#: Places looked at in one go where the entries turn down most of them.
MOST_PLACES = 5_000
ANYWHERE = Reach()
#: A list as short as this is read whole and put into another order than that of date.
MOST_SORTED = 2_000


def entries_at(moment: Moment, query: EventQuery) -> "EventListing":
    """The states that stand at *moment* and match *query*."""
    return EventListing(moment, query) if query.text is None else TextListing(moment, query)


class EventListing(Listing):
    """The states that stand at a moment and match a question, found by the narrowest lists that hold them."""

    def __init__(self, moment: Moment, query: EventQuery) -> None:
        self.moment, self.query = moment, query

    @cached_property
    def querysets(self) -> list[QuerySet]:
        return [standing.matching(self.query) for standing in self.moment.standing()]

    def rows(self, order: Order, after: Sequence[Any] | None, limit: int) -> list[Any]:
        if order.columns != BY_DATE:
            return self.merged(self.ranked(), order, after, limit)
        walks = [self._walk(standing, order.descending, after, limit) for standing in self.moment.standing()]
        return walks[0] if len(walks) == 1 else list(
            islice(merge(*walks, key=order.values_of, reverse=order.descending), limit)
        )

    def _walk(self, standing: QuerySet, descending: bool, after: Sequence[int] | None, limit: int) -> list[Any]:
        """The first *limit* rows of *standing* that match, in order of date or against it."""
        choice = shortest(standing.model, self.query)
        found: list[Any] = []
        for reach in reaches(standing.model, self.moment, descending):
            place, size, is_over = after, limit, False
            while not is_over and len(found) < limit:
                places = scan(choice, Walk(self.query, self.moment, reach, descending), place, size)
                found += fetched(standing, choice, places)
                is_over, place = len(places) < size, places[-1][:4] if places else None
                size = min(3 * size, MOST_PLACES)
        return found[:limit]

    def ranked(self, reach: Reach = ANYWHERE) -> list[QuerySet]:
        """What matches, with a position inside *reach*, for another order than that of date."""
        return [self._few_or_all(standing, reach) for standing in self.moment.standing()]

    def _few_or_all(self, standing: QuerySet, reach: Reach) -> QuerySet:
        """By the list that holds what matches, where that is short."""
        matching, choice = standing.matching(self.query), shortest(standing.model, self.query)
        if any(lists.is_everything for lists in choice):
            return matching
        places = scan(choice, Walk(self.query, self.moment, reach), None, MOST_SORTED + 1)
        return matching if len(places) > MOST_SORTED else matching.filter(pk__in=[place.row for place in places])


def fetched(standing: QuerySet, choice: Sequence[Lists], places: Sequence[Place]) -> list[Any]:
    """The rows of *standing* at *places* that match what their lists left open, in the order of *places*."""
    rows: dict[int, Row] = {}
    for number, lists in enumerate(choice):
        if keys := [place.row for place in places if place.found_in == number]:
            if lists.rest.is_answered:
                rows |= rows_with(standing.model, standing.model._meta.pk.name, keys)
            else:
                matching = standing.matching(lists.rest).filter(pk__in=keys)
                rows |= {key: Row._make(row) for key, *row in matching.values_list("pk", *Row._fields)}
    return [rows[place.row] for place in places if place.row in rows]


class TextListing(EventListing):
    """Rows in which words are found: in order of date they are looked for slice of time by slice of time.

    Left to itself a database either sorts all that hold a common word, or walks all rows for a rare one.
    """

    @cached_property
    def untexted(self) -> list[QuerySet]:
        return [standing.matching(self.query) for standing in self.moment.standing()]

    @cached_property
    def querysets(self) -> list[QuerySet]:
        return [with_text(rows, self.query.text) for rows in self.untexted]

    def ranked(self, reach: Reach = ANYWHERE) -> list[QuerySet]:
        return self.querysets

    def rows(self, order: Order, after: Sequence[Any] | None, limit: int) -> list[Any]:
        if order.columns != BY_DATE or not self.query.text.positive:
            return self.merged(self.querysets, order, after, limit)
        found: list[Any] = []
        for first, last in self._slices(order.descending, after[0] if after else None):
            slice_of = [with_text(rows, self.query.text, (first, last)) for rows in self.untexted]
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
