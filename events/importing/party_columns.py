"""Which columns of a table name parties, and in which role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from events.folding import fold
from events.importing.correlates_of_war import is_state, state_named
from events.importing.foreign_names import NamesInAnyLanguage
from events.importing.guessed_dates import NUMBER, looks_like_date
from events.importing.guessed_parties import CODE, Naming, Party
from events.importing.heading_words import (
    COUNTRIES,
    OF_PEOPLE,
    PEOPLE,
    PERHAPS_COUNTRIES,
    STATE_CODES,
    STATE_NUMBERS,
    role_of,
)
from events.importing.sample import URL, Sample
from events.importing.values import Cells

CODES = re.compile(r"\b(id|code|iso|iso3|iso2|cow|abb|abbreviation)\b")
ID = re.compile("[a-z0-9]+(-[a-z0-9]+)+")


class PartyColumns:
    """Tells who is named in those columns of the *sample* that are *free*, by the *names* of the record."""

    def __init__(self, sample: Sample, names: NamesInAnyLanguage, free: Iterable[str]) -> None:
        self.sample, self.words = sample, sample.words
        self.names, self.naming = names, Naming(names)
        self.free = [*free]
        self.states = {name for name in self.free if self._are_states(name)}  #: of the Correlates of War
        self.parties: list[Party] = []

    def take(self) -> list[Party]:
        """The parties of all columns that name some; columns of countries are not free any more."""
        named = self._name_countries()
        self.free = [name for name in self.free if name not in named]
        named = [name for place, name in enumerate(named) if not self._repeats(name, named[:place])]
        taken = {role_of(self.words[name]) for name in named}
        others = [name for name in self.free if self._is_called(PERHAPS_COUNTRIES, name)]
        named += [name for name in others if (role_of(self.words[name]) or name) not in taken]
        roles = {"from": "visitor", "to": "host"} if len(named) > 1 else {}
        for name in [name for name in self.sample.cells if name in named]:
            role = roles.get(self.words[name]) or role_of(self.words[name])
            self.parties.append(party := Party(role, name, are_states=name in self.states))
            self.naming.look(party, self.sample.cells[name])
        if any(party.role == "provider" for party in self.parties):
            for party in self.parties:
                party.role = "beneficiary" if party.role == "recipient" else party.role
        unnamed = [name for name in self.free if name not in named]
        people = [name for name in unnamed if name in others or self._names_people(name)]
        for name in dict.fromkeys(self._in_full(name) or name for name in people):
            self._add_people(name)
        return self.parties

    def _name_countries(self) -> list[str]:
        """The columns that name countries by what stands in them or by what they are called; those of states, which are
        sure, first, those of codes last, and before them those that are called otherwise: of columns with the same
        countries, the first is taken.
        """
        by_content = [
            name for name in self.free
            if self.sample.mostly(name, self.naming.is_party) or self._has_codes(name) or name in self.states
        ]  # fmt: skip
        called = [name for name in self.free if name not in by_content and self._is_called(COUNTRIES, name)]
        if by_content:
            is_party = self.naming.is_party
            called = [name for name in called if role_of(self.words[name]) or self.sample.mostly(name, is_party, 0.01)]
        named = [name for name in self.free if name in (*by_content, *called)]
        return sorted(named, key=self._rank_among_countries)

    def _rank_among_countries(self, name: str) -> tuple[bool, bool, bool]:
        words = self.words[name]
        is_called = role_of(words) or COUNTRIES.search(words)
        return name not in self.states, CODES.search(words) is not None, not is_called

    def _has_codes(self, name: str) -> bool:
        """Whether the column holds countries' codes of two letters, and is called so."""
        is_called = COUNTRIES.search(self.words[name]) or CODES.search(self.words[name])
        return bool(is_called) and self.sample.mostly(name, self.names.coded)

    def _are_states(self, name: str) -> bool:
        """Whether the column holds numbers or abbreviations of the Correlates of War: numbers where it is called so,
        and abbreviations there or where some are no countries' codes or names but those.
        """
        if not self.sample.mostly(name, is_state, 0.9):
            return False
        codes = [cell for cell in self.sample.cells[name] if CODE.fullmatch(cell) and is_state(cell)]
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
            pairs = ((self._named(name, row), self._named(other, row)) for row in self.sample.rows)
            same = Counter(self.naming.are_one_country(*pair) for pair in pairs)
            if same[True] > same[False]:
                return True
        return False

    def _names_people(self, name: str) -> bool:
        if OF_PEOPLE.match(self.words[name]):
            return False
        return self.sample.mostly(name, self.naming.is_person, 0.3) or self._is_called(PEOPLE, name)

    def _in_full(self, name: str) -> str | None:
        """The other column that says the same as the ids in the column *name*, as “Henry Kissinger” does beside
        kissinger-henry; None where those are no ids, or mostly of people whom the record knows by them.
        """
        if not self.sample.mostly(name, ID.fullmatch) or self.sample.mostly(name, self.naming.is_person):
            return None
        rows = [(set(row[name].split("-")), row) for row in self.sample.rows if row[name]]
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
        return not any(self.sample.mostly(name, is_it) for is_it in other)

    def _add_people(self, name: str) -> None:
        """Put the people of a column beside the countries of their role, else beside the first that may be theirs:
        who is named without a role acts for no host, and who has another role for nobody there but for countries
        without one in the column beside it, as in “Guest, Country, Host”.
        """
        role = role_of(self.words[name])
        alone = [party for party in self.parties if not (party.leader or party.is_mixed)]
        beside = next((party for party in alone if role and party.role == role), None)
        if beside is None and (not role or len(self.parties) == 1):
            beside = next((party for party in alone if not party.role or (not role and party.role != "host")), None)
        if beside is None and role:
            next_to = [{*pair} for pair in pairwise(self.words)]
            beside = next((party for party in alone if not party.role and {name, party.column} in next_to), None)
        if beside is None:
            marks = self.naming.marks(dict.fromkeys(self.sample.cells[name]))
            self.parties.append(Party(role, leader=name, marks=marks))
        else:
            beside.leader, beside.role = name, beside.role or role
