"""How lists of places are walked in order of date, from narrow tables alone.

A list is walked by one range scan a calendar tier: an event that fits a tile of tier z can overlap a span only if its
tile does, so what lies before the span's first tile is never walked. Where nothing is asked of a place, and of the few
events that too many countries take part in, one scan goes through all tiers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from events.batched import batched
from events.edtf import OPEN_END, OPEN_START
from timeline.consistency import rows_of
from timeline.listing.lists import Lists
from timeline.listing.rows import Row
from timeline.moments import Moment
from timeline.query import EventQuery
from timeline.querysets import role_mask
from timeline.tiles.tiers import TIERS, tile_around
from timeline.traits import CLOSED_LISTS, mask

PLACE = attrgetter("position", "coarseness", "key")

ALL_TIERS = (*TIERS, -1)
MOST_JOINED = 400  #: SQLite refuses more than 500
#: Conditions → SQL that reads places of one list under them; values of its own, such as a limit, come after theirs.
Read = Callable[[Sequence[str]], str]


class Place(NamedTuple):
    """``key``: of the event; ``row``: the primary key of its entry; ``found_in``: which of the Lists it is from."""

    position: int
    coarseness: int
    key: int
    row: int
    found_in: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Positions between which places are looked for, both included; None: no bound."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """Which way lists are walked: between which positions, in one go, for what of a question stands at a moment.

    Only the beginning of ``query`` is looked at: its span and what stands in the columns of places. ``tiers``: the
    calendar tiers that are walked. ``overlapping``: first and last second of what places have to overlap, too.
    """

    query: EventQuery
    moment: Moment
    reaches: tuple[Reach, ...]
    descending: bool = False
    tiers: tuple[int, ...] = ALL_TIERS
    overlapping: tuple[int | None, int | None] = (None, None)

    @property
    def first(self) -> int | None:
        """The second that places have to reach; None: they may end at any time."""
        begin = self.query.begin and self.query.begin.earliest_start
        return max((second for second in (begin, self.overlapping[0]) if second is not None), default=None)

    @property
    def last(self) -> int | None:
        """The second by which they have to begin; None: at any time."""
        end = self.query.end and self.query.end.latest_end
        return min((second for second in (end, self.overlapping[1]) if second is not None), default=None)


def scan(choice: Sequence[Lists], walk: Walk, after: Sequence[int] | None, limit: int) -> list[Place]:
    """The first *limit* places of *choice* on *walk*, each once; *after* is a Place or its beginning."""
    with connection.cursor() as cursor:
        cursor.execute(*statement(choice, walk, after, limit))
        return list(dict.fromkeys(map(Place._make, cursor.fetchall())))[:limit]


def scanned_rows(
    choice: Sequence[Lists], walk: Walk, after: Sequence[int] | None, limit: int
) -> list[tuple[int, Row]]:
    """The rows at the first *limit* places of *choice*, each with which of the Lists it is from.

    None of them holds anything twice, and none holds what another does.
    """
    entries = choice[0].entries
    if len(choice) == 1 and is_whole_table(choice[0], walk):
        return [(0, row) for row in table_rows(entries, walk, after, limit)]
    places, params = statement(choice, walk, after, limit)
    rows = rows_of(
        f"SELECT place.found_in, {', '.join(f'found.{column}' for column in Row._fields)} FROM ({places}) AS place "
        f"JOIN {entries._meta.db_table} AS found ON found.{entries._meta.pk.name} = place.entry WHERE {{still}}",
        params,
    )
    found = [(found_in, Row._make(row)) for found_in, *row in rows]
    return sorted(found, key=lambda each: PLACE(each[1]), reverse=walk.descending)


def is_whole_table(lists: Lists, walk: Walk) -> bool:
    """Whether every entry is a place of *lists* that is asked for."""
    return lists.is_everything and walk.tiers == ALL_TIERS and not conditions_of(lists, walk)[0]


def table_rows(entries: type[Model], walk: Walk, after: Sequence[int] | None, limit: int) -> list[Row]:
    """The first *limit* rows of *entries*, whatever they are."""
    beyond, values = passed(walk, after, columns_of(entries))
    (reach,) = walk.reaches
    where = ["{still}", *beyond, *named_bounds(*bounds_of(None, walk, reach, after))]
    rows = rows_of(
        f"SELECT {', '.join(Row._fields)} FROM {entries._meta.db_table} AS place "
        f"WHERE {' AND '.join(where)} ORDER BY {in_order(entries, walk)} LIMIT %s",
        [*values, limit],
    )
    return list(map(Row._make, rows))


def counted_places(lists: Lists, walk: Walk, most: int) -> int:
    """How many events have places of *lists*, which leave nothing open; *most* where there are more."""
    sql, params = statement([lists], walk, None, most)
    counted = "count(*)" if len(lists.each) == 1 else "count(DISTINCT entry)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted} FROM ({sql}) AS place", params)
        return min(most, cursor.fetchone()[0])


def statement(
    choice: Sequence[Lists], walk: Walk, after: Sequence[int] | None, limit: int
) -> tuple[str, list[Any]]:
    """SQL and its values for at least the first *limit* places of *choice* on *walk*, as the columns of a Place."""
    branches, params = [], []
    for number, lists in enumerate(choice):
        for columns in lists.each:
            for sql, values in scans(lists, columns, walk, after, partial(branch, lists, number, walk)):
                branches.append(sql)
                params += [*values, limit]
    order = ", ".join(f"{column}{' DESC' * walk.descending}" for column in (1, 2, 3, 4))
    # As many more as one event may have places: it stands in the list of each of its parties.
    params.append(limit * max(len(lists.each) for lists in choice))
    return f"{joined(branches, 'UNION ALL')} ORDER BY {order} LIMIT %s", params


def most_reaches(choice: Sequence[Lists]) -> int | None:
    """How many reaches one statement walks *choice* in at most; None: any number.

    For SQLite each scan is written out: to read twice as many takes it four times as long, and it limits their values.
    """
    if connection.vendor == "postgresql":
        return None
    return max(1, MOST_JOINED // (len(ALL_TIERS) * sum(len(lists.each) for lists in choice)))


def joined(branches: Sequence[str], joint: str) -> str:
    """*branches* as one, in groups where they are more than SQLite joins at once."""
    while len(branches) > MOST_JOINED:
        groups = batched(branches, MOST_JOINED)
        branches = [f"SELECT * FROM ({f' {joint} '.join(group)}) AS joined" for group in groups]
    return f" {joint} ".join(branches)


def scans(
    lists: Lists, columns: dict[str, Any], walk: Walk, after: Sequence[int] | None, read: Read
) -> Iterator[tuple[str, list[Any]]]:
    """Every scan of one of *lists*, that with *columns*, for what *read* wants of it: SQL and its values."""
    conditions, values = conditions_of(lists, walk)
    beyond, place = passed(walk, after, columns_of(lists.table))
    # SQLite finds an index of wide events alone only where the statement itself says so, not a value of it.
    asked = ["place.is_wide"] if lists.are_wide else [f"place.{column} = %s" for column in columns]
    asked += [*conditions, *beyond]
    values = [*([] if lists.are_wide else columns.values()), *values, *place]
    if lists.are_wide or is_whole_table(lists, walk):
        for reach in walk.reaches:
            within = named_bounds(*bounds_of(None, walk, reach, after))
            yield f"SELECT * FROM ({read([*asked, *within])}) AS place", values
        return
    tiers = [(tier, *bounds_of(tier, walk, reach, after)) for reach in walk.reaches for tier in walk.tiers]
    if connection.vendor == "postgresql":
        yield scan_of_each(tiers, lambda within: read([*asked, *within])), values
        return
    for tier, low, high in tiers:
        yield f"SELECT * FROM ({read([*asked, f'place.fit_z = {tier}', *named_bounds(low, high)])}) AS place", values


def scan_of_each(
    tiers: Sequence[tuple[int, int | None, int | None]], read: Read
) -> str:
    """One scan, run for each of *tiers* between its bounds: six take PostgreSQL longer to plan than to run."""
    _, lows, highs = zip(*tiers, strict=True)
    within = ["place.fit_z = tier.z"]
    within += ["place.position >= tier.low"] if any(low is not None for low in lows) else []
    within += ["place.position <= tier.high"] if any(high is not None for high in highs) else []
    rows = ", ".join(
        f"({tier}, {OPEN_START if low is None else low}, {OPEN_END if high is None else high})"
        for tier, low, high in tiers
    )
    return f"SELECT place.* FROM (VALUES {rows}) AS tier (z, low, high) CROSS JOIN LATERAL ({read(within)}) AS place"


def passed(walk: Walk, after: Sequence[int] | None, columns: Sequence[str]) -> tuple[list[str], list[Any]]:
    """The condition that a place comes beyond *after*."""
    if after is None:
        return [], []
    # A cursor names a place of events: what of the past stands there in several states was all passed.
    sent = tuple(after)[: len(columns)]
    row = ", ".join(f"place.{column}" for column in columns[: len(sent)])
    return [f"({row}) {'<' if walk.descending else '>'} ({', '.join(['%s'] * len(sent))})"], [*sent]


def columns_of(table: type[Model]) -> tuple[str, ...]:
    """The columns by which places of *table* are in order."""
    row = getattr(table, "entry_column", table._meta.pk.name)
    return ("position", "coarseness", "key") if row == "key" else ("position", "coarseness", "key", row)


def in_order(table: type[Model], walk: Walk) -> str:
    """By which columns places of *table* are read, the way that is walked."""
    return ", ".join(f"place.{column}{' DESC' * walk.descending}" for column in columns_of(table))


def branch(lists: Lists, number: int, walk: Walk, where: Sequence[str]) -> str:
    """SQL for places of one list, under the conditions *where*, up to a limit."""
    row, entry = columns_of(lists.table)[-1], ""
    if not walk.moment.is_present and lists.table is not lists.entries:
        entry = f" JOIN {lists.entries._meta.db_table} AS entry ON entry.{lists.entries._meta.pk.name} = "
        entry += f"place.{row}"
    return (
        f"SELECT place.position, place.coarseness, place.key, place.{row} AS entry, {number} AS found_in "
        f"FROM {lists.table._meta.db_table} AS place{entry} "
        f"WHERE {' AND '.join(where or ['TRUE'])} ORDER BY {in_order(lists.table, walk)} LIMIT %s"
    )


def conditions_of(lists: Lists, walk: Walk) -> tuple[list[str], list[Any]]:
    """What places, and the entries of a past moment, tell of a question, as SQL and its values."""
    sql, values = [], []
    query = walk.query
    if walk.first is not None:
        sql.append("place.latest_end >= %s")
        values.append(walk.first)
    if walk.last is not None:
        sql.append("place.earliest_start <= %s")
        values.append(walk.last)
    if query.kinds and "kind" not in lists.each[0]:
        sql.append(f"place.kind IN ({', '.join(['%s'] * len(query.kinds))})")
        values += sorted(query.kinds)
    for column, wanted in zip(CLOSED_LISTS, query.closed_lists, strict=True):
        if wanted:
            sql.append("place.traits & %s <> 0")
            values.append(mask(column, wanted))
    if lists.roles:
        sql.append("place.roles & %s <> 0")
        values.append(role_mask(lists.roles))
    if not walk.moment.is_present:
        entry = "place" if lists.table is lists.entries else "entry"
        stood = walk.moment.conditions(lists.entries)
        sql += [f"{entry}.{condition}" for condition in stood]
        values += stood.values()
    return sql, values


def bounds_of(
    tier: int | None, walk: Walk, reach: Reach, after: Sequence[int] | None
) -> tuple[int | None, int | None]:
    """Between which positions places of *tier* lie that can overlap the span that is asked for, inside the *reach*,
    beyond *after*; None where there is no bound. Tier None: of all tiers.
    """
    lows, highs = [reach.low], [reach.high]
    if tier is not None and tier >= 0:
        lows.append(None if walk.first is None else tile_around(tier, walk.first)[0])
        highs.append(None if walk.last is None else tile_around(tier, walk.last)[1])
    if after is not None:
        (highs if walk.descending else lows).append(after[0])
    return (
        max((low for low in lows if low is not None), default=None),
        min((high for high in highs if high is not None), default=None),
    )


def named_bounds(low: int | None, high: int | None) -> list[str]:
    """The conditions that a place lies between two positions, both included, either of which may be None."""
    bounds = (("place.position >= ", low), ("place.position <= ", high))
    return [f"{condition}{bound}" for condition, bound in bounds if bound is not None]
