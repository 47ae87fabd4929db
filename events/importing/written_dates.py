"""Dates as people write them in tables, in words: “c. 1970”, “6–25 October 1973” and “44 BC” → EDTF."""

import re
from datetime import date, timedelta

from events.edtf import EDTFDate, InvalidEDTF
from events.folding import fold
from events.importing.calendar_names import is_weekday, month_of
from events.importing.eras import in_our_years
from events.importing.problems import Rejected

EXAMPLES = "4 June 2018, June 2018, 2018, c. 1970, 1973–75 or 44 BC"
LONGEST = 100  #: characters of a date in words

_HYPHENS = re.compile("[\u2010\u2011]")  #: as word processors put them, the second where no line is to break
_NAME = r"[^\W\d_]{2,}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
_OF = r"(?:del? |d[’'] ?|of )?"
_A_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = rf"(?:{_A_WEEKDAY}\.?,? )?"
_WEEKDAY_BEHIND = re.compile(rf" ?[(（](?:{_A_WEEKDAY}\.?|[日月火水木金土일월화수목금토])[)）]\Z", re.IGNORECASE)
#: Each with some of: year, month, day; a range lends them from its other end.
_DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}(?P<day>{_DAY})[ /-]?{_OF}(?P<month>{_NAME}),?(?:[ /-]{_OF}(?P<year>\d{{4}}))?",
        rf"{_WEEKDAY}(?P<month>{_NAME}) (?P<day>{_DAY})(?:,? (?P<year>\d{{4}}))?",
        rf"(?P<year>\d{{4}})[.,]? (?P<month>{_NAME})(?: (?P<day>{_DAY}))?",
        rf"(?P<month>{_NAME}),?(?:[ /-]{_OF}(?P<year>\d{{4}}))?",
        r"(?:(?P<year>\d{4}) ?[年년])?(?: ?(?P<month>\d{1,2}) ?[月월])?(?: ?(?P<day>\d{1,2}) ?[日号號일]?)?",
        r"(?P<year>\d{4})(?P<mark>[./-]) ?(?P<month>\d{1,2})(?P=mark) ?(?P<day>\d{1,2})\.?",
        r"(?P<year>\d{4})",
        r"(?P<day>\d\d)(?P<month>[^\W\d_]{3})(?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?:\. ?|[ /-])(?P<roman>[IVX]{1,4})(?:\. ?|[ /-])(?P<year>\d{4})",
        r"(?P<year>\d{4})m(?P<month>\d{1,2})",
        rf"(?P<day>{_DAY})(?:,? (?P<year>\d{{4}}))?",
    )
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")  #: months, between day and year
_BEFORE_CHRIST = re.compile(r"(\d{1,4}) ?(?:b\. ?c\.(?: ?e\.)?|bce?|av\. j\.-c\.|v\. chr\.)", re.IGNORECASE)
_AFTER_CHRIST = re.compile(r"(?:a\.?d\.? ?(\d{1,4})|(\d{1,4}) ?(?:a\.?d\.?|c\.?e\.?))", re.IGNORECASE)
_DECADE = re.compile(r"(?:the )?(\d{3})0['’]?s", re.IGNORECASE)
_CENTURY = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th) (?:century|c\.)", re.IGNORECASE)
_ORDER = (("1st", "first"), ("2nd", "second"), ("3rd", "third"), ("4th", "fourth"))
#: EDTF's numbers of seasons, quarters and halves, by what they are called.
_PARTS_OF_YEAR = {
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
    **{name: 33 + place for place, words in enumerate(_ORDER)
       for name in (f"q{place + 1}", *(f"{word} quarter" for word in words))},
    **{name: 40 + place for place, words in enumerate(_ORDER[:2])
       for name in (f"h{place + 1}", *(f"{word} half" for word in words))},
}  # fmt: skip
_PART = "|".join(_PARTS_OF_YEAR)
_PART_OF_YEAR = re.compile(
    rf"(?:the )?(?P<part>{_PART})(?:, ?| of |[ /-])(?P<year>\d{{4}})|(\d{{4}})[ /-]?({_PART})", re.IGNORECASE
)
#: Which part of it is lost: EDTF has no early June.
_VAGUE = re.compile(
    r"(?:the )?(?:early|mid|middle|late|beginning|start|end|anfang|mitte|ende|début|mi|fin|principios|mediados|finales)"
    r"[ -](?:of |in |the |de |des |d[’'])*",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:before|prior to|pre-?) ?(.+)", re.IGNORECASE)
