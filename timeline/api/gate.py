"""How many requests a process works on at a time: who finds no room is sent away at once, while it can still be said.

Without it, ten times too many requests wait for each other until nearly all have come too late.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Semaphore

import orjson

from timeline.api.held import Held
from timeline.api.problems import MEDIA_TYPE, problem_document

#: Requests that a process works on at a time. Python runs one thread at a time, for 5 ms each: with eight at work, a
#: refusal waited 100 ms for its own turn.
ROOM = 4
#: Streams under way at a time, beside those: most of their time they wait for whoever reads them.
STREAMS = 4
#: Seconds for which a request waits for room: long enough for a short burst, and short of what a client would notice.
PATIENCE = 0.02
#: Whoever looks after the server has to be answered above all; files cost next to nothing.
ALWAYS_ADMITTED = ("/healthz", "/readyz", "/static/")


@dataclass(frozen=True)
class Refusal:
    """What is said where there is no room, and after how many seconds it is worth asking again."""

    words: str
    retry_after: int

    @cached_property
    def document(self) -> tuple[str, bytes]:
        return MEDIA_TYPE, orjson.dumps(problem_document(503, self.words))

    @cached_property
    def page(self) -> tuple[str, bytes]:
        """For a reader: short, for it is made for those who come in crowds."""
        page = f'<!doctype html><html lang="en"><title>Too many at once</title><p>{self.words} <a href="">Again</a></p>'
        return "text/html; charset=utf-8", page.encode()

    def answer(self, environ: dict, start_response: Callable) -> list[bytes]:
        """A page for a browser that asked for one, else a problem document."""
        is_page = "text/html" in environ.get("HTTP_ACCEPT", "") and not environ.get("PATH_INFO", "").startswith("/api/")
        media_type, content = self.page if is_page else self.document
        headers = [
            ("Content-Type", media_type),
            ("Content-Length", str(len(content))),
            ("Retry-After", str(self.retry_after)),
            ("Cache-Control", "no-store"),
            # Said here because Django, which says it of every other answer, is not asked.
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Expose-Headers", "Retry-After"),
        ]
        start_response("503 Service Unavailable", headers)
        return [content]


CROWDED = Refusal("Too many ask at once. Nothing is wrong with the question: ask again.", retry_after=1)
CROWDED_BY_STREAMS = Refusal(
    "Too many whole lists are being sent. Nothing is wrong with the question: ask again later, or for pages of JSON.",
    retry_after=10,
)


class Gate:
    """A WSGI application that lets *room* requests at a time into *application*, and refuses others with a 503.

    An answer that is streamed makes room while it is sent, beside *streams* others at most.
    Before Django, not among its middleware: sending away nine requests has to cost less than answering one, and must
    not open a connection to the database. A question that may end in a 304 has to come in: only the database knows.
    """

    def __init__(self, application: Callable, room: int = ROOM, streams: int = STREAMS) -> None:
        self.application, self.room, self.streams = application, Semaphore(room), Semaphore(streams)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(ALWAYS_ADMITTED):
            return self.application(environ, start_response)
        if not self.room.acquire(timeout=PATIENCE):
            return CROWDED.answer(environ, start_response)
        begun: list[tuple] = []
        try:
            answer = self.application(environ, lambda *head: begun.append(head))
        finally:
            self.room.release()
        if type(answer) is not list:
            if not self.streams.acquire(blocking=False):
                answer.close()
                return CROWDED_BY_STREAMS.answer(environ, start_response)
            answer = Held(answer, self.streams.release)
        start_response(*begun[-1])
        return answer
