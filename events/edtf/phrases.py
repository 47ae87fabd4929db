"""One written date in English words, as it stands within a sentence."""

from .bounds import SEASONS, numbers
from .calendar import month_length
from .grammar import YEAR, Written

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASON_NAMES = {
    first + i: place + name
    for first, place in ((21, ""), (25, "northern "), (29, "southern "))
    for i, name in enumerate(("spring", "summer", "autumn", "winter"))
}
_FRACTION_NAMES = {
    33: "the first quarter", 34: "the second quarter", 35: "the third quarter", 36: "the fourth quarter",
    37: "the first four months", 38: "the second four months", 39: "the last four months",
    40: "the first half", 41: "the second half",
}  # fmt: skip
_QUALIFIERS = {"?": "perhaps", "~": "about", "%": "perhaps about"}
_DOUBTS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
_SPANS = {1: "decade", 2: "century", 3: "millennium"}


def names_a_day(date: Written) -> bool:
    """Whether it says which day: all digits of it known."""
    return bool(date.day) and "X" not in date.year + date.month + date.day


def year_words(year: int) -> str:
    """ "1966", "44 BCE" for -43, "44 CE" for 44, whose bare number could be anything."""
    if year <= 0:
        return f"{1 - year} BCE"
    return f"{year} CE" if year < 1000 else str(year)


def phrase(date: Written) -> str:
    """ "the 1960s", "about 30 May 2018", "11 June 2004 (year and month approximate)"."""
    words = _unqualified(date)
    if not date.marks:
        return words
    part, symbol, alone = date.marks[0]
    if len(date.marks) == 1 and part == date.finest and (not alone or part == YEAR):
        return f"{_QUALIFIERS[symbol]} {words}"
    return f"{words} ({', '.join(_doubt(date, *mark) for mark in date.marks)})"


def _doubt(date: Written, part: int, symbol: str, alone: bool) -> str:
    parts = ("year", "season" if date.season else "month", "day")
    doubted = parts[part : part + 1] if alone else parts[: part + 1]
    return f"{' and '.join(doubted) if len(doubted) < 3 else 'whole date'} {_DOUBTS[symbol]}"


def _unqualified(date: Written) -> str:
    if date.season:
        return _season(date)
    if not date.month:
        return _year(date.year)
    if date.time is not None:
        return f"{_days(date)}, {_time(date)}"
    if date.month == "XX":
        return _unknown_month(date)
    if date.day == "XX":
        return f"{_months(date)}, day unknown"
    return _days(date) if date.day else _months(date)


def _year(pattern: str) -> str:
    if "X" not in pattern:
        return year_words(int(pattern))
    known = pattern.rstrip("X")
    if "X" in known:
        return f"the year {pattern} (X: an unknown digit)"
    low, high = int(pattern.replace("X", "0")), int(pattern.replace("X", "9"))
    if low <= 0:
        # -01XX counts back from -0100 to -0199, and there is no -0000.
        low, high = (high, min(low, -1)) if pattern[0] == "-" else (low, high)
        return f"a year from {year_words(low)} to {year_words(high)}"
    unknown = len(pattern) - len(known)
    span = f" ({_SPANS[unknown]})" if unknown > 1 or known.endswith("0") else ""
    return f"the {low}s{' CE' if low < 1000 else ''}{span}"


def _of_year(pattern: str) -> str:
    """What follows a month: " 1973", or " of a year in the 1960s"."""
    year = _year(pattern)
    if "X" not in pattern:
        return f" {year}"
    return f" of a year in {year}" if year.endswith(("s", "s CE", ")")) and "unknown" not in year else f" of {year}"


def _season(date: Written) -> str:
    start, length = SEASONS[date.season]
    if "X" in date.year:
        name = _FRACTION_NAMES.get(date.season) or _SEASON_NAMES[date.season]
        return name + _of_year(date.year)
    year = int(date.year)
    if date.season in _FRACTION_NAMES:
        return f"{_FRACTION_NAMES[date.season]} of {year_words(year)}"
    ends_next_year = start + length > 13
    return f"{_SEASON_NAMES[date.season]} {year_words(year)}" + (f"–{year_words(year + 1)}" if ends_next_year else "")


def _unknown_month(date: Written) -> str:
    if date.day.isdigit():
        year = _of_year(date.year) if "X" in date.year else f" of {_year(date.year)}"
        return f"day {int(date.day)} of an unknown month{year}"
    if "X" in date.day and date.day != "XX":
        return f"{date.year}-{date.month}-{date.day} (X: an unknown digit)"
    return f"{_year(date.year)}, month {'and day ' if date.day else ''}unknown"


def _months(date: Written) -> str:
    months = numbers(date.month, 12)
    return _one_of([MONTHS[month - 1] for month in months], adjoining="X" in date.month[1:]) + _of_year(date.year)


def _days(date: Written) -> str:
    if "X" in date.month:
        return f"{date.year}-{date.month}-{date.day} (X: an unknown digit)"
    year = 2000 if "X" in date.year else int(date.year)
    days = [str(day) for day in numbers(date.day, month_length(year, int(date.month)))]
    return f"{_one_of(days, adjoining='X' in date.day[1:])} {MONTHS[int(date.month) - 1]}{_of_year(date.year)}"


def _one_of(names: list[str], *, adjoining: bool) -> str:
    if len(names) == 1:
        return names[0]
    if adjoining:
        return f"one of {names[0]} to {names[-1]}"
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _time(date: Written) -> str:
    hour, minute, second = date.time
    clock = f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")
    if date.utc_offset is None:
        return clock
    if not date.utc_offset:
        return f"{clock} (UTC)"
    hours, minutes = divmod(abs(date.utc_offset) // 60, 60)
    return f"{clock} (UTC{'-' if date.utc_offset < 0 else '+'}{hours:02d}:{minutes:02d})"
