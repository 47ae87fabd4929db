"""Statements that answer nothing, run by PostgreSQL while Python goes on to make the next ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connection

#: What is done with a cursor.
Work = Callable[[Any], None]

_current: ContextVar[Behind | None] = ContextVar("behind", default=None)


class Behind:
    """The work of one transaction, done one after the other in a thread of its own.

    Whatever else is asked of the connection waits until all of it is done, and raises what went wrong there; but for
    a queryset's ``iterator()``, which has to be read to its end before anything is given.
    """

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._given: list[Future[None]] = []

    def give(self, work: Work) -> None:
        self._given.append(self._thread.submit(self._do, connection.connection, work))

    @staticmethod
    def _do(driver: Any, work: Work) -> None:
        with driver.cursor() as cursor:
            work(cursor)

    def wait(self) -> None:
        given, self._given = self._given, []
        with connection.wrap_database_errors:
            for work in given:
                work.result()

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """As a wrapper around every other statement."""
        self.wait()
        return execute(sql, params, many, context)


@contextmanager
def working_behind() -> Iterator[None]:
    """Inside, within one transaction, what is given to ``behind`` is done beside what follows; at the end all is.

    Nested use joins the outer one: two threads would speak to PostgreSQL at once.
    """
    if connection.vendor != "postgresql" or _current.get() is not None:
        yield
        return
    with ThreadPoolExecutor(1, "behind") as thread:
        current = Behind(thread)
        token = _current.set(current)
        try:
            with connection.execute_wrapper(current):
                yield
                current.wait()
        finally:
            _current.reset(token)
            with suppress(DatabaseError):  # there where something else was raised, which matters more
                current.wait()


def behind(work: Work) -> None:
    """Let *work* be done with a cursor: beside what follows, where that is possible, else at once."""
    current = _current.get()
    if current is not None:
        current.give(work)
        return
    with connection.cursor() as cursor:
        work(cursor)
