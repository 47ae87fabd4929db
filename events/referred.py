"""What events refer to, as it is now: read at once, by whoever has the turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from events.chains import chains_of
from events.models import Country, Kind, Leader, Office, Organization

if TYPE_CHECKING:
    from events.bulk import WholeEvent

OF_OFFICE = ("leader_id", "country_id", "organization_id", "pk", "title", "held")


class Referred:
    """The kinds, places, parties, offices and chains that *events* refer to, each by its key; None under None.

    Whoever made the events may have read those before somebody else's change, so they are read anew; and kept no longer
    than the transaction, for others may change them afterwards.
    """

    def __init__(self, events: Collection[WholeEvent]) -> None:
        # Of the instances' own dictionaries: the descriptors of foreign keys take longer than all the rest.
        told = [vars(whole.event) for whole in events]
        parties = [vars(party) for whole in events for party in whole.participations]
        places = (each["place_country_id"] for each in told)
        self.chains = chains_of({claim.source_id for whole in events for claim in whole.claims})
        self.kinds = read(Kind, (each["kind_id"] for each in told))
        self.countries = read(Country, {*places, *(each["country_id"] for each in parties)})
        self.organizations = read(Organization, (each["organization_id"] for each in parties))
        self.leaders = read(Leader, (each["leader_id"] for each in parties))
        self.offices = read(Office, (each["office_id"] for each in parties))
        #: What is told of the offices that each leader held; as values, which are many.
        self.held = offices_of(self.leaders.keys() - {None})


def read(model: type[Model], keys: Iterable[int | None]) -> Mapping[int | None, Any]:
    """The records of *model* with these *keys*; None under None."""
    wanted = set(keys) - {None}
    return (model.objects.in_bulk(wanted) if wanted else {}) | {None: None}


def offices_of(leaders: Collection[int]) -> Mapping[int | None, list[Any]]:
    held: dict[int | None, list[Any]] = defaultdict(list)
    for office in Office.objects.filter(leader__in=leaders).values_list(*OF_OFFICE, named=True) if leaders else ():
        held[office.leader_id].append(office)
    return held
