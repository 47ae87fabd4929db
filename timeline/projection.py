"""What the events of the record should look like: each state's columns, JSON, postings, pairs and words."""

from collections import defaultdict, namedtuple
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, combinations, groupby
from operator import attrgetter

from events.bulk import WholeEvent
from events.models import Event
from events.referred import Referred
from timeline.models import UNTIL_FURTHER_NOTICE, Entry, EntryColumns, PastEntry
from timeline.references import Party, References
from timeline.rendering import render_content, with_modified
from timeline.search.cutting import indexed_text
from timeline.search.words_row import WordsRow
from timeline.states import State, states_of
from timeline.tiles.tiers import finest, tiles_of
from timeline.traits import traits_of

#: All pairs of 193 parties would be 18,528 rows: wider events have none and are found by intersection.
MOST_PAIRED = 30
#: What a state of an event is, whenever it was written.
DERIVED = [
    field.name
    for field in EntryColumns._meta.get_fields()
    if field.name not in {"body", "modified", "recorded_from", "recorded_to"}
]
derived_of = attrgetter(*DERIVED)

#: A state's values and its event's key: a model's instance costs ten times as much, and millions are made.
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

    def words_row(self, key: int) -> WordsRow:
        """What the index of words is told of it, under the primary key of its row."""
        return WordsRow(key, self.entry.position, self.words, self.parties)

    def equals(self, stored: Entry | PastEntry | None) -> bool:
        """Whether *stored* shows just this, whenever it was written."""
        return stored is not None and self.stands_like(stored) and stored.body == self.body(stored.modified)

    def stands_like(self, stored: Entry | PastEntry) -> bool:
        """Whether *stored* is found and put in order like this, however it is rendered."""
        return derived_of(stored) == self.entry[: len(DERIVED)]


def projections(keys: Collection[int]) -> Iterator[Projection]:
    """What the published ones of the events *keys* should look like, in all their states, in order."""
    events = WholeEvent.read(Event.objects.published().filter(pk__in=keys))
    return projections_together(events, Referred(events))


def projections_of_new(events: Iterable[WholeEvent]) -> Iterator[Projection]:
    """As ``projections``, of *events* that were written whole just now, with what they refer to: nothing is read."""
    for referred, together in groupby(events, attrgetter("referred")):
        yield from projections_together(list(together), referred)


def projections_together(events: Collection[WholeEvent], referred: Referred) -> Iterator[Projection]:
    references = References(events, referred)
    for whole in events:
        yield from projections_of(whole, references)


def states_by_event(projections: Iterable[Projection]) -> dict[int, list[Projection]]:
    """*projections* by the key of their event."""
    found: dict[int, list[Projection]] = defaultdict(list)
    for projection in projections:
        found[projection.entry.key].append(projection)
    return found


def projections_of(whole: WholeEvent, references: References) -> Iterator[Projection]:
    """What each state of the event *whole* should look like: a pure function of it and of what it refers to."""
    event, parties = whole.event, references.parties(whole)
    countries = sorted({party.paired for party in parties if party.paired})
    is_wide = len(countries) > MOST_PAIRED
    pairs = [] if is_wide else list(combinations(countries, 2))
    names = dict.fromkeys(chain.from_iterable(party.names for party in parties))
    words = indexed_text([event.title, event.summary], names)
    words_hash = hash_of(words)
    for state in states_of(event, whole.claims, references.chains):
        yield Projection(
            entry_of(event, state, is_wide, words_hash),
            render_content(event, state, parties, references),
            postings_of(parties, state, references),
            pairs,
            words,
        )


def entry_of(event: Event, state: State, is_wide: bool, words_hash: int) -> EntryValues:
    date, kind = state.date, event.kind
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
        **nesting_of(date.earliest_start, date.latest_end),
        words_hash=words_hash,
        known_from=state.known_from,
        known_to=state.known_to,
    )


@lru_cache(maxsize=16_384)
def nesting_of(first: int, last: int) -> dict[str, int | None]:
    """The columns that say in which calendar units all of *first* … *last* lies. Remembered, so not to be changed."""
    tiles = tiles_of(first, last)
    return tiles | {"fit_z": finest(tiles)}


def postings_of(parties: Iterable[Party], state: State, references: References) -> dict[str, int]:
    """Everything that the event can be found by, with the bits of its roles (0 for sources and publishers)."""
    found: dict[str, int] = {}
    for party in parties:
        for name in party.postings:
            found[name] = found.get(name, 0) | party.bit
    for claim in state.claims:
        for source in references.chains[claim.source_id]:
            found[f"s:{source.slug}"] = 0
            found[f"p:{source.publisher.slug}"] = 0
    return found


def hash_of(words: str) -> int:
    """64 bits of BLAKE2 of *words*, signed as databases keep them."""
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), signed=True)
