"""How far a written date reaches: from the tree of `grammar` to seconds.

A date is one moment somewhere in its extent. What is qualified reaches further, on both sides, by one unit of the part
at which the qualifier stands: `2004-06-11~` by three days, `2004-06~-11` by a month, `2004?-06-11` by a year, a season
by its own length. A part with X counts as what is left of it: `196X~` reaches further by a decade, `19XX~` by a
century, `2018-06-1X~` by a month. Several qualifiers add up.

Seasons are those of meteorology. 21 to 24 are northern ones, as newspapers and most catalogues mean them; winter is
named for the year in which it begins: `2018-24` is December 2018 to February 2019. So is the southern summer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from .calendar import DAY as SECONDS_A_DAY
from .calendar import days_from_civil, is_leap, month_length, months_later
from .grammar import MONTH, YEAR, Written
from .problems import InvalidEDTF

PRECISIONS = ("millennium", "century", "decade", "year", "season", "month", "day", "time")
COARSENESS = {name: rank for rank, name in enumerate(PRECISIONS)}

# First month and length in months of each code; spring, summer, autumn, winter; months past December are next year's.
SEASONS = {
    **{first + i: (3 + 3 * i, 3) for first in (21, 25) for i in range(4)},
    **{29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)},
    **{33 + i: (1 + 3 * i, 3) for i in range(4)},
    **{37 + i: (1 + 4 * i, 4) for i in range(3)},
    **{40 + i: (1 + 6 * i, 6) for i in range(2)},
}
_MONTHS_A_UNIT = {"millennium": 12_000, "century": 1_200, "decade": 120, "year": 12, "month": 1}
_DAYS_AROUND = 3


@dataclass(frozen=True, slots=True)
class Extent:
    """First and last second of a date as written, and the same as widened by its qualifiers."""

    first: int
    last: int
    widened_first: int
    widened_last: int
    precision: str


def extent(date: Written, text: str) -> Extent:
    """Where *date* lies. Raises InvalidEDTF, naming *text*, where no such day exists."""
    first, end = _days(date, text)
    precision = _precision(date, date.finest)
    if date.time is not None:
        hour, minute, second = date.time
        moment = first * SECONDS_A_DAY + hour * 3600 + minute * 60 + second
        return Extent(moment, moment, moment, moment, precision)
    widened_first, widened_end = _widened(date, first, end)
    return Extent(
        first * SECONDS_A_DAY, end * SECONDS_A_DAY - 1,
        widened_first * SECONDS_A_DAY, widened_end * SECONDS_A_DAY - 1,
        precision,
    )  # fmt: skip


def _days(date: Written, text: str) -> tuple[int, int]:
    """First day, and the day after the last."""
    if date.season:
        start, length = SEASONS[date.season]
        years = next(_years(date.year)), next(_years(date.year, downwards=True))
        first, last = (months_later(days_from_civil(year, 1, 1), start - 1) for year in years)
        return first, months_later(last, length)
    if "X" in date.year or "X" in date.month or "X" in date.day:
        return _days_with_unknown_digits(date, text)
    year = int(date.year)
    if not date.month:
        return days_from_civil(year, 1, 1), days_from_civil(year + 1, 1, 1)
    month = int(date.month)
    if not 1 <= month <= 12:
        raise InvalidEDTF(text, f"there is no month {date.month}; months are 01 to 12")
    if not date.day:
        first = days_from_civil(year, month, 1)
        return first, first + month_length(year, month)
    if not 1 <= int(date.day) <= month_length(year, month):
        raise InvalidEDTF(text, f"{date.year}-{date.month} has the days 01 to {month_length(year, month)}")
    first = days_from_civil(year, month, int(date.day))
    return first, first + 1


def _days_with_unknown_digits(date: Written, text: str) -> tuple[int, int]:
    """First day, and the day after the last, of all that the digits allow."""
    months = numbers(date.month or "XX", 12)
    days = numbers(date.day or "XX", 31)
    # Leap years allow most: what they lack exists in no year, and thousands of years need not be tried.
    fitting = [(month, day) for month in months for day in days if day <= month_length(2000, month)]
    only_leap = fitting == [(2, 29)]
    if fitting:
        for year in _years(date.year):
            if not only_leap or is_leap(year):
                break
        else:
            fitting = []
    if not fitting:
        raise InvalidEDTF(text, "no day of the calendar has these digits")
    last_year = next(year for year in _years(date.year, downwards=True) if not only_leap or is_leap(year))
    first_month, first_day = next(pair for pair in fitting if pair != (2, 29) or is_leap(year))
    last_month, last_day = next(pair for pair in reversed(fitting) if pair != (2, 29) or is_leap(last_year))
    return days_from_civil(year, first_month, first_day), days_from_civil(last_year, last_month, last_day) + 1


def numbers(pattern: str, highest: int) -> list[int]:
    """Numbers from 1 to *highest* that two characters, digits or X, allow."""
    if "X" not in pattern:
        return [int(pattern)] if 1 <= int(pattern) <= highest else []
    return [n for n in range(1, highest + 1) if all(p in ("X", d) for p, d in zip(pattern, f"{n:02d}", strict=True))]


def _years(pattern: str, *, downwards: bool = False) -> Iterator[int]:
    """Years that digits and X allow, in order. There is no year -0000."""
    sign = -1 if pattern[0] == "-" else 1
    digits = "9876543210" if downwards == (sign > 0) else "0123456789"
    for chosen in product(*(digits if c == "X" else c for c in pattern.lstrip("-"))):
        magnitude = int("".join(chosen))
        if magnitude or sign > 0:
            yield sign * magnitude


def _precision(date: Written, part: int) -> str:
    """The finest unit that is wholly known, down to *part*. An X hides its own part and what is finer."""
    if "X" in date.year:
        return ("millennium", "millennium", "century", "decade")[date.year.lstrip("-").index("X")]
    if part == YEAR or "X" in date.month:
        return "year"
    if date.season:
        return "season"
    if part == MONTH or "X" in date.day:
        return "month"
    return "time" if date.time is not None else "day"


def _widened(date: Written, first: int, end: int) -> tuple[int, int]:
    """First day and day after the last, moved apart by each part that is qualified."""
    for part in {mark[0] for mark in date.marks}:
        unit = _precision(date, part)
        if unit == "day":
            first, end = first - _DAYS_AROUND, end + _DAYS_AROUND
        else:
            months = SEASONS[date.season][1] if unit == "season" else _MONTHS_A_UNIT[unit]
            first, end = months_later(first, -months), months_later(end, months)
    return first, end
