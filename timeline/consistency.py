"""All that an answer is made of is of one instant: that of a tick of the record's clock.

Most answers are a single statement, asked at the tick that this process met last and of which it remembers the rest.
Such a statement says for itself that the clock shows that tick still. Whatever takes more than it is read in a
transaction of one view, which begins only then.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper

from timeline.clock import CLOCK_SQL, last_tick, tick_of
from timeline.limits import PATIENCE, cut_short, timeout_sql
from timeline.models import Clock, Tick
from timeline.remembering import is_same, last_remembered, remembering

# Each way to the server and back costs as much as a small question: PostgreSQL is sent all of it in one go.
BEGIN = {
    "postgresql": [f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {{limit}}; {CLOCK_SQL}"],
    "sqlite": ["BEGIN DEFERRED", CLOCK_SQL],
}
Answer = TypeVar("Answer")


class ClockMoved(Exception):
    """The record's clock shows another tick than was supposed."""


def at_one_tick(answer: Callable[[Tick], Answer]) -> Answer:
    """What *answer* gives, made of nothing but what stood at the tick that it is called with.

    It is called a second time where the first tick was over. Raises TooSlow past PATIENCE.
    """
    if (tick := last_remembered()) is not None:
        _connect()
        try:
            with _supposing(tick):
                return answer(tick)
        except ClockMoved:
            pass
        except (InterfaceError, OperationalError):
            if connection.is_usable():
                raise
            connection.close()  # it was an old one, which stands no more
    with one_view() as tick:
        return answer(tick)


@contextmanager
def one_view() -> Iterator[Tick]:
    """Whatever is read inside is of one instant, entries that move from table to table included: that of the tick.

    Raises TooSlow past PATIENCE. Inside a transaction of the caller's, both are the caller's to see to.
    """
    limit = nullcontext() if connection.in_atomic_block else cut_short(PATIENCE)
    with _view() as tick, remembering(tick), limit:
        yield tick


def rows_of(sql: str, values: Sequence[Any]) -> list[tuple]:
    """The rows that *sql*, which has ``{still}`` among its conditions, finds: often all that an answer asks for.

    While the tick is only supposed, ``{still}`` makes sure of it. Where nothing is found, it may be over, so the
    statement is repeated in a view.
    """
    supposed = _supposed.get()
    if supposed is not None and not supposed.is_in_view and (rows := supposed.rows_of(sql, values)):
        return rows
    return _fetched(sql.format(still="TRUE"), values)


class Supposed:
    """That the record's clock shows *tick*. Raises ClockMoved as soon as it turns out that it does not."""

    def __init__(self, tick: Tick) -> None:
        self.tick, self.view = tick, ExitStack()
        self.is_proven = self.is_in_view = self.is_said = False

    def rows_of(self, sql: str, values: Sequence[Any]) -> list[tuple]:
        """The rows of *sql*; none where the clock shows another tick."""
        # No two ticks have the same instant, while a number comes again after a backup was restored.
        database = connections[DEFAULT_DB_ALIAS]
        at = database.ops.adapt_datetimefield_value(self.tick.at)
        sql = sql.format(still=f"(SELECT at FROM {Clock._meta.db_table}) = '{at}'")
        if database.vendor == "postgresql" and not database.in_atomic_block:
            sql = f"{timeout_sql(PATIENCE)}; {sql}"
        self.is_said = True
        try:
            rows = _fetched(sql, values)
        finally:
            self.is_said = False
        self.is_proven = self.is_proven or bool(rows)
        return rows

    def view_first(self, execute: Callable, *statement: Any) -> Any:
        """Let the view begin before a statement that does not say for itself at which tick it is."""
        if not self.is_said and not self.is_in_view:
            self.is_in_view = True
            if not is_same(self.view.enter_context(_view()), self.tick):
                raise ClockMoved
        return execute(*statement)

    def prove(self) -> None:
        """Where nothing that was read has shown it."""
        if not self.is_proven and not self.is_in_view:
            rows_of("SELECT 1 WHERE {still}", ())


_supposed: ContextVar[Supposed | None] = ContextVar("supposed", default=None)


@contextmanager
def _supposing(tick: Tick) -> Iterator[None]:
    supposed = Supposed(tick)
    token = _supposed.set(supposed)
    try:
        # The view may begin inside whatever limit, so it has none of its own: that of all the answer is around it.
        with remembering(tick), connection.execute_wrapper(supposed.view_first), supposed.view, cut_short(PATIENCE):
            yield
            supposed.prove()
    finally:
        _supposed.reset(token)


def _fetched(sql: str, values: Sequence[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _connect() -> None:
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    # The first statement tells whether an old connection still stands; Django would ask by one of its own.
    database.health_check_done = True


@contextmanager
def _view() -> Iterator[Tick]:
    """The transaction of one view, and the tick that the clock shows in it; inside one of the caller's, no other."""
    if connection.in_atomic_block:
        yield last_tick()
        return
    with _begun() as cursor:
        try:
            yield tick_of(cursor.fetchone())
        finally:
            cursor.execute("ROLLBACK")


def _begun() -> CursorWrapper:
    """A cursor in a transaction that has just read the clock."""
    was_open = connection.connection is not None
    _connect()
    cursor = connection.cursor()
    try:
        for sql in BEGIN[connection.vendor]:
            cursor.execute(sql.format(limit=timeout_sql(PATIENCE)))
    except (InterfaceError, OperationalError):
        if not was_open:
            raise
        connection.close()
        return _begun()
    return cursor
