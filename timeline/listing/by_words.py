"""Events found by words."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from heapq import merge
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from timeline import search
from timeline.listing.by_lists import ANYWHERE, BY_DATE, EventListing, Ranked, parts_of
from timeline.listing.rows import Row
from timeline.listing.scanning import Reach
from timeline.listing.slices import Ahead
from timeline.paging import Listing, Order
from timeline.search.language import TextQuery
from timeline.search.months import first_second

#: Words that find no more are looked for in one go, for any order: of a million events, most pairs of words find a few
#: hundred, and to walk past the rest until as many come as a tile shows takes longer.
MOST_RARE = 10_000


class TextListing(EventListing):
    """Rows in which words are found: in order of date, common ones are looked for slice of time by slice of time.

    Left to itself a database either sorts all that hold a common word, or walks all rows for a rare one.
    """

    @cached_property
    def untexted(self) -> list[Ranked]:
        return [Ranked(part) for standing in self.moment.standing() for part in parts_of(standing, self.query)]

    @cached_property
    def sought(self) -> TextQuery:
        return replace(self.query.text, parties=self.query.parties)

    @cached_property
    def querysets(self) -> list[QuerySet]:
        return [
            each.rows.filter(search.matching(each.model.words_table, self.sought)) for each in self.untexted
        ]

    def count_up_to(self, most: int) -> int:
        return Listing(*self.querysets).count_up_to(most)

    def ranked(self, reach: Reach = ANYWHERE, **asked: Any) -> list[Ranked]:
        """Where the words are rare, what they find."""
        return self._rare_or_all

    @cached_property
    def _rare_or_all(self) -> list[Ranked]:
        ranked = []
        for rows in self.querysets:
            found = list(rows.order_by().values_list("pk", flat=True)[: MOST_RARE + 1])
            is_short = len(found) <= MOST_RARE
            ranked.append(Ranked(rows.model.objects.filter(pk__in=found) if is_short else rows, is_short))
        return ranked

    def rows(self, order: Order, after: Sequence[Any] | None, limit: int) -> list[Any]:
        if order.columns != BY_DATE.columns or not self.query.text.positive:
            return self.merged(self.querysets, order, after, limit)
        if all(search.are_rare(each.model.words_table, self.sought, MOST_RARE) for each in self.untexted):
            return self._in_slice(order, after, None, limit)[:limit]
        found: list[Any] = []
        ahead = Ahead.of(*self._ends(), after and after[0], order.descending)
        while len(found) < limit and (months := ahead.next()) is not None:
            slice_of = self._in_slice(order, after, months, limit)
            found += slice_of
            ahead.widen(len(slice_of), limit - len(found))
        return found[:limit]

    def _ends(self) -> tuple[int | None, int | None]:
        """The first and the last position of any row; None where there is none."""
        tables = [each.model._meta.db_table for each in self.untexted]
        columns = (
            f"(SELECT {extreme}(position) FROM {table})" for extreme in ("min", "max") for table in tables
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)}")
            ends = cursor.fetchone()
        first, last = ([end for end in half if end is not None] for half in (ends[: len(tables)], ends[len(tables) :]))
        return min(first, default=None), max(last, default=None)

    def _in_slice(
        self, order: Order, after: Sequence[int] | None, months: tuple[int, int] | None, limit: int
    ) -> list[Row]:
        """What matches after the place *after* and has a position in *months*, or in any: the first *limit* of each
        table that is asked.
        """
        parts = [self._with_words(each, order.descending, after, months, limit) for each in self.untexted]
        return list(merge(*parts, key=order.values_of, reverse=order.descending))

    def _with_words(
        self, among: Ranked, descending: bool, after: Sequence[int] | None, months: tuple[int, int] | None, limit: int
    ) -> list[Row]:
        condition, asked = among.condition()
        found, values = search.found_first(among.model.words_table, self.sought, months, descending)
        table, position = among.model._meta.db_table, search.position_found()
        place = [position, f"{table}.coarseness", f"{table}.key"]
        where, values = [f"found.key = {table}.{among.model._meta.pk.name}", condition], [*values, *asked]
        if months is not None:
            where.append(f"{position} >= %s AND {position} < %s")
            values += [first_second(months[0]), first_second(months[1] + 1)]
        if after is not None:
            where.append(f"({', '.join(place)}) {'<' if descending else '>'} (%s, %s, %s)")
            values += after
        order = ", ".join(f"{column} DESC" if descending else column for column in place)
        columns = ", ".join(f"{table}.{column}" for column in Row._fields)
        with connection.cursor() as cursor:
            cursor.execute(  # SQLite takes what is written before CROSS for what is to be gone through
                f"{found} SELECT {columns} FROM found CROSS JOIN {table} "
                f"WHERE {' AND '.join(where)} ORDER BY {order} LIMIT %s",
                [*values, limit],
            )
            return list(map(Row._make, cursor.fetchall()))
