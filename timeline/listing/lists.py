"""Which lists of places hold what a question asks for: those of a party, pair, country or kind, or of all entries.

What a list holds is more than what is asked for, never less: the entries have the last word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from timeline.moments import Moment
from timeline.query import PARTY_LETTERS, EventQuery, Match
from timeline.querysets import has_wide

#: Places of which several lists are compared by length; beyond it one is as long as another.
MOST_COMPARED = 1_000

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of one table that together hold every one of *entries* asked for: the columns by which each is one.

    ``rest``: what of the question the scan does not answer. ``roles``: in any of which a posting has to be.
    """

    entries: type[Model]
    table: type[Model]
    each: tuple[dict[str, Any], ...]
    rest: EventQuery
    roles: frozenset[str] = NONE

    @property
    def is_everything(self) -> bool:
        return self.each == ({},)

    @property
    def are_wide(self) -> bool:
        return "is_wide" in self.each[0]

    @property
    def leaves_nothing_open(self) -> bool:
        """Whether the scan alone tells what is asked for, if perhaps twice."""
        return self.rest.is_answered

    def tells(self, moment: Moment) -> bool:
        """Whether a place tells by itself whether it stood at *moment*: of the past, entries alone do."""
        return moment.is_present or self.table is self.entries

    @property
    def is_the_answer(self) -> bool:
        """Whether the scan alone tells what is asked for, and finds nothing twice."""
        return len(self.each) == 1 and self.leaves_nothing_open


def shortest(model: type[Model], query: EventQuery) -> list[Lists]:
    """The lists of *model*'s entries in which to look for what *query* asks: the shortest that hold it all."""
    asked = answered(query)
    candidates = list(by_party_or_place(model, query, asked))
    if not candidates:
        kinds = tuple({"kind": kind} for kind in sorted(query.kinds)) or ({},)
        return [Lists(model, model, kinds, asked)]
    if len(candidates) > 1:
        candidates.sort(key=lambda lists: sum(map(bounded_length, lists)))
    return candidates[0]


def answered(query: EventQuery) -> EventQuery:
    """What is left of *query* once every place was judged by its own columns."""
    span = {"begin": None, "end": None} if query.match == Match.POSSIBLE else {}
    return replace(
        query, kinds=NONE, categories=NONE, quads=NONE, occurrences=NONE, verifications=NONE, precisions=NONE, **span
    )


def by_party_or_place(model: type[Model], query: EventQuery, asked: EventQuery) -> Iterator[list[Lists]]:
    """Every choice of lists by a party, a pair or a place; *asked* is what of *query* is left without them."""
    if query.between:
        first, second, *others = sorted(map(sorted, query.between))
        pairs = tuple({"a": a, "b": b} for a, b in sorted({tuple(sorted((a, b))) for a in first for b in second}))
        rest = asked if others or query.roles else replace(asked, between=frozenset())
        wide = [Lists(model, model, ({"is_wide": True},), asked)] if has_wide(model) else []
        yield [Lists(model, model.pairs, pairs, rest), *wide]
    narrowed = [name for name in ("countries", "organizations", "leaders", "between") if getattr(query, name)]
    for name, letter in PARTY_LETTERS.items():
        if ids := getattr(query, name):
            rest = replace(asked, **{name: NONE})
            if narrowed == [name]:
                rest = replace(rest, roles=NONE)
            parties = tuple({"party": f"{letter}:{public_id}"} for public_id in sorted(ids))
            roles = query.roles if name in narrowed else NONE
            yield [Lists(model, model.postings, parties, rest, roles)]
    if query.places:
        places = tuple({"place_country": code} for code in sorted(query.places))
        yield [Lists(model, model, places, replace(asked, places=NONE))]


def bounded_length(lists: Lists) -> int:
    """How many places *lists* have, MOST_COMPARED at most a list."""
    total = 0
    for columns in lists.each:
        total += lists.table.objects.filter(**columns).order_by()[:MOST_COMPARED].count()
    return total
