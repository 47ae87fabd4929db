"""Which events a tile may show: the most important that lie wholly in it, and those that cross its edges."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from events.batched import batched
from timeline.listing.by_lists import Ranked
from timeline.listing.scanning import Reach, Walk
from timeline.models import Entry
from timeline.moments import Moment
from timeline.query import EventQuery
from timeline.tiles.tiers import TIERS, UNITS, enclosing, tile_span


class Candidate(NamedTuple):
    """An entry in the order in which tiles show them; ``row``: its primary key."""

    less_important: int
    key: int
    row: int
    model: type[Model]


Chosen = dict[int, list[Candidate]]  #: for each tile, by its index
Asked = tuple[int, str, list[int]]  #: a tile's index, and a condition with its values
#: A tile and a condition → SQL that reads what is first in it.
Read = Callable[[int | str, str], str]

#: Rows of the past are looked for by their position alone: no order tells which of them stood at a moment, so all those
#: in a tile are judged, from a narrow index.
BY_POSITION = "position BETWEEN %s AND %s"
MOST_VALUES = 30_000  #: of a statement; SQLite refuses more than 32,766
MOST_BOUNDS = 4  #: values of the conditions by which a tile finds entries


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles of one tier that lie side by side.

    Their conditions spell the tier out and pass no value for it: only then does SQLite use an index of part of a table.
    """

    tier: int
    indexes: range

    @property
    def span(self) -> tuple[int, int]:
        """First and last second of all together."""
        return tile_span(self.tier, self.indexes[0])[0], tile_span(self.tier, self.indexes[-1])[1]

    @property
    def above(self) -> tuple[int, ...]:
        """The tiers of what crosses tiles' edges."""
        return (*TIERS[: self.tier], -1)

    def walk(self, query: EventQuery, moment: Moment) -> Walk:
        """The way past what *query* asks for at *moment* and lies wholly in any of them."""
        return Walk(query, moment, (Reach(*self.span),), tiers=TIERS[self.tier :])

    def holding(self, model: type[Model], index: int) -> tuple[str, list[int]]:
        """The condition that an entry of *model* lies wholly in tile *index*, as SQL and its values."""
        if model is Entry:
            return f"fit_z >= {self.tier} AND {UNITS[self.tier]} = %s", [index]
        finer = ", ".join(str(tier) for tier in TIERS[self.tier :])
        return f"fit_z IN ({finer}) AND {BY_POSITION}", [*tile_span(self.tier, index)]

    def crossing(self, model: type[Model], index: int) -> Iterator[tuple[str, list[int]]]:
        """Conditions of which one holds of each entry of *model* that overlaps tile *index* and does not fit it.

        It belongs to a tile above, or to none.
        """
        first, last = tile_span(self.tier, index)
        overlaps = "earliest_start <= %s AND latest_end >= %s AND"
        for tier in TIERS[: self.tier]:
            above = enclosing(self.tier, index, tier)
            condition, bounds = (
                (f"{UNITS[tier]} = %s", [above]) if model is Entry else (BY_POSITION, [*tile_span(tier, above)])
            )
            yield f"{overlaps} fit_z = {tier} AND {condition}", [last, first, *bounds]
        yield f"{overlaps} fit_z = -1", [last, first]


def items_of(tiles: Tiles, found: Iterable[Ranked], limit: int) -> Chosen:
    """The *limit* most important of *found* that lie wholly in each tile."""
    def asked(model: type[Model]) -> list[Asked]:
        return [(index, *tiles.holding(model, index)) for index in tiles.indexes]

    return chosen(tiles, found, limit, asked, lambda entry, index: (
        entry.fit_z >= tiles.tier and entry.unit == index
    ))  # fmt: skip


def spans_of(tiles: Tiles, found: Iterable[Ranked], limit: int) -> Chosen:
    """The *limit* most important of *found* that overlap each tile and do not fit it."""
    spans = {index: tile_span(tiles.tier, index) for index in tiles.indexes}

    def asked(model: type[Model]) -> list[Asked]:
        return [(index, *crossing) for index in tiles.indexes for crossing in tiles.crossing(model, index)]

    return chosen(tiles, found, limit, asked, lambda entry, index: (
        entry.fit_z < tiles.tier and entry.earliest_start <= spans[index][1] and entry.latest_end >= spans[index][0]
    ))  # fmt: skip


