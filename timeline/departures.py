"""Public ids that lead elsewhere or nowhere: what the record says of them, and what stands in the projection."""

from collections.abc import Collection, Mapping

from events.models import Address, Event
from events.models.events import Review
from timeline.models import UNTIL_FURTHER_NOTICE, Departure

SAME = ("kind", "key", "into_key", "reason")


def departures_of(keys: Collection[int]) -> dict[str, Departure]:
    """What the ids that the events *keys* ever had should lead to, by id, where that is no event of theirs now.

    An old id leads to its event's present one; a merged event's to the survivor; a withdrawn or erased one's nowhere.
    """
    told = ("slug", "review", "withdrawal_reason", "merged_into__slug")
    events = Event.objects.select_related("merged_into").only(*told).in_bulk(keys)
    departures = {}
    for address in Address.objects.filter(resource=Event.resource, key__in=keys):
        departure = _departure(address, events.get(address.key))
        if departure is not None:
            departures[address.slug] = departure
    return departures


def _departure(address: Address, event: Event | None) -> Departure | None:
    """Where *address* leads, once given to *event* (None: erased); None where the event itself answers there."""
    made = Departure(slug=address.slug, key=address.key)
    if event is None:
        made.kind, made.reason = Departure.Kind.ERASED, address.reason
    elif event.merged_into_id:
        made.kind, made.reason = Departure.Kind.MERGED, event.withdrawal_reason
        made.into_key, made.into = event.merged_into_id, event.merged_into.slug
    elif event.review == Review.WITHDRAWN:
        made.kind, made.reason = Departure.Kind.WITHDRAWN, event.withdrawal_reason
    elif event.review == Review.PUBLISHED and event.slug != address.slug:
        made.kind, made.into_key, made.into = Departure.Kind.MERGED, event.pk, event.slug
    else:
        return None
    return made


def standing_departures(keys: Collection[int]) -> dict[str, Departure]:
    """What the ids of the events *keys* lead to in the projection, by id."""
    standing = Departure.objects.filter(key__in=keys, recorded_to=UNTIL_FURTHER_NOTICE)
    return {departure.slug: departure for departure in standing}


def changed_departures(
    keys: Collection[int], standing: Mapping[str, Departure]
) -> tuple[list[Departure], list[Departure]]:
    """The departures of the events *keys* that no longer hold, of those that are *standing*, and those that hold from
    now on.
    """
    wanted = departures_of(keys)
    ended = [old for slug, old in standing.items() if _differ(old, wanted.get(slug))]
    begun = [new for slug, new in wanted.items() if _differ(new, standing.get(slug))]
    return ended, begun


def _differ(one: Departure, other: Departure | None) -> bool:
    """Whether two departures of one id say different things, whenever they were written."""
    return other is None or any(getattr(one, name) != getattr(other, name) for name in SAME)
