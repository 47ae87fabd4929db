"""How many requests a process works on at a time: who finds no room soon is turned away while an answer still helps.

Without it, ten times too many requests would wait for each other until nearly all came too late. Readers, the desk and
what is sent bit by bit have room of their own, so that none of them keeps out the others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Semaphore

import orjson

from timeline.api.held import Held
from timeline.api.problems import MEDIA_TYPE, problem_document
from timeline.api.room import Room

#: Requests that a process works on at a time. Python runs one thread at a time, for 5 ms each: with eight at work, a
#: refusal waited 100 ms for its own turn.
ROOM = 4
#: The same for the desk, most of whose requests wait: for a form to come in, for their turn to write.
DESK = 8
#: Streams under way at a time: most of their time they wait for whoever reads them.
STREAMS = 4
#: The same for files.
FILES = 8
#: Whoever looks after the server has to be answered above all; files cost next to nothing.
STATIC = "/static/"
ALWAYS_ADMITTED = ("/healthz", "/readyz", STATIC)
#: What only reads; whatever else comes may have a body, for which is waited.
READING = ("GET", "HEAD", "OPTIONS")


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

    The desk's have room of their own. An answer that is streamed makes room while it is sent, beside so many others at
    most. Before Django, not among its middleware: sending away nine requests has to cost less than answering one, and
    must not open a connection to the database. A question that may end in a 304 has to come in: only the database
    knows.
    """

    def __init__(
        self, application: Callable, room: int = ROOM, desk: int = DESK, streams: int = STREAMS, files: int = FILES
    ) -> None:
        self.application = application
        self.room, self.desk = Room(room), Room(desk)
        self.streams, self.files = Semaphore(streams), Semaphore(files)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        begun: list[tuple] = []
        if path.startswith(ALWAYS_ADMITTED):
            answer = self.application(environ, lambda *head: begun.append(head))
            sent, refusal = self.files, CROWDED
        else:
            is_reading = environ.get("REQUEST_METHOD") in READING and not path.startswith("/admin/")
            room = self.room if is_reading else self.desk
            if not room.enter():
                return CROWDED.answer(environ, start_response)
            try:
                answer = self.application(environ, lambda *head: begun.append(head))
            finally:
                room.leave()
            sent, refusal = self.streams, CROWDED_BY_STREAMS
        if type(answer) is not list:
            if not sent.acquire(blocking=False):
                answer.close()
                return refusal.answer(environ, start_response)
            answer = Held(answer, sent.release)
        start_response(*begun[-1])
        return answer
