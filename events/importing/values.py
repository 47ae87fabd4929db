"""How a value of an event is made of the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from events.importing.calendar_names import month_of
from events.importing.correlates_of_war import state_named
from events.importing.dates import day_of
from events.importing.problems import Rejected
from events.importing.spellings import WITH_COUNTRY, folded
from events.vocabulary.cameo import UnknownCameoCode, kind_for

CELL = re.compile(r"\{([^{}]+)\}")
Cells = Mapping[str, str]
#: Behind a word, as what was copied from an encyclopedia has them: “Kim Jong Un[3]”, “12 June 2018[a]”.
FOOTNOTE = re.compile(r"(?<=\S)(?:\[(?:[0-9]{1,3}|[a-z]|(?:note|nb|n) ?[0-9]{1,2})\])+(?=[\s,;/|)]|\Z)")


@dataclass(frozen=True, slots=True)
class Value:
    """How one value is made of a row's cells.

    ``values`` and ``begins`` put one text for another, by the whole of it or by its beginning, whatever its case;
    ``otherwise`` stands for what neither has. ``format`` are forms of dates, as ``dates.day_of`` takes them. ``split``
    are the marks between several values in one cell; what ``values`` has is never parted.
    """

    text: str
    values: tuple[tuple[str, str], ...] = ()
    begins: tuple[tuple[str, str], ...] = ()
    otherwise: str | None = None
    split: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    cameo: bool = False
    cow: bool = False
    if_known: bool = False

    @property
    def columns(self) -> list[str]:
        return CELL.findall(self.text)

    @property
    def parts(self) -> tuple[Value, ...]:
        """The values that it is made of: itself."""
        return (self,)

    def of(self, cells: Cells) -> str:
        """The value in one row; "" where each of its cells is blank. Raises Rejected."""
        filled = self.filled(cells)
        return self._translated(filled) if filled else ""

    def each_of(self, cells: Cells) -> list[str]:
        """The values in one row, where several stand in one cell; "" for a blank one between them or before."""
        filled = self.filled(cells)
        parts = parted(filled, self.split, tuple(word for word, _ in self.values))
        while parts and not parts[-1]:
            parts.pop()
        return [part and self._translated(part) for part in parts]

    def with_country(self, text: str) -> str:
        """*text* with what ``values`` has for the person and the country in it: “Lavrov (Russland)”."""
        meant = {folded(word): meant for word, meant in self.values}
        for found in filter(None, (form.fullmatch(text) for form in WITH_COUNTRY if meant)):
            who, country = (meant.get(folded(part), part) for part in found.groups())
            return f"{who} ({country})" if found.re is WITH_COUNTRY[0] else f"{who}, {country}"
        return text

    def filled(self, cells: Cells) -> str:
        names = self.columns
        if names and not any(cells[name] for name in names):
            return ""
        return CELL.sub(lambda found: cells[found[1]], self.text).strip()

    def _translated(self, text: str) -> str:
        if self.cameo:
            try:
                return kind_for(text)
            except UnknownCameoCode as problem:
                raise Rejected(str(problem)) from None
        plain = folded(text) or text
        alike = [(word, meant) for word, meant in self.values if plain == (folded(word) or word)]
        for word, meant in alike:
            if word == text or len(alike) == 1:
                return meant
        if alike:
            raise Rejected(f"{text!r} may be {' or '.join(repr(word) for word, _ in alike)} of the mapping's values.")
        for word, meant in self.begins:
            if f"{text} ".startswith(f"{word} ") or (folded(word) and f"{plain} ".startswith(f"{folded(word)} ")):
                return meant
        if self.cow:
            return state_named(text)
        if self.otherwise is not None:
            return self.otherwise
        return day_of(text, *self.format) if self.format else text


NOTHING = Value("")
DAY = re.compile("[0-9]{1,2}")
UNLESS_NOTHING = " Where it stands for nothing, the mapping names it under missing."


def without_footnotes(cells: Cells) -> Cells:
    """*cells* without the marks of footnotes, which belong to no name and no date."""
    return {name: FOOTNOTE.sub("", cell) if "[" in cell else cell for name, cell in cells.items()}


@dataclass(frozen=True, slots=True)
class DateInParts:
    """A date whose year, month and day stand in cells of their own: as fine as what of these is not blank."""

    year: Value
    month: Value
    day: Value

    @property
    def parts(self) -> tuple[Value, ...]:
        return self.year, self.month, self.day

    def of(self, cells: Cells) -> str:
        """The date in one row as EDTF, "" where its cells are blank. Raises Rejected."""
        year, month, day = (part.of(cells) for part in self.parts)
        if (day and not month) or (month and not year):
            missing = "month" if year else "year"
            raise Rejected(f"The date has the year {year!r}, the month {month!r} and the day {day!r}: no {missing}.")
        if month and not (number := month_of(month)):
            raise Rejected(f"The month is {month!r}; it is 1 to 12, or a name.{UNLESS_NOTHING}")
        if day and not DAY.fullmatch(day):
            raise Rejected(f"The day is {day!r}; it is 1 to 31.{UNLESS_NOTHING}")
        return year + (f"-{number:02d}" if month else "") + (f"-{day:0>2}" if day else "")


def parted(text: str, marks: tuple[str, ...], whole: tuple[str, ...] = ()) -> list[str]:
    """The parts of *text* between *marks*, but for the words that stay *whole*: Trinidad and Tobago is one."""
    parts, start = [], 0
    for found in marks_in(text, marks, whole):
        parts.append(text[start : found.start()].strip())
        start = found.end()
    return [*parts, text[start:].strip()]


def marks_in(text: str, marks: tuple[str, ...], whole: tuple[str, ...] = ()) -> Iterator[re.Match[str]]:
    """Where *marks* stand in *text*, but for those within words that stay *whole*."""
    if not marks:
        return iter(())
    return (found for found in _parting(marks, whole).finditer(text) if found["mark"])


@lru_cache
def _parting(marks: tuple[str, ...], whole: tuple[str, ...]) -> re.Pattern[str]:
    """Finds words that stay whole, and marks; the longest first, for “, and ” is one."""
    kept = [re.escape(word) for word in sorted(whole, key=len, reverse=True) if any(mark in word for mark in marks)]
    between = [re.escape(mark) for mark in sorted(marks, key=len, reverse=True)]
    names = [rf"(?<!\w){word}(?!\w)" for word in kept]
    return re.compile("|".join([*names, f"(?P<mark>{'|'.join(between)})"]), re.IGNORECASE)