_BY = re.compile(r"(?:by|no later than|not later than) (.+)", re.IGNORECASE)
_AFTER = re.compile(r"(?:after|no earlier than|not before|post-?) ?(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"between (.+) and (.+)|(.+) or (.+)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:circa|about|around|approx(?:\.|imately)?|vers|um|ca?\.?|~)(?![^\W\d_]) ?", re.IGNORECASE)
_PERHAPS = re.compile(r" ?(?:\?|\(\?\))$")
_SINCE = re.compile(
    r"(?:since|from|seit|depuis|desde|as of) (.+)|(.+?)(?: ?[-–—~→ ] ?|(?<=[年月日]))(\D+)", re.IGNORECASE
)
#: What stands for the end of what has none, folded; “to”, “until” and the like may stand before.
_OPEN = {*map(fold, (
    "present", "the present", "present day", "today", "now", "ongoing", "incumbent", "current", "currently", "date",
    "open", "still open", "in office", "still in office", "heute", "aujourd'hui", "en cours", "en fonction", "en poste",
    "actualidad", "la actualidad", "presente", "oggi", "in corso", "настоящее время", "н.в.", "至今", "今", "现在",
    "現在", "현재", "الآن",
))}  # fmt: skip
_TO_NOW = re.compile(r"\A(?:up to|to|until|till?|bis|jusqu a|au|a|al|hasta|до|по|حتى) ")
#: A lone hyphen parts days and whole years only: 1973-75 may be a month that there is not, and 1910-12 is one.
_TO = re.compile(r" ?(?:[–—~～〜至到→]|->) ?| - | to | until | bis | au | al? | по ")
_HYPHEN = re.compile(
    r"(?<=^\d{4})-(?=\d{4}$)|(?:(?<=\d)|(?<=\d(?:st|nd|rd|th)))-(?=\d{1,2}\D|[^\W\d]{3})|(?<=[^\W\d]{3})-(?=[^\W\d]{3})"
    r"|(?<=\d0s)-(?=\d)|(?<=\d\.)-(?=\d{1,2}\.? )",
    re.IGNORECASE,
)
#: The one and the other of two days that follow each other: “4/5 June 2018”, “30 April/1 May 2018”.
_DAY_AND_NEXT = re.compile(r"(?:/| and | & | und | et | y | и )(?=\d{1,2}\b)", re.IGNORECASE)
_DECADES = re.compile(r"((?:the )?\d\d)(\d0['’]?s)(\D+)(\d0['’]?s)", re.IGNORECASE)
_FROM = re.compile(r"(?:from|vom|du|dal|del?|с) ", re.IGNORECASE)
#: “г.”, “года” and “r.”: of the year, behind it; a full stop in the languages of Croatia's neighbours.
_YEAR_WORD = re.compile(r"(?<=\d{4}) ?(?:г\.?|год[ау]?|г\.г\.|гг\.?|r\.|roku|р\.|року|\.)\Z")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d\S*")
#: Parts of a date that are not known, as databases write them; 0000-00-00 is no date at all.
_BLANK_PARTS = re.compile(r"((?!0000)\d{4}(?:-(?!00)\d\d)?)(?:-00){1,2}")
_TIME_BEHIND = re.compile(
    r",? (?:at |um )?\d{1,2}(?:[:.h]\d\d){1,2}(?: ?[ap]\.? ?m\.?)?(?: (?:uhr|[a-z]{3,4}))?\Z", re.IGNORECASE
)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)")  #: as ISO 8601 numbers them, from Monday to Sunday
_FIRST_WORD = re.compile(r"([^\W\d_]+)[.,]* (?=\d)")
_WHOLE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_DAY_IN_EDTF = re.compile(r"\d{4}-\d\d-\d\d")
_HALF_OF_YEAR = re.compile(r"\d{2}")


def read_written(text: str) -> str:
    """*text* as EDTF, at the finest to the day and never finer than its words. What is EDTF stays as it is.

    Raises Rejected where it cannot be read, or may be read in two ways.
    """
    plain = _plain(text)
    for form in (_MOMENT, _BLANK_PARTS):
        if known := form.fullmatch(plain):
            plain = known[1]
    if _is_edtf(plain):
        return plain
    # Of a whole paragraph, every place where it could be parted would be tried.
    readers = (_since, _one, _range, _week, _bounded, _day_with_time, _day_behind_weekday)
    found = len(plain) <= LONGEST and next(filter(None, (read(plain) for read in readers)), "")
    if not found or not _is_edtf(found):
        raise Rejected(f"{text[:LONGEST]!r} is no date that can be read: write it as {EXAMPLES}.")
    return found


def _plain(text: str) -> str:
    """*text* in the digits 0 to 9 and our years, with single blanks."""
    plain = "".join(str(int(each)) if each.isdecimal() else each for each in " ".join(text.split()))
    plain = _HYPHENS.sub("-", plain)
    return _WEEKDAY_BEHIND.sub("", _YEAR_WORD.sub("", in_our_years(plain)))


def _is_edtf(text: str) -> bool:
    try:
        EDTFDate.parse(text)
    except InvalidEDTF:
        return False
    return True


def is_open_end(text: str) -> bool:
    """Whether *text* stands for the end of what has none: “present”, “to date”, “至今”."""
    words = fold(text)
    return words in _OPEN or _TO_NOW.sub("", words) in _OPEN


def _since(text: str) -> str:
    found = _SINCE.fullmatch(text)
    begin = found and (found[1] or is_open_end(found[3])) and _one(found[1] or found[2])
    return f"{begin}/.." if begin else ""