def chosen(
    tiles: Tiles, found: Iterable[Ranked], limit: int, asked: Callable[[type[Model]], list[Asked]], belongs: Any
) -> Chosen:
    """For each tile the *limit* most important of *found*: of a few, those that *belongs* says; of many, those that
    the conditions *asked*, each with its tile, find by an index of their own.
    """
    candidates: Chosen = {index: [] for index in tiles.indexes}
    if not limit:
        return candidates
    for ranked in found:
        if ranked.is_short:
            entries = Shortlisted.of(ranked, tiles.tier)
            for index, kept in candidates.items():
                kept += [entry.candidate for entry in entries if belongs(entry, index)]
        else:
            for index, *candidate in in_branches(ranked, limit, asked(ranked.model)):
                candidates[index].append(Candidate(*candidate, ranked.model))
    return {index: nsmallest(limit, kept) for index, kept in candidates.items()}


class Shortlisted(NamedTuple):
    candidate: Candidate
    fit_z: int
    earliest_start: int
    latest_end: int
    unit: int | None  #: the tile of the tier asked for that holds it

    @classmethod
    def of(cls, ranked: Ranked, tier: int) -> "list[Shortlisted]":
        columns = ("importance", "key", "pk", "fit_z", "earliest_start", "latest_end", UNITS[tier])
        return [
            cls(Candidate(-importance, key, row, ranked.model), *others)
            for importance, key, row, *others in ranked.rows.order_by().values_list(*columns)
        ]


def in_branches(ranked: Ranked, limit: int, asked: list[Asked]) -> list[tuple[int, int, int, int]]:
    """Tile, importance below zero, key and primary key of what each of *asked* finds first, in one statement as a rule.
    """
    where, values = ranked.condition()
    table, row = ranked.model._meta.db_table, ranked.model._meta.pk.name
    columns = f"-importance AS less_important, key, {row} AS found"
    first = f"ORDER BY importance DESC, key LIMIT {limit}"

    def read(tile: int | str, condition: str) -> str:
        return f"(SELECT {tile} AS tile, {columns} FROM {table} WHERE {where} AND {condition} {first})"

    branches = scans_of_each(asked, read) if connection.vendor == "postgresql" else scans(asked, read)
    found = []
    for together in batched(branches, max(1, MOST_VALUES // (len(values) + MOST_BOUNDS))):
        sql = " UNION ALL ".join(branch for branch, _ in together)
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for _, bounds in together for value in (*values, *bounds)])
            found += cursor.fetchall()
    return found


def scans(asked: list[Asked], read: Read) -> Iterator[tuple[str, list[int]]]:
    """A scan for each of *asked*: SQL and its own values, which come after those of *read*."""
    for number, (index, condition, bounds) in enumerate(asked):
        yield f"SELECT * FROM {read(index, condition)} AS tile_{number}", bounds


def scans_of_each(asked: list[Asked], read: Read) -> Iterator[tuple[str, list[int]]]:
    """As ``scans``, for PostgreSQL, which takes longer to plan a scan than to run it: of those that differ in nothing
    but their tile, one, run for each.
    """
    alike: dict[str, list[tuple[int, ...]]] = {}
    for index, condition, bounds in asked:
        alike.setdefault(condition, []).append((index, *bounds))
    for condition, tiles in alike.items():
        names = [f"bound_{number}" for number in range(condition.count("%s"))]
        bounded = condition.replace("%s", "tile.{}").format(*names)
        rows = ", ".join(f"({', '.join(map(str, tile))})" for tile in tiles)
        yield (
            f"SELECT found.* FROM (VALUES {rows}) AS tile ({', '.join(['index', *names])}) "
            f"CROSS JOIN LATERAL {read('tile.index', bounded)} AS found"
        ), []
