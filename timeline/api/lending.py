"""Connections to the database, lent to one request after the other.

Django keeps one for each thread, and a server's threads take turns: each of them would have its own in the end, which
is more than PostgreSQL allows to a few processes, and each would be cold when its turn comes. Lent, the one that came
back last goes out first, and a process has as many as it works on requests at a time.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.api.gate import STATIC
from timeline.api.held import Held


class Lending:
    """A WSGI application that lends *application* a connection for each request, until that has been answered.

    Files need none, and slow readers of files would keep those that are warm.
    """

    def __init__(self, application: Callable) -> None:
        self.application = application
        #: The last one was in use last. To take one and to put one back is each a single step for all threads.
        self.idle: list[BaseDatabaseWrapper] = []

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(STATIC):
            return self.application(environ, start_response)
        own, lent = connections[DEFAULT_DB_ALIAS], self._taken()
        connections[DEFAULT_DB_ALIAS] = lent
        take_back = partial(self._take_back, lent, own)
        try:
            answer = self.application(environ, start_response)
        except BaseException:
            take_back()
            raise
        if type(answer) is not list:
            return Held(answer, take_back)
        take_back()  # whole, and so all that there is to ask has been asked
        return answer

    def _taken(self) -> BaseDatabaseWrapper:
        try:
            return self.idle.pop()
        except IndexError:
            made = connections.create_connection(DEFAULT_DB_ALIAS)
            made.inc_thread_sharing()  # of one thread after the other
            return made

    def _take_back(self, lent: BaseDatabaseWrapper, own: BaseDatabaseWrapper) -> None:
        """Give the thread what it had before; where an answer was forgotten, this may be another thread."""
        if connections[DEFAULT_DB_ALIAS] is lent:
            connections[DEFAULT_DB_ALIAS] = own
        self.idle.append(lent)
