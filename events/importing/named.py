"""What the record calls whom: tables of public ids, and of folded names, which are read once."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Self

from events.importing.correlates_of_war import COUNTRIES
from events.importing.problems import Rejected
from events.importing.spellings import folded, respelled
from events.loading.problems import did_you_mean
from events.models import Country, Kind, Leader, Office, Organization, Succession

UNTIL = re.compile(r" \(to [0-9]{4}\)$")
MOST_ASKED = 10_000

Table = dict[str, list[Any]]


@dataclass
class Named:
    """What the record calls whom: by public id, and by folded name."""

    countries: dict[str, Country] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    leaders: dict[str, Leader] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    offices: dict[int, list[Office]] = field(default_factory=lambda: defaultdict(list))
    predecessors: dict[int, list[Country]] = field(default_factory=lambda: defaultdict(list))
    countries_named: Table = field(default_factory=lambda: defaultdict(list))
    organizations_named: Table = field(default_factory=lambda: defaultdict(list))
    leaders_named: Table = field(default_factory=lambda: defaultdict(list))
    kinds_named: Table = field(default_factory=lambda: defaultdict(list))
    _asked: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of_the_record(cls) -> Self:
        names = cls()
        names.countries = {country.code: country for country in Country.objects.all()}
        names.organizations = {each.slug: each for each in Organization.objects.select_related("country")}
        names.leaders = {leader.slug: leader for leader in Leader.objects.all()}
        names.kinds = {kind.slug: kind for kind in Kind.objects.all()}
        for office in Office.objects.select_related("country", "organization"):
            names.offices[office.leader_id].append(office)
        by_key = {country.pk: country for country in names.countries.values()}
        for successor, predecessor in Succession.objects.values_list("successor", "predecessor"):
            names.predecessors[successor].append(by_key[predecessor])
        names.index()
        return names

    def index(self) -> None:
        """Fill the tables of folded names."""
        for table in ("countries", "organizations", "leaders", "kinds"):
            for public_id, record in getattr(self, table).items():
                self._index(table, public_id, record)
        for state, codes in COUNTRIES.items():
            self.countries_named[folded(state)] += [self.countries[code] for code in codes if code in self.countries]

    def _index(self, table: str, public_id: str, record: Any) -> None:
        named = getattr(self, f"{table}_named")
        names = [public_id, *_names_of(record)]
        # “Germany (to 1945)” was simply called Germany in its day, and the date tells which one is meant.
        names += [UNTIL.sub("", name) for name in names]
        names += [respelled(name) for name in names]
        for name in filter(None, dict.fromkeys(map(folded, names))):
            named[name].append(record)

    def add_organization(self, organization: Organization) -> None:
        """Let *organization*, which is about to be written, be known like those of the record."""
        self.organizations[organization.slug] = organization
        self._index("organizations", organization.slug, organization)
        self._asked.clear()

    def by_id(self, table: str, public_id: str) -> Any:
        """The record of *table* ("countries", …) with exactly this public id. Raises Rejected."""
        known = getattr(self, table)
        found = known.get(public_id)
        if found is None:
            raise Rejected(f"The record has no {public_id!r} among its {table}.{self._near(table, public_id)}")
        return found

    def near_country(self, text: str) -> str:
        """A question after the country that was most likely meant by *text*, or ""."""
        names = (name for country in self.countries.values() for name in country.all_names())
        return did_you_mean(text, names, likeness=0.72)

    def _near(self, table: str, text: str) -> str:
        """A question after the nearest of what *table* holds. Remembered: the same slip stands in many rows."""
        asked = (table, text)
        if asked not in self._asked:
            if len(self._asked) > MOST_ASKED:
                self._asked.clear()
            records = getattr(self, table)
            names = [name for record in records.values() for name in _names_of(record)]
            self._asked[asked] = did_you_mean(text, [*records, *names])
        return self._asked[asked]


def called(table: Table, text: str) -> list[Any]:
    """What *table* has under the name *text*, as it is or respelled."""
    return table.get(folded(text)) or table.get(folded(respelled(text))) or []


def _names_of(record: Any) -> list[str]:
    return [record.label] if isinstance(record, Kind) else record.all_names()
