"""How long the database may think about a question."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

#: Seconds for a whole question; for a streamed answer, for each of its batches.
PATIENCE = 5.0
#: SQLite asks after so many steps of its machine whether to go on: some tenths of a millisecond.
STEPS = 10_000
#: PostgreSQL's code for a statement that was cut short.
QUERY_CANCELED = "57014"

_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


class TooSlow(Exception):
    """The database had no answer within the time that it was given."""


def is_too_slow(problem: BaseException) -> bool:
    """Whether *problem* is TooSlow, or the database's own word for it."""
    if not isinstance(problem, OperationalError):
        return isinstance(problem, TooSlow)
    cause = problem.__cause__
    code = getattr(cause, "pgcode", None) or getattr(cause, "sqlite_errorname", None)
    return code in (QUERY_CANCELED, "SQLITE_INTERRUPT")


def timeout_sql(seconds: float) -> str:
    """PostgreSQL's limit for each statement to the end of the transaction; 0 would mean none."""
    return f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}"


def compile_nothing(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Keep PostgreSQL, on a new connection, from compiling what it takes for a costly statement: answers are to come
    in milliseconds, and to compile one takes many of them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """For an optional part of an answer, inside ``one_view()``: raises TooSlow past *seconds*, and all can go on.

    Inside another limit, whichever ends first holds. Nothing may be written: PostgreSQL rolls it back.
    """
    if connection.vendor == "sqlite":
        with cut_short(seconds):
            yield
        return
    seconds = min(seconds, _deadline.get() - monotonic())
    with connection.cursor() as cursor:
        # A statement that is cut short ends the transaction but for what a savepoint keeps.
        cursor.execute(f"SAVEPOINT time_limit; {timeout_sql(seconds)}")
        try:
            with cut_short(seconds):
                yield
        finally:
            _end_savepoint(cursor)


def _end_savepoint(cursor: CursorWrapper) -> None:
    """Also restores the outer limit: a setting is undone with the savepoint after which it was made."""
    end = "ROLLBACK TO SAVEPOINT time_limit; RELEASE SAVEPOINT time_limit"
    try:
        cursor.execute(end)
    except OperationalError as error:
        # Where time runs out just as a statement ends, PostgreSQL cancels the next one instead, which is this.
        if not is_too_slow(error):
            raise
        cursor.execute(end)


@contextmanager
def cut_short(seconds: float) -> Iterator[None]:
    """Raises TooSlow where no statement may begin any more, or SQLite is still busy, *seconds* from now.

    PostgreSQL keeps the time of a statement by itself (``timeout_sql``): a block takes twice as long at most.
    """
    database = connections[DEFAULT_DB_ALIAS]
    token = _deadline.set(min(_deadline.get(), monotonic() + seconds))
    _watch(database)
    try:
        with database.execute_wrapper(_begin):
            yield
    except OperationalError as error:
        if is_too_slow(error):
            raise TooSlow(f"No answer within {seconds:g} seconds.") from error
        raise
    finally:
        _deadline.reset(token)
        _watch(database)


def _is_over() -> bool:
    return monotonic() > _deadline.get()


def _begin(execute: Callable, *statement: Any) -> Any:
    if _is_over():
        raise TooSlow("The time for this question is over.")
    return execute(*statement)


def _watch(database: BaseDatabaseWrapper) -> None:
    """SQLite has no limit of its own: it is told to ask, for as long as there is one."""
    if database.vendor == "sqlite":
        handler = None if _deadline.get() == float("inf") else _is_over
        database.connection.set_progress_handler(handler, STEPS)
