"""The grammar of EDTF: a text becomes a tree of what was written.

ISO 8601-2:2019 as profiled by the Library of Congress (https://www.loc.gov/standards/datetime/): levels 0 and 1, and of
level 2 the codes 25 to 41, sets, qualifiers on parts, and X anywhere. Whether a day exists is for `bounds` to say.
"""

import re
from dataclasses import dataclass

from .problems import InvalidEDTF

LONGEST = 200  # characters
FURTHEST_YEAR = 99_999
YEAR, MONTH, DAY = 0, 1, 2

_MARK = "[?~%]?"
_DATE = re.compile(
    rf"({_MARK})(-?[0-9X]{{4}})({_MARK})(?:-({_MARK})([0-9X]{{2}})({_MARK})(?:-({_MARK})([0-9X]{{2}})({_MARK}))?)?"
)
_LONG_YEAR = re.compile(rf"({_MARK})Y(-?[0-9]+)({_MARK})")
_MOMENT = re.compile(
    r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:(Z)|([+-])([0-9]{2})(?::([0-9]{2}))?)?"
)
_SCIENTIFIC = re.compile("Y?-?[0-9]+(?:E[0-9]+|S[0-9]+|E[0-9]+S[0-9]+)")
_READABLE = re.compile(r"[0-9XYTZ?~%+:,./\[\]{}-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """One date as written: digits and X of each part, and the qualifiers with the part at which they stand.

    *year* keeps its sign and loses its Y. *marks* holds (part, symbol, alone): a symbol to the left of a part is about
    that part *alone*, one to its right about everything up to there.
    """

    year: str
    month: str = ""
    day: str = ""
    season: int = 0
    marks: tuple[tuple[int, str, bool], ...] = ()
    time: tuple[int, int, int] | None = None
    utc_offset: int | None = None

    @property
    def finest(self) -> int:
        return DAY if self.day else MONTH if self.month or self.season else YEAR


@dataclass(frozen=True, slots=True)
class Interval:
    """From somewhere in *start* to somewhere in *end*; None where an end is open (`..`) or unknown (blank)."""

    start: Written | None
    end: Written | None
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """A member of a set that stands for all in between; None where it is open."""

    first: Written | None
    last: Written | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A set: all of its members are meant (`{}`), or one of them (`[]`)."""

    members: tuple[Written | Range, ...]
    every: bool


Tree = Written | Interval | Choice


def read(text: str) -> Tree:
    """The tree of *text*. Raises InvalidEDTF, without a suggestion."""
    if not text:
        raise InvalidEDTF(text, "a date is wanted, such as 1966, 1973-10 or 2018-05-30")
    if len(text) > LONGEST:
        raise InvalidEDTF(text, f"a date has at most {LONGEST} characters")
    if _SCIENTIFIC.fullmatch(text):
        raise InvalidEDTF(text, "exponents (E) and significant digits (S) are not supported; write the year, or X")
    if not _READABLE.fullmatch(text):
        raise InvalidEDTF(text, "EDTF has no blanks, no letters but X Y T Z, and the digits 0 to 9 only")
    if text[0] in "[{" or text[-1] in "]}":
        return _read_choice(text)
    if "/" in text:
        return _read_interval(text)
    return _read_moment(text) if "T" in text else _read_date(text, text)


def _read_interval(text: str) -> Interval:
    sides = text.split("/")
    if len(sides) != 2:
        raise InvalidEDTF(text, "an interval is two dates with one slash between them; days are written YYYY-MM-DD")
    if "T" in text:
        raise InvalidEDTF(text, "intervals of times are not supported; give the days at both ends")
    start, end = (None if side in ("", "..") else _read_date(side, text) for side in sides)
    if start is None and end is None:
        raise InvalidEDTF(text, "an interval needs a date at one end at least")
    return Interval(start, end, open_start=sides[0] == "..", open_end=sides[1] == "..")


def _read_choice(text: str) -> Choice:
    if text[0] + text[-1] not in ("[]", "{}"):
        raise InvalidEDTF(text, "a set stands in [ ] (one of these) or in { } (all of these)")
    if "T" in text:
        raise InvalidEDTF(text, "sets of times are not supported; give the days")
    members = text[1:-1].split(",")
    read_members = tuple(
        _read_member(member, text, is_first=i == 0, is_last=i == len(members) - 1) for i, member in enumerate(members)
    )
    return Choice(read_members, every=text[0] == "{")


def _read_member(member: str, text: str, *, is_first: bool, is_last: bool) -> Written | Range:
    if not member:
        raise InvalidEDTF(text, "a set has dates between its commas")
    if ".." not in member:
        return _read_date(member, text)
    first, _, last = member.partition("..")
    if not (first or last):
        raise InvalidEDTF(text, "a range in a set needs a date at one end at least")
    if not first and not is_first or not last and not is_last:
        raise InvalidEDTF(text, "in a set only the first member may be open at its start, and only the last at its end")
    return Range(first and _read_date(first, text) or None, last and _read_date(last, text) or None)


def _read_date(date: str, text: str) -> Written:
    """One date without a time; *text* is the whole to be named in an error."""
    if "Y" in date:
        return _read_long_year(date, text)
    match = _DATE.fullmatch(date)
    if not match:
        raise InvalidEDTF(text, "a date is written YYYY, YYYY-MM or YYYY-MM-DD, with X for an unknown digit")
    before_year, year, after_year, before_month, month, after_month, before_day, day, after_day = match.groups("")
    if year == "-0000":
        raise InvalidEDTF(text, "there is no year -0000; 1 BCE is 0000 and 2 BCE is -0001")
    written = (
        (YEAR, before_year, True), (YEAR, after_year, False),
        (MONTH, before_month, True), (MONTH, after_month, False),
        (DAY, before_day, True), (DAY, after_day, False),
    )  # fmt: skip
    marks = tuple(mark for mark in written if mark[1])
    if before_year and after_year:
        raise InvalidEDTF(text, "one qualifier is enough: ? uncertain, ~ approximate, % both")
    if month.isdigit() and int(month) > 12:
        return Written(year, season=_read_season(month, day, text), marks=marks)
    return Written(year, month, day, marks=marks)


def _read_season(code: str, day: str, text: str) -> int:
    if not 21 <= int(code) <= 41:
        expected = "a month is 01 to 12, seasons 21 to 32, quarters 33 to 36, thirds 37 to 39, halves 40 to 41"
        raise InvalidEDTF(text, expected)
    if day:
        raise InvalidEDTF(text, "a season, quarter or half of a year has no days of its own")
    return int(code)


def _read_long_year(date: str, text: str) -> Written:
    match = _LONG_YEAR.fullmatch(date)
    if not match:
        raise InvalidEDTF(text, "Y begins a year of five digits, such as Y-12000, and nothing follows it but ?, ~ or %")
    before, year, after = match.groups()
    digits = year.lstrip("-")
    if len(digits) < 5 or digits[0] == "0":
        raise InvalidEDTF(text, "only years of more than four digits begin with Y")
    if len(digits) > 5:
        raise InvalidEDTF(text, f"years reach from Y-{FURTHEST_YEAR} to Y{FURTHEST_YEAR}")
    if before and after:
        raise InvalidEDTF(text, "one qualifier is enough: ? uncertain, ~ approximate, % both")
    marks = ((YEAR, before or after, bool(before)),) if before or after else ()
    return Written(year, marks=marks)


def _read_moment(text: str) -> Written:
    match = _MOMENT.fullmatch(text)
    if not match:
        raise InvalidEDTF(text, "a time is written 2018-06-12T09:00:00, then Z or an offset such as +08:00 if known")
    day, hour, minute, second, utc, sign, offset_hours, offset_minutes = match.groups()
    time = int(hour), int(minute), int(second)
    if time[0] > 23 or time[1] > 59 or time[2] > 59:
        raise InvalidEDTF(text, "times run from 00:00:00 to 23:59:59")
    utc_offset = 0 if utc else None
    if sign:
        hours, minutes = int(offset_hours), int(offset_minutes or 0)
        if hours > 23 or minutes > 59:
            raise InvalidEDTF(text, "an offset from UTC is written with hours up to 23 and minutes up to 59")
        if sign == "-" and not hours and not minutes:
            raise InvalidEDTF(text, "UTC itself is Z")
        utc_offset = (hours * 3600 + minutes * 60) * (-1 if sign == "-" else 1)
    date = _read_date(day, text)
    if not date.day or date.season:
        raise InvalidEDTF(text, "a time belongs to a day")
    return Written(date.year, date.month, date.day, time=time, utc_offset=utc_offset)
