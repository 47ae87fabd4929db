"""Whom the cells of a table name: countries, bodies and people, what parts several, and who is unknown by that name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from events.importing.foreign_names import NamesInAnyLanguage
from events.importing.values import marks_in, parted

CODE = re.compile("[A-Z]{3}")
#: Between several names in one cell: the first are hardly ever part of one.
SURE_MARKS = ("\n", ";", "|", "/", "→", "、", "；")
MARKS = (*SURE_MARKS, ", and ", ", ", " and ", " & ", " + ", " et ", " und ", " y ", " e ", "，", "، ", " и ", " و")

#: Between several names in one cell only where all of them are known, for a dash is part of many names.
DASHES = (" – ", " — ", " - ", " vs. ", " vs ", "–", "-", ",")


@dataclass(slots=True)
class Party:
    """A column, or two, of which each row names a party: the role is "" where the name of the column tells none."""

    role: str
    column: str = ""  #: of countries or, where ``is_mixed``, of organizations and people, too
    leader: str = ""  #: of people
    is_mixed: bool = False
    marks: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()  #: names in which a mark stands
    #: What the record does not know by that name, each with what it may be called there: one name where that is sure.
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: tuple[str, ...] = ()  #: of three letters, as ISO has them, in a column with others that it does not have
    are_states: bool = False  #: by the numbers or abbreviations of the Correlates of War
    strangers: tuple[str, ...] = ()  #: people beside their countries whom the record does not know


@dataclass(frozen=True, slots=True)
class Naming:
    """Tells whom cells name, by the *names* of the record."""

    names: NamesInAnyLanguage

    def is_country(self, cell: str) -> bool:
        """Whether it names a country, or several."""
        return self.names.are_countries(cell) or _are_several(cell, self.names.are_countries)

    def is_party(self, cell: str) -> bool:
        """Whether it names a country, a person with one, several of these, or a body."""
        return self._has_country(cell) or _are_several(cell, self._has_country) or self.names.are_organizations(cell)

    def is_person(self, cell: str) -> bool:
        """Whether it names a person, or several."""
        return any(map(self.names.is_person, [cell, *parted(cell, MARKS)]))

    def are_one_country(self, one: str, other: str) -> bool | None:
        """Whether two cells name one country, by code, name or who acts for it; None where one of them names none."""
        both = [self._country_in(cell) for cell in (one, other)]
        return self.names.are_one_country(*both) if all(map(self.names.are_countries, both)) else None

    def _country_in(self, cell: str) -> str:
        coded = self.names.coded(cell)
        return coded[0].code if coded else self.names.person_with_whom(cell)[1] or cell

    def _has_country(self, text: str) -> bool:
        return self.names.are_countries(text) or any(self.names.person_with_whom(text))

    def marks(self, cells: Iterable[str]) -> tuple[str, ...]:
        """What parts several in one cell: all that surely does, and what parts those that are known."""
        several = [cell for cell in cells if not self._is_somebody(cell)]
        left = {part for cell in several for part in parted(cell, SURE_MARKS) if not self._is_somebody(part)}
        left = {part for part in left if _are_several(part, self._is_somebody)}
        found = {mark for mark in SURE_MARKS for cell in several if mark in cell}
        found |= {mark for mark in MARKS for part in left if mark in part}
        found |= {mark for part in left if ", " not in part and (mark := _dash_in(part, self._is_somebody))}
        return tuple(mark for mark in (*MARKS, *DASHES) if mark in found)

    def _is_somebody(self, part: str) -> bool:
        return self.names.are_countries(part) or self._is_other(part)

    def look(self, party: Party, cells: Iterable[str]) -> None:
        """Note of *party* whom the *cells* of its column name; a state needs no more than its code."""
        if party.are_states:
            return
        cells = dict.fromkeys(cells)
        party.marks = self.marks(cells)
        party.whole = self._whole(cells, party.marks)
        single = dict.fromkeys(part for cell in cells for part in parted(cell, party.marks, party.whole) if part)
        beside = [self.names.person_with_whom(part) for part in single]
        party.strangers = tuple(person for person, _ in beside if person and not self.names.is_person(person))
        # Of whom stands beside a country, that is what may have another name.
        named = dict.fromkeys(country or part for part, (_, country) in zip(single, beside, strict=True))
        party.unknown = {name: self._perhaps(name) for name in named if not self._is_known(name)}
        party.codes = self._codes(named)
        others = [part for part in single if self._is_other(part) and not self.names.are_countries(part)]
        party.is_mixed = bool(others) and not party.leader  # whom the mapping reads from another column

    def _whole(self, cells: Iterable[str], marks: tuple[str, ...]) -> tuple[str, ...]:
        """Names that the record has in which one or two of *marks* stand, as “Trinidad and Tobago”."""
        whole: dict[str, None] = {}
        sure = tuple(mark for mark in marks if mark in SURE_MARKS)
        marks = tuple(mark for mark in marks if mark not in SURE_MARKS)
        names_between = dict.fromkeys(part for cell in cells for part in parted(cell, sure)) if marks else {}
        for cell in names_between:
            ends = [0, *(place for found in marks_in(cell, marks) for place in found.span()), len(cell)]
            starts = ends[::2]
            for place, start in enumerate(starts):
                names = (cell[start:end].strip() for end in ends[2 * place + 3 : 2 * place + 6 : 2])
                names = (name for name in names if len(parts := parted(name, marks)) > 1 and all(parts))
                whole |= dict.fromkeys(filter(self._has_country, names))
        return tuple(whole)

    def _is_other(self, part: str) -> bool:
        """Whether *part* names a body, or a person, with a country or without."""
        names = self.names
        return names.are_organizations(part) or names.is_person(part) or any(names.person_with_whom(part))

    def _is_known(self, name: str) -> bool:
        """Whether the record knows the country, the body or the person by the name that stands there."""
        return not self.names.abroad(name) if self.names.are_countries(name) else self._is_other(name)

    def _perhaps(self, name: str) -> tuple[str, ...]:
        """What *name* may be called in the record: by what it is called in other languages, or by its code."""
        return tuple(country.name for country in self.names.abroad(name) or self.names.coded(name))

    def _codes(self, names: Iterable[str]) -> tuple[str, ...]:
        """The codes of ISO among *names*, if some of another list stand there, by which these may mean others."""
        codes = [name for name in names if CODE.fullmatch(name)]
        known = [code for code in codes if code in self.names.countries]
        return tuple(known) if any(not self.names.are_countries(code) for code in codes) else ()


def _are_several(cell: str, known: Callable[[str], bool]) -> bool:
    """Whether most of what stands between marks is *known*."""
    parts = [part for part in parted(cell, MARKS, ()) if part]
    return 2 * sum(map(known, parts)) > len(parts) > 1 or bool(_dash_in(cell, known))


def _dash_in(cell: str, known: Callable[[str], bool]) -> str:
    """The first of DASHES that stands in *cell* between nothing but what is *known*, or ""."""
    return next((mark for mark in DASHES if mark in cell and all(map(known, parted(cell, (mark,))))), "")
