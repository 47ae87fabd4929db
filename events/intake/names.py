"""What the record calls whom, as plain values: the intake works without a database."""

from __future__ import annotations

from dataclasses import dataclass

from events.edtf import EDTFDate


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
    """All that a text may name."""

    records: tuple[Named, ...] = ()

    @classmethod
    def of_record(cls) -> Names:
        """From the database, in four queries."""
        from events.models import Country, Leader, Organization

        countries = [
            Named("country", each.code, each.name, (each.official_name, *each.aliases), each.existence,
                  capital=each.capital)
            for each in Country.objects.all()
        ]  # fmt: skip
        organizations = [
            Named("organization", each.slug, each.name, tuple(each.aliases),
                  country=each.country.code if each.country else "", kind=each.kind)
            for each in Organization.objects.select_related("country")
        ]  # fmt: skip
        leaders = [
            Named("leader", each.slug, each.name, tuple(each.aliases), offices=tuple(_offices(each)))
            for each in Leader.objects.prefetch_related("offices__country", "offices__organization")
        ]
        return cls((*countries, *organizations, *leaders))


def _offices(leader):
    for office in leader.offices.all():
        yield Held(office.title, office.held, office.country.code if office.country else "",
                   office.organization.slug if office.organization else "")  # fmt: skip
