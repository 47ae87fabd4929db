"""Dates as people write them in tables, in words: “c. 1970”, “6–25 October 1973” and “44 BC” → EDTF."""

import calendar
import gettext
import re
from collections import defaultdict
from functools import cache
from itertools import product
from pathlib import Path

import django

from events.edtf import EDTFDate, InvalidEDTF
from events.folding import fold
from events.importing.problems import Rejected

#: Beside English. Polish, Czech and the like are left out: what is November to one of them is October to another.
LANGUAGES = ("ar", "de", "es", "fr", "it", "nl", "pt", "ru", "tr")
LOCALES = Path(django.__file__).parent / "conf/locale"
EXAMPLES = "4 June 2018, June 2018, 2018, c. 1970, 1973–75 or 44 BC"

_NAME = r"[^\W\d_]{2,}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
_OF = r"(?:del? |d[’'] ?|of )?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
#: Each with some of: year, month, day; a range lends them from its other end.
_DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}(?P<day>{_DAY})[ /-]?{_OF}(?P<month>{_NAME}),?(?:[ /-]{_OF}(?P<year>\d{{4}}))?",
        rf"{_WEEKDAY}(?P<month>{_NAME}) (?P<day>{_DAY})(?:,? (?P<year>\d{{4}}))?",
        rf"(?P<year>\d{{4}}),? (?P<month>{_NAME})(?: (?P<day>{_DAY}))?",
        rf"(?P<month>{_NAME}),?(?: {_OF}(?P<year>\d{{4}}))?",
        r"(?P<year>\d{4}) ?[年년](?: ?(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日일])?)?",
        r"(?P<year>\d{4})",
        rf"(?P<day>{_DAY})(?:,? (?P<year>\d{{4}}))?",
    )
)
_BEFORE_CHRIST = re.compile(r"(\d{1,4}) ?(?:b\. ?c\.(?: ?e\.)?|bce?|av\. j\.-c\.|v\. chr\.)", re.IGNORECASE)
_AFTER_CHRIST = re.compile(r"(?:a\.?d\.? ?(\d{1,4})|(\d{1,4}) ?(?:a\.?d\.?|c\.?e\.?))", re.IGNORECASE)
_DECADE = re.compile(r"(?:the )?(\d{3})0['’]?s", re.IGNORECASE)
_CENTURY = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th) (?:century|c\.)", re.IGNORECASE)
_SEASON = re.compile(r"(spring|summer|autumn|fall|winter),?(?: of)? (\d{4})", re.IGNORECASE)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ABOUT = re.compile(r"(?:circa|about|around|approx(?:\.|imately)?|vers|um|ca?\.?|~) ?", re.IGNORECASE)
_PERHAPS = re.compile(r" ?(?:\?|\(\?\))$")
_SINCE = re.compile(r"(?:since|from) (.+)|(.+?) ?(?:[-–—]| to | until ) ?(?:present|today|now|ongoing)", re.IGNORECASE)
#: A lone hyphen parts days and whole years only: 1973-75 may be a month that there is not, and 1910-12 is one.
_TO = re.compile(r" ?[–—] ?| - | to | until | bis | au | al? ")
_HYPHEN = re.compile(r"(?<=^\d{4})-(?=\d{4}$)|(?<=\d)-(?=\d{1,2}\D)")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d\S*")
_HALF_OF_YEAR = re.compile(r"\d{2}")


def read_written(text: str) -> str:
    """*text* as EDTF, at the finest to the day and never finer than its words. What is EDTF stays as it is.

    Raises Rejected where it cannot be read, or may be read in two ways.
    """
    plain = _plain(text)
    if moment := _MOMENT.fullmatch(plain):
        plain = moment[1]
    if _is_edtf(plain):
        return plain
    found = _since(plain) or _one(plain) or _range(plain)
    if not found or not _is_edtf(found):
        raise Rejected(f"{text!r} is no date that can be read: write it as {EXAMPLES}.")
    return found


def month_of(text: str) -> int:
    """The number of the month that *text*, a number or a name, stands for; 0 for none."""
    if text.isdecimal():
        return int(text) if len(text) <= 2 and int(text) <= 12 else 0
    name = fold(text)
    return _months_in_english().get(name) or _months_in_other_languages().get(name, 0)


