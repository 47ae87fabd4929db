"""Many new events at once, whole, inside a recording."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from events.models import Claim, Event, Participation
from events.recording import Recording


@dataclass
class WholeEvent:
    """An event that is not in the record yet, with all that belongs to it; its references are set as instances."""

    event: Event
    participations: list[Participation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def create_events(unit: Recording, whole: Sequence[WholeEvent]) -> None:
    """Write *whole* in *unit*, an open recording; afterwards the instances have their keys.

    What only a person could get wrong is not checked again: public ids must be new.
    """
    Event.objects.bulk_create([each.event for each in whole])
    for each in whole:
        for row in (*each.participations, *each.claims):
            row.event = each.event
    Participation.objects.bulk_create([row for each in whole for row in each.participations])
    Claim.objects.bulk_create([row for each in whole for row in each.claims])
