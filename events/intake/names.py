"""What the record calls whom, as plain values: the intake works without a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from events.edtf import EDTFDate

#: Stands before a person's slug that is an organization's, too: here an id is that of one record.
PERSON = "leaders/"


@dataclass(frozen=True, slots=True)
class Held:
    """An office: of a country, by its code, or of an organization, by its slug."""

    title: str
    held: EDTFDate
    country: str = ""
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A record with its names. *model* is "country", "organization" or "leader"."""

    model: str
    public_id: str
    name: str
    aliases: tuple[str, ...] = ()
    existence: EDTFDate | None = None  #: of a country
    capital: str = ""  #: of a country
    country: str = ""  #: of an organization: the code of the country that it belongs to
    kind: str = ""  #: of an organization
    offices: tuple[Held, ...] = ()  #: of a leader


@dataclass(frozen=True)
class Names:
    """All that a text may name. Made once, it serves any number of texts."""

    records: tuple[Named, ...] = ()

    @classmethod
    def of_record(cls) -> Names:
        """From the database, in five queries."""
        from events.models import Country, Leader, Organization

        countries = [
            Named("country", each.code, each.name, tuple(filter(None, (each.official_name, *each.aliases))),
                  each.existence, capital=each.capital)
            for each in Country.objects.all()
        ]  # fmt: skip
        organizations = [
            Named("organization", each.slug, each.name, tuple(each.aliases),
                  country=each.country.code if each.country else "", kind=each.kind)
            for each in Organization.objects.select_related("country")
        ]  # fmt: skip
        taken = {each.public_id for each in organizations}
        leaders = [
            Named("leader", f"{PERSON if each.slug in taken else ''}{each.slug}", each.name, tuple(each.aliases),
                  offices=tuple(_offices(each)))
            for each in Leader.objects.prefetch_related("offices__country", "offices__organization")
        ]  # fmt: skip
        return cls((*countries, *organizations, *leaders))

    @cached_property
    def by_id(self) -> dict[str, Named]:
        """Codes are capitals and slugs are not, and PERSON tells equal slugs apart, so that one table holds all."""
        return {record.public_id: record for record in self.records}

    @cached_property
    def leaders(self) -> tuple[Named, ...]:
        return tuple(record for record in self.records if record.model == "leader")

    @cached_property
    def finder(self) -> Any:
        from events.intake.finding import Finder

        return Finder(self)


def _offices(leader: Any) -> Iterator[Held]:
    for office in leader.offices.all():
        yield Held(office.title, office.held, office.country.code if office.country else "",
                   office.organization.slug if office.organization else "")  # fmt: skip
