"""A question in every form in which it can be taken along: addresses, a command, feeds, code to embed."""

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import quote
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape

from timeline.api.events import EventViewSet
from timeline.api.tiles import TileFilterSet
from timeline.pages.asking import address_of, moment_of

#: Of the tiles alone.
NOT_ASKED = {"k", "s"}
FEEDS = {
    "json": "JSON, page by page",
    "ndjson": "all of it, an event a line",
    "csv": "a table",
    "geojson": "for maps: what has a place",
    "ics": "a calendar:",
    "atom": "what is new, for feed readers",
    "timelinejs": "for TimelineJS",
    "vis": "for vis-timeline",
    "fullcalendar": "for FullCalendar",
}


class FeedLink(NamedTuple):
    format: str
    media_type: str
    words: str
    address: str


class Copy(NamedTuple):
    """A text to be copied; ``rows``: lines that show it."""

    id: str
    label: str
    text: str
    rows: int


@dataclass(frozen=True)
class Sharing:
    """*asked* at the server that answers *request*. ``words``: the question as a sentence, for the frame's title.

    ``record``: where the API tells of what the page is of, unless it is of the question alone; a path.
    """

    request: HttpRequest
    asked: Mapping[str, str]
    words: str
    record: str = ""

    @property
    def page(self) -> str:
        if self.record:
            return self._whole(f"{self.request.path}{moment_of(self.asked)}")
        return self._whole(address_of(reverse("explorer"), self.asked))

    @property
    def api(self) -> str:
        return self._whole(self.api_path)

    @property
    def api_path(self) -> str:
        return address_of(reverse("events-list"), self.asked)

    @property
    def copies(self) -> list[Copy]:
        of_record = [Copy("copy-record", "Its facts in the API", self._whole(self.record), 1)] if self.record else []
        return [
            Copy("copy-page", "This page", self.page, 1),
            *of_record,
            Copy("copy-api", "Its events in the API", self.api, 1),
            Copy("copy-curl", "For the command line", f"curl {quote(self.api)}", 1),
            Copy("copy-frame", "The timeline in a page of yours, in a frame", self.frame, 2),
            Copy("copy-element", "The same, without a frame", self.element, 3),
        ]

    @property
    def atom(self) -> str:
        return self.feed("atom")

    @property
    def calendar(self) -> str:
        return self.feed("ics")

    @property
    def subscription(self) -> str:
        """The calendar under the scheme by which programs subscribe to one instead of taking a copy."""
        return f"webcal:{self.calendar.partition(':')[2]}"

    def feed(self, named: str) -> str:
        """Address of the question in the format *named*."""
        return self._whole(address_of(reverse("events-list"), {**self.asked, "format": named}))

    @property
    def feeds(self) -> list[FeedLink]:
        return [
            FeedLink(renderer.format, renderer.media_type, FEEDS[renderer.format], self.feed(renderer.format))
            for renderer in EventViewSet.formats
        ]

    @property
    def frame(self) -> str:
        address = self._whole(address_of(reverse("embed"), self.asked))
        return f'<iframe src="{escape(address)}" title="{escape(self.words)}" width="100%" height="560"></iframe>'

    @property
    def element(self) -> str:
        """For pages that let scripts of this server in. Under its plain name, which outlives the next release."""
        script = self._whole(f"{settings.STATIC_URL}timeline/diplomatic-timeline.js")
        attributes = {"src": self._whole(reverse("api-root"))} | attributes_of(self.asked)
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        return (
            f'<script type="module" src="{escape(script)}"></script>\n'
            f"<diplomatic-timeline{written}></diplomatic-timeline>"
        )

    def _whole(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


@dataclass(frozen=True)
class EventSharing:
    """The event with the address *record* in the API, a path, at the moment that *request* asks for."""

    request: HttpRequest
    record: str

    @property
    def copies(self) -> list[Copy]:
        asked = self.request.GET.dict()
        api = self.request.build_absolute_uri(address_of(self.record, asked))
        linked = self.request.build_absolute_uri(address_of(self.record, asked | {"format": "jsonld"}))
        return [
            Copy("copy-page", "This page", self.request.build_absolute_uri(), 1),
            Copy("copy-api", "Its data in the API", api, 1),
            Copy("copy-jsonld", "The same as JSON-LD", linked, 1),
            Copy("copy-curl", "For the command line", f"curl {quote(api)}", 1),
        ]


def attributes_of(asked: Mapping[str, str]) -> dict[str, str]:
    """What the element is told of the question *asked*: from and to choose what is seen first; an order it has none.

    ``role`` is an attribute of HTML's own, so the element takes it by another name.
    """
    taken = {*TileFilterSet.base_filters, "from", "to"} - NOT_ASKED
    return {
        "party-role" if name == "role" else name.replace("_", "-"): value
        for name, value in asked.items()
        if name in taken
    }
