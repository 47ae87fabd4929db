"""A draft in words → a whole event of unsaved records, with what it refers to set as instances."""

from __future__ import annotations

from dataclasses import dataclass

from events.bulk import WholeEvent
from events.edtf import EDTFDate, InvalidEDTF
from events.importing.drafts import ClaimDraft, Draft, PartyDraft
from events.importing.making import Maker
from events.importing.matching import Names
from events.importing.problems import Rejected
from events.importing.sources import Sources
from events.loading.problems import did_you_mean
from events.models import Claim, Country, Event, Leader, Office, Organization, Participation, Source
from events.models.base import SLUG
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance
from events.vocabulary.status_terms import Occurrence, Verification

ROLES = frozenset(Role.values)
STANCES = frozenset(Stance.values)
OCCURRENCES = frozenset({"", *Occurrence.values})
VERIFICATIONS = frozenset({"", *Verification.values})
LONGEST = {
    field.name: field.max_length
    for model in (Claim, Event)
    for field in model._meta.concrete_fields
    if field.max_length
}


new_event, new_participation, new_claim = Maker(Event), Maker(Participation), Maker(Claim)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Makes whole events of drafts, by the names and sources of the record."""

    names: Names
    sources: Sources
    review: str

    def whole(self, draft: Draft) -> WholeEvent:
        """*draft* as records. Raises Rejected, which names the value that cannot be mapped or kept."""
        date = read_date(draft.date, "date")
        participations = self._participations(draft, date)
        event = self._event(draft, date, participations)
        made: dict[str, Source] = {}
        claims = [self._claim(claim, made) for claim in draft.claims]
        if not claims:
            raise Rejected("It has no claim: nothing is recorded that no source is named for.")
        if len({(claim.source.slug, claim.stance, claim.locator) for claim in claims}) < len(claims):
            raise Rejected("A source claims the same thing twice at the same place: take one of the two out.")
        return WholeEvent(event, participations, claims)

    def _event(self, draft: Draft, date: EDTFDate, participations: list[Participation]) -> Event:
        kind = self.names.kind(draft.kind)
        importance = kind.default_importance if draft.importance is None else draft.importance
        if not 0 <= importance <= 100:
            raise Rejected(f"importance is {importance}; it lies between 0 and 100.")
        _check_coordinates(draft.latitude, draft.longitude)
        if not SLUG.regex.match(draft.slug):
            raise Rejected(f"The id {draft.slug!r} is none: {SLUG.message}")
        occurrence, verification, reason = draft.assessment
        if occurrence not in OCCURRENCES or verification not in VERIFICATIONS:
            raise Rejected(f"The assessment {occurrence!r}, {verification!r} is none of this record's.")
        place = self._place_country(draft, date) if draft.place_country else None
        event = new_event(
            {"kind": kind, "place_country": place},
            slug=_short("slug", draft.slug),
            title=_short("title", draft.title or made_title(kind.label, participations)),
            summary=_text("summary", draft.summary),
            date=date,
            date_reason=_short("date_reason", draft.date_reason),
            place_name=_short("place_name", draft.place_name),
            latitude=draft.latitude,
            longitude=draft.longitude,
            importance=importance,
            review=self.review,
        )
        if occurrence or verification:
            event.assessed_occurrence, event.assessed_verification = occurrence, verification
            event.assessment_reason = _short("assessment_reason", reason)
        return event

    def _participations(self, draft: Draft, date: EDTFDate) -> list[Participation]:
        found: dict[tuple, Participation] = {}
        for party in draft.parties:
            if party.role not in ROLES:
                raise Rejected(f"The role {party.role!r} is none; it is one of {', '.join(Role.values)}.")
            country, organization, leader = self._party(party, date, draft.exact)
            identity = (party.role, *map(id, (country, organization, leader)))  # compared at once, unlike records
            if identity not in found:
                office = self._office(party, leader, date) if party.office else None
                related = {"country": country, "organization": organization, "leader": leader, "office": office}
                found[identity] = new_participation(related, role=party.role)
        return list(found.values())

    def _party(
        self, party: PartyDraft, date: EDTFDate, exact: bool
    ) -> tuple[Country | None, Organization | None, Leader | None]:
        names = self.names
        if party.party:
            named = {type(each): each for each in names.party(party.party, date, if_known=party.if_known)}
            return named.get(Country), named.get(Organization), named.get(Leader)
        if party.of and names.are_one_country(party.name, party.of):
            return names.country(party.of, date), None, None
        country = self._country(party.country, date, exact) if party.country else None
        if party.name:
            organization, leader = self._with_id(party.name) if exact else self._named(party, date, country)
        elif exact:
            organization = names.by_id("organizations", party.organization) if party.organization else None
            leader = names.by_id("leaders", party.leader) if party.leader else None
        else:
            organization = names.organization(party.organization) if party.organization else None
            leader = self._leader(party, date, country) if party.leader else None
        if country and organization:
            raise Rejected(
                f"{country.name} and {organization.name} stand as one party: name a country or an organization."
            )
        if not (country or organization or leader):
            raise Rejected(f"The party in the role {party.role!r} has no name.")
        return country, organization, leader

    def _country(self, text: str, date: EDTFDate, exact: bool) -> Country:
        return self.names.by_id("countries", text) if exact else self.names.country(text, date)

    def _place_country(self, draft: Draft, date: EDTFDate) -> Country:
        try:
            if draft.place_as_of_today:
                return self.names.country_of_place(draft.place_country, date)
            return self._country(draft.place_country, date, draft.exact)
        except Rejected as problem:
            raise Rejected(f"Of the place: {problem}") from None

    def _leader(self, party: PartyDraft, date: EDTFDate, country: Country | None) -> Leader | None:
        if party.if_known and (country or party.organization):
            return self.names.leader_if_known(party.leader, date, country)
        return self.names.leader(party.leader, date, country)

    def _named(
        self, party: PartyDraft, date: EDTFDate, country: Country | None
    ) -> tuple[Organization | None, Leader | None]:
        """The person or, else, the organization of the party's name."""
        whose = self.names.country(party.of, date) if party.of else country
        leader = self.names.leader_if_known(party.name, date, whose)
        if leader or (party.if_known and country):
            return None, leader
        try:
            return self.names.organization(party.name), None
        except Rejected as unknown:
            raise Rejected(f"{unknown} Nor does it know a person of that name and an office at that date.") from None

    def _with_id(self, public_id: str) -> tuple[Organization | None, Leader | None]:
        """The organization or the person with exactly this id."""
        organization, leader = self.names.organizations.get(public_id), self.names.leaders.get(public_id)
        if organization and leader:
            raise Rejected(f"{public_id!r} is an organization and a person here: NDJSON says which, CSV cannot.")
        if not (organization or leader):
            near = did_you_mean(public_id, [*self.names.organizations, *self.names.leaders])
            raise Rejected(f"The record has no {public_id!r} among its organizations, nor among its leaders.{near}")
        return organization, leader

    def _office(self, party: PartyDraft, leader: Leader | None, date: EDTFDate) -> Office | None:
        """The office to be named, or None where it follows from the date by itself."""
        title, held = party.office
        offices = self.names.offices[leader.pk] if leader else []
        named = [each for each in offices if each.title == title and each.held.edtf == held]
        if not named:
            whose = leader.name if leader else "nobody"
            raise Rejected(f"The record knows no office {title!r}, held {held}, of {whose}.")
        acted_for = (party.country, party.organization)
        at_the_time = [
            each for each in offices
            if ((each.country and each.country.code) or "", (each.organization and each.organization.slug) or "")
            == acted_for and each.held.latest_start <= date.earliest_end and date.latest_start <= each.held.earliest_end
        ]  # fmt: skip
        return None if at_the_time == named else named[0]

    def _claim(self, draft: ClaimDraft, made: dict[str, Source]) -> Claim:
        if draft.stance not in STANCES:
            raise Rejected(f"The stance {draft.stance!r} is none; it is one of {', '.join(Stance.values)}.")
        return new_claim(
            {"source": self.sources.find(draft.source, made)},
            stance=draft.stance,
            date=read_date(draft.date, "the claim's date") if draft.date else None,
            figures=_short("figures", draft.figures),
            locator=_short("locator", draft.locator),
            note=_short("note", draft.note),
        )


