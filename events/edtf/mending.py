"""What was probably meant by a text that is not EDTF: the slips of newsrooms, and the draft of 2012."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from .grammar import FURTHEST_YEAR, LONGEST
from .problems import InvalidEDTF

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = (
    "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)


class Mend(NamedTuple):
    """A slip, what it should have been, and why."""

    slip: str
    instead: str | Callable[[re.Match[str]], str]
    because: str


def _from_words(match: re.Match[str]) -> str:
    day, month, year = match["day"], match["month"], match["year"]
    number = _MONTHS.index(month[:3].lower()) + 1
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")


def _month_first(match: re.Match[str]) -> str:
    number = _MONTHS.index(match[1][:3].lower()) + 1
    return f"{match[3]}-{number:02d}-{int(match[2]):02d}"


def _year_last(match: re.Match[str]) -> str:
    """Of two numbers that may both be the month, nobody can tell which is. Points stand behind the day."""
    first, second = int(match[1]), int(match[3])
    if first <= 12 and second <= 12 and first != second and match[2] != ".":
        return match[0]
    day, month = (second, first) if second > 12 else (first, second)
    return f"{match[4]}-{month:02d}-{day:02d}"


def _before_christ(match: re.Match[str]) -> str:
    year = 1 - int(match[1])
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def _exponent(match: re.Match[str]) -> str:
    year = int(match[2]) * 10 ** int(match[3])
    return f"Y{match[1]}{year}" if year <= FURTHEST_YEAR else match[0]


def _significant(match: re.Match[str]) -> str:
    known = int(match[2])
    return match[1][:known] + "X" * (4 - known)


_YEAR_FIRST = "a date is written from the year to the day, as in 2018-06-12"
_TWO_DIGITS = "years have four digits, months and days two"
_TO = "an interval is written with a slash, as in 1966/1969"
_SECONDS = "a time is written with its seconds and nothing finer, as in 09:00:00, and an offset as +08:00 or Z"

MENDS = (
    Mend("[\u2212\u2010\u2011]", "-", "a hyphen stands between the parts, and before a negative year"),
    Mend(r"\s*[\u2013\u2014]\s*", "/", _TO),
    Mend(r"(?i)^(?:(?P<day>\d{1,2})\.? )?" + _MONTH_NAME.replace("(", "(?P<month>", 1) + r"\.? (?P<year>\d{4})$",
         _from_words, _YEAR_FIRST),
    Mend(rf"(?i)^{_MONTH_NAME}\.? (\d{{1,2}}), (\d{{4}})$", _month_first, _YEAR_FIRST),
    Mend(r"(?i)^(?:about|around|circa|ca\.?|c\.?)\s*(\d{4})$", r"\1~", "~ after a date says about"),
    Mend(r"(?i)^(\d{3})0s$", r"\1X", "X stands for an unknown digit, so that a decade is 196X"),
    Mend(r"(?i)^([1-9]\d{0,3}) ?bc(?:e|\.)?$", _before_christ, "1 BCE is 0000 and 2 BCE is -0001"),
    Mend(r"(?<=\d) (?=\d\d:)", "T", "T stands between the day and the time"),
    Mend(r"\s+", "", "EDTF has no blanks"),
    Mend("(?i)unknown", "", "an unknown end of an interval is left blank (the draft of 2012 wrote unknown)"),
    Mend("(?i)open|now|present", "..", "an open end of an interval is two dots (the draft of 2012 wrote open)"),
    Mend(r"\(([0-9X]+)\)([?~%])", r"\2\1",
         "a qualifier stands to the left of the one part that it is about (the draft of 2012 used brackets)"),
    Mend(r"\?~|~\?", "%", "uncertain and approximate is % (the draft of 2012 wrote ?~)"),
    Mend(r"^\?([0-9X-]+)~$|^~([0-9X-]+)\?$", lambda m: f"{m[1] or m[2]}%", "uncertain and approximate is %"),
    Mend("[ux]", "X", "an unknown digit is a capital X (the draft of 2012 wrote u or x)"),
    Mend("^y", "Y", "Y is a capital (the draft of 2012 wrote y)"),
    Mend(r"^Y(-?)(\d{1,6})E(\d)$", _exponent, "years with exponents (E) are not supported"),
    Mend(r"^(\d{4})S([1-3])$", _significant, "significant digits (S) are not supported; X is for unknown ones"),
    Mend(r"^Y(-?\d{4})$", r"\1", "only years of more than four digits begin with Y"),
    Mend(r"^(-?[1-9]\d{4})$", r"Y\1", "a year of five digits begins with Y"),
    Mend(r"^\+(?=\d{4})", "", "a year has no plus sign"),
    Mend("-0000", "0000", "there is no year -0000; 1 BCE is 0000"),
    Mend(r"^(\d{4})([/.])(\d\d?)\2(\d\d?)$", r"\1-\3-\4", _YEAR_FIRST),
    Mend(r"^(\d\d?)([/.-])(\d\d?)\2(\d{4})$", _year_last, _YEAR_FIRST),
    Mend(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", "hyphens stand between year, month and day"),
    Mend(r"^(\d{4})-(\d{4})$", r"\1/\2", _TO),
    Mend(r"^([^\[{,.]+)\.\.([^\]},.]+)$", r"\1/\2", _TO),
    Mend(r"^(-?)(\d{2,3})$", lambda m: f"{m[1]}{m[2]:0>4}", _TWO_DIGITS),
    Mend(r"(?<=[0-9X]-)(\d)(?=-|$|/)", r"0\1", _TWO_DIGITS),
    Mend(r"T[^/]*(?=/)|(?<=/)([^/T]*)T.*$", lambda m: m[1] or "", "times in intervals are not supported; give days"),
    Mend(r"(T\d\d:\d\d)(?!:?\d)", r"\1:00", _SECONDS),
    Mend(r"(T\d\d:\d\d:\d\d)[.,]\d+", r"\1", _SECONDS),
    Mend(r"(?<=\d\d:\d\d:\d\d)([+-]\d\d)(\d\d)$", r"\1:\2", _SECONDS),
    Mend(r"(?<=\d\d:\d\d:\d\d)-00(?::00)?$", "Z", _SECONDS),
)  # fmt: skip
_COMPILED = tuple((re.compile(mend.slip), mend) for mend in MENDS)


def mended(problem: InvalidEDTF, text: str, can_be_read: Callable[[str], bool]) -> InvalidEDTF:
    """The problem with *text*, said by its first known slip; with a suggestion where mending all of them helps."""
    if not text or len(text) > LONGEST:
        return problem
    candidate, because = _ascii_digits(text), ""
    if candidate != text:
        because = "EDTF is written in the digits 0 to 9"
    for slip, mend in _COMPILED:
        before, candidate = candidate, slip.sub(mend.instead, candidate)
        if before != candidate:
            because = because or mend.because
    if not because and candidate.count("/") == 1:
        candidate = "/".join(reversed(candidate.split("/")))
    if candidate != text and can_be_read(candidate):
        return InvalidEDTF(text, because or problem.expected, candidate)
    return problem


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
