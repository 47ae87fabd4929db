"""Keeps the entries equal to the record, in the transaction that changes it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

from django.db.models import Model

from events.chains import chains_of, known_at
from events.models import Event
from events.status import Status
from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS
from timeline.clock import Tick, Turn
from timeline.models import Entry, Pair, Posting
from timeline.rendering import Chains, render_content, with_modified
from timeline.tiles import fit_z

BATCH = 1_000
#: All pairs of 193 parties would be 18,528 rows: wider events have none and are found by intersection.
MOST_PAIRED = 30
DERIVED = [
    field.name
    for field in Entry._meta.concrete_fields
    if field.name not in {"key", "body", "modified", "recorded_from", "recorded_to", "known_to"}
]


@dataclass(frozen=True, slots=True)
class Projection:
    """What one event should look like: its entry (still without number and ``modified``), postings and pairs."""

    entry: Entry
    content: bytes
    postings: list[Posting]
    pairs: list[Pair]

    def stamped(self, tick: Tick) -> Entry:
        self.entry.recorded_from = tick.number
        self.entry.modified = tick.at
        self.entry.body = with_modified(self.content, tick.at)
        return self.entry

    def equals(self, stored: Entry | None) -> bool:
        """Whether *stored* shows just this, whenever it was written."""
        return (
            stored is not None
            and all(getattr(stored, name) == getattr(self.entry, name) for name in DERIVED)
            and bytes(stored.body) == with_modified(self.content, stored.modified)
        )


def on_record_changed(
    sender: type, events: frozenset[int], references: frozenset[type[Model]], **kwargs: Any
) -> None:
    """Project *events*; a change of other public records draws a number too, for they are answered from as well."""
    turn = Turn()
    for batch in batches(sorted(events)):
        project(batch, turn)
    if any(hasattr(model, "resource") for model in references):
        turn.tick()


def batches(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = iter(keys)
    while batch := list(islice(keys, BATCH)):
        yield batch


def project(keys: Collection[int], turn: Turn) -> None:
    """Make the entries of the events *keys*, at most BATCH, what the record amounts to; only where they differ."""
    wanted = {projection.entry.key: projection for projection in projections(keys)}
    stored = Entry.objects.in_bulk(list(keys))
    gone = stored.keys() - wanted.keys()
    changed = [projection for key, projection in wanted.items() if not projection.equals(stored.get(key))]
    if gone or changed:
        tick = turn.tick()
        write(gone, changed, [projection.stamped(tick) for projection in changed])


def write(gone: Collection[int], changed: Collection[Projection], entries: list[Entry]) -> None:
    """Replace what is kept of the events *gone* and *changed*."""
    keys = [*gone, *(entry.key for entry in entries)]
    Posting.objects.filter(key__in=keys).delete()
    Pair.objects.filter(key__in=keys).delete()
    # Deleted first, or a slug handed on within the batch would meet its old holder.
    Entry.objects.filter(key__in=keys).delete()
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Posting.objects.bulk_create([row for projection in changed for row in projection.postings], batch_size=BATCH)
    Pair.objects.bulk_create([row for projection in changed for row in projection.pairs], batch_size=BATCH)


def projections(keys: Collection[int]) -> Iterator[Projection]:
    """What the published ones of the events *keys* should look like."""
    events = list(Event.objects.published().filter(pk__in=keys).whole())
    chains = chains_of({claim.source_id for event in events for claim in event.claims.all()})
    statuses = Event.objects.assess([event.pk for event in events])
    for event in events:
        yield projection_of(event, statuses[event.pk], chains)


def projection_of(event: Event, status: Status, chains: Chains) -> Projection:
    """A pure function of the *event* as it was read, whole."""
    countries = sorted({p.country.code for p in event.participations.all() if p.country and p.role in DYADIC_ROLES})
    is_wide = len(countries) > MOST_PAIRED
    entry = entry_of(event, status, chains, is_wide)
    place = {
        "key": entry.key, "position": entry.position, "coarseness": entry.coarseness, "fit_z": entry.fit_z
    }
    return Projection(
        entry,
        render_content(event, status, chains),
        [Posting(party=party, roles=roles, **place) for party, roles in sorted(parties_of(event, chains).items())],
        [] if is_wide else [Pair(a=a, b=b, **place) for a, b in combinations(countries, 2)],
    )


def entry_of(event: Event, status: Status, chains: Chains, is_wide: bool) -> Entry:
    date = event.date
    return Entry(
        key=event.pk,
        slug=event.slug,
        earliest_start=date.earliest_start,
        latest_start=date.latest_start,
        earliest_end=date.earliest_end,
        latest_end=date.latest_end,
        position=date.position,
        coarseness=date.coarseness,
        precision=date.precision,
        fit_z=fit_z(date.earliest_start, date.latest_end),
        kind=event.kind.slug,
        category=event.kind.category,
        quad=event.kind.quad,
        occurrence=event.occurrence,
        verification=event.verification,
        origins=status.origins,
        importance=event.importance,
        place_country=event.place_country.code if event.place_country else "",
        latitude=event.latitude,
        longitude=event.longitude,
        is_wide=is_wide,
        known_from=known_from(event, chains),
    )


def known_from(event: Event, chains: Chains) -> int:
    """Since when the sources amount to this state: the last claim's instant, in seconds of UTC since 1970."""
    return max((known_at(chains[claim.source_id]) for claim in event.claims.all()), default=0)


def parties_of(event: Event, chains: Chains) -> dict[str, int]:
    """Everything that the event can be found by, with the bits of its roles (0 for sources and publishers)."""
    parties: dict[str, int] = {}
    for participation in event.participations.all():
        for letter, party in (
            ("c", participation.country), ("o", participation.organization), ("l", participation.leader)
        ):
            if party:
                name = f"{letter}:{party.public_id}"
                parties[name] = parties.get(name, 0) | ROLE_BITS[participation.role]
    for claim in event.claims.all():
        for source in chains[claim.source_id]:
            parties[f"s:{source.slug}"] = 0
            parties[f"p:{source.publisher.slug}"] = 0
    return parties
