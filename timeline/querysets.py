"""How a question is asked of the entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS
from timeline.query import PARTY_LETTERS, Box, EventQuery, Match
from timeline.remembering import remembered
from timeline.traits import CLOSED_LISTS, mask

if TYPE_CHECKING:
    from events.edtf import EDTFDate

#: Those who tell of an event take no part in it.
WITHOUT_ROLES = {"sources", "publishers"}


def role_mask(roles: Iterable[str]) -> int:
    """The bits of *roles*, together."""
    return sum(ROLE_BITS[role] for role in set(roles))


def in_roles(postings: models.QuerySet, roles: Iterable[str]) -> models.QuerySet:
    """Those of *postings* in any of *roles*."""
    return postings.alias(in_role=F("roles").bitand(role_mask(roles))).filter(in_role__gt=0)


def dyadic(postings: models.QuerySet, roles: Collection[str] = ()) -> models.QuerySet:
    """Those of *postings* in a role that makes a dyad, and is one of *roles* where any are given."""
    return in_roles(postings, DYADIC_ROLES.intersection(roles) if roles else DYADIC_ROLES)


def has_wide(model: type[models.Model]) -> bool:
    """Whether any of *model*'s entries takes part in no pair because too many countries take part in it."""
    return remembered((model, "is_wide"), lambda: model.objects.filter(is_wide=True).exists())


class EntryQuerySet(models.QuerySet):
    def matching(self, query: EventQuery) -> EntryQuerySet:
        """The entries that *query* asks for, in no order yet."""
        entries = self.in_span(query.begin, query.end, query.match)
        for name, letter in PARTY_LETTERS.items():
            if ids := getattr(query, name):
                entries = entries.with_party(letter, ids, () if name in WITHOUT_ROLES else query.roles)
        if query.roles and not (query.countries or query.organizations or query.leaders or query.between):
            entries = entries.filter(Exists(self._postings(query.roles)))
        if query.between:
            entries = entries.between(query.between, query.roles)
        entries = entries.of_classes(query)
        if query.origins_min is not None:
            entries = entries.filter(origins__gte=query.origins_min)
        return entries.in_box(query.box) if query.box else entries

    def of_classes(self, query: EventQuery) -> EntryQuerySet:
        """Those of its kinds, places and values of closed lists, if it names any."""
        entries = self
        for column, values in (("kind", query.kinds), ("place_country", query.places)):
            if values:
                entries = entries.filter(**{f"{column}__in": sorted(values)})
        for column, values in zip(CLOSED_LISTS, query.closed_lists, strict=True):
            if values:
                wanted = {f"{column}_bits": F("traits").bitand(mask(column, values))}
                entries = entries.alias(**wanted).filter(**{f"{column}_bits__gt": 0})
        return entries

    def in_span(self, begin: EDTFDate | None, end: EDTFDate | None, match: Match) -> EntryQuerySet:
        """Those whose date may overlap, certainly overlaps, or lies within the span; either end may be None."""
        after, before = {
            Match.POSSIBLE: ("latest_end", "earliest_start"),
            Match.CERTAIN: ("earliest_end", "latest_start"),
            Match.WITHIN: ("earliest_start", "latest_end"),
        }[match]
        entries = self
        if begin is not None:
            entries = entries.filter(**{f"{after}__gte": begin.earliest_start})
        if end is not None:
            entries = entries.filter(**{f"{before}__lte": end.latest_end})
        return entries

    def with_party(self, letter: str, public_ids: Iterable[str], roles: Collection[str]) -> EntryQuerySet:
        """Those with any party of *public_ids*, in any of *roles* where given."""
        parties = sorted(f"{letter}:{public_id}" for public_id in public_ids)
        return self.filter(Exists(self._postings(roles).filter(party__in=parties)))

    def between(self, countries: Collection[Collection[str]], roles: Collection[str] = ()) -> EntryQuerySet:
        """Those in which all *countries*, each by any code that it ever had, take part in roles that make a dyad."""
        each = Q()
        for codes in countries:
            postings = dyadic(self._postings(), roles)
            each &= Exists(postings.filter(party__in=sorted(f"c:{code}" for code in codes)))
        if roles:
            return self.filter(each)
        return self.filter(Q(*(Q(pk__in=keys) for keys in self._paired(countries))) | (Q(is_wide=True) & each))

    def between_in_parts(self, countries: Collection[Collection[str]]) -> list[EntryQuerySet]:
        """What ``between`` finds, in parts that have nothing in common, each by an index of its own."""
        paired = self
        for keys in self._paired(countries):
            paired = paired.filter(pk__in=keys)
        return [paired, self.filter(is_wide=True).between(countries)] if has_wide(self.model) else [paired]

    def _paired(self, countries: Collection[Collection[str]]) -> Iterator[models.QuerySet]:
        """For each of *countries* after the first, the keys of what it has in common with the first."""
        first, *others = countries
        pairs = self.model.pairs
        for other in others:
            either_way = Q()
            for a, b in sorted({tuple(sorted((one, another))) for one in first for another in other}):
                either_way |= Q(a=a, b=b)
            yield pairs.objects.filter(either_way).values(pairs.entry_column)

    def in_box(self, box: Box) -> EntryQuerySet:
        """Those whose place lies in *box*, its edges included."""
        entries = self.filter(latitude__gte=box.south, latitude__lte=box.north)
        if box.west <= box.east:
            return entries.filter(longitude__gte=box.west, longitude__lte=box.east)
        return entries.filter(Q(longitude__gte=box.west) | Q(longitude__lte=box.east))

    def _postings(self, roles: Collection[str] = ()) -> models.QuerySet:
        """The postings of the entry in the outer query, in any of *roles* where given."""
        postings = self.model.postings
        postings = postings.objects.filter(**{postings.entry_column: OuterRef("pk")})
        return in_roles(postings, roles) if roles else postings
