"""Which events of the record an event that is being written may be: the same parties, a near date, a similar title."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Abs

from events.edtf import OPEN_END, OPEN_START, EDTFDate, label
from events.edtf.calendar import DAY
from events.folding import fold
from events.models import Event, Participation
from events.models.events import Review

PARTIES = ("country", "organization", "leader")
#: Reports of one event differ by some days; one that is dated to the year or longer stands at its first second.
NEAR, FAR = 7 * DAY, 366 * DAY
MOST_CONSIDERED = 300
MOST_SHOWN = 5
ENOUGH = 0.5  #: of a likeness, from 0 to 1
#: Words of a title that tell nothing.
EMPTY_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"}
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """An event as far as it is written: parties are the keys of records, by ``PARTIES``."""

    title: str = ""
    date: EDTFDate | None = None
    kind: int | None = None
    parties: dict[str, Collection[int]] = field(default_factory=dict)

    @property
    def named(self) -> set[tuple[str, int]]:
        return {(party, key) for party in PARTIES for key in self.parties.get(party, ())}


@dataclass(frozen=True, slots=True)
class Candidate:
    """As much of an event of the record as is compared; ``parties``: (of ``PARTIES``, key)."""

    key: int
    title: str
    kind: int
    date: EDTFDate
    parties: set[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Like:
    """An event of the record that a sketch may be, how much so (0 to 1), and what they have in common, in words."""

    event: Event
    likeness: float
    common: tuple[str, ...]


def likely_duplicates(sketch: Sketch, but: int | None = None) -> list[Like]:
    """The events that *sketch* may be, the likeliest first; never the event *but*, nor one that was withdrawn.

    Compared are events whose date is near, the nearest first, and that share a party or, without parties, a near date
    alone. Nothing is looked for before there are a date and either a title or a party.
    """
    if sketch.date is None or not (sketch.named or fold(sketch.title)):
        return []
    compared = [(*likeness(sketch, each), each.key) for each in candidates(sketch, but)]
    likely = sorted((each for each in compared if each[0] >= ENOUGH), key=lambda each: (-each[0], each[2]))
    events = Event.objects.in_bulk([key for _, _, key in likely[:MOST_SHOWN]]) if likely else {}
    return [Like(events[key], much, common) for much, common, key in likely[:MOST_SHOWN] if key in events]


def candidates(sketch: Sketch, but: int | None) -> list[Candidate]:
    found = Event.objects.filter(near(sketch.date)).exclude(review=Review.WITHDRAWN).exclude(pk=but)
    if sketch.named:
        shared = reduce(or_, (Q(**{f"{party}__in": keys}) for party, keys in sketch.parties.items() if keys))
        # Asked of each near event: a country's list of all its events may be half of the record.
        found = found.filter(Exists(Participation.objects.filter(shared, event=OuterRef("pk"))))
    # In a large record there are more than are compared: not those of the year before alone, but those of about then.
    found = found.order_by(Abs(F("date_position") - sketch.date.position), "pk")
    rows = list(found.values_list("pk", "title", "kind", "date")[:MOST_CONSIDERED])
    parties: dict[int, set[tuple[str, int]]] = {row[0]: set() for row in rows}
    if rows:
        of_these = Participation.objects.filter(event__in=parties).order_by()
        for event, *keys in of_these.values_list("event", *PARTIES):
            parties[event].update((party, key) for party, key in zip(PARTIES, keys, strict=True) if key is not None)
    return [Candidate(*row, parties[row[0]]) for row in rows]


def near(date: EDTFDate) -> Q:
    """The condition that an event's date may be *date*, give or take what reports of one event differ by.

    The position, by whose index the events are found, lies up to a year before the day that the date may mean.
    """
    first = date.earliest_start if date.earliest_start > OPEN_START else date.earliest_end
    last = date.latest_end if date.latest_end < OPEN_END else date.latest_start
    return Q(
        date_position__range=(first - FAR, last + NEAR),
        date_earliest_start__lte=last + NEAR,
        date_latest_end__gte=first - NEAR,
    )


def likeness(sketch: Sketch, other: Candidate) -> tuple[float, tuple[str, ...]]:
    """How much *other*, whose date is near, is what *sketch* tells of, and what they have in common."""
    of_parties = share(sketch.named, other.parties)
    of_titles = share(title_words(sketch.title), title_words(other.title))
    same_kind = sketch.kind is not None and sketch.kind == other.kind
    same_date = sketch.date == other.date
    of_dates = 1 if same_date else 0.5 if spans_little(sketch.date) and spans_little(other.date) else 0
    if sketch.named:
        much = 0.4 * of_parties + 0.3 * of_titles + 0.15 * same_kind + 0.15 * of_dates
    else:
        much = 0.75 * of_titles + 0.1 * same_kind + 0.15 * of_dates
    common = (
        *(["the same parties" if of_parties == 1 else "some of the parties"] if of_parties else []),
        *(["the same kind"] if same_kind else []),
        "the same date" if same_date else "a near date",
        *(["a similar title"] if of_titles >= 0.5 else []),
    )
    return much, common


def spans_little(date: EDTFDate) -> bool:
    """Whether that another date is near *date* says something: it does not of one that may be at any time."""
    return date.latest_end - date.earliest_start <= 3 * FAR


def share(ours: set, theirs: set) -> float:
    """How much of two sets is common to them: 0 to 1; what one of them leaves out weighs half."""
    if not ours or not theirs:
        return 0.0
    common = len(ours & theirs)
    return (common / len(ours | theirs) + common / min(len(ours), len(theirs))) / 2


def title_words(title: str) -> set[str]:
    return set(fold(title).split()) - EMPTY_WORDS


def words_of(like: Like) -> str:
    """ "30 May 2018; the same parties, a similar title"."""
    return f"{label(like.event.date)}; {', '.join(like.common)}"
