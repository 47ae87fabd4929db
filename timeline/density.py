"""How many events there are, by calendar unit: a question → counts whose sums are exact.

A date counts in a bucket only where the bucket holds all of it. What is too imprecise for the unit is counted beside,
by the finest bucket that does hold it: a year under months, a decade under years, or none of all.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from django.db.models import BigIntegerField, Count, Q, Sum
from django.db.models.functions import Cast

from events.edtf import OPEN_END, OPEN_START
from timeline.listing.by_lists import ANYWHERE, BY_DATE
from timeline.listing.lists import shortest
from timeline.listing.placing import placed
from timeline.listing.reading import entries_at
from timeline.listing.scanning import Walk
from timeline.listing.tallying import Bucket, tallied
from timeline.models import Entry, Rollup
from timeline.moments import Moment
from timeline.query import EventQuery, Match
from timeline.remembering import remembered
from timeline.rollups import ALL, COARSEST_TOTALLED
from timeline.search.months import FIRST, LAST, first_second, month_of
from timeline.tiles.candidates import Tiles
from timeline.tiles.tiers import DAYS, TIERS, UNITS, enclosing, index_of, tile_span

#: What counts can be told apart by: columns of entries.
BY = ("quad", "occurrence", "verification", "kind")
#: Of rollups. PostgreSQL's sums of 64 bits are decimals.
SUMS = {f"sum_{name}": Cast(Sum(name), BigIntegerField()) for name in ("total", "own")}


@dataclass
class Density:
    """Counts of one question in one unit, each by value of a column, "" where none was asked for."""

    tier: int
    buckets: dict[int, Counter[str]] = field(default_factory=partial(defaultdict, Counter))
    imprecise: dict[Bucket, Counter[str]] = field(default_factory=partial(defaultdict, Counter))

    def add(self, bucket: Bucket, value: str, number: int) -> None:
        """Count *number* events whose dates the *bucket* is the finest to hold, or one of the unit's own buckets."""
        tier, index = bucket
        if not number:
            return
        if tier >= self.tier:
            self.buckets[enclosing(tier, index, self.tier)][value] += number
        else:
            self.imprecise[bucket][value] += number

    @property
    def total(self) -> int:
        return sum(counts.total() for counts in (*self.buckets.values(), *self.imprecise.values()))

    @property
    def extent(self) -> tuple[int, int] | None:
        """First and last second of what holds its events; None where there is none, or all are open or too long."""
        held = [(self.tier, index) for index in self.buckets] + [bucket for bucket in self.imprecise if bucket[0] >= 0]
        spans = [tile_span(*bucket) for bucket in held]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def density_of(moment: Moment, query: EventQuery, tier: int, by: str | None) -> Density:
    """The density of what *query* finds at *moment*, in the unit of *tier*: from what is kept, or counted."""
    country = country_of_rollups(moment, query, by)
    if country is None:
        return counted(moment, query, tier, by)
    return added_up(country, query, tier, by)


def country_of_rollups(moment: Moment, query: EventQuery, by: str | None) -> str | None:
    """The country whose counts are kept for just this question, ALL for every event; None where none are."""
    asked = EventQuery(
        begin=query.begin, end=query.end, quads=query.quads, countries=query.countries,
        snapshot=query.snapshot, ordering=query.ordering,
    )  # fmt: skip
    if not moment.is_present or asked != query or query.match != Match.POSSIBLE or by not in (None, "quad"):
        return None
    if len(query.countries) < 2:
        return next(iter(query.countries), ALL)
    # All codes that one country ever had: entries that stand know the present one.
    counts = Rollup.objects.filter(total__gt=0)
    known = list(islice((code for code in sorted(query.countries) if counts.filter(country=code).exists()), 2))
    return known[0] if len(known) == 1 else None if known else min(query.countries)


def counted(moment: Moment, query: EventQuery, tier: int, by: str | None, tiles: Tiles | None = None) -> Density:
    """Counted anew, in narrow lists where these tell all that is asked.

    With *tiles*, which are not finer than the unit, only what lies wholly in one of them.
    """
    density = Density(tier)
    walk = Walk(query, moment, (ANYWHERE,)) if tiles is None else tiles.walk(query, moment)
    told = set()
    for model in (standing.model for standing in moment.standing()):
        choice = shortest(model, query)
        if len(choice) == 1 and choice[0].leaves_nothing_open and choice[0].tells(moment):
            told.add(model)
            for bucket, value, number in tallied(choice[0], walk, tier, by):
                density.add(bucket, value, number)
    units = [UNITS[each] for each in (*TIERS, DAYS) if each <= tier]
    names = [*units, by] if by else units
    for rows in entries_at(moment, query).querysets:
        if rows.model in told:
            continue
        for *indexes, number in rows.filter(placed(walk)).order_by().values_list(*names).annotate(Count("key")):
            value = indexes.pop() if by else ""
            held = [(each, index) for each, index in enumerate(indexes) if index is not None]
            density.add(held[-1] if held else (-1, 0), value, number)
    return density


