"""What are dates in a table, by which forms they can be read, and what about them is to be asked."""

import re
from collections.abc import Iterator

from events.edtf import EDTFDate, InvalidEDTF
from events.importing.dates import OF_A_SPREADSHEET, SERIAL, WRITTEN, day_of
from events.importing.problems import Rejected

NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?%?")
#: Forms of dates in digits, the commonest first; what stands in words is ``written``.
FORMATS = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S",
    "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%b-%y", "%b-%y", "%m/%Y", "%m.%Y", "%Y-%m-%d",
    *(f"{day} {time}" for day in ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y") for time in ("%H:%M:%S", "%H:%M")),
    "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p",
)  # fmt: skip
#: What stands for the end of what has none.
OPEN = ("present", "today", "now", "ongoing", "incumbent", "current", "to date", "heute", "aujourd hui", "en cours",
        "actualidad", "настоящее время", "至今")  # fmt: skip
#: What may be of one of FORMATS: to try each takes a millisecond, as long as strptime keeps but five of them.
IN_DIGITS = re.compile(r"[0-9][0-9 ./:T-]{2,18}(?: [AP]M)?|(?:[0-9]{1,2}-)?[^\W\d]{3,4}-[0-9]{2}", re.IGNORECASE)


def forms_of(dates: set[str], *, is_interval: bool) -> tuple[list[str], list[str]]:
    """The forms of *dates*, none where all are EDTF, and what is doubtful about them in words.

    One form for all goes before several; of two that read one date in two ways, the one that reads more is taken.
    """
    by_any = {date for date in dates if any(reads(date, form) for form in OF_A_SPREADSHEET)}
    fitting = {form: {date for date in dates - by_any if reads(date, form)} for form in ("", *FORMATS, WRITTEN, SERIAL)}
    forms = _chosen(dates - by_any, fitting)
    doubts = list(_doubts(dates - by_any, fitting, forms))
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
    while left:
        form = max((*FORMATS, SERIAL), key=lambda form: len(fitting[form] & left))
        if not fitting[form] & left or any(_differ(fitting, form, other) for other in forms):
            break
        forms.append(form)
        left -= fitting[form]
    return forms


def _differ(fitting: dict[str, set[str]], form: str, other: str) -> bool:
    """Whether there are dates that the two read as two."""
    both = fitting[form] & fitting[other]
    return any(day_of(date, form) != day_of(date, other) for date in both)


def _doubts(dates: set[str], fitting: dict[str, set[str]], forms: list[str]) -> Iterator[str]:
    """What is to be asked about *dates* where *forms* are taken to be theirs."""
    left = dates.difference(*(fitting[form] for form in forms or [""]))
    for other in FORMATS:
        rival = next((form for form in forms if form != other and _differ(fitting, form, other)), None)
        if fitting[other] & left:
            yield f"{min(fitting[other] & left)} is no such date, but one of the format '{other}'"
            left -= fitting[other]
        elif rival and fitting[other] >= fitting[rival]:
            yield f"{min(fitting[other])} may be of the format '{other}', too: say which it is"
    if left:
        yield f"{min(left)} is of no format that was tried: mend it, or say which it is"
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


def days_between(start: str, end: str) -> int:
    """From the earliest that the first may begin to the latest that the second may; -1 where either is no date."""
    for form in ("", *OF_A_SPREADSHEET, *FORMATS, WRITTEN):
        if reads(start, form) and reads(end, form):
            first, last = (EDTFDate.parse(day_of(date, form) if form else date) for date in (start, end))
            return (last.latest_start - first.earliest_start) // 86_400
    return -1


def reads(date: str, form: str) -> bool:
    """Whether *date* is of *form*, "" for EDTF."""
    try:
        EDTFDate.parse(day_of(date, form) if form else date)
    except (InvalidEDTF, Rejected):
        return False
    return True
