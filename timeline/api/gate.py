"""How many requests a process works on at a time: who finds no room is sent away at once, while it can still be said.

Without it, ten times too many requests wait for each other until nearly all have come too late.
"""

from collections.abc import Callable, Iterable, Iterator
from threading import Semaphore

import orjson

from timeline.api.problems import MEDIA_TYPE, problem_document

#: Requests that a process works on at a time. Python runs one thread at a time, for 5 ms each: with eight at work, a
#: refusal waited 100 ms for its own turn.
ROOM = 4
#: Seconds for which a request waits for room: long enough for a short burst, and short of what a client would notice.
PATIENCE = 0.02
RETRY_AFTER = 1  # second
#: Whoever looks after the server has to be answered above all; files cost next to nothing.
ALWAYS_ADMITTED = ("/healthz", "/readyz", "/static/")

WORDS = "Too many ask at once. Nothing is wrong with the question: ask again."
DOCUMENT = (MEDIA_TYPE, orjson.dumps(problem_document(503, WORDS)))
#: For a reader: short, for it is made for those who come in crowds.
PAGE = (
    "text/html; charset=utf-8",
    f'<!doctype html><html lang="en"><title>Too many at once</title><p>{WORDS} <a href="">Again</a></p>'.encode(),
)


def refusal_for(environ: dict) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and content: a page for a browser that asked for one, else a problem document."""
    is_page = "text/html" in environ.get("HTTP_ACCEPT", "") and not environ.get("PATH_INFO", "").startswith("/api/")
    media_type, content = PAGE if is_page else DOCUMENT
    headers = [
        ("Content-Type", media_type),
        ("Content-Length", str(len(content))),
        ("Retry-After", str(RETRY_AFTER)),
        ("Cache-Control", "no-store"),
        # Said here because Django, which says it of every other answer, is not asked.
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "Retry-After"),
    ]
    return headers, content


class Gate:
    """A WSGI application that lets *room* requests at a time into *application*, and refuses others with a 503.

    Before Django, not among its middleware: sending away nine requests has to cost less than answering one, and must
    not open a connection to the database. A question that may end in a 304 has to come in: only the database knows.
    """

    def __init__(self, application: Callable, room: int = ROOM) -> None:
        self.application, self.room = application, Semaphore(room)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(ALWAYS_ADMITTED):
            return self.application(environ, start_response)
        if not self.room.acquire(timeout=PATIENCE):
            headers, content = refusal_for(environ)
            start_response("503 Service Unavailable", headers)
            return [content]
        try:
            answer = self.application(environ, start_response)
        except BaseException:
            self.room.release()
            raise
        if type(answer) is not list:
            return Admitted(answer, self.room)
        self.room.release()  # whole, and so all that there is to do is done
        return answer


class Admitted:
    """The *answer*, which keeps its place until it has been sent: a streamed one is worked on until then."""

    def __init__(self, answer: Iterable[bytes], room: Semaphore) -> None:
        self.answer, self.room = answer, room

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        """Called by the server at the end, also where the client went away."""
        room, self.room = self.room, None
        if room is None:
            return
        try:
            getattr(self.answer, "close", lambda: None)()
        finally:
            room.release()

    # Should a server ever forget to close, the place is not lost for good.
    __del__ = close