def added_up(country: str, query: EventQuery, tier: int, by: str | None) -> Density:
    """Added up from the counts that are kept; only what the ends of the span cut through is counted."""
    density = Density(tier)
    first, last = ends_of(query)
    base = max(tier, COARSEST_TOTALLED)
    where = Q(tier=-1) if first is None and last is None else Q(pk__in=[])
    for each in UNITS:
        # Units finer than what was added up only where one of its buckets is cut through.
        cut = [clipped(base, index, first, last) for index in cuts(base, first, last)]
        for span in [(first, last)] if each <= base else cut:
            where |= Q(tier=each) & within(*inside(each, *span))
    rollups = Rollup.objects.filter(where, country=country)
    if query.quads:
        rollups = rollups.filter(quad__in=query.quads)
    values = ("tier", "bucket", *(["quad"] if by else []))
    for each, index, *quad, total, own in rollups.order_by().values_list(*values).annotate(**SUMS):
        density.add((each, index), quad[0] if by else "", total if each == base else own)
    if first is not None or last is not None:
        count_cut(density, country, query, by)
    return density


def count_cut(density: Density, country: str, query: EventQuery, by: str | None) -> None:
    """Count the own events of each bucket that an end of the span cuts through, and of none: those that match."""
    entries = Entry.objects.in_span(query.begin, query.end, query.match)
    if country != ALL:
        entries = entries.with_party("c", [country], ())
    if query.quads:
        entries = entries.filter(quad__in=query.quads)
    cut = [(tier, index) for tier in UNITS for index in cuts(tier, *ends_of(query))]
    for bucket in [(-1, 0), *cut]:
        rows = entries.filter(own_events(*bucket)).order_by().values_list("quad").annotate(Count("key"))
        for quad, number in rows:
            density.add(bucket, quad if by else "", number)


def ends_of(query: EventQuery) -> tuple[int | None, int | None]:
    """First and last second of the span that is asked for; None where it is open."""
    first = query.begin and query.begin.earliest_start
    last = query.end and query.end.latest_end
    return (
        None if first is None or first <= OPEN_START else first,
        None if last is None or last >= OPEN_END else last,
    )


def inside(tier: int, first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """First and last bucket of *tier* that lie wholly between *first* and *last*; None: no bound."""
    low = high = None
    if first is not None:
        low = index_of(tier, first)
        low += tile_span(tier, low)[0] < first
    if last is not None:
        high = index_of(tier, last)
        high -= tile_span(tier, high)[1] > last
    return low, high


def within(low: int | None, high: int | None) -> Q:
    """The condition that a bucket lies from *low* to *high*."""
    condition = Q() if low is None else Q(bucket__gte=low)
    return condition if high is None else condition & Q(bucket__lte=high)


def cuts(tier: int, first: int | None, last: int | None) -> list[int]:
    """The buckets of *tier*, two at most, of which only a part lies between *first* and *last*."""
    found = set()
    if first is not None and tile_span(tier, index_of(tier, first))[0] < first:
        found.add(index_of(tier, first))
    if last is not None and tile_span(tier, index_of(tier, last))[1] > last:
        found.add(index_of(tier, last))
    return sorted(found)


def clipped(tier: int, index: int, first: int | None, last: int | None) -> tuple[int, int]:
    """The part of a bucket that lies between *first* and *last*."""
    begin, end = tile_span(tier, index)
    return begin if first is None else max(begin, first), end if last is None else min(end, last)


def own_events(tier: int, index: int) -> Q:
    """The condition that a bucket is the finest to hold an entry's date."""
    if tier == -1:
        return Q(fit_z=-1)
    if tier == DAYS:
        return Q(fit_z=4, day=index)
    return Q(fit_z=tier, **{UNITS[tier]: index}) & (Q(day=None) if tier == 4 else Q())


def extent_of(moment: Moment, first: int | None, last: int | None) -> tuple[int, int] | None:
    """First and last second between which there can be buckets: *first* and *last* where given, else the first and the
    last of the months in which anything has its position at *moment*. None where nothing has.
    """
    begin = first_second(month_at_end(moment, descending=False)) if first is None else first
    end = first_second(month_at_end(moment, descending=True) + 1) - 1 if last is None else last
    return (begin, end) if begin <= end else None


def month_at_end(moment: Moment, descending: bool) -> int:
    """The month of the first or, *descending*, the last position that anything has at *moment*, but for open ends.
    Where nothing has any, that of the other end of time.
    """
    def read() -> int:
        beyond = first_second(LAST) if descending else first_second(FIRST + 1) - 1
        found = entries_at(moment, EventQuery()).rows(BY_DATE.reversed() if descending else BY_DATE, [beyond], 1)
        return month_of(found[0].position) if found else FIRST if descending else LAST

    return remembered(("end", moment, descending), read)
