"""What are dates in a table, by which forms they can be read, and what about them is to be asked."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from events.edtf import EDTFDate, InvalidEDTF
from events.importing.dates import OF_A_SPREADSHEET, SERIAL, WRITTEN, day_of
from events.importing.problems import Rejected
from events.importing.written_dates import is_open_end

NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?%?")
#: Forms of dates in digits, the commonest first; what stands in words is ``written``.
FORMATS = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S",
    "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%b-%y", "%b-%y", "%m/%Y", "%m.%Y", "%Y-%m-%d",
    *(f"{day} {time}" for day in ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y") for time in ("%H:%M:%S", "%H:%M")),
    "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p",
)  # fmt: skip
#: Forms of dates that have no year, once one is put behind them: “03.01.”, “3/1”.
WITH_A_YEAR = ("%d.%m. %Y", "%d.%m %Y", "%d/%m %Y", "%m/%d %Y")
ORDERS = ("%d", "%m", "")  #: what a form begins with: the day, the month or else
DIGITS = (*FORMATS, *WITH_A_YEAR)
#: How Wikidata and others write a day.
A_MIDNIGHT, MIDNIGHT = "%Y-%m-%dT%H:%M:%SZ", re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")
MOST_SHOWN = 3  #: dates, of those that cannot be read
A_YEAR = re.compile(r"[0-9]{4}")
#: Years that a table of the like hardly tells of: they may be of another calendar.
FIRST_LIKELY_YEAR, MOST_AHEAD = 1500, 100
#: What may be of one of FORMATS: to try each takes a millisecond, as long as strptime keeps but five of them.
IN_DIGITS = re.compile(r"[0-9][0-9 ./:T–—-]{2,24}(?: [AP]M)?|(?:[0-9]{1,2}-)?[^\W\d]{3,4}-[0-9]{2}", re.IGNORECASE)


def forms_of(dates: set[str], *, is_interval: bool) -> tuple[list[str], list[str]]:
    """The forms of *dates*, none where all are EDTF, and what is doubtful about them in words.

    One form for all goes before several; of two that read one date in two ways, the one that reads more is taken.
    """
    if dates and all(map(MIDNIGHT.fullmatch, dates)):
        return [A_MIDNIGHT], [*_years_perhaps(dates)]
    by_any = {date for date in dates if any(reads(date, form) for form in OF_A_SPREADSHEET)}
    fitting = {form: {date for date in dates - by_any if reads(date, form)} for form in ("", *DIGITS, WRITTEN, SERIAL)}
    forms = _chosen(dates - by_any, fitting)
    doubts = [*_doubts(dates - by_any, fitting, forms), *_far_off(dates, forms)]
    if not forms and is_interval and any("T" in date for date in by_any):
        forms = [OF_A_SPREADSHEET[0]]  # an interval has no times
    return forms, doubts


def _chosen(dates: set[str], fitting: dict[str, set[str]]) -> list[str]:
    if fitting[""] >= dates:
        return []
    for form in (*FORMATS, WRITTEN):
        if fitting[form] >= dates:
            return [max(FORMATS, key=lambda other: len(fitting[other]))] if form in FORMATS else [form]
    forms = [WRITTEN] if fitting[WRITTEN] else []
    left = dates - fitting[WRITTEN]
    # Who writes 1/20/17 means the eighth of February by 2/8/2017.
    in_order = {order: {date for form in DIGITS if _order(form) == order for date in fitting[form]} for order in ORDERS}
    while left:
        form = max((*DIGITS, SERIAL), key=lambda form: (len(fitting[form] & left), len(in_order[_order(form)])))
        if not fitting[form] & left or any(_differ(fitting, form, other) for other in forms):
            break
        forms.append(form)
        left -= fitting[form]
    return forms


def _years_perhaps(dates: Iterable[str]) -> Iterator[str]:
    if first := min((date for date in dates if "-01T" in date), default=""):
        yield f"{first} is read as {first[:10]}: where only the year or the month is known, Wikidata writes it so, too"


def _order(form: str) -> str:
    """Which of ORDERS it is in."""
    return next(order for order in ORDERS if form.startswith(order))


def _differ(fitting: dict[str, set[str]], form: str, other: str) -> bool:
    """Whether there are dates that the two read as two."""
    both = fitting[form] & fitting[other]
    return any(day_of(date, form) != day_of(date, other) for date in both)


def _are_rivals(fitting: dict[str, set[str]], form: str, other: str) -> bool:
    """Whether the two may read dates as two: by those that are there, or because day and month change places."""
    turned = form.translate({ord("d"): "m", ord("m"): "d"})
    return other == turned or _differ(fitting, form, other)


def _some(dates: Collection[str]) -> str:
    """The first of *dates*, and how many more there are, in words."""
    shown = ", ".join([*dates][:MOST_SHOWN])
    return shown + (f" and {len(dates) - MOST_SHOWN} more" if len(dates) > MOST_SHOWN else "")


def _far_off(dates: Collection[str], forms: list[str]) -> Iterator[str]:
    """What is to be asked about years that are those of another calendar, perhaps."""
    years = {}
    for each in dates:
        form = next((form for form in (forms or [""]) if reads(each, form)), None)
        found = form is not None and A_YEAR.match(day_of(each, form) if form else each)
        if found and not FIRST_LIKELY_YEAR <= int(found[0]) <= date.today().year + MOST_AHEAD:
            years[each] = int(found[0])
    if years:
        first = min(years)
        yield (
            f"{first} is read as of the year {years[first]} of the common calendar: where it is of another, such as "
            "the Islamic, the Persian or the Buddhist one, write the dates in the common one"
        )


def _doubts(dates: set[str], fitting: dict[str, set[str]], forms: list[str]) -> Iterator[str]:
    """What is to be asked about *dates* where *forms* are taken to be theirs."""
    left = dates.difference(*(fitting[form] for form in forms or [""]))
    for other in DIGITS:
        rival = next((form for form in forms if form != other and _are_rivals(fitting, form, other)), None)
        if fitting[other] & left:
            yield f"{min(fitting[other] & left)} is no such date, but one of the format '{other}'"
            left -= fitting[other]
        elif rival and fitting[other] >= fitting[rival]:
            yield f"{min(fitting[other])} may be of the format '{other}', too: say which it is"
    if left:
        more = f", nor {'is' if len(left) == 2 else 'are'} {_some(sorted(left)[1:])}" if len(left) > 1 else ""
        yield f"{min(left)} is of no format that was tried{more}: mend it, or say which it is"
    if SERIAL in forms:
        number = min(fitting[SERIAL])
        yield f"{number} is read as {day_of(number, SERIAL)}, as a spreadsheet counts days: see whether it is right"


def looks_like_date(cell: str) -> bool:
    """Whether *cell* can hardly be anything but a date."""
    if NUMBER.fullmatch(cell) or not any(map(str.isdigit, cell)):
        return False
    forms = (*FORMATS, *OF_A_SPREADSHEET) if IN_DIGITS.fullmatch(cell) else ()
    return any(reads(cell, form) for form in (WRITTEN, *forms))


def reads_as_date(cell: str) -> bool:
    """Whether *cell* may be a date where the column is called so: a year, and a number of days, too."""
    return looks_like_date(cell) or reads(cell, WRITTEN) or reads(cell, "%Y%m%d") or reads(cell, SERIAL)


def may_be_date(cell: str) -> bool:
    """Whether *cell* is a date, perhaps without its year, or stands for the end of what has none."""
    return reads_as_date(cell) or is_open_end(cell) or is_yearless(cell)


def is_yearless(cell: str) -> bool:
    """Whether *cell* is a date but for its year: “03.01.”, “4–5 June”."""
    if not any(map(str.isdigit, cell)) or A_YEAR.search(cell) or NUMBER.fullmatch(cell) and "." not in cell:
        return False
    return any(reads(f"{cell} 2000", form) for form in (WRITTEN, *WITH_A_YEAR))


def days_between(start: str, end: str) -> int:
    """From the earliest that the first may begin to the latest that the second may; -1 where either is no date, or has
    two ends of its own.
    """
    for form in ("", *OF_A_SPREADSHEET, *FORMATS, WRITTEN):
        if reads(start, form) and reads(end, form):
            first, last = (EDTFDate.parse(day_of(date, form) if form else date) for date in (start, end))
            if "/" in first.edtf + last.edtf:
                return -1
            return (last.latest_start - first.earliest_start) // 86_400
    return -1


def reads(date: str, form: str) -> bool:
    """Whether *date* is of *form*, "" for EDTF."""
    try:
        EDTFDate.parse(day_of(date, form) if form else date)
    except (InvalidEDTF, Rejected):
        return False
    return True
