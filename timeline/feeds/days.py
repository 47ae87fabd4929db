"""On which days a date is drawn. Days are counted from 1970-01-01, as ``events.edtf.calendar`` does."""

import re
from collections.abc import Iterable

from events.edtf import OPEN_END, OPEN_START, EDTFDate, plain
from events.edtf.calendar import DAY
from timeline.feeds.feed import Event

#: Days on each side of a window that nothing else gives a width.
MARGIN = 15
#: The window of an empty list: a widget left without one shows this very hour.
NO_WINDOW = ("1900-01-01", "2100-01-01")
#: Dates that ISO 8601-1 writes alike.
ISO = re.compile(r"\A[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2}(T.+)?)?)?\Z")


def date_of(event: Event) -> EDTFDate:
    return EDTFDate.parse(event["date"]["edtf"])


def iso(day: int) -> str:
    """``YYYY-MM-DD``, before year 0 and after 9999 ``±YYYYYY-MM-DD``: read as a day of the viewer's own calendar."""
    return plain(day * DAY)


def is_one_day(date: EDTFDate) -> bool:
    """Whether it was certainly on one day that is known."""
    return date.earliest_start // DAY == date.latest_end // DAY


def extent(date: EDTFDate) -> tuple[int, int]:
    """The first and last day on which it may have been; an open side ends with the day or period that is named."""
    first = date.earliest_start if date.earliest_start > OPEN_START else date.position
    known = (second for second in (date.latest_end, date.latest_start) if second < OPEN_END)
    return first // DAY, next(known, date.position) // DAY


def is_going_on(date: EDTFDate) -> bool:
    """Whether it has no end yet, as against one that is not known."""
    return date.earliest_end >= OPEN_END


def sides(date: EDTFDate) -> tuple[EDTFDate, EDTFDate | None]:
    """The date with which it begins and, of an interval with a known end, the one with which it ends.

    Where no beginning is known, it is placed at its end.
    """
    if not date.is_interval:
        return date, None
    begin, end = (EDTFDate.parse(side) if side not in ("", "..") else None for side in date.edtf.split("/"))
    return (begin, end) if begin else (end, None)


def window(dates: Iterable[EDTFDate], begin: EDTFDate | None, end: EDTFDate | None) -> tuple[int, int] | None:
    """The first day to be shown, and the day after the last: from *begin* to *end*.

    Where one of them is None, all *dates* and a margin decide; None where nothing is asked for and there is no date.
    """
    days = [day for date in (*dates, begin, end) if date for day in extent(date)]
    if not days:
        return None
    margin = max((max(days) - min(days)) // 20, MARGIN)
    return (
        extent(begin)[0] if begin else min(days) - margin,
        extent(end)[1] + 1 if end else max(days) + 1 + margin,
    )
