"""What the events of a batch refer to, and what it comes to, worked out once."""

from collections.abc import Collection, Sequence
from operator import itemgetter
from typing import Any

import orjson

from events.bulk import WholeEvent
from events.edtf import EDTFDate
from events.models import Country, Event, Leader, Office, Organization
from events.referred import Referred
from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS
from timeline.rendering import chain_json, participant_json

LETTERS = ("c", "o", "l")
KIND, PLACE = map(Event._meta.get_field, ("kind", "place_country"))
#: Of the instance's own dictionary: the descriptors of foreign keys take longer than all the rest.
identity_of = itemgetter("role", "country_id", "organization_id", "leader_id", "office_id")


class Party:
    """Somebody in one role, who takes part in any number of the events."""

    def __init__(
        self,
        role: str,
        country: Country | None,
        organization: Organization | None,
        leader: Leader | None,
        office: Office | None,
        held: Sequence[Any],
    ) -> None:
        """*held*: the offices of *leader*; *office*: the one that a curator named."""
        self.role, self.bit = role, ROLE_BITS[role]
        self.country, self.organization, self.leader, self.office = country, organization, leader, office
        records = {letter: each for letter, each in zip(LETTERS, (country, organization, leader), strict=True) if each}
        #: By what an event is found in which this party takes part.
        self.postings = [f"{letter}:{record.public_id}" for letter, record in records.items()]
        self.names = [name for record in records.values() for name in record.all_names()]
        #: The country's code, if the role makes a dyad.
        self.paired = country.code if country and role in DYADIC_ROLES else None
        acts_for = (country and country.pk, organization and organization.pk)
        self._offices = [each for each in held if (each.country_id, each.organization_id) == acts_for != (None, None)]
        self._shown: dict[int | None, orjson.Fragment] = {}

    def shown(self, date: EDTFDate) -> orjson.Fragment:
        """The participant, as rendered in an event of *date*."""
        office = self.office or self.office_held(date)
        key = office and office.pk
        if key not in self._shown:
            self._shown[key] = orjson.Fragment(orjson.dumps(participant_json(self, office)))
        return self._shown[key]

    def office_held(self, date: EDTFDate) -> Office | None:
        """The only office with the party acted for that certainly overlaps *date*; None where none or several do."""
        held = [
            office
            for office in self._offices
            if office.held.latest_start <= date.earliest_end and date.latest_start <= office.held.earliest_end
        ]
        return held[0] if len(held) == 1 else None


class References:
    """The chains and parties of *events*, which all refer to what is *referred*; their kinds and places are set."""

    def __init__(self, events: Collection[WholeEvent], referred: Referred) -> None:
        self.chains = referred.chains
        for whole in events:
            told = vars(whole.event)
            KIND.set_cached_value(whole.event, referred.kinds[told["kind_id"]])
            PLACE.set_cached_value(whole.event, referred.countries[told["place_country_id"]])
        self._parties = {
            (role, country, organization, leader, office): Party(
                role,
                referred.countries[country],
                referred.organizations[organization],
                referred.leaders[leader],
                referred.offices[office],
                referred.held[leader],
            )
            for role, country, organization, leader, office in {
                identity_of(vars(each)) for whole in events for each in whole.participations
            }
        }
        self._chains_shown: dict[int, dict[str, Any]] = {}

    def parties(self, event: WholeEvent) -> list[Party]:
        """The parties of *event*, in order."""
        return [self._parties[identity_of(vars(each))] for each in event.participations]

    def chain_shown(self, source: int) -> dict[str, Any]:
        """What a claim on the source with this key shows of its chain, rendered."""
        if source not in self._chains_shown:
            shown = chain_json(self.chains[source])
            self._chains_shown[source] = {name: orjson.Fragment(orjson.dumps(part)) for name, part in shown.items()}
        return self._chains_shown[source]