def made_title(kind: str, participations: list[Participation]) -> str:
    """ "Talks: Syria – North Korea", for an event that has no title of its own."""
    parties = dict.fromkeys(
        str(party.leader or party.organization or party.country) for party in participations
    )
    return f"{kind}: {' – '.join(parties)}"[: LONGEST["title"]] if parties else kind


def read_date(text: str, name: str) -> EDTFDate:
    try:
        return EDTFDate.parse(text)
    except InvalidEDTF as error:
        raise Rejected(f"{name}: {error}") from None


def _check_coordinates(latitude: float | None, longitude: float | None) -> None:
    if (latitude is None) != (longitude is None):
        raise Rejected("Give both latitude and longitude, or neither.")
    # Written so that NaN is refused, too.
    if latitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Rejected(f"{latitude}, {longitude} is no place on earth: degrees north and east are wanted.")


def _text(name: str, value: str) -> str:
    if not isinstance(value, str):
        raise Rejected(f"{name} is {value!r}, which is no text.")
    if "\0" in value:
        raise Rejected(f"{name} holds a NUL character; take it out.")
    return value


def _short(name: str, value: str) -> str:
    if len(_text(name, value)) > LONGEST[name]:
        raise Rejected(f"{name} has {len(value)} characters; it has at most {LONGEST[name]}.")
    return value
