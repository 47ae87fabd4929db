"""What the events of the record should look like: each state's columns, JSON, postings, pairs and words."""

from collections import defaultdict, namedtuple
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import combinations
from types import MappingProxyType

from events.chains import chains_of
from events.models import Event, Leader
from events.models.events import Review
from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS
from timeline.models import UNTIL_FURTHER_NOTICE, Entry, EntryColumns, PastEntry
from timeline.rendering import render_content, with_modified
from timeline.search import indexed_text
from timeline.states import Chains, State, states_of
from timeline.tiles import finest, tiles_of
from timeline.traits import traits_of

#: All pairs of 193 parties would be 18,528 rows: wider events have none and are found by intersection.
MOST_PAIRED = 30
NONE: Mapping[int, Event] = MappingProxyType({})
PARTIES = ("country", "organization", "leader", "office")
#: What a state of an event is, whenever it was written.
DERIVED = [
    field.name
    for field in EntryColumns._meta.get_fields()
    if field.name not in {"body", "modified", "recorded_from", "recorded_to"}
]


#: The same, as values: a model's instance costs ten times as much, and millions are made.
EntryValues = namedtuple("EntryValues", [*DERIVED, "key"])


@dataclass(frozen=True, slots=True)
class Projection:
    """What one state of one event should look like: its entry, still without number and ``modified``, and its rows."""

    entry: EntryValues
    content: str
    parties: dict[str, int]
    pairs: list[tuple[str, str]]
    words: str

    @property
    def is_present(self) -> bool:
        """Whether this is all that is known, which is an Entry's to show; else a PastEntry does."""
        return self.entry.known_to == UNTIL_FURTHER_NOTICE

    def body(self, modified: datetime) -> str:
        return with_modified(self.content, modified)

    def equals(self, stored: Entry | PastEntry | None) -> bool:
        """Whether *stored* shows just this, whenever it was written."""
        return (
            stored is not None
            and all(getattr(stored, name) == getattr(self.entry, name) for name in DERIVED)
            and stored.body == self.body(stored.modified)
        )


def projections(keys: AbstractSet[int], created: Mapping[int, Event] = NONE) -> Iterator[Projection]:
    """What the published ones of the events *keys* should look like, in all their states, in order.

    *created* has those of them that were written whole just now; only what they refer to is read.
    """
    events = [event for key, event in created.items() if key in keys and event.review == Review.PUBLISHED]
    refer_anew(events)
    if others := keys - created.keys():
        events += Event.objects.published().filter(pk__in=others).whole()
    chains = chains_of({claim.source_id for event in events for claim in event.claims.all()})
    for event in events:
        for state in states_of(event, chains):
            yield projection_of(event, state, chains)


def refer_anew(events: Iterable[Event]) -> None:
    """Let *events* refer to countries, people and the like as they are now: whoever made them may have read them
    before somebody else's change.
    """
    participations = [participation for event in events for participation in event.participations.all()]
    for records, names in ((events, ("kind", "place_country")), (participations, PARTIES)):
        for name in names:
            field = records[0]._meta.get_field(name) if records else None
            keys = {getattr(record, field.attname) for record in records} - {None}
            if not keys:
                continue
            known = field.related_model.objects.all()
            if field.related_model is Leader:
                known = known.prefetch_related("offices__country", "offices__organization")
            known = known.in_bulk(keys)
            for record in records:
                if (key := getattr(record, field.attname)) is not None:
                    field.set_cached_value(record, known[key])


def states_by_event(projections: Iterable[Projection]) -> dict[int, list[Projection]]:
    """*projections* by the key of their event."""
    found: dict[int, list[Projection]] = defaultdict(list)
    for projection in projections:
        found[projection.entry.key].append(projection)
    return found


def projection_of(event: Event, state: State, chains: Chains) -> Projection:
    """A pure function of the *event* as it was read, whole."""
    participations = event.participations.all()
    countries = sorted({p.country.code for p in participations if p.country_id and p.role in DYADIC_ROLES})
    is_wide = len(countries) > MOST_PAIRED
    words = indexed_text(searched_texts(event))
    return Projection(
        entry_of(event, state, is_wide, words),
        render_content(event, state, chains),
        parties_of(event, state, chains),
        [] if is_wide else list(combinations(countries, 2)),
        words,
    )


def entry_of(event: Event, state: State, is_wide: bool, words: str) -> EntryValues:
    date, kind = state.date, event.kind
    tiles = tiles_of(date.earliest_start, date.latest_end)
    told = {
        "category": kind.category, "quad": kind.quad, "occurrence": state.occurrence,
        "verification": state.verification, "precision": date.precision,
    }  # fmt: skip
    return EntryValues(
        key=event.pk,
        slug=event.slug,
        earliest_start=date.earliest_start,
        latest_start=date.latest_start,
        earliest_end=date.earliest_end,
        latest_end=date.latest_end,
        position=date.position,
        coarseness=date.coarseness,
        fit_z=finest(tiles),
        kind=kind.slug,
        traits=traits_of(**told),
        **told,
        origins=state.status.origins,
        importance=event.importance,
        place_country=event.place_country.code if event.place_country_id else "",
        latitude=event.latitude,
        longitude=event.longitude,
        is_wide=is_wide,
        effect=kind.effect,
        **tiles,
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
