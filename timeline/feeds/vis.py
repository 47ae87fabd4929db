"""Events for vis-timeline: items, groups and the window to show.

Observed of its release 8.5.4: a year alone is taken for milliseconds and a time in UTC shifts days, so dates are plain
days; an item of a group that is not given vanishes; content is HTML, of few elements; a range needs an end.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import orjson

from events.edtf import OPEN_END, OPEN_START, EDTFDate
from events.edtf.calendar import DAY
from timeline.feeds.days import NO_WINDOW, date_of, is_going_on, is_one_day, iso, window
from timeline.feeds.feed import Event, Feed
from timeline.feeds.groups import group_of
from timeline.feeds.words import title, web_address

#: Of events: each is an item and, as a rule, a background, and the widget is quick up to some 1,000 of those.
DEFAULT, MOST = 500, 1_000


def document(events: Sequence[Event], feed: Feed) -> bytes:
    dates = [date_of(event) for event in events]
    shown = window(dates, feed.begin, feed.end)
    groups = [group_of(event, feed.group) for event in events]
    items = [
        item | {"group": group}
        for event, date, (group, _) in zip(events, dates, groups, strict=True)
        for item in items_of(event, date, shown, feed)
    ]
    begin, end = map(iso, shown) if shown else NO_WINDOW
    return orjson.dumps({
        "items": items,
        "groups": [{"id": group, "content": escape(name)} for group, name in sorted(dict(groups).items())],
        "window": {"start": begin, "end": end},
        "words": feed.words,
        "truncated": feed.next is not None,
        "next": feed.next,
        "snapshot": feed.snapshot,
    })  # fmt: skip


def items_of(event: Event, date: EDTFDate, shown: tuple[int, int], feed: Feed) -> Iterator[dict[str, Any]]:
    """*event* as a box at its date or, while it surely went on, a range; and behind it, all days that may be meant."""
    item = {
        "id": event["id"],
        "type": "box",
        "content": escape(title(event)),
        "title": escape(f"{event['date']['label']}: {event['status_words']}"),
        "start": iso(date.position // DAY),
        "className": f"{event['kind']['quad']} {event['occurrence']} {event['verification']}",
        "url": web_address(feed.page(event)),
    }
    first, last = surely(date, shown)
    yield item | ({"type": "range", "start": iso(first), "end": iso(last)} if first < last else {})
    first, last = possibly(date, shown)
    if not is_one_day(date) and first < last:
        # No event can have such an id.
        yield {"id": f"{event['id']}~", "type": "background", "start": iso(first), "end": iso(last),
               "className": "uncertain"}  # fmt: skip


def surely(date: EDTFDate, shown: tuple[int, int]) -> tuple[int, int]:
    """The days on which an interval certainly went on, the last excluded; to the end of the window while it goes on."""
    if not date.is_interval or OPEN_START in (date.earliest_start, date.earliest_end):
        return 0, 0
    over = shown[1] if is_going_on(date) else date.earliest_end // DAY + 1
    return date.latest_start // DAY, over


def possibly(date: EDTFDate, shown: tuple[int, int]) -> tuple[int, int]:
    """All days on which it may have been, the last excluded; an open side reaches to that of the window."""
    first = date.earliest_start // DAY if date.earliest_start > OPEN_START else shown[0]
    return first, date.latest_end // DAY + 1 if date.latest_end < OPEN_END else shown[1]
