"""Events for TimelineJS 3, which loads this from its address.

Observed of its release 3.9.11: an empty key blanks the page, so none is sent; it counts years before Christ as
historians do; an end year is drawn to its first day only; ``headline`` and ``text`` are taken for HTML, ``group`` and
``display_date`` are decoded first and taken for HTML then.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import orjson

from events.edtf import OPEN_END, EDTFDate
from events.edtf.calendar import DAY, civil_from_days
from timeline.feeds.days import date_of, extent, is_going_on, sides
from timeline.feeds.feed import Era, Event, Feed
from timeline.feeds.groups import group_of
from timeline.feeds.words import html, markup, title

DEFAULT, MOST = 100, 300
#: No event can have this id.
TITLE = "_title"
PARTS = ("year", "month", "day")
QUALIFIERS = re.compile("[?~%]")
#: How many of PARTS a date of this precision has; all those that are coarser have the year alone.
NUMBER_OF_PARTS = {"season": 2, "month": 2, "day": 3, "time": 3}


def document(events: Sequence[Event], feed: Feed) -> bytes:
    """The whole file; *events* are in any order."""
    found: dict[str, Any] = {
        "title": title_slide(events, feed),
        "events": [slide(event, feed.group) for event in events],
    }
    if events and (eras := [drawn for era in feed.eras if (drawn := era_slide(era, last_day(events)))]):
        found["eras"] = eras
    return orjson.dumps(found)


def title_slide(events: Sequence[Event], feed: Feed) -> dict[str, Any]:
    """The question, and how much of the answer is here."""
    words = {"headline": markup(feed.words)}
    if feed.next:
        said = f"Only {len(events):,} of the events that match are shown. Narrow the question to see others."
        words["text"] = f"<p>{said}</p>"
    return {"unique_id": TITLE, "text": words}


def slide(event: Event, by: str | None) -> dict[str, Any]:
    """One event, at its date as it was curated; *by* names its group."""
    begin, end = sides(date_of(event))
    drawn: dict[str, Any] = {
        "unique_id": event["id"],
        "start_date": parts(begin.position // DAY, begin.precision),
        "display_date": twice(event["date"]["label"]),
        "text": {"headline": markup(title(event)), "text": html(event)},
    }
    if end:
        # In whole days: an end whose every key is that of the start would be dropped.
        drawn["end_date"] = parts(last_named_day(end), "day")
    if by:
        drawn["group"] = twice(group_of(event, by)[1])
    return drawn


def era_slide(era: Era, last: int) -> dict[str, Any] | None:
    """*era*, to *last* where it goes on; None where it begins after that day."""
    date = EDTFDate.parse(era.held)
    begin, end = sides(date)
    first, over = begin.position // DAY, last_named_day(end) if end else extent(date)[1]
    if is_going_on(date) or date.latest_end >= OPEN_END:
        over = last
    if over < first:
        return None
    return {
        "start_date": parts(first, begin.precision),
        "end_date": parts(over, "day"),
        "text": {"headline": markup(era.title)},
    }


def last_named_day(date: EDTFDate) -> int:
    """The last day of *date* without its qualifiers: "1966 to about 1969" is not drawn to 1970."""
    return EDTFDate.parse(QUALIFIERS.sub("", date.edtf)).latest_end // DAY


def last_day(events: Sequence[Event]) -> int:
    return max(extent(date_of(event))[1] for event in events)


def parts(day: int, precision: str) -> dict[str, int]:
    """The calendar's parts that *precision* has. There is no year 0: 1 BCE is -1."""
    year, month, of_month = civil_from_days(day)
    values = (year if year > 0 else year - 1, month, of_month)
    return dict(zip(PARTS[: NUMBER_OF_PARTS.get(precision, 1)], values, strict=False))


def twice(words: str) -> str:
    return escape(escape(words))
