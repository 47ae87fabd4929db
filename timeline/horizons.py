"""Between which instants and numbers anything stood, month by month: questions about the past pass over the rest.

Newest first, what was known ten years ago lies behind ten years of events of which nobody had told.
"""

from collections.abc import Iterable
from itertools import pairwise
from operator import methodcaller
from typing import Any

from django.db import connection
from django.db.models import Model

from events.behind import behind
from timeline.models import UNTIL_FURTHER_NOTICE, Entry, Horizon
from timeline.moments import Moment
from timeline.scanning import Reach
from timeline.search.months import FIRST, LAST, first_second, month_of

EXTENT = ("known_from", "known_to", "recorded_from", "recorded_to")
LEAST = {"postgresql": ("LEAST", "GREATEST"), "sqlite": ("MIN", "MAX")}


#: States that ended are told apart from earlier ones that stand: of both together, no month could be passed over.
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


def reaches(model: type[Model], moment: Moment, descending: bool) -> list[Reach]:
    """Where in time something of *model* may stand at *moment*, in the order in which it is walked."""
    if moment.is_present:
        return [Reach()]
    held = Horizon.objects.filter(moment.held_and_known(), table__in=tables_of(model))
    months = sorted(set(held.values_list("month", flat=True)))
    if not months:
        return []
    begins = [months[0], *(after for before, after in pairwise(months) if after != before + 1)]
    ends = [*(before for before, after in pairwise(months) if after != before + 1), months[-1]]
    found = [
        Reach(
            None if begin <= FIRST else first_second(begin),
            None if end >= LAST else first_second(end + 1) - 1,
        )
        for begin, end in zip(begins, ends, strict=True)
    ]
    return found[::-1] if descending else found
