"""A date as uncertain as its source: EDTF text, and the bounds that follow from it."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from . import bounds, grammar, mending
from .calendar import DAY, civil_from_days, days_from_civil, iso_day, month_length
from .problems import InvalidEDTF

OPEN_START = -(2**62)
OPEN_END = 2**62

_SIMPLE = r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?"
_COMMON = re.compile(rf"{_SIMPLE}(?:/{_SIMPLE})?")
_LOOSE_OFFSET = re.compile(r"[+-]00:00$|([+-][0-9]{2})$")


@dataclass(frozen=True, slots=True)
class EDTFDate:
    """An EDTF date. Equal dates mean the same, however they were written (`+08` and `+08:00`).

    Bounds and position are seconds from 1970-01-01T00:00 of the proleptic Gregorian calendar where it happened, with no
    time-zone arithmetic; ends are included. Open or unknown ends are OPEN_START and OPEN_END.
    """

    edtf: str = field(compare=False)
    canonical: str
    earliest_start: int
    latest_start: int
    earliest_end: int
    latest_end: int
    position: int
    precision: str
    approximate: bool = False
    uncertain: bool = False
    utc_offset: int | None = None
    is_interval: bool = False

    @staticmethod
    def parse(text: str) -> "EDTFDate":
        """The date that *text* writes. Raises InvalidEDTF, which says what to write instead."""
        if not isinstance(text, str):
            raise InvalidEDTF(repr(text), "an EDTF date is a text")
        return _parsed(text)

    @property
    def coarseness(self) -> int:
        """0 for a millennium … 7 for a time: coarser sorts first."""
        return bounds.COARSENESS[self.precision]

    @property
    def qualified(self) -> bool:
        return self.approximate or self.uncertain

    def may_overlap(self, other: "EDTFDate") -> bool:
        """Whether the two may have a moment in common."""
        return self.earliest_start <= other.latest_end and other.earliest_start <= self.latest_end

    def __str__(self) -> str:
        return self.edtf


@lru_cache(maxsize=16_384)  # the days of forty years: dates come again
def _parsed(text: str) -> EDTFDate:
    common = _COMMON.fullmatch(text)
    date = _read_common(text, common.groups()) if common else None
    if date is not None:
        return date
    try:
        return _read(text)
    except InvalidEDTF as problem:
        raise mending.mended(problem, text, _can_be_read) from None


def _read_common(text: str, parts: tuple[str | None, ...]) -> EDTFDate | None:
    """A year, month or day, or an interval of two: nearly all dates, so without a tree. None leaves it to `_read`."""
    year, month, day, end_year, end_month, end_day = parts
    first, last, precision = _span(int(year), month, day)
    if first > last:
        return None
    if end_year is None:
        return EDTFDate(text, text, first, last, first, last, first, precision)
    end_first, end_last, end_precision = _span(int(end_year), end_month, end_day)
    if end_first > end_last or first > end_last:
        return None
    if bounds.COARSENESS[end_precision] > bounds.COARSENESS[precision]:
        precision = end_precision
    return EDTFDate(
        text, text, first, min(last, end_last), max(first, end_first), end_last, first, precision, is_interval=True
    )


def _span(year: int, month: str | None, day: str | None) -> tuple[int, int, str]:
    """First and last second, and the precision; a day that does not exist ends before it begins."""
    if month is None:
        return days_from_civil(year, 1, 1) * DAY, days_from_civil(year + 1, 1, 1) * DAY - 1, "year"
    number = int(month)
    first = days_from_civil(year, number, 1)
    if day is None:
        return first * DAY, (first + month_length(year, number)) * DAY - 1, "month"
    if not 1 <= int(day) <= month_length(year, number):
        return 1, 0, "day"
    first += int(day) - 1
    return first * DAY, first * DAY + DAY - 1, "day"


def _can_be_read(text: str) -> bool:
    try:
        _read(text)
    except InvalidEDTF:
        return False
    return True


def _read(text: str) -> EDTFDate:
    tree = grammar.read(text)
    match tree:
        case grammar.Interval():
            reach, dates = _reach_of_interval(tree, text)
        case grammar.Choice():
            reach, dates = _reach_of_choice(tree, text)
        case _:
            reach, dates = _reach_of_date(tree, text)
    extents, written = zip(*dates, strict=True)
    symbols = {symbol for date in written for _, symbol, _ in date.marks}
    return EDTFDate(
        text,
        _canonical(text, tree),
        *reach,
        max((each.precision for each in extents), key=bounds.COARSENESS.__getitem__),
        approximate=bool(symbols & {"~", "%"}),
        uncertain=bool(symbols & {"?", "%"}),
        utc_offset=tree.utc_offset if isinstance(tree, grammar.Written) else None,
        is_interval=isinstance(tree, grammar.Interval),
    )


Reach = tuple[int, int, int, int, int]  # the four bounds and the position
Dates = list[tuple[bounds.Extent, grammar.Written]]


def _reach_of_date(date: grammar.Written, text: str) -> tuple[Reach, Dates]:
    reach = bounds.extent(date, text)
    first, last = reach.widened_first, reach.widened_last
    return (first, last, first, last, reach.first), [(reach, date)]


def _reach_of_interval(interval: grammar.Interval, text: str) -> tuple[Reach, Dates]:
    start = interval.start and bounds.extent(interval.start, text)
    end = interval.end and bounds.extent(interval.end, text)
    dates = [(reach, date) for reach, date in ((start, interval.start), (end, interval.end)) if reach]
    if start and end:
        if start.first > end.last:
            raise InvalidEDTF(text, "an interval begins before it ends")
        # It ends no earlier than it begins: 2004-06/2004 did not end in May.
        latest_start = min(start.widened_last, end.widened_last)
        earliest_end = max(start.widened_first, end.widened_first)
        return (start.widened_first, latest_start, earliest_end, end.widened_last, start.first), dates
    if start:
        earliest_end = OPEN_END if interval.open_end else start.widened_first
        return (start.widened_first, start.widened_last, earliest_end, OPEN_END, start.first), dates
    return (OPEN_START, end.widened_last, end.widened_first, end.widened_last, end.last), dates


def _reach_of_choice(choice: grammar.Choice, text: str) -> tuple[Reach, Dates]:
    """The hull of all members, one moment of which is meant."""
    dates: Dates = []
    open_start = open_end = False
    for member in choice.members:
        if isinstance(member, grammar.Written):
            dates.append((bounds.extent(member, text), member))
            continue
        ends = [(bounds.extent(date, text), date) for date in (member.first, member.last) if date]
        if len(ends) == 2 and ends[0][0].first > ends[1][0].last:
            raise InvalidEDTF(text, "a range in a set begins before it ends")
        open_start, open_end = open_start or not member.first, open_end or not member.last
        dates += ends
    extents = [reach for reach, _ in dates]
    first = OPEN_START if open_start else min(reach.widened_first for reach in extents)
    last = OPEN_END if open_end else max(reach.widened_last for reach in extents)
    # Open at its start, it is placed where it was over at the latest: no day before that is named.
    position = max(reach.last for reach in extents) if open_start else min(reach.first for reach in extents)
    return (first, last, first, last, position), dates


def _canonical(text: str, tree: grammar.Tree) -> str:
    if not isinstance(tree, grammar.Written) or not tree.utc_offset and tree.utc_offset != 0:
        return text
    if tree.utc_offset == 0:
        return text if text.endswith("Z") else text[: text.rindex("+")] + "Z"
    return text + ":00" if _LOOSE_OFFSET.search(text) else text


def plain(seconds: int, with_time: bool = False) -> str | None:
    """`YYYY-MM-DD` (before year 0 and after 9999 `±YYYYYY-MM-DD`), with `Thh:mm:ss` if wanted; None for an open end."""
    if seconds <= OPEN_START or seconds >= OPEN_END:
        return None
    number, second = divmod(seconds, DAY)
    day = iso_day(*civil_from_days(number))
    if not with_time:
        return day
    return f"{day}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def edtf_of_day(number: int) -> str:
    """The day *number*, counted from 1970-01-01, as EDTF, which has no days in years of five digits: there, its year.

    Beyond the years that can be read, the furthest.
    """
    year, month, day = civil_from_days(number)
    if abs(year) > 9999:
        return f"Y{max(-grammar.FURTHEST_YEAR, min(grammar.FURTHEST_YEAR, year))}"
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"