def _plain(text: str) -> str:
    """*text* in the digits 0 to 9, with single blanks."""
    return "".join(str(int(each)) if each.isdecimal() else each for each in " ".join(text.split()))


def _is_edtf(text: str) -> bool:
    try:
        EDTFDate.parse(text)
    except InvalidEDTF:
        return False
    return True


def _since(text: str) -> str:
    found = _SINCE.fullmatch(text)
    begin = found and _one(found[1] or found[2])
    return f"{begin}/.." if begin else ""


def _one(text: str) -> str:
    """A single date, with ~ and ? behind it where the words say so, or ""."""
    rest = _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text
    sure = _PERHAPS.sub("", rest)
    about, perhaps = rest != text, sure != rest
    found = _by_name(sure) or _of_parts(_parts(sure))
    return found and found + ("%" if about and perhaps else "~" if about else "?" if perhaps else "")


def _by_name(text: str) -> str:
    """Years before and of Christ, decades, centuries and seasons."""
    if found := _BEFORE_CHRIST.fullmatch(text):
        year = int(found[1]) - 1
        return f"{'-' if year else ''}{year:04d}" if year >= 0 else ""
    if found := _AFTER_CHRIST.fullmatch(text):
        return f"{int(found[1] or found[2]):04d}"
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}X"
    if found := _CENTURY.fullmatch(text):
        return f"{int(found[1]) - 1:02d}XX"
    if found := _SEASON.fullmatch(text):
        return f"{found[2]}-{_SEASONS[found[1].lower()]}"
    return ""


def _parts(text: str) -> dict[str, str]:
    """Which year, month and day *text* names, as numbers; {} where it is no date."""
    for form in _DAYS:
        if not (found := form.fullmatch(text)):
            continue
        parts = {name: part for name, part in found.groupdict().items() if part}
        if "month" in parts:
            parts["month"] = f"{month_of(parts['month']):02d}"
        if "day" in parts:
            parts["day"] = f"{int(re.match('[0-9]+', parts['day'])[0]):02d}"
        if parts.get("month") != "00":
            return parts
    return {}


def _of_parts(parts: dict[str, str]) -> str:
    if "year" not in parts or ("day" in parts and "month" not in parts):
        return ""
    return "-".join(parts[name] for name in ("year", "month", "day") if name in parts)


def _range(text: str) -> str:
    """ "30 May – 2 June 2018", "June 6–25, 1973", "1973–75": one end lends the other what it leaves out."""
    for mark in (*_TO.finditer(text), *_HYPHEN.finditer(text)):
        first, last = text[: mark.start()], text[mark.end() :]
        if _HALF_OF_YEAR.fullmatch(last) and re.search(r"\d{4}$", first):
            last = first[-4:-2] + last
        if _BEFORE_CHRIST.fullmatch(last) and first.isdecimal():
            first += " BC"
        begin, end = _parts(first), _parts(last)
        if begin.keys() == {"month", "day"} and end.keys() == {"day", "year"}:
            end["month"] = begin["month"]
        for name in ("year", "month"):
            if name in end and name not in begin and ("day" in begin or "month" in begin):
                begin[name] = end[name]
        ends = _of_parts(begin) or _one(first), _of_parts(end) or _one(last)
        if all(ends):
            return "/".join(ends)
    return ""


@cache
def _months_in_english() -> dict[str, int]:
    names = {fold(calendar.month_name[number]): number for number in range(1, 13)}
    return names | {name[:3]: number for name, number in names.items()} | {"sept": 9}


@cache
def _months_in_other_languages() -> dict[str, int]:
    """By its folded name, as Django's translations have it; what is two months in two languages is left out."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for language, number in product(LANGUAGES, range(1, 13)):
        words, name = _words_of(language), calendar.month_name[number]
        for translated in (words.gettext(name), words.pgettext("alt. month", name), words.gettext(name[:3].lower())):
            numbers[fold(translated)].add(number)
    return {name: min(found) for name, found in numbers.items() if len(found) == 1}


@cache
def _words_of(language: str) -> gettext.GNUTranslations:
    with (LOCALES / language / "LC_MESSAGES/django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
