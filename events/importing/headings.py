"""What the columns of a table are, by their names and by what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from events.folding import fold
from events.importing.calendar_names import month_of
from events.importing.correlates_of_war import is_state, state_named
from events.importing.foreign_names import NamesInAnyLanguage
from events.importing.guessed_dates import (
    NUMBER,
    days_between,
    is_yearless,
    looks_like_date,
    may_be_date,
    reads_as_date,
)
from events.importing.guessed_parties import CODE, Naming, Party
from events.importing.guessed_stances import tell_stances
from events.importing.heading_words import (
    COLUMNS,
    COUNTRIES,
    DATE_IN_PARTS,
    ENTERED,
    OF_PEOPLE,
    OTHER_DATES,
    PEOPLE,
    PERHAPS_COUNTRIES,
    PICTURES,
    STATE_CODES,
    STATE_NUMBERS,
    role_of,
    words_of,
)
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
CODES = re.compile(r"\b(id|code|iso|iso3|iso2|cow|abb|abbreviation)\b")
ID = re.compile("[a-z0-9]+(-[a-z0-9]+)+")
URL = re.compile(r"https?://\S+|www\.\S+")


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
        self.names = names
        self.naming = Naming(names)
        self.rows = rows
        self.words = {name: words_of(name) for name in columns}
        self.cells = self._cells(rows)
        self.columns = Columns()
        self.found = self.columns.found
        self.free = list(self.words)
        self.states: set[str] = set()  #: columns of the Correlates of War's states

    def _cells(self, rows: Iterable[Cells]) -> dict[str, list[str]]:
        """What stands in each column, without blanks."""
        cells: dict[str, list[str]] = {name: [] for name in self.words}
        for row in rows:
            for name, below in cells.items():
                if row[name]:
                    below.append(row[name])
        return cells

    def recognize(self) -> Columns:
        self._take("kind", lambda name: self._mostly(name, self.names.kind_if_known, 0.3))
        # A purpose that tells the kinds may tell more than these.
        self.free += [name for name in self.found.values() if COLUMNS["summary"].match(self.words[name])]
        for end in DATE_IN_PARTS:
            self._take_date_in_parts(end)
        for what, pattern in COLUMNS.items():
            self._take(what, lambda name, pattern=pattern: pattern.match(self.words[name]) is not None)
        self._take("stance", lambda name: tell_stances(self.cells[name]))
        self._take("url", lambda name: self._mostly(name, URL.match) and not COUNTRIES.search(self.words[name]))
        self._take_dates()
        if {"start", "start year"} & self.found.keys():  # of dates beside a beginning it is to be asked what they are
            self.free += [self.found.pop(what) for what in [*self.found] if what.startswith("date")]
        # What has no date, such as totals and notes, tells of no party.
        self.cells = self._cells(filter(self.columns.is_dated, self.rows))
        self._take_parties()
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
        return not self.cells[name] or (self._holds(what, name) and self._stands_beside(what, name))

    def _holds(self, what: str, name: str) -> bool:
        if what in DATES:
            return self._mostly(name, may_be_date) and not self._is_year_beside(name)
        if what in ("latitude", "longitude"):
            return self._mostly(name, NUMBER.match)
        if what == "url":
            return self._mostly(name, URL.match) and not PICTURES.match(self.words[name])
        if what == "kind" and TIMELINE_JS.issuperset(self.cells[name]):
            return False
        if what == "id" and self.words[name] in COUNTS:
            return self._goes_up(name)
        if what == "title" and self._mostly(name, URL.match):
            return False
        if what == "place" and "place country" not in self.found:  # Singapore and Kuwait are cities, too
            return not self._mostly(name, self.naming.is_country, 0.9)
        return what not in ("title", "locator") or not self._mostly(name, self.naming.is_country)

    def _stands_beside(self, what: str, name: str) -> bool:
        match what, self.words[name]:
            case ("start" | "end" | "date"), words if ENTERED.match(words) and any(map(self._tells_when, self.free)):
                return False
            case ("start" | "end" | "date"), _:
                return not {"date year", "start year"} & self.found.keys()
            case "id", "no":
                return not VOTES & {self.words[other] for other, cells in self.cells.items() if cells}
            case "title", "title" if NAMES & {*self.words.values()}:  # of whom is named there
                return not self._mostly(name, lambda cell: PEOPLE.search(fold(cell)))
            case "title", "subject":
                return "description" in self.words.values()
            case "place country", "country":
                return "latitude" in self.found and self._countries_beside(name) > 1
        return True

    def _tells_when(self, name: str) -> bool:
        """Whether the column tells when it happened, and not when that was noted."""
        is_called = any(COLUMNS[what].match(self.words[name]) for what in DATES)
        is_date = self._are_dates(name) or (is_called and self._mostly(name, may_be_date))
        return is_date and not ENTERED.match(self.words[name])

    def _is_year_beside(self, name: str) -> bool:
        """Whether nothing but years stands in the column *name*, and another one has dates that are finer."""
        if not all(map(YEAR.fullmatch, self.cells[name])):
            return False
        for other in self.free:
            is_called = other != name and any(COLUMNS[what].match(self.words[other]) for what in DATES)
            if is_called and self._mostly(other, lambda cell: looks_like_date(cell) or is_yearless(cell)):
                self.columns.year_beside = name
                return True
        return False

    def _countries_beside(self, name: str) -> int:
        """How many other columns name countries: those of two sides are not where it took place."""
        return sum(self._mostly(other, self.naming.is_country) for other in self.free if other != name)

    def _goes_up(self, name: str) -> bool:
        """Whether each number is more than the one above, as those are that only number the rows."""
        numbers = [int(cell) for cell in self.cells[name] if cell.isdecimal() and len(cell) < 10]
        return all(upper < lower for upper, lower in pairwise(numbers))

    def _mostly(self, name: str, is_it: Callable[[str], object], share: float = 0.5) -> bool:
        cells = self.cells[name]
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
        return not self.cells[name] or self._mostly(name, is_it)

    def _take_dates(self) -> None:
        """Of columns whose names tell nothing, those that hold dates: one, or a beginning and an end."""
        if {"start year", "date year", *DATES} & self.found.keys():
            return
        dates = [name for name in self.free if self._are_dates(name)]
        dates = list(filter(self._tells_when, dates)) or dates
        if len(dates) != 2 or not self._are_ends(*dates):
            dates = sorted(dates, key=lambda name: -len(self.cells[name]))[:1]
        if not dates:  # what is called so has dates that cannot be read, which is to be asked
            dates = [name for name in self.free if COLUMNS["date"].match(self.words[name])][:1]
        self.columns.are_ends_perhaps = len(dates) == 2
        for what, name in zip(("date",) if len(dates) == 1 else ("start", "end"), dates, strict=False):
            self.found[what] = name
            self.free.remove(name)

    def _are_dates(self, name: str) -> bool:
        """Whether the column holds dates, whatever its name: years alone could be numbers of anything."""
        share = 0 if OTHER_DATES.match(self.words[name]) else 0.2
        is_date = self._mostly(name, looks_like_date, share)
        return is_date and self._mostly(name, lambda cell: reads_as_date(cell) or is_open_end(cell), 0.7)

    def _are_ends(self, start: str, end: str) -> bool:
        """Whether one column is never after the other, and never by more than a year."""
        pairs = [(row[start], row[end]) for row in self.rows if row[start] and row[end]]
        spans = [days_between(*pair) for pair in pairs]
        return bool(spans) and all(0 <= days <= LONGEST_SPAN for days in spans)

    def _take_parties(self) -> None:
        self.states = {name for name in self.free if self._are_states(name)}
        named = self._name_countries()
        self.free = [name for name in self.free if name not in named]
        named = [name for place, name in enumerate(named) if not self._repeats(name, named[:place])]
        taken = {role_of(self.words[name]) for name in named}
        others = [name for name in self.free if self._is_called(PERHAPS_COUNTRIES, name)]
        named += [name for name in others if (role_of(self.words[name]) or name) not in taken]
        roles = {"from": "visitor", "to": "host"} if len(named) > 1 else {}
        for name in [name for name in self.cells if name in named]:
            role = roles.get(self.words[name]) or role_of(self.words[name])
            self.columns.parties.append(party := Party(role, name, are_states=name in self.states))
            self.naming.look(party, self.cells[name])
        if any(party.role == "provider" for party in self.columns.parties):
            for party in self.columns.parties:
                party.role = "beneficiary" if party.role == "recipient" else party.role
        unnamed = [name for name in self.free if name not in named]
        people = [name for name in unnamed if name in others or self._names_people(name)]
        for name in dict.fromkeys(self._in_full(name) or name for name in people):
            self._add_people(name)

    def _name_countries(self) -> list[str]:
        """The columns that name countries by what stands in them or by what they are called; those of states, which are
        sure, first, those of codes last, and before them those that are called otherwise: of columns with the same
        countries, the first is taken.
        """
        by_content = [
            name for name in self.free
            if self._mostly(name, self.naming.is_party) or self._has_codes(name) or name in self.states
        ]  # fmt: skip
        called = [name for name in self.free if name not in by_content and self._is_called(COUNTRIES, name)]
        if by_content:
            is_party = self.naming.is_party
            called = [name for name in called if role_of(self.words[name]) or self._mostly(name, is_party, 0.01)]
        named = [name for name in self.free if name in (*by_content, *called)]
        return sorted(named, key=self._rank_among_countries)

    def _rank_among_countries(self, name: str) -> tuple[bool, bool, bool]:
        words = self.words[name]
        is_called = role_of(words) or COUNTRIES.search(words)
        return name not in self.states, CODES.search(words) is not None, not is_called

    def _has_codes(self, name: str) -> bool:
        """Whether the column holds countries' codes of two letters, and is called so."""
        is_called = COUNTRIES.search(self.words[name]) or CODES.search(self.words[name])
        return bool(is_called) and self._mostly(name, self.names.coded)

    def _are_states(self, name: str) -> bool:
        """Whether the column holds numbers or abbreviations of the Correlates of War: numbers where it is called so,
        and abbreviations there or where some are no countries' codes or names but those.
        """
        if not self._mostly(name, is_state, 0.9):
            return False
        codes = [cell for cell in self.cells[name] if CODE.fullmatch(cell) and is_state(cell)]
        is_called = STATE_CODES.match(self.words[name]) or (not codes and STATE_NUMBERS.match(self.words[name]))
        return bool(is_called) or not all(map(self._is_coded, codes))

    def _is_coded(self, cell: str) -> bool:
        """Whether *cell* is a country's name or a code of another list."""
        return self.names.are_countries(cell) or bool(self.names.coded(cell))

    def _named(self, name: str, row: Cells) -> str:
        """Whom *row* names in the column *name*."""
        return state_named(row[name]) if name in self.states else row[name]

    def _repeats(self, name: str, others: Iterable[str]) -> bool:
        """Whether the column mostly names the countries of one of the *others*: by codes, or longer names."""
        for other in others:
            pairs = ((self._named(name, row), self._named(other, row)) for row in self.rows)
            same = Counter(self.naming.are_one_country(*pair) for pair in pairs)
            if same[True] > same[False]:
                return True
        return False

    def _names_people(self, name: str) -> bool:
        if OF_PEOPLE.match(self.words[name]):
            return False
        return self._mostly(name, self.naming.is_person, 0.3) or self._is_called(PEOPLE, name)

    def _in_full(self, name: str) -> str | None:
        """The other column that says the same as the ids in the column *name*, as “Henry Kissinger” does beside
        kissinger-henry; None where those are no ids, or mostly of people whom the record knows by them.
        """
        if not self._mostly(name, ID.fullmatch) or self._mostly(name, self.naming.is_person):
            return None
        rows = [(set(row[name].split("-")), row) for row in self.rows if row[name]]
        for other in self.free:
            if other != name and 2 * sum(words <= {*fold(row[other]).split()} for words, row in rows) >= len(rows):
                return other
        return None

    def _is_called(self, pattern: re.Pattern[str], name: str) -> bool:
        """Whether the column *name* is called so, and nothing that stands in it says otherwise."""
        if not pattern.search(self.words[name]) or CODES.search(self.words[name]):
            return False
        other = [looks_like_date, NUMBER.fullmatch, URL.match]
        if pattern is not PEOPLE:
            other.append(self.naming.is_person)
        return not any(self._mostly(name, is_it) for is_it in other)

    def _add_people(self, name: str) -> None:
        """Put the people of a column beside the countries of their role, else beside the first that may be theirs:
        who is named without a role acts for no host, and who has another role for nobody there but for countries
        without one in the column beside it, as in “Guest, Country, Host”.
        """
        role = role_of(self.words[name])
        alone = [party for party in self.columns.parties if not (party.leader or party.is_mixed)]
        beside = next((party for party in alone if role and party.role == role), None)
        if beside is None and (not role or len(self.columns.parties) == 1):
            beside = next((party for party in alone if not party.role or (not role and party.role != "host")), None)
        if beside is None and role:
            next_to = [{*pair} for pair in pairwise(self.words)]
            beside = next((party for party in alone if not party.role and {name, party.column} in next_to), None)
        if beside is None:
            marks = self.naming.marks(dict.fromkeys(self.cells[name]))
            self.columns.parties.append(Party(role, leader=name, marks=marks))
        else:
            beside.leader, beside.role = name, beside.role or role
