"""What the columns of a table are, by their names and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from events.folding import fold
from events.importing.calendar_names import month_of
from events.importing.foreign_names import NamesInAnyLanguage
from events.importing.guessed_dates import (
    NUMBER,
    days_between,
    is_yearless,
    looks_like_date,
    may_be_date,
    reads_as_date,
)
from events.importing.guessed_parties import Naming, Party
from events.importing.guessed_stances import tell_stances
from events.importing.heading_words import (
    COLUMNS,
    COUNTRIES,
    DATE_IN_PARTS,
    ENTERED,
    OTHER_DATES,
    PEOPLE,
    PICTURES,
)
from events.importing.party_columns import PartyColumns
from events.importing.sample import URL, Sample
from events.importing.values import Cells
from events.importing.written_dates import is_open_end

DATES = ("start", "end", "date")
DATE = re.compile(r"\b(?:start|end|date)\b")  #: by what it is found under
YEAR = re.compile(r"[12][0-9]{3}")
LONGEST_SPAN = 366  # days, of two dates of which nothing says that they are the two ends of one event
COUNTS = ("number", "num", "numero", "nummer")  #: what may be an id, or how many of something there were
TIMELINE_JS = frozenset({"title", "era"})  #: what its tables call the rows that are no events
VOTES = {"yes", "yea", "for", "in favour", "abstain", "abstentions"}  #: beside these, “No” counts votes
NAMES = {"name", "full name", "last name", "surname"}


@dataclass(slots=True)
class Columns:
    """Which column is what, by the keys of COLUMNS, and which ones name parties."""

    found: dict[str, str] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)
    other_dates: list[str] = field(default_factory=list)  #: columns of dates that are not the event's
    year_beside: str = ""  #: the column with the year that the dates of another may lack
    are_ends_perhaps: bool = False  #: whether nothing but their dates says that start and end are two of one event

    @property
    def dates(self) -> list[str]:
        return [name for what, name in self.found.items() if DATE.search(what)]

    def is_dated(self, row: Cells) -> bool:
        """Whether *row* has a date, if rows have any."""
        return not self.dates or any(row[name] for name in self.dates)

    @property
    def used(self) -> set[str]:
        parties = {name for party in self.parties for name in (party.column, party.leader)}
        return {*self.found.values(), self.year_beside} | parties


class Recognizer:
    """Tells the columns of a table by its first *rows*, and by the *names* of the record."""

    def __init__(self, columns: Iterable[str], rows: Sequence[Cells], names: NamesInAnyLanguage) -> None:
        self.names, self.naming = names, Naming(names)
        self.sample = Sample.of(columns, rows)
        self.words = self.sample.words
        self.columns = Columns()
        self.found = self.columns.found
        self.free = list(self.words)

    def recognize(self) -> Columns:
        self._take("kind", lambda name: self.sample.mostly(name, self.names.kind_if_known, 0.3))
        # A purpose that tells the kinds may tell more than these.
        self.free += [name for name in self.found.values() if COLUMNS["summary"].match(self.words[name])]
        for end in DATE_IN_PARTS:
            self._take_date_in_parts(end)
        for what, pattern in COLUMNS.items():
            self._take(what, lambda name, pattern=pattern: pattern.match(self.words[name]) is not None)
        self._take("stance", lambda name: tell_stances(self.sample.cells[name]))
        self._take("url", lambda name: self.sample.mostly(name, URL.match) and not COUNTRIES.search(self.words[name]))
        self._take_dates()
        if {"start", "start year"} & self.found.keys():  # of dates beside a beginning it is to be asked what they are
            self.free += [self.found.pop(what) for what in [*self.found] if what.startswith("date")]
        # What has no date, such as totals and notes, tells of no party.
        self.sample = Sample.of(self.words, list(filter(self.columns.is_dated, self.sample.rows)))
        parties = PartyColumns(self.sample, self.names, self.free)
        self.columns.parties, self.free = parties.take(), parties.free
        self.columns.other_dates = [name for name in self.free if self._are_dates(name)]
        return self.columns

    def _take(self, what: str, is_it: Callable[[str], bool]) -> None:
        if what in self.found:
            return
        for name in self.free:
            if is_it(name) and self._may_be(what, name):
                self.found[what] = name
                self.free.remove(name)
                return

    def _may_be(self, what: str, name: str) -> bool:
        """Whether neither what stands in the column *name* nor the other columns speak against its being *what*."""
        return not self.sample.cells[name] or (self._holds(what, name) and self._stands_beside(what, name))

    def _holds(self, what: str, name: str) -> bool:
        if what in DATES:
            return self.sample.mostly(name, may_be_date) and not self._is_year_beside(name)
        if what in ("latitude", "longitude"):
            return self.sample.mostly(name, NUMBER.match)
        if what == "url":
            return self.sample.mostly(name, URL.match) and not PICTURES.match(self.words[name])
        if what == "kind" and TIMELINE_JS.issuperset(self.sample.cells[name]):
            return False
        if what == "id" and self.words[name] in COUNTS:
            return self._goes_up(name)
        if what == "title" and self.sample.mostly(name, URL.match):
            return False
        if what == "place" and "place country" not in self.found:  # Singapore and Kuwait are cities, too
            return not self.sample.mostly(name, self.naming.is_country, 0.9)
        return what not in ("title", "locator") or not self.sample.mostly(name, self.naming.is_country)

    def _stands_beside(self, what: str, name: str) -> bool:
        match what, self.words[name]:
            case ("start" | "end" | "date"), words if ENTERED.match(words) and any(map(self._tells_when, self.free)):
                return False
            case ("start" | "end" | "date"), _:
                return not {"date year", "start year"} & self.found.keys()
            case "id", "no":
                return not VOTES & {self.words[other] for other, cells in self.sample.cells.items() if cells}
            case "title", "title" if NAMES & {*self.words.values()}:  # of whom is named there
                return not self.sample.mostly(name, lambda cell: PEOPLE.search(fold(cell)))
            case "title", "subject":
                return "description" in self.words.values()
            case "place country", "country":
                return "latitude" in self.found and self._countries_beside(name) > 1
        return True

    def _tells_when(self, name: str) -> bool:
        """Whether the column tells when it happened, and not when that was noted."""
        is_called = any(COLUMNS[what].match(self.words[name]) for what in DATES)
        is_date = self._are_dates(name) or (is_called and self.sample.mostly(name, may_be_date))
        return is_date and not ENTERED.match(self.words[name])

    def _is_year_beside(self, name: str) -> bool:
        """Whether nothing but years stands in the column *name*, and another one has dates that are finer."""
        if not all(map(YEAR.fullmatch, self.sample.cells[name])):
            return False
        for other in self.free:
            is_called = other != name and any(COLUMNS[what].match(self.words[other]) for what in DATES)
            if is_called and self.sample.mostly(other, lambda cell: looks_like_date(cell) or is_yearless(cell)):
                self.columns.year_beside = name
                return True
        return False

    def _countries_beside(self, name: str) -> int:
        """How many other columns name countries: those of two sides are not where it took place."""
        return sum(self.sample.mostly(other, self.naming.is_country) for other in self.free if other != name)

    def _goes_up(self, name: str) -> bool:
        """Whether each number is more than the one above, as those are that only number the rows."""
        numbers = [int(cell) for cell in self.sample.cells[name] if cell.isdecimal() and len(cell) < 10]
        return all(upper < lower for upper, lower in pairwise(numbers))

    def _mostly(self, name: str, is_it: Callable[[str], object], share: float = 0.5) -> bool:
        cells = self.sample.cells[name]
        return bool(cells) and sum(1 for cell in cells if is_it(cell)) >= share * len(cells)

    def _take_date_in_parts(self, end: str) -> None:
        """The columns of year, month and day of one end of the date; a year alone is a date like others."""
        there = {
            f"{end} {part}": name
            for part, pattern in DATE_IN_PARTS[end].items()
            for name in self.free
            if pattern.match(self.words[name]) and self._is_part_of_date(part, name)
        }
        if {f"{end} year", f"{end} month"} <= there.keys():
            self.found |= there
            self.free = [name for name in self.free if name not in there.values()]

    def _is_part_of_date(self, part: str, name: str) -> bool:
        is_it = month_of if part == "month" else re.compile(r"-?[0-9]{1,4}").fullmatch
        return not self.sample.cells[name] or self.sample.mostly(name, is_it)

    def _take_dates(self) -> None:
        """Of columns whose names tell nothing, those that hold dates: one, or a beginning and an end."""
        if {"start year", "date year", *DATES} & self.found.keys():
            return
        dates = [name for name in self.free if self._are_dates(name)]
        dates = list(filter(self._tells_when, dates)) or dates
        if len(dates) != 2 or not self._are_ends(*dates):
            dates = sorted(dates, key=lambda name: -len(self.sample.cells[name]))[:1]
        if not dates:  # what is called so has dates that cannot be read, which is to be asked
            dates = [name for name in self.free if COLUMNS["date"].match(self.words[name])][:1]
        self.columns.are_ends_perhaps = len(dates) == 2
        for what, name in zip(("date",) if len(dates) == 1 else ("start", "end"), dates, strict=False):
            self.found[what] = name
            self.free.remove(name)

    def _are_dates(self, name: str) -> bool:
        """Whether the column holds dates, whatever its name: years alone could be numbers of anything."""
        share = 0 if OTHER_DATES.match(self.words[name]) else 0.2
        is_date = self.sample.mostly(name, looks_like_date, share)
        return is_date and self.sample.mostly(name, lambda cell: reads_as_date(cell) or is_open_end(cell), 0.7)

    def _are_ends(self, start: str, end: str) -> bool:
        """Whether one column is never after the other, and never by more than a year."""
        pairs = [(row[start], row[end]) for row in self.sample.rows if row[start] and row[end]]
        spans = [days_between(*pair) for pair in pairs]
        return bool(spans) and all(0 <= days <= LONGEST_SPAN for days in spans)
