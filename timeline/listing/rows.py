"""What leaves the tables of entries: finished rows, in plain SQL, since most answers need no more."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Model

from timeline.consistency import rows_of


class Row(NamedTuple):
    """What a list shows of an entry: its place in every order, what relations are told from, and the finished JSON."""

    key: int
    slug: str
    position: int
    coarseness: int
    importance: int
    recorded_from: int
    effect: str
    body: str


def rows_with(model: type[Model], column: str, values: Collection[int | str]) -> dict[int, Row]:
    """The rows of *model* that have any of *values* in *column*, by primary key."""
    places = ", ".join(["%s"] * len(values))
    rows = rows_of(
        f"SELECT {model._meta.pk.name}, {', '.join(Row._fields)} FROM {model._meta.db_table} "
        f"WHERE {column} IN ({places}) AND {{still}}",
        list(values),
    )
    return {row[0]: Row._make(row[1:]) for row in rows}
