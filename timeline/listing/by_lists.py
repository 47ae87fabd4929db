"""Events found by the narrowest lists that hold them, in any order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from timeline.listing.horizons import reaches
from timeline.listing.lists import Lists, shortest
from timeline.listing.placing import placed
from timeline.listing.rows import Row, rows_with
from timeline.listing.scanning import PLACE, Place, Reach, Walk, counted_places, most_reaches, scan, scanned_rows
from timeline.models import places
from timeline.moments import Moment
from timeline.paging import Listing, Order
from timeline.query import EventQuery

BY_DATE = Order(tuple(places.BY_DATE))
#: Places looked at in one go where the entries turn down most of them.
MOST_PLACES = 5_000
ANYWHERE = Reach()
#: A list as short as this is read whole and put into another order than that of date.
MOST_SORTED = 2_000


class EventListing(Listing):
    """The states that stand at a moment and match a question, found by the narrowest lists that hold them."""

    def __init__(self, moment: Moment, query: EventQuery) -> None:
        self.moment, self.query = moment, query

    @cached_property
    def querysets(self) -> list[QuerySet]:
        return [part for standing in self.moment.standing() for part in parts_of(standing, self.query)]

    def count_up_to(self, most: int) -> int:
        counted = 0
        for standing in self.moment.standing():
            choice = shortest(standing.model, self.query)
            if len(choice) == 1 and choice[0].leaves_nothing_open and not choice[0].is_everything:
                for group in self._groups(standing.model, choice):
                    counted += counted_places(choice[0], Walk(self.query, self.moment, group), most - counted)
            else:
                parts = parts_of(standing, self.query)
                if not choice[0].leaves_nothing_open:
                    passed = placed(Walk(self.query, self.moment, (ANYWHERE,)))
                    parts = [part.filter(passed) for part in parts]
                counted += Listing(*parts).count_up_to(most - counted)
        return counted

    def rows(self, order: Order, after: Sequence[Any] | None, limit: int) -> list[Any]:
        if order.columns != BY_DATE.columns:
            return self.merged([each.rows for each in self.ranked()], order, after, limit)
        walks = [self._walk(standing, order, after, limit) for standing in self.moment.standing()]
        return walks[0] if len(walks) == 1 else list(
            islice(merge(*walks, key=order.values_of, reverse=order.descending), limit)
        )

    @staticmethod
    def first(rows: QuerySet, order: Order, limit: int) -> QuerySet:
        """The first *limit* of *rows*, found in an index first: rows are wide, and many may be turned down."""
        told = order.apply(rows)[:limit].values("pk")
        return order.apply(rows.model.objects.filter(pk__in=told))

    def _walk(self, standing: QuerySet, order: Order, after: Sequence[int] | None, limit: int) -> list[Any]:
        """The first *limit* rows of *standing* that match, in order of date or against it."""
        if (few := few_in_box(standing, self.query)) is not None:
            return self.merged([few], order, after, limit)
        choice, descending = shortest(standing.model, self.query), order.descending
        found: list[Any] = []
        for group in self._groups(standing.model, choice, descending, after and after[0]):
            if len(found) >= limit:
                break
            walk = Walk(self.query, self.moment, group, descending)
            read = whole_rows if choice[0].is_the_answer else rows_at_places
            found += read(standing, choice, walk, after, limit - len(found))
        return found

    def _groups(
        self, model: type[Model], choice: Sequence[Lists], descending: bool = False, after: int | None = None
    ) -> Iterator[tuple[Reach, ...]]:
        """Where in time *choice* is walked, in groups for one statement each."""
        return reaches(model, self.moment, descending, after, most_reaches(choice))

    def ranked(self, reach: Reach = ANYWHERE, **asked: Any) -> "list[Ranked]":
        """What matches, for another order than that of date; where it is short, what has a position inside *reach*
        and is as *asked* of a Walk.
        """
        return [
            each for standing in self.moment.standing() for each in self._few_or_all(standing, reach, asked)
        ]

    def _few_or_all(self, standing: QuerySet, reach: Reach, asked: dict[str, Any]) -> "list[Ranked]":
        """By the box or the list that holds what matches, where that is short."""
        if (few := few_in_box(standing, self.query)) is not None:
            return [Ranked(few, is_short=True)]
        choice = shortest(standing.model, self.query)
        if not any(lists.is_everything for lists in choice):
            places = scan(choice, Walk(self.query, self.moment, (reach,), **asked), None, MOST_SORTED + 1)
            if len(places) <= MOST_SORTED:
                few = standing.matching(self.query).filter(pk__in=[place.row for place in places])
                return [Ranked(few, is_short=True)]
        return [Ranked(part) for part in parts_of(standing, self.query)]


def parts_of(standing: QuerySet, query: EventQuery) -> list[QuerySet]:
    """Those of *standing* that *query* asks for, in parts that have nothing in common."""
    if not query.between or query.roles:
        return [standing.matching(query)]
    rest = replace(query, between=frozenset())
    return [part.matching(rest) for part in standing.between_in_parts(query.between)]


@dataclass(frozen=True)
class Ranked:
    """Rows of one table for another order than that of date. ``is_short``: they are few, and named one by one."""

    rows: QuerySet
    is_short: bool = False

    @property
    def model(self) -> type[Model]:
        return self.rows.model

    def condition(self) -> tuple[str, list[Any]]:
        """The condition on the rows of ``model`` that they are among these, as SQL and its values."""
        where = self.rows.query.where
        if not where:
            return "TRUE", []
        sql, values = where.as_sql(self.rows.query.get_compiler(connection=connection), connection)
        return sql, list(values)


def few_in_box(standing: QuerySet, query: EventQuery) -> QuerySet | None:
    """What matches, where few lie in the box that is asked for: no list says where events lie."""
    if query.box is None:
        return None
    inside = standing.model.objects.in_box(query.box).order_by()
    keys = list(inside.values_list("pk", flat=True)[: MOST_SORTED + 1])
    return standing.matching(query).filter(pk__in=keys) if len(keys) <= MOST_SORTED else None


def whole_rows(
    standing: QuerySet, choice: Sequence[Lists], walk: Walk, after: Sequence[int] | None, limit: int
) -> list[Row]:
    """The first *limit* rows of *standing* on *walk*, read with their places: the first of *choice* leaves nothing
    open, and the others seldom hold any.
    """
    found: list[Row] = []
    while True:
        size = limit - len(found)
        rows = scanned_rows(choice, walk, after, size)
        found += judged(standing, choice, rows)
        if len(rows) < size or len(found) >= limit:
            return found
        after = PLACE(rows[-1][1])


def judged(standing: QuerySet, choice: Sequence[Lists], rows: Sequence[tuple[int, Row]]) -> list[Row]:
    """Those of *rows*, each with its number in *choice*, that match what the lists there left open."""
    refused: set[int] = set()
    for number, lists in enumerate(choice):
        if lists.leaves_nothing_open:
            continue
        if keys := {row.key for found_in, row in rows if found_in == number}:
            matching = standing.matching(lists.rest).filter(key__in=keys)
            refused |= keys.difference(matching.values_list("key", flat=True))
    return [row for _, row in rows if row.key not in refused]


def rows_at_places(
    standing: QuerySet, choice: Sequence[Lists], walk: Walk, after: Sequence[int] | None, limit: int
) -> list[Row]:
    """As ``whole_rows``, where much of what *choice* holds may not match: rows are read only once places are found."""
    found: list[Row] = []
    size = limit
    while True:
        places = scan(choice, walk, after, size)
        found += fetched(standing, choice, places)
        if len(places) < size or len(found) >= limit:
            return found[:limit]
        after, size = places[-1][:4], min(3 * size, MOST_PLACES)


def fetched(standing: QuerySet, choice: Sequence[Lists], places: Sequence[Place]) -> list[Any]:
    """The rows of *standing* at *places* that match what their lists left open, in the order of *places*."""
    rows: dict[int, Row] = {}
    for number, lists in enumerate(choice):
        if keys := [place.row for place in places if place.found_in == number]:
            if lists.leaves_nothing_open:
                rows |= rows_with(standing.model, standing.model._meta.pk.name, keys)
            else:
                matching = standing.matching(lists.rest).filter(pk__in=keys)
                rows |= {key: Row._make(row) for key, *row in matching.values_list("pk", *Row._fields)}
    return [rows[place.row] for place in places if place.row in rows]
