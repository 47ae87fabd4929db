"""Formats: JSON; NDJSON, a row a line; and those that say events in terms of their own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from rest_framework.renderers import BaseRenderer

from timeline.api import format_filters
from timeline.api.filters import EventFilterSet
from timeline.feeds import atom, csv, fullcalendar, geojson, ics, jsonld, timelinejs, vis
from timeline.feeds.feed import Event, Feed

OBJECT = {"type": "object"}


class BytesRenderer(BaseRenderer):
    """What every format here has.

    ``page_sizes``: rows a page if nothing is asked, and at most. ``filterset_class``: what may be asked, if it differs.
    ``schema``: what comes, as JSON Schema.
    """

    charset = None
    page_sizes: ClassVar[tuple[int, int]] = (50, 500)
    filterset_class: ClassVar[type[EventFilterSet] | None] = None
    schema: ClassVar[dict[str, Any]] = {"type": "string"}


class JSONRenderer(BytesRenderer):
    """Finished rows pass as they are: ``orjson.Fragment`` is never parsed again."""

    media_type = "application/json"
    format = "json"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data)


def json_response(data: Any) -> HttpResponse:
    """*data* as JSON, rendered here and now.

    REST framework's own answers are templates, to be filled in later. They hold themselves and *data* in a circle,
    which waits for the collector: after ten years of tiles, it stopped all threads of a process for 100 ms.
    """
    return HttpResponse(orjson.dumps(data), content_type=JSONRenderer.media_type)


class NDJSONRenderer(BytesRenderer):
    """A row a line."""

    media_type = "application/x-ndjson"
    format = "ndjson"
    is_whole: ClassVar[bool] = True

    def lines(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        return (row + b"\n" for row in rows)


class FeedRenderer(BytesRenderer):
    """Events in the terms of others. ``is_whole``: all matches are sent unless a page is asked for; else a page."""

    filterset_class = format_filters.FormatFilterSet
    is_whole: ClassVar[bool] = False

    def parts(self, events: Iterable[Event], feed: Feed) -> Iterator[bytes]:
        """*events* as the pieces of one document."""
        raise NotImplementedError


class DocumentRenderer(FeedRenderer):
    """A page of events as one document, made in one piece."""

    document: ClassVar[Callable[[Sequence[Event], Feed], bytes]]

    def parts(self, events: Iterable[Event], feed: Feed) -> Iterator[bytes]:
        yield self.document(list(events), feed)


class CSVRenderer(FeedRenderer):
    media_type = "text/csv"
    format = "csv"
    is_whole = True
    parts = staticmethod(csv.parts)


class GeoJSONRenderer(FeedRenderer):
    media_type = "application/geo+json"
    format = "geojson"
    is_whole = True
    filterset_class = format_filters.OnTheMap
    schema = OBJECT
    parts = staticmethod(geojson.parts)


class CalendarRenderer(FeedRenderer):
    media_type = "text/calendar"
    format = "ics"
    is_whole = True
    parts = staticmethod(ics.parts)


class AtomRenderer(DocumentRenderer):
    media_type = "application/atom+xml"
    format = "atom"
    filterset_class = format_filters.LastChangedFirst
    document = staticmethod(atom.document)


class TimelineJSRenderer(DocumentRenderer):
    media_type = "application/vnd.chancery.timelinejs+json"
    format = "timelinejs"
    page_sizes = (timelinejs.DEFAULT, timelinejs.MOST)
    filterset_class = format_filters.TimelineJSFilterSet
    schema = OBJECT
    document = staticmethod(timelinejs.document)


class VisRenderer(DocumentRenderer):
    media_type = "application/vnd.chancery.vis+json"
    format = "vis"
    page_sizes = (vis.DEFAULT, vis.MOST)
    filterset_class = format_filters.VisFilterSet
    schema = OBJECT
    document = staticmethod(vis.document)


class FullCalendarRenderer(DocumentRenderer):
    media_type = "application/vnd.chancery.fullcalendar+json"
    format = "fullcalendar"
    page_sizes = (fullcalendar.MOST, fullcalendar.MOST)
    filterset_class = format_filters.FullCalendarFilterSet
    schema = {"type": "array", "items": OBJECT}
    document = staticmethod(fullcalendar.document)


class JSONLDRenderer(FeedRenderer):
    """Of a single event only."""

    media_type = "application/ld+json"
    format = "jsonld"
    schema = OBJECT

    def parts(self, events: Iterable[Event], feed: Feed) -> Iterator[bytes]:
        return (jsonld.document(event, feed) for event in events)
