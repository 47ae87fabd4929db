"""Events for FullCalendar and event-calendar: the bare array that both fetch by themselves.

Whole days, the end excluded and always given; titles are plain text to both.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from timeline.feeds.days import date_of, extent, is_going_on, iso
from timeline.feeds.feed import Event, Feed
from timeline.feeds.words import dated_title, text, web_address

MOST = 1_000


def document(events: Sequence[Event], feed: Feed) -> bytes:
    return orjson.dumps([entry(event, feed) for event in events])


def entry(event: Event, feed: Feed) -> dict[str, Any]:
    """*event* on all days on which it may have been; while it goes on, to the last day asked for."""
    date = date_of(event)
    first, last = extent(date)
    if is_going_on(date) and feed.end:
        last = max(last, extent(feed.end)[1])
    return {
        "id": event["id"],
        "title": dated_title(event),
        "start": iso(first),
        "end": iso(last + 1),
        "allDay": True,
        "url": web_address(feed.page(event)),
        "classNames": [event["kind"]["quad"], event["occurrence"], event["verification"]],
        "extendedProps": {
            "description": text(event),
            "edtf": event["date"]["edtf"],
            "status_words": event["status_words"],
            "importance": event["importance"],
        },
    }