def _bounded(text: str) -> str:
    """What lies somewhere before, after or between, or is one of two."""
    if found := _BETWEEN.fullmatch(text):
        first, last = _ends(*filter(None, found.groups()))
        return f"[{first}{'..' if found[1] else ','}{last}]" if first and last else ""
    if found := _BEFORE.fullmatch(text):
        end = _the_one_before(_one(found[1]))
    else:
        end = (found := _BY.fullmatch(text)) and _one(found[1])
    if end:
        return f"[..{end}]"
    begin = (found := _AFTER.fullmatch(text)) and _one(found[1])
    return f"[{begin}..]" if begin else ""


def _day_with_time(text: str) -> str:
    """The day of “12 June 2018 at 9:15 a.m.”."""
    found = _TIME_BEHIND.search(text)
    day = _one(text[: found.start()]) if found else ""
    return day if _DAY_IN_EDTF.fullmatch(day) else ""


def _day_behind_weekday(text: str) -> str:
    """The day of “lundi 12 juin 2018” and “martes, 12 de junio de 2018”."""
    found = _FIRST_WORD.match(text)
    day = _one(text[found.end() :]) if found and is_weekday(found[1]) else ""
    return day if _DAY_IN_EDTF.fullmatch(day) else ""


def _week(text: str) -> str:
    """The days of the week “2018-W24”."""
    if not (found := _WEEK.fullmatch(text)):
        return ""
    try:
        monday, sunday = (date.fromisocalendar(int(found[1]), int(found[2]), day) for day in (1, 7))
    except ValueError:  # most years have no week 53
        return ""
    return f"{monday}/{sunday}"


def _the_one_before(text: str) -> str:
    """The day, month or year before the one that *text* is; "" of anything else."""
    if not _WHOLE.fullmatch(text):
        return ""
    first = date.fromisoformat(f"{text}-01-01"[:10]) - timedelta(days=1)
    return first.isoformat()[: len(text)]


def _one(text: str) -> str:
    """A single date, with ~ and ? behind it where the words say so, or ""."""
    rest = _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text
    sure = _PERHAPS.sub("", rest)
    about, perhaps = rest != text, sure != rest
    if vague := _VAGUE.match(sure):
        sure = sure[vague.end() :]
    found = _by_name(sure) or _of_parts(_parts(sure))
    if vague and _DAY_IN_EDTF.search(found):
        return ""
    return found and found + ("%" if about and perhaps else "~" if about else "?" if perhaps else "")


def _by_name(text: str) -> str:
    """Years before and of Christ, decades, centuries and parts of years."""
    if found := _BEFORE_CHRIST.fullmatch(text):
        year = int(found[1]) - 1
        return f"{'-' if year else ''}{year:04d}" if year >= 0 else ""
    if found := _AFTER_CHRIST.fullmatch(text):
        return f"{int(found[1] or found[2]):04d}"
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}X"
    if found := _CENTURY.fullmatch(text):
        return f"{int(found[1]) - 1:02d}XX"
    if found := _PART_OF_YEAR.fullmatch(text):
        return f"{found['year'] or found[3]}-{_PARTS_OF_YEAR[(found['part'] or found[4]).lower()]}"
    return ""


def _parts(text: str) -> dict[str, str]:
    """Which year, month and day *text* names, as numbers; {} where it is no date."""
    for form in _DAYS:
        if not (found := form.fullmatch(text)):
            continue
        parts = {name: part for name, part in found.groupdict().items() if part and name != "mark"}
        if "roman" in parts:
            month = parts.pop("roman").upper()
            parts["month"] = str(_ROMAN.index(month) + 1) if month in _ROMAN else "0"
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
    """ "30 May – 2 June 2018", "June 6–25, 1973", "1973–75", "4/5 June 2018"."""
    text = _FROM.sub("", _DECADES.sub(r"\1\2\3\1\4", text), count=1)
    for mark in _DAY_AND_NEXT.finditer(text):
        ends = _ends(text[: mark.start()], text[mark.end() :])
        if all(map(_DAY_IN_EDTF.fullmatch, ends)) and _the_one_before(ends[1]) == ends[0]:
            return "/".join(ends)
    for mark in (*_TO.finditer(text), *_HYPHEN.finditer(text)):
        ends = _ends(text[: mark.start()], text[mark.end() :])
        if all(ends):
            return "/".join(ends)
    return ""


def _ends(first: str, last: str) -> tuple[str, str]:
    """Two dates, of which the first is lent by the other what it leaves out."""
    if _HALF_OF_YEAR.fullmatch(last) and re.search(r"\d{4}$", first):
        last = first[-4:-2] + last
    if _BEFORE_CHRIST.fullmatch(last) and first.isdecimal():
        first += " BC"
    begin, end = _parts(first), _parts(last)
    if begin.keys() == {"month", "day"} and end.keys() == {"day", "year"}:
        end["month"] = begin["month"]
    if re.match(r"\d{4}", first) and end and end.keys() <= begin.keys() and ("day" in begin) == ("day" in end):
        end = begin | end  # who writes the year first says what changes after it
    for name in ("year", "month"):
        if name in end and name not in begin and ("day" in begin or "month" in begin):
            begin[name] = end[name]
    return _of_parts(begin) or _one(first), _of_parts(end) or _one(last)
