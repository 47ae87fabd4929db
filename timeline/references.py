"""What the events of a batch refer to, as it is now: read at once, and what it comes to worked out once.

Kept no longer than the transaction that read it, for others may change it afterwards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import orjson
from django.db.models import Field, Model

from events.bulk import WholeEvent
from events.chains import chains_of
from events.edtf import EDTFDate
from events.models import Country, Event, Leader, Office, Organization, Participation
from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS
from timeline.rendering import chain_json, participant_json

OF_EVENT = [Event._meta.get_field(name) for name in ("kind", "place_country")]
OF_PARTY = [Participation._meta.get_field(name) for name in ("country", "organization", "leader", "office")]
OF_OFFICE = ("leader_id", "country_id", "organization_id", "pk", "title", "held")
LETTERS = ("c", "o", "l")
#: Of the instance's own dictionary: the descriptors of foreign keys take longer than all the rest.
identity_of = itemgetter("role", *(field.attname for field in OF_PARTY))


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
    """The chains, parties and kinds that *events* refer to.

    Whoever made the events may have read those before somebody else's change, so they are read anew.
    """

    def __init__(self, events: Collection[WholeEvent]) -> None:
        self.chains = chains_of({claim.source_id for whole in events for claim in whole.claims})
        for field in OF_EVENT:
            known = read(field, (vars(whole.event)[field.attname] for whole in events))
            for whole in events:
                field.set_cached_value(whole.event, known[vars(whole.event)[field.attname]])
        identities = {identity_of(vars(each)) for whole in events for each in whole.participations}
        countries, organizations, leaders, offices = (
            read(field, {identity[place] for identity in identities}) for place, field in enumerate(OF_PARTY, start=1)
        )
        held = offices_of(leaders.keys() - {None})
        self._parties = {
            identity: Party(
                role, countries[country], organizations[organization], leaders[leader], offices[office], held[leader]
            )
            for identity in identities
            for role, country, organization, leader, office in [identity]
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


def read(field: Field, keys: Iterable[int | None]) -> Mapping[int | None, Model | None]:
    """The records that *field* refers to by *keys*; None under None."""
    wanted = set(keys) - {None}
    return (field.related_model.objects.in_bulk(wanted) if wanted else {}) | {None: None}


def offices_of(leaders: Collection[int]) -> Mapping[int | None, list[Any]]:
    """What is told of the offices that *leaders* held, by their keys; as values, which are many."""
    held: dict[int | None, list[Any]] = defaultdict(list)
    for office in Office.objects.filter(leader__in=leaders).values_list(*OF_OFFICE, named=True) if leaders else ():
        held[office.leader_id].append(office)
    return held
