"""Names, codes and ids → countries, organizations, people and kinds, at a date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from events.edtf import EDTFDate, label
from events.importing.named import Named, called
from events.importing.problems import Rejected
from events.importing.spellings import BETWEEN_NAMES, BOTH_NAMES, WITH_COUNTRY, folded, turned
from events.importing.titles import without_title
from events.models import Country, Kind, Leader, Office, Organization


class Names(Named):
    """Tells who is meant by a name."""

    def country(self, text: str, date: EDTFDate) -> Country:
        """The country that *text*, a name or code, meant on *date*. Raises Rejected where none or several did."""
        named = self._countries(text)
        there = [country for country in named if existed(country, date)]
        if len(there) == 1:
            return there[0]
        if there:
            raise Rejected(f"The country {text!r} may be {_listed(there)}: write which.")
        if named:
            raise Rejected(" ".join(self._not_then(country, date) for country in named))
        raise Rejected(f"The record knows no country {text!r}.{self._near('countries', text)}")

    def are_countries(self, text: str) -> bool:
        """Whether *text* names a country, or several, at whatever date."""
        return bool(self._countries(text))

    def are_organizations(self, text: str) -> bool:
        """Whether *text* names an organization, or several."""
        return bool(self._organizations(text))

    def _organizations(self, text: str) -> list[Organization]:
        return called(self.organizations_named, text)

    def party(self, text: str, date: EDTFDate, *, if_known: bool = False) -> list[Country | Organization | Leader]:
        """The country, the person or the organization that is called *text*; of “Lavrov (Russia)” and “Guterres (UN)”
        whom the person acts for, and the person, who may be left out *if_known*. Raises Rejected.
        """
        if self.are_countries(text):
            if others := self._organizations(text):
                raise Rejected(f"{text!r} may be a country or {_listed(others)}: write the id of which.")
            return [self.country(text, date)]
        if leader := self.leader_if_known(text, date):
            return [leader]
        if self.are_organizations(text):
            return [self.organization(text)]
        person, whom = self.person_with_whom(text)
        if not person:
            near = self._near("countries", text) or self._near("organizations", text) or self._near("leaders", text)
            raise Rejected(f"The record knows no country, organization or person {text!r} at that date.{near}")
        acted_for = self.country(whom, date) if self.are_countries(whom) else self.organization(whom)
        left_out = if_known and not self.is_person(person)
        return [acted_for] if left_out else [acted_for, self.leader(person, date, acted_for)]

    def person_with_whom(self, text: str) -> tuple[str, str]:
        """Who is named in *text*, and for which country or body: “Lavrov (Russia)” or “Lavrov, Russia”; "" and "" for
        none.

        In “Russia (Lavrov)” the person has to be known, for “Iran (Islamic Rep.)” names none.
        """
        if self._is_known(text):
            return "", ""
        for found in filter(None, (form.fullmatch(text) for form in WITH_COUNTRY)):
            who, whom = found.groups()
            if found.re is BOTH_NAMES and self.is_person(whom):
                who, whom = whom, who
            if self._may_be_acted_for(whom) and self._may_be_one_person(who):
                return who, whom
        return "", ""

    def _may_be_one_person(self, text: str) -> bool:
        """Whether no others are named in *text*, which is no known person's name: in “France, Germany, Italy” and
        “Lavrov, Russia; Kim, China” nobody has the last country alone.
        """
        if self._is_known(text):
            return not self._may_be_acted_for(text)
        parts = BETWEEN_NAMES.split(text)
        return not any(self._is_known(part) or any(self.person_with_whom(part)) for part in parts)

    def _may_be_acted_for(self, text: str) -> bool:
        return self.are_countries(text) or self.are_organizations(text)

    def _is_known(self, text: str) -> bool:
        return self._may_be_acted_for(text) or self.is_person(text)

    def _countries(self, text: str) -> list[Country]:
        """All that are called *text*, "Korea, Republic of" or, with both of their names, "Dahomey (Benin)"."""
        named = called(self.countries_named, text) or called(self.countries_named, turned(text))
        if not named and (both := BOTH_NAMES.fullmatch(text)):
            first, second = (called(self.countries_named, name) for name in both.groups())
            named = [country for country in first if country in second]
        return named

    def are_one_country(self, one: str, other: str) -> bool:
        """Whether both texts are names of one country, as Russia and the Russian Federation are."""
        return any(country in self._countries(other) for country in self._countries(one))

    def country_of_place(self, text: str, date: EDTFDate) -> Country:
        """The country in which a place lay on *date* that lies in *text* today.

        Raises Rejected as ``country`` does, and where today's country came out of several.
        """
        then = {each.pk: each for country in self._countries(text) for each in self._then(country, date)}
        return next(iter(then.values())) if len(then) == 1 else self.country(text, date)

    def _then(self, country: Country, date: EDTFDate) -> list[Country]:
        """*country* itself or, where it did not exist on *date*, its predecessors that did."""
        found: list[Country] = []
        seen: set[int] = set()
        waiting = [country]
        while waiting:
            each = waiting.pop(0)
            if existed(each, date):
                found.append(each)
            elif each.pk not in seen:
                seen.add(each.pk)
                waiting += self.predecessors[each.pk]
        return found

    def _not_then(self, country: Country, date: EDTFDate) -> str:
        before = list(dict.fromkeys(self._then(country, date)))
        perhaps = f" Was it {_listed(before)}? Then write so." if before else ""
        return f"{country.name} ({country.code}) existed {label(country.existence)}, not on {date}.{perhaps}"

    def kind_if_known(self, text: str) -> Kind | None:
        kind = self.kinds.get(text)
        if kind is not None:
            return kind
        named = self.kinds_named.get(folded(text), [])
        return named[0] if len(named) == 1 else None

    def kind(self, text: str) -> Kind:
        """The kind with the id or label *text*. Raises Rejected."""
        if kind := self.kind_if_known(text):
            return kind
        raise Rejected(f"The record knows no kind of event {text!r}.{self._near('kinds', text)}")

    def organization(self, text: str) -> Organization:
        """The organization with the name or id *text*. Raises Rejected."""
        named = self._organizations(text)
        if len(named) == 1:
            return named[0]
        if named:
            raise Rejected(f"The organization {text!r} may be {_listed(named)}: write which.")
        raise Rejected(f"The record knows no organization {text!r}.{self._near('organizations', text)}")

    def leader(self, text: str, date: EDTFDate, whom: Country | Organization | None = None) -> Leader:
        """The person whom *text* meant on *date*, acting for *whom* where that is given. Raises Rejected.

        A title or a lone name ("President Assad", "Assad") is whoever held an office then; a whole name is the person
        at any date, as long as only one bears it, and held an office there once if any is known.
        """
        bearers, meant = self._who(text, date, whom)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise Rejected(f"The person {text!r} may be {_listed(meant)}: write which.")
        if bearers:
            whose = f" of {whom.name}" if whom else ""
            raise Rejected(
                f"The person {text!r} may be {_listed(bearers)}, of whom the record knows no such office{whose} "
                f"on {date}: write the whole name, name another country, or add the office."
            )
        raise Rejected(f"The record knows no person {text!r}.{self._near('leaders', text)}")

    def is_person(self, text: str) -> bool:
        """Whether *text*, with or without a title, names a person, or several, at whatever date."""
        return bool(self._bearers(text))

    def _bearers(self, text: str) -> list[Leader]:
        """All who are called *text*, with or without a title, or "Putin, Vladimir" with the surname first."""
        name, _ = without_title(text)
        names = map(folded, (text, name, turned(name)))
        return next(filter(None, map(self.leaders_named.get, names)), [])

    def leader_if_known(self, text: str, date: EDTFDate, whom: Country | Organization | None = None) -> Leader | None:
        """As ``leader``, or None where none or several may be meant."""
        _, meant = self._who(text, date, whom)
        return meant[0] if len(meant) == 1 else None

    def _who(self, text: str, date: EDTFDate, whom: Country | Organization | None) -> tuple[list[Leader], list[Leader]]:
        """All who bear the name *text*, and those of them who may be meant."""
        name, title = without_title(text)
        bearers = self._bearers(text)
        held = [each for each in bearers if self._held_office(each, date, whom, title)]
        if not held and len(bearers) == 1 and not title and " " in folded(name) and self._may_act_for(bearers[0], whom):
            held = bearers
        return bearers, held

    def _may_act_for(self, leader: Leader, whom: Country | Organization | None) -> bool:
        """Whether *leader* held an office of *whom* at any time, or none is known that would say otherwise."""
        offices = self.offices[leader.pk]
        return not offices or any(is_office_of(whom, office) for office in offices)

    def never_acted_for(self, text: str, country: str) -> bool:
        """Whether the record knows who is called *text*, and no office of theirs in *country*, but in others."""
        bearers, named = self._bearers(text), self._countries(country)
        return bool(bearers and named) and not any(self._may_act_for(each, whom) for each in bearers for whom in named)

    def _held_office(self, leader: Leader, date: EDTFDate, whom: Country | Organization | None, title: str) -> bool:
        return any(
            office.held.may_overlap(date)
            and is_office_of(whom, office)
            and all(word in folded(office.title).split() for word in title.split())
            for office in self.offices[leader.pk]
        )


def is_office_of(whom: Country | Organization | None, office: Office) -> bool:
    """Whether *office* is one of *whom*, or of anybody where that is None."""
    if whom is None:
        return True
    return whom.pk == (office.country_id if isinstance(whom, Country) else office.organization_id)


def existed(country: Country, date: EDTFDate) -> bool:
    """Whether *country* may have existed on *date*; one without dates always did."""
    return country.existence is None or country.existence.may_overlap(date)


def _listed(records: Iterable[Any]) -> str:
    return " or ".join(f"{record.name} ({record.public_id})" for record in records)
