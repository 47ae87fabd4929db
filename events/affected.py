"""Which events look different when records change, and what is derived anew for them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from events.batched import batched
from events.models import Address, Country, Event, Kind, Leader, Organization, Source
from events.models.base import PublicRecord
from events.models.events import Review

#: Events that one change shows in its own transaction; past it they wait, and are brought up to date batch by batch.
MOST_AT_ONCE = 1_000
#: The one of the look-ups below through which a changed record may change the status of an event, too.
BY_CLAIM = "claims__source__in"


@dataclass(frozen=True)
class Affected:
    """``keys`` of the events that may look different, deleted ones included; ``assessed``: those of them whose status
    may be another; ``references``: other models touched.
    """

    keys: frozenset[int]
    assessed: frozenset[int]
    references: frozenset[type[Model]]
    touched: Mapping[type[Model], set[int]]


def affected_events(touched: Mapping[type[Model], set[int]], made: AbstractSet[tuple[type[Model], int]]) -> Affected:
    """Follow *touched* (keys by model) to every event whose status, words or parties may depend on them.

    Records that were *made* in the same change are not followed: only events written with them can show them.
    """
    known = {model: {key for key in keys if (model, key) not in made} for model, keys in touched.items()}
    found = {lookup: frozenset(_events(**{lookup: keys})) for lookup, keys in _ways_of_showing(known).items()}
    own = frozenset(touched.get(Event, ()))
    assessed = own | found.get(BY_CLAIM, frozenset())
    return Affected(own.union(*found.values()), assessed, frozenset(touched.keys() - {Event}), touched)


def _events(**condition: Collection[int]) -> QuerySet:
    return Event.objects.filter(**condition).order_by().values_list("pk", flat=True)


def reach_of(record: Model, most: int) -> tuple[int, bool]:
    """How many events show *record*, counted no further than *most*; and whether that is all."""
    found: set[int] = set()
    is_all = True
    for lookup, keys in _ways_of_showing({type(record): {record.pk}}).items():
        events = _events(**{lookup: keys})[: most + 1]
        found.update(events)
        is_all = is_all and len(events) <= most
    return min(len(found), most), is_all and len(found) <= most


def _ways_of_showing(touched: Mapping[type[Model], set[int]]) -> dict[str, Collection[int]]:
    """The look-ups that find events by the other records of *touched* that they show, each with its keys."""
    sources = set(touched.get(Source, ()))
    if publishers := touched.get(Organization):
        sources |= set(Source.objects.filter(publisher__in=publishers).values_list("pk", flat=True))
    if sources:
        sources = Source.objects.downstream(sources)
    ways = {
        BY_CLAIM: sources,
        "participations__organization__in": touched.get(Organization),
        "participations__country__in": touched.get(Country),
        "place_country__in": touched.get(Country),
        "participations__leader__in": touched.get(Leader),
        "kind__in": touched.get(Kind),
    }
    return {lookup: keys for lookup, keys in ways.items() if keys}


def is_shown(record: Model) -> bool:
    """Whether readers see *record*, or a row of it, as part of a published event."""
    touched: dict[type[Model], set[int]] = {}
    for model, key in record.touches():
        touched.setdefault(model, set()).add(key)
    published = Event.objects.published().order_by()
    return any(published.filter(**{lookup: keys}).exists() for lookup, keys in _ways_of_showing(touched).items())


def check_borne_out(records: Iterable[Model]) -> None:
    """Raise ValidationError where an event that one of *records* touches is published and has no claim."""
    keys = [key for record in records for model, key in record.touches() if model is Event]
    for some in batched(keys, MOST_AT_ONCE):
        bare = Event.objects.published().filter(pk__in=some, claims=None).order_by("pk").first()
        if bare is not None:
            raise ValidationError(
                f"“{bare}” would be published without a claim: name a source for it, or withdraw it first."
            )


def settle(affected: Affected, created: AbstractSet[int], whole: AbstractSet[tuple[type[Model], int]]) -> None:
    """Derive each status that may have changed, and note the public ids that were given out.

    Events just *created* have their status, and records written *whole* have their addresses.
    """
    Event.objects.derive_status(affected.assessed - created)
    left = {model: {key for key in keys if (model, key) not in whole} for model, keys in affected.touched.items()}
    public = [(model, keys) for model, keys in left.items() if keys and issubclass(model, PublicRecord)]
    given = [address for model, keys in public for address in _given_out(model, keys)]
    Address.objects.bulk_create(given, ignore_conflicts=True)


def _given_out(model: type[PublicRecord], keys: Collection[int]) -> Iterator[Address]:
    """The public ids, given out, of those of the records *keys* of *model* that readers see or saw."""
    records = model.objects.filter(pk__in=keys).order_by()
    if model is Event:
        records = records.filter(review__in=[Review.PUBLISHED, Review.WITHDRAWN])
    for key, slug in records.values_list("pk", model.address_field):
        yield Address(resource=model.resource, slug=slug, key=key)
