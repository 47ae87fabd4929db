"""Between which instants and numbers anything stood, month by month: questions about the past pass over the rest.

Newest first, what was known ten years ago lies behind ten years of events of which nobody had told.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import methodcaller
from typing import Any

from django.db import connection
from django.db.models import Model

from events.behind import behind
from timeline.listing.scanning import Reach
from timeline.models import UNTIL_FURTHER_NOTICE, Entry, Horizon
from timeline.moments import Moment
from timeline.remembering import remembered
from timeline.search.months import FIRST, LAST, first_second, month_of

EXTENT = ("known_from", "known_to", "recorded_from", "recorded_to")
LEAST = {"postgresql": ("LEAST", "GREATEST"), "sqlite": ("MIN", "MAX")}

#: Reaches that are walked in one go: each is a scan for every calendar tier.
MOST_TOGETHER = 32
#: States that ended have horizons of their own, apart from earlier ones that stand: with horizons over both, no month
#: could be passed over.
ENDED = "ended"


def table_of(model: type[Model], recorded_to: int) -> str:
    """Under which name the horizons of a row of *model* are kept."""
    return model._meta.db_table if recorded_to == UNTIL_FURTHER_NOTICE else ENDED


def tables_of(model: type[Model]) -> list[str]:
    """Under which names the horizons of all rows of *model* are kept."""
    return [model._meta.db_table] if model is Entry else [model._meta.db_table, ENDED]


def widen(model: type[Model], rows: Iterable[tuple[Any, int, int]]) -> None:
    """Let the horizons of *model* hold *rows*: what has a position and ``known_from`` and ``known_to``, and between
    which numbers it stood.
    """
    months: dict[tuple[str, int], list[int]] = {}
    for row, recorded_from, recorded_to in rows:
        old = months.setdefault(
            (table_of(model, recorded_to), month_of(row.position)),
            [row.known_from, row.known_to, recorded_from, recorded_to],
        )
        old[:] = (
            min(old[0], row.known_from), max(old[1], row.known_to),
            min(old[2], recorded_from), max(old[3], recorded_to),
        )  # fmt: skip
    if not months:
        return
    table = Horizon._meta.db_table
    least, greatest = LEAST[connection.vendor]
    sets = ", ".join(
        f"{name} = {least if name.endswith('_from') else greatest}({table}.{name}, excluded.{name})" for name in EXTENT
    )
    wider = " OR ".join(
        f"excluded.{name} {'<' if name.endswith('_from') else '>'} {table}.{name}" for name in EXTENT
    )
    values = [value for key in sorted(months) for value in (*key, *months[key])]
    insert = (
        f'INSERT INTO {table} ("table", month, {", ".join(EXTENT)}) '
        f"VALUES {', '.join(['(%s, %s, %s, %s, %s, %s)'] * len(months))} "
        f'ON CONFLICT ("table", month) DO UPDATE SET {sets} WHERE {wider}'
    )
    behind(methodcaller("execute", insert, values))


def within(model: type[Model], rows: Iterable[Any]) -> set[int]:
    """The primary keys of those of *rows*, entries of *model* that stand, that their month's horizon holds."""
    known = Horizon.objects.filter(table=model._meta.db_table, month__in={month_of(row.position) for row in rows})
    horizons = {horizon.month: horizon for horizon in known}
    return {
        row.pk
        for row in rows
        if (horizon := horizons.get(month_of(row.position)))
        and horizon.known_from <= row.known_from
        and horizon.known_to >= row.known_to
        and horizon.recorded_from <= row.recorded_from
        and horizon.recorded_to >= row.recorded_to
    }


def reaches(
    model: type[Model], moment: Moment, descending: bool, after: int | None = None, most: int | None = None
) -> Iterator[tuple[Reach, ...]]:
    """Where in time something of *model* may stand at *moment*, in the order in which it is walked, from the position
    *after* on: in groups, of *most* at most, to be walked in one go, a small one first, for that may hold enough.
    """
    if moment.is_present:
        yield (Reach(),)
        return
    # As bare numbers: of a thousand moments with hundreds of runs each, tuples would take a hundred megabytes.
    ends = remembered(
        (model, "runs", moment), lambda: array("q", chain.from_iterable(runs_of_months(model, moment)))
    )
    found = [
        Reach(
            None if begin <= FIRST else first_second(begin),
            None if end >= LAST else first_second(end + 1) - 1,
        )
        for begin, end in zip(ends[::2], ends[1::2], strict=True)
    ]
    ahead = [reach for reach in (found[::-1] if descending else found) if not lies_behind(reach, after, descending)]
    size = 1
    while ahead:
        group, ahead = ahead[:size], ahead[size:]
        yield tuple(group)
        # Of few events, each run holds one or two: a statement for each would take longer than all the rest.
        size = min(4 * size, most or MOST_TOGETHER, MOST_TOGETHER)


def lies_behind(reach: Reach, after: int | None, descending: bool) -> bool:
    """Whether who walks has passed all of *reach* at the position *after*."""
    if after is None:
        return False
    end = reach.low if descending else reach.high
    return end is not None and (end > after if descending else end < after)


def runs_of_months(model: type[Model], moment: Moment) -> list[tuple[int, int]]:
    """First and last of each run of months, one after the other, in which something of *model* may stand."""
    tables = tables_of(model)
    conditions = [f'"table" IN ({", ".join(["%s"] * len(tables))})', *moment.conditions(Horizon)]
    with connection.cursor() as cursor:
        cursor.execute(
            # What grows by one from month to month, as the months of a run do, stays behind them by the same.
            "SELECT min(month), max(month) FROM (SELECT month, month - row_number() OVER (ORDER BY month) AS run "
            f"FROM {Horizon._meta.db_table} WHERE {' AND '.join(conditions)} GROUP BY month) AS held "
            "GROUP BY run ORDER BY 1",
            [*tables, *moment.conditions(Horizon).values()],
        )
        return cursor.fetchall()
