"""Rows into a table by the fastest way that its database has: COPY on PostgreSQL, one prepared INSERT on SQLite."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from operator import methodcaller
from typing import Any

from django.db import connection
from django.db.models import Model

from events.behind import behind
from events.edtf import EDTFDate


def insert_rows(table: str, columns: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Insert *rows*, their values in the order of *columns*, into *table*.

    Values are int, float, bool, str, datetime, date, EDTFDate or None. Constraints hold as ever; signals are not sent.
    """
    if not rows:
        return
    names = ", ".join(map(connection.ops.quote_name, columns))
    if connection.vendor == "postgresql":
        block = copied(rows)
        # Its size is said, or it would be read bit by bit.
        copy = methodcaller("copy_expert", f"COPY {table} ({names}) FROM STDIN", BytesIO(block), size=len(block))
        behind(copy)
        return
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(columns))
        insert = f"INSERT INTO {table} ({names}) VALUES ({places})"
        cursor.executemany(insert, [[ADAPTED.get(type(value), same)(value) for value in row] for row in rows])


@contextmanager
def references_checked_at_once() -> Iterator[None]:
    """Inside, PostgreSQL checks foreign keys with each statement, which runs behind; else it would check them all at
    the commit, for which the caller waits.
    """
    if connection.vendor != "postgresql":
        yield
        return
    behind(methodcaller("execute", "SET CONSTRAINTS ALL IMMEDIATE"))
    yield
    behind(methodcaller("execute", "SET CONSTRAINTS ALL DEFERRED"))


def next_keys(model: type[Model], count: int) -> Iterable[int]:
    """*count* primary keys for new rows of *model*, in ascending order, that nobody else is given.

    Inside a transaction only: on SQLite it is the transaction that keeps others from taking them.
    """
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH named AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence) "
                "SELECT nextval(sequence) FROM named, generate_series(1, %s)",
                [table, model._meta.pk.column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return range(last + 1, last + 1 + count)


def same(value: Any) -> Any:
    return value


def copied(rows: Collection[Sequence[Any]]) -> bytes:
    """*rows* as COPY reads them. Column by column: most hold values of one type, which are encoded at one stroke."""
    columns = [encoded(column) for column in zip(*rows, strict=True)]
    return "\n".join(map("\t".join, zip(*columns, strict=True))).encode()


def encoded(column: Sequence[Any]) -> Iterable[str]:
    kinds = set(map(type, column))
    if all(issubclass(kind, str) for kind in kinds):
        # No text of a database holds a NUL: one that does is refused by the number of parts.
        return escaped("\0".join(column)).split("\0")
    if len(kinds) == 1:
        return map(ENCODERS[kinds.pop()], column)
    return [NULL if value is None else ENCODERS[type(value)](value) for value in column]


def escaped(text: str) -> str:
    """*text* as COPY has it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


NULL = "\\N"


class Encoders(dict[type, Callable[[Any], str]]):
    """By the type of a value, what COPY reads for it. Members of text enumerations are texts."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        if not issubclass(kind, str):
            raise TypeError(f"{kind.__name__} cannot be copied into a table.")
        self[kind] = lambda value: escaped(str(value))
        return self[kind]


ENCODERS = Encoders({
    int: str,
    str: escaped,
    float: repr,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: NULL,
    datetime: datetime.isoformat,
    date: date.isoformat,
    EDTFDate: lambda value: escaped(value.edtf),
})
#: What SQLite is given where it would not take the value itself.
ADAPTED: dict[type, Callable[[Any], Any]] = {
    EDTFDate: lambda value: value.edtf,
    datetime: lambda value: value.replace(tzinfo=None).isoformat(" "),
    date: date.isoformat,
}
