"""Dates in English words: neither more nor less than the date says."""

from functools import lru_cache

from . import grammar
from .calendar import DAY as SECONDS_A_DAY
from .calendar import civil_from_days
from .grammar import Choice, Interval, Range, Written
from .phrases import MONTHS, names_a_day, phrase, year_words
from .value import OPEN_END, OPEN_START, EDTFDate


@lru_cache(maxsize=8_192)
def label(date: EDTFDate) -> str:
    """A few words: "October 1973", "about 1966", "1966 to 1969", "since 2011", "on or after 3 June 2018"."""
    tree = _tree(date)
    if isinstance(tree, Written):
        return phrase(tree).removeprefix("the ")
    return _interval(tree) if isinstance(tree, Interval) else _choice(tree)


@lru_cache(maxsize=8_192)
def day_label(date: EDTFDate) -> str:
    """The same without a time of day."""
    return label(EDTFDate.parse(date.edtf.split("T")[0]) if date.precision == "time" else date)


def meaning(date: EDTFDate) -> str:
    """A phrase that tells an editor what the text says, and between which days it is found where that is not plain.

    "began in June 2018 and is still going on", "on 3 June 2018 or some later day".
    """
    tree = _tree(date)
    match tree:
        case Interval():
            said = _interval_meaning(tree)
        case Choice(members=(Range(first=first, last=last),), every=False):
            said = _range_meaning(first, last)
        case Choice(every=True):
            said = f"{_choice(tree)}: all of them are meant"
        case Choice():
            said = f"{_choice(tree)}: one of them, it is not known which"
        case Written(time=None):
            said = _date_meaning(tree)
        case _:
            said = f"on {label(date)}" + ("" if tree.utc_offset is not None else ", in the time of the place")
    return f"{said}; found as {_span(date)}" if _hides_its_span(date, tree) else said


def _tree(date: EDTFDate) -> grammar.Tree:
    tree = grammar.read(date.edtf)
    return tree.members[0] if isinstance(tree, Choice) and _is_single(tree) else tree


def _is_single(choice: Choice) -> bool:
    """A set of one date, which means that date."""
    return len(choice.members) == 1 and isinstance(choice.members[0], Written)


def _date_meaning(date: Written) -> str:
    if "X" in date.month + date.day:
        return phrase(date)
    return when(date) if date.day or date.marks else f"some time {when(date)}"


def when(date: Written) -> str:
    """ "on 3 June 2018", "in June 2018", "about June 2018"."""
    words = phrase(date)
    if date.marks and words.startswith(("about", "perhaps")):
        return words
    return f"{'on' if names_a_day(date) else 'in'} {words}"


def _hides_its_span(date: EDTFDate, tree: grammar.Tree) -> bool:
    return date.qualified or "X" in date.edtf or isinstance(tree, Written) and bool(tree.season)


def _span(date: EDTFDate) -> str:
    first, last = date.earliest_start, date.latest_end
    if first <= OPEN_START:
        return f"any day up to {_day(last)}" if last < OPEN_END else "any day"
    return f"{_day(first)} or any later day" if last >= OPEN_END else f"{_day(first)} to {_day(last)}"


def _day(seconds: int) -> str:
    year, month, day = civil_from_days(seconds // SECONDS_A_DAY)
    return f"{day} {MONTHS[month - 1]} {year_words(year)}"


def _interval(interval: Interval) -> str:
    start, end = interval.start and phrase(interval.start), interval.end and phrase(interval.end)
    if start and end:
        return f"{start} to {end}".removeprefix("the ")
    if start:
        return f"since {start}" if interval.open_end else f"from {start}, end unknown"
    return f"until {end}" if interval.open_start else f"until {end}, start unknown"


def _interval_meaning(interval: Interval) -> str:
    if interval.start and interval.end:
        return f"began {when(interval.start)} and ended {when(interval.end)}"
    if interval.start:
        after = "is still going on" if interval.open_end else "has ended or not: its end is not known"
        return f"began {when(interval.start)} and {after}"
    return f"ended {when(interval.end)}, {'with no given start' if interval.open_start else 'its start is not known'}"


def _choice(choice: Choice) -> str:
    match choice.members:
        case (Range(first=first, last=last),) if not choice.every:
            if first and last:
                return f"between {phrase(first)} and {phrase(last)}"
            known = first or last
            return f"{'on' if names_a_day(known) else 'in'} or {'after' if first else 'before'} {phrase(known)}"
    *others, last_member = (_member(member, every=choice.every) for member in choice.members)
    together = " and " if choice.every else " or "
    return ("each of " if choice.every else "") + (", ".join(others) + together if others else "") + last_member


def _member(member: Written | Range, *, every: bool) -> str:
    if isinstance(member, Written):
        return phrase(member)
    if member.first and member.last:
        first, last = phrase(member.first), phrase(member.last)
        return f"{first} to {last}" if every else f"between {first} and {last}"
    if every:
        return f"{phrase(member.first)} and later" if member.first else f"{phrase(member.last)} and earlier"
    return f"{phrase(member.first)} or later" if member.first else f"{phrase(member.last)} or earlier"


def _range_meaning(first: Written | None, last: Written | None) -> str:
    if first and last:
        return f"at one time between {phrase(first)} and {phrase(last)}, it is not known when"
    known, side = (first, "later") if first else (last, "earlier")
    unit = "day" if names_a_day(known) else "time"
    return f"{when(known)} or some {side} {unit}"
