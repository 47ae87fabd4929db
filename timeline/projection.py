"""What the events of the record should look like: each state's columns, JSON, postings, pairs and words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import combinations

from events.chains import chains_of
from events.edtf.calendar import civil_from_days
from events.models import Event
from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS
from timeline.models import Entry, EntryColumns, PastEntry
from timeline.rendering import render_content, with_modified
from timeline.search import indexed_text
from timeline.states import Chains, State, states_of
from timeline.tiles import fit_z

#: All pairs of 193 parties would be 18,528 rows: wider events have none and are found by intersection.
MOST_PAIRED = 30
DAY = 86_400
#: What a state of an event is, whenever it was written.
DERIVED = [
    field.name
    for field in EntryColumns._meta.get_fields()
    if field.name not in {"body", "modified", "recorded_from", "recorded_to"}
]


@dataclass(frozen=True, slots=True)
class Projection:
    """What one state of one event should look like: its entry, still without number and ``modified``, and its rows."""

    entry: Entry
    content: bytes
    parties: dict[str, int]
    pairs: list[tuple[str, str]]
    words: str

    def body(self, modified: datetime) -> bytes:
        return with_modified(self.content, modified)

    def equals(self, stored: Entry | PastEntry | None) -> bool:
        """Whether *stored* shows just this, whenever it was written."""
        return (
            stored is not None
            and all(getattr(stored, name) == getattr(self.entry, name) for name in DERIVED)
            and bytes(stored.body) == self.body(stored.modified)
        )


def projections(keys: Collection[int]) -> Iterator[Projection]:
    """What the published ones of the events *keys* should look like, in all their states, in order."""
    events = list(Event.objects.published().filter(pk__in=keys).whole())
    chains = chains_of({claim.source_id for event in events for claim in event.claims.all()})
    for event in events:
        for state in states_of(event, chains):
            yield projection_of(event, state, chains)


def states_by_event(projections: Iterable[Projection]) -> dict[int, list[Projection]]:
    """*projections* by the key of their event."""
    found: dict[int, list[Projection]] = defaultdict(list)
    for projection in projections:
        found[projection.entry.key].append(projection)
    return found


def projection_of(event: Event, state: State, chains: Chains) -> Projection:
    """A pure function of the *event* as it was read, whole."""
    countries = sorted({p.country.code for p in event.participations.all() if p.country and p.role in DYADIC_ROLES})
    is_wide = len(countries) > MOST_PAIRED
    words = indexed_text(searched_texts(event))
    return Projection(
        entry_of(event, state, is_wide, words),
        render_content(event, state, chains),
        dict(sorted(parties_of(event, state, chains).items())),
        [] if is_wide else list(combinations(countries, 2)),
        words,
    )


def entry_of(event: Event, state: State, is_wide: bool, words: str) -> Entry:
    date = state.date
    tier = fit_z(date.earliest_start, date.latest_end)
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
        fit_z=tier,
        kind=event.kind.slug,
        category=event.kind.category,
        quad=event.kind.quad,
        occurrence=state.occurrence,
        verification=state.verification,
        origins=state.status.origins,
        importance=event.importance,
        place_country=event.place_country.code if event.place_country else "",
        latitude=event.latitude,
        longitude=event.longitude,
        is_wide=is_wide,
        effect=event.kind.effect,
        decade=civil_from_days(date.earliest_start // DAY)[0] // 10 if tier >= 2 else None,
        words_hash=hash_of(words),
        known_from=state.known_from,
        known_to=state.known_to,
    )


def parties_of(event: Event, state: State, chains: Chains) -> dict[str, int]:
    """Everything that the event can be found by, with the bits of its roles (0 for sources and publishers)."""
    parties: dict[str, int] = {}
    for participation in event.participations.all():
        for letter, party in (
            ("c", participation.country), ("o", participation.organization), ("l", participation.leader)
        ):
            if party:
                name = f"{letter}:{party.public_id}"
                parties[name] = parties.get(name, 0) | ROLE_BITS[participation.role]
    for claim in state.claims:
        for source in chains[claim.source_id]:
            parties[f"s:{source.slug}"] = 0
            parties[f"p:{source.publisher.slug}"] = 0
    return parties


def searched_texts(event: Event) -> Iterator[str]:
    """The texts in which words are looked for: title, summary, all names of the parties, each once."""
    yield event.title
    yield event.summary
    names = dict.fromkeys(
        name
        for participation in event.participations.all()
        for party in (participation.country, participation.organization, participation.leader)
        if party
        for name in party.all_names()
    )
    yield from names


def hash_of(words: str) -> int:
    """64 bits of BLAKE2 of *words*, signed as databases keep them."""
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), signed=True)
