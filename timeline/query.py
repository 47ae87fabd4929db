"""One question about events, as a frozen value, and in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import get_text_list

from events.edtf import EDTFDate, label, plain
from timeline.search.language import TextQuery

#: What postings put before the public ids of the parties that are asked for.
PARTY_LETTERS = {"countries": "c", "organizations": "o", "leaders": "l", "sources": "s", "publishers": "p"}


class Match(StrEnum):
    """How an event's date has to stand to the span that is asked for."""

    POSSIBLE = "possible"
    CERTAIN = "certain"
    WITHIN = "within"


class Ordering(StrEnum):
    DATE = "date"
    DATE_DESCENDING = "-date"
    IMPORTANCE = "importance"
    IMPORTANCE_DESCENDING = "-importance"
    MODIFIED_DESCENDING = "-modified"


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees of WGS 84; ``west`` greater than ``east`` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Everything that can be asked of a list of events; within a field any value will do, the fields narrow each other.

    ``between`` alone means all of them, each by any code that it ever had.
    """

    begin: EDTFDate | None = None
    end: EDTFDate | None = None
    match: Match = Match.POSSIBLE
    countries: frozenset[str] = frozenset()
    between: frozenset[frozenset[str]] = frozenset()
    leaders: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    quads: frozenset[str] = frozenset()
    occurrences: frozenset[str] = frozenset()
    verifications: frozenset[str] = frozenset()
    precisions: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    origins_min: int | None = None
    places: frozenset[str] = frozenset()
    box: Box | None = None
    text: TextQuery | None = None
    as_of: EDTFDate | None = None
    snapshot: int | str | None = None
    ordering: Ordering = Ordering.DATE

    @property
    def is_answered(self) -> bool:
        """Whether nothing is asked of an event, but perhaps in which order and at which moment."""
        return self == EventQuery(as_of=self.as_of, snapshot=self.snapshot, ordering=self.ordering, match=self.match)

    @property
    def closed_lists(self) -> tuple[frozenset[str], ...]:
        """What is asked of the columns that timeline.traits lists, in that order."""
        return self.categories, self.quads, self.occurrences, self.verifications, self.precisions

    @property
    def parties(self) -> tuple[tuple[str, ...], ...]:
        """Lists of parties, as postings name them, of each of which an event that is asked for has one at least."""
        named = [(letter, getattr(self, name)) for name, letter in PARTY_LETTERS.items()]
        each = [("c", codes) for codes in self.between]
        return tuple(sorted(tuple(f"{letter}:{one}" for one in sorted(ids)) for letter, ids in named + each if ids))

    @property
    def first_day(self) -> str | None:
        """The first day asked for, ``YYYY-MM-DD``."""
        return plain(self.begin.earliest_start) if self.begin else None

    @property
    def last_day(self) -> str | None:
        """The last day asked for, ``YYYY-MM-DD``."""
        return plain(self.end.latest_end) if self.end else None

    def words(self, names: Mapping[str, str], ordered: bool = True) -> str:
        """The question as a sentence; *names* has the names of the codes and slugs in it. *ordered*: and its order."""
        called = {**HELD_WORDS, **names}
        # A title may be a sentence by itself.
        called |= {source: f"“{names[source]}”" for source in self.sources if source in names}

        def listed(values: frozenset[str], joint: str = "or") -> str:
            return get_text_list(sorted({called.get(value, value.replace("-", " ")) for value in values}), joint)

        parts = ["Events"]
        if self.between:
            each = frozenset(min(codes, key=lambda code: (code not in names, code)) for codes in self.between)
            parts.append(f"between {listed(each, 'and')}")
        for values, phrase in (
            (self.countries, "in which {} takes part"),
            (self.leaders, "with {}"),
            (self.organizations, "with {}"),
            (self.roles, "in the role of {}"),
            (self.kinds, "of the kind {}"),
            (self.categories, "of the category {}"),
            (self.quads, "of {}"),
            (self.occurrences, "held {}"),
            (self.verifications, "whose verification is {}"),
            (self.precisions, "dated to the {}"),
            (self.sources, "resting on {}"),
            (self.publishers, "resting on what {} published"),
            (self.places, "that took place in {}"),
        ):
            if values:
                parts.append(phrase.format(listed(values)))
        sentence = " ".join([*parts, *self._number_words(), *self._clock_words()])
        return f"{sentence}, {ORDERING_WORDS[self.ordering]}" if ordered else sentence

    def _number_words(self) -> Iterator[str]:
        if self.origins_min is not None:
            yield f"with at least {self.origins_min} independent origin{'' if self.origins_min == 1 else 's'}"
        if self.box:
            box = self.box
            yield f"between {box.west:g}° and {box.east:g}° east, {box.south:g}° and {box.north:g}° north"
        if self.begin or self.end:
            yield f"{MATCH_WORDS[self.match]} {self._span_words()}"

    def _clock_words(self) -> Iterator[str]:
        if self.text:
            yield self.text.words
        if self.as_of:
            yield f"as the sources had it by the end of {label(self.as_of)}"
        if self.snapshot is not None:
            yield f"as recorded at {'number ' if isinstance(self.snapshot, int) else ''}{self.snapshot}"

    def _span_words(self) -> str:
        if self.begin and self.end:
            if self.begin == self.end:
                return label(self.begin)
            if self.begin.precision == self.end.precision == "year":
                return f"{label(self.begin)} to {label(self.end)}"
            return f"{self.first_day} to {self.last_day}"
        return f"{label(self.begin)} or later" if self.begin else f"{label(self.end)} or earlier"


HELD_WORDS = {
    "occurred": "to have occurred",
    "planned": "to be planned",
    "postponed": "to be postponed",
    "cancelled": "to be cancelled",
    "unknown": "to be unknown",
}
MATCH_WORDS = {
    Match.POSSIBLE: "that may fall in",
    Match.CERTAIN: "that certainly fall in, at least in part,",
    Match.WITHIN: "that certainly lie inside",
}
ORDERING_WORDS = {
    Ordering.DATE: "in order of date",
    Ordering.DATE_DESCENDING: "latest first",
    Ordering.IMPORTANCE: "least important first",
    Ordering.IMPORTANCE_DESCENDING: "most important first",
    Ordering.MODIFIED_DESCENDING: "last changed first",
}
