"""The dates of a table's cells, by the forms that its mapping names, as EDTF."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from events.importing.problems import Rejected
from events.importing.written_dates import EXAMPLES, LONGEST, read_written

WRITTEN = "written"  #: in words, or EDTF: as ``written_dates`` reads it
SERIAL = "serial"  #: days since the end of 1899, as spreadsheets count them and show a date that is no longer one
NAMED = (WRITTEN, SERIAL)
DAY_ZERO = date(1899, 12, 30)
A_SERIAL = re.compile("[1-9][0-9]{4}")  # from 1927 to 2173: what is shorter may be a year
OF_A_SPREADSHEET = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")  #: how ``spreadsheet.text_of`` writes a date
A_DAY = datetime(2018, 11, 23, tzinfo=UTC)  #: any whose parts are told apart
RUN_TOGETHER = re.compile("%[dmyYHMSj]%[dmyYHMSj]")  #: of a number that lost its zero, 1112018 may be two days
#: Forms with day and month, apart by one mark, and the year behind them.
YEAR_LAST = re.compile(r"%[dm](.)%[dm].{0,2}%[yY]")
#: Between two days in digits: a lone hyphen, too, unless it stands within them.
TO = re.compile(r" ?[–—] ?| - | to | bis ")
TO_OR_HYPHEN = re.compile(rf"{TO.pattern}|-")
TO_THE_DAY, TO_THE_MONTH = re.compile("%[djxc]|^(?:written|serial)$"), re.compile("%[mbB]")


def day_of(text: str, *forms: str) -> str:
    """*text*, written in one of *forms*, as EDTF that is as fine as the form.

    What a spreadsheet holds as a date is read under any form, and made as fine as the finest. Raises Rejected, also
    where two forms read two dates.
    """
    found = {form: day for form in forms if (day := _read(text, form, form))}
    if not found:
        finest = min(forms, key=_coarseness)
        found = {form: day for form in OF_A_SPREADSHEET if (day := _read(text, form, finest))}
    days = sorted(set(found.values()))
    if len(days) > 1:
        raise Rejected(f"The date {text!r} may be {' or '.join(days)}: write it so.")
    if not days:
        in_words = f": in words, write it as {EXAMPLES}" if WRITTEN in forms else ""
        raise Rejected(f"{text[:LONGEST]!r} is no date of the form {' or '.join(forms)}{in_words}.")
    return days[0]


def _read(text: str, form: str, fine: str) -> str:
    """*text* by one form, as fine as *fine*, or ""."""
    if form == WRITTEN:
        with suppress(Rejected):
            return read_written(text)
        return ""
    if form == SERIAL:
        return (DAY_ZERO + timedelta(days=int(text))).isoformat() if A_SERIAL.fullmatch(text) else ""
    moment = _moment(text, form)
    if not moment:
        return _from_to(text, form)
    if RUN_TOGETHER.search(form) and len(text) != len(moment.strftime(form)):
        return ""
    parts = f"{moment.year:04d}", f"{moment.month:02d}", f"{moment.day:02d}"
    return "-".join(parts[: 3 - _coarseness(fine)])


def _moment(text: str, form: str) -> datetime | None:
    """*text* by *form*. Raises Rejected where its year of two digits may be one of two."""
    try:
        moment = datetime.strptime(text, form)
    except ValueError:
        return None
    if "%y" in form and moment.year > date.today().year + 1:
        raise Rejected(f"The year of {text!r} may be {moment.year - 100} or {moment.year}: write all four digits.")
    return moment


def _from_to(text: str, form: str) -> str:
    """ "30.12.2018–2.1.2019", "15.–17.06.2018", "6/20-6/22/2018" by a form of one day: the first is lent by the last
    what it leaves out; "" of anything else.
    """
    if not (found := YEAR_LAST.fullmatch(form)):
        return ""
    mark, day_and_month = found[1], form[:5]
    for between in (TO if mark == "-" else TO_OR_HYPHEN).finditer(text):
        first, last = text[: between.start()], _moment(text[between.end() :], form)
        if not last:
            continue
        short = first.removesuffix(mark)
        begin = _moment(first, form) or _moment(f"{short} {last:%Y}", f"{day_and_month} %Y")
        if not begin and form.startswith("%d"):
            begin = _moment(f"{short} {last:%m %Y}", "%d %m %Y")
        if begin and begin < last:
            return f"{begin.date()}/{last.date()}"
    return ""


def _coarseness(form: str) -> int:
    """0 for a form of days, 1 of months, 2 of years."""
    return 0 if TO_THE_DAY.search(form) else 1 if TO_THE_MONTH.search(form) else 2


def reads_a_date(form: str) -> bool:
    """Whether a day comes back by *form* as it was written: without a year in it, all dates would be of 1900."""
    if form in NAMED:
        return True
    try:
        day = day_of(A_DAY.strftime(form), form)
    except (Rejected, TypeError, ValueError, re.error):
        return False
    return A_DAY.date().isoformat().startswith(day)
