"""What the entries of a moment tell of pairs of countries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import orjson
from django.db.models import Count, Exists, OuterRef, QuerySet

from events.batched import batched
from events.edtf import EDTFDate
from events.models import Kind
from events.vocabulary.roles import DYADIC_ROLES
from events.vocabulary.status_terms import Verification
from timeline.listing.by_lists import BY_DATE
from timeline.listing.reading import entries_at
from timeline.listing.rows import Row, rows_with
from timeline.models import Entry, PastEntry
from timeline.moments import Moment
from timeline.paging import Listing, Order
from timeline.query import EventQuery
from timeline.querysets import dyadic
from timeline.relations.intervals import interval_json, intervals_of, step_json
from timeline.relations.steps import STRAINS, Step

MOST_DISPUTED = 50
MOST_EVENTS = 1_000_000_000  #: more than any country has
#: Rows that are read at a time. With their JSON, all of a great power would fill the memory; and only where a statement
#: begins is it seen that the time for a question is over.
AT_A_TIME = 1_000

Codes = Collection[str]


def dyad_json(moment: Moment, first: Codes, second: Codes) -> dict[str, Any]:
    """The relations of two countries, each by every code that it ever had, at *moment*."""
    query = between(first, second)
    listing = entries_at(moment, query)
    disputed = entries_at(moment, replace(query, verifications=frozenset({Verification.DISPUTED})))
    intervals = intervals_of(map(step_of, rows_of_steps(moment, query)))
    return {
        "state": str(intervals[-1].state),
        "intervals": [interval_json(interval) for interval in intervals],
        "events": listing.count_up_to(MOST_EVENTS),
        "first": _end(listing, BY_DATE),
        "last": _end(listing, BY_DATE.reversed()),
        "disputed": [step_json(step_of(row)) for row in disputed.rows(BY_DATE.reversed(), None, MOST_DISPUTED)],
    }


def between(first: Codes, second: Codes) -> EventQuery:
    return EventQuery(between=frozenset({frozenset(first), frozenset(second)}))


def rows_of_steps(moment: Moment, query: EventQuery, without: Collection[str] = ()) -> Iterator[Row]:
    """Those events that *query* finds at *moment* whose kind has an effect on relations, but for the kinds *without*;
    in no order.
    """
    if moment.is_present:
        # What has an effect now is of a kind that has one now, and there are lists by kind.
        kinds = Kind.objects.exclude(effect="").exclude(slug__in=without).values_list("slug", flat=True)
        asked = replace(query, kinds=frozenset(kinds))
        if asked.kinds:
            yield from (row for row in rows_by_date(entries_at(moment, asked)) if row.effect)
        return
    for entries in entries_at(moment, query).querysets:
        yield from rows_by_key(entries.exclude(effect="").exclude(kind__in=without))


def rows_by_date(listing: Listing) -> Iterator[Row]:
    """Every row of *listing*, some at a time."""
    after = None
    while rows := listing.rows(BY_DATE, after, AT_A_TIME):
        yield from rows
        if len(rows) < AT_A_TIME:
            return
        after = BY_DATE.values_of(rows[-1])


def rows_by_key(entries: QuerySet) -> Iterator[Row]:
    """Every row of *entries*, some at a time: an order of time would have to be made of all of them first."""
    for keys in batched(sorted(entries.order_by().values_list("pk", flat=True)), AT_A_TIME):
        yield from rows_with(entries.model, entries.model._meta.pk.name, keys).values()


def countries_in(event: dict[str, Any], roles: Collection[str]) -> set[str]:
    """The countries that take part in *event*, as its JSON tells, in any of *roles*."""
    return {p["country"]["id"] for p in event["participants"] if p["country"] and p["role"] in roles}


def step_of(row: Entry | PastEntry | Row, event: dict[str, Any] | None = None) -> Step:
    """The *event* of *row*, read from its JSON where it is not given, as a step."""
    event = event or orjson.loads(row.body)
    acting = countries_in(event, {"initiator"})
    return Step(
        slug=row.slug,
        title=event["title"],
        kind=event["kind"]["id"],
        effect=row.effect,
        date=EDTFDate.parse(event["date"]["edtf"]),
        occurrence=event["occurrence"],
        verification=event["verification"],
        sending_state=acting.pop() if len(acting) == 1 else "",
    )


def _end(listing: Listing, order: Order) -> dict[str, str] | None:
    return next((step_json(step_of(row)) for row in listing.rows(order, None, 1)), None)


def counts_between(moment: Moment, first: Codes, second: Codes) -> dict[str, Any]:
    """Events by quad class, by occurrence and by decade; what fits no decade is counted under null."""
    quads, occurrences, decades = Counter(), Counter(), Counter()
    for rows in entries_at(moment, between(first, second)).querysets:
        counted = rows.order_by().values_list("quad", "occurrence", "decade").annotate(Count("pk"))
        for quad, occurrence, decade, number in counted:
            quads[quad] += number
            occurrences[occurrence] += number
            decades[decade] += number
    return {
        "quad": dict(sorted(quads.items())),
        "occurrence": dict(sorted(occurrences.items())),
        "decade": [
            {"decade": None if decade is None else decade * 10, "events": decades[decade]}
            for decade in sorted(decades, key=lambda decade: (decade is None, decade))
        ],
    }


def partners_of(moment: Moment, codes: Codes) -> Counter[str]:
    """How many events each other country has with the one of *codes*, in roles that make a dyad, by its code then."""
    found: Counter[str] = Counter()
    for entries in moment.standing():
        for mine, theirs in (("a", "b"), ("b", "a")):
            pairs = entries.model.pairs.objects.all()
            if not moment.is_present:  # of what stands all pairs do
                pairs = pairs.filter(Exists(entries.filter(pk=OuterRef(pairs.model.entry_column))))
            pairs = pairs.filter(**{f"{mine}__in": codes}).exclude(**{f"{theirs}__in": codes})
            found.update(dict(pairs.order_by().values_list(theirs).annotate(Count("key"))))
        found.update(_partners_in_wide(entries, codes))
    return found


def _partners_in_wide(entries: Any, codes: Codes) -> Counter[str]:
    """As ``partners_of``, for events of so many countries that no pairs are kept of them."""
    parties = [f"c:{code}" for code in codes]
    row = entries.model.postings.entry_column
    postings = dyadic(entries.model.postings.objects.filter(party__startswith="c:"))
    wide = entries.filter(Exists(postings.filter(party__in=parties, **{row: OuterRef("pk")})), is_wide=True)
    others = postings.filter(**{f"{row}__in": wide.values("pk")}).exclude(party__in=parties)
    counted = others.order_by().values_list("party").annotate(Count("key"))
    return Counter({party.removeprefix("c:"): number for party, number in counted})


def states_of_pairs(moment: Moment, codes: Codes, others: Sequence[Codes]) -> list[str]:
    """The state of relations with each of *others*, from one reading of the events that bear on it."""
    partners = [set(other) for other in others]
    asked = set().union(*partners)
    steps: dict[str, list[Step]] = defaultdict(list)
    # A strain changes nothing of how two countries stand.
    for row in rows_of_steps(moment, EventQuery(countries=frozenset(codes)), without=STRAINS):
        event = orjson.loads(row.body)
        acting = countries_in(event, DYADIC_ROLES)
        if not acting.isdisjoint(codes) and not acting.isdisjoint(asked):
            step = step_of(row, event)
            for code in acting & asked:
                steps[code].append(step)
    return [str(intervals_of([s for code in other for s in steps[code]])[-1].state) for other in partners]
