"""All that stands anew from the record, in batches; or only a comparison."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, QuerySet

from events.affected import MOST_AT_ONCE
from events.behind import working_behind
from events.models import Address, Event
from events.planning import look_again
from timeline import blocks, rollups, search
from timeline.clock import Turn
from timeline.departures import changed_departures, standing_departures
from timeline.listing import horizons
from timeline.models import UNTIL_FURTHER_NOTICE, Entry, PastEntry, Rebuild
from timeline.pending import bring_up_to_date, waiting_among
from timeline.projection import Projection, projections, states_by_event
from timeline.tiles.tiers import UNITS
from timeline.writing import PLACE, AnyEntry, Change, place_of, rewrite, standing_rows, write

#: Counts that are mended in one turn, and held in memory. A comparison stops at so many of each unit.
COUNTS_AT_ONCE = 100_000


@dataclass
class Report:
    """How many events were looked at, and how many of them differed.

    ``waiting``: how many had yet to be projected, which is not to be astray; a comparison does not look at them.
    """

    checked: bool
    events: int = 0
    waiting: int = 0
    missing: int = 0
    different: int = 0
    surplus: int = 0
    departures: int = 0
    counts: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.missing or self.different or self.surplus or self.departures or self.counts)

    def __str__(self) -> str:
        found = f"{self.missing} missing, {self.different} different, {self.surplus} surplus"
        if self.departures:
            found += f", {self.departures} old addresses astray"
        if self.counts:
            found += f", {self.counts} counts astray"
        if not (self.checked or self.is_clean):
            found += "; mended"
        if self.waiting:
            found += f"; {self.waiting} {'wait for project_pending' if self.checked else 'had waited'}"
        return f"{self.events} events: {found}."


def rebuild(
    check: bool = False, resume: bool = False, on_batch: Callable[[int], None] = lambda events: None
) -> Report:
    """Compare what stands with the record and, unless *check*, mend it.

    What is mended in place keeps its number and ``modified``. A different rendering alone draws none; where more was
    astray, one is drawn so that nobody keeps an answer made of it. What was missing or surplus, or was known from
    another instant, changes anew, and so does what waits to be projected: readers are yet to be told of that change.
    A comparison passes over it. What has ended is history and is not looked at.
    Counts follow last of all. Until then each is as far from what stands as it was: where a posting was lost, and not
    its count, the mended posting is counted twice.
    Each batch is a transaction of its own, and readers see it whole or not at all. With *resume* it goes on behind
    the last batch of a rebuild that was cut short. ``on_batch`` is told the number of events of each batch.
    """
    report = Report(checked=check)
    last = Rebuild.objects.values_list("after", flat=True).first() or 0 if resume else 0
    while keys := _next_keys(last):
        with transaction.atomic(), working_behind():
            turn = Turn()
            _rebuild_batch(_up_to_date(keys, turn, report), turn, report)
            last = keys[-1]
            if not check:
                Rebuild(pk=1, after=last).save()
        on_batch(len(keys))
    _recount(report)
    if not check:
        Rebuild.objects.all().delete()
        look_again(report.events)
    return report


def _recount(report: Report) -> None:
    """Find the counts that are not what the entries amount to and, unless that is all that is wanted, mend them.

    To find them takes minutes in a large record, so no turn is held meanwhile; only what they lack is then added.
    """
    for tier in (*UNITS, -1):
        voided = blocks.last_erasure()
        while astray := rollups.astray(tier, COUNTS_AT_ONCE):
            if report.checked:
                report.counts += len(astray)
                break
            with transaction.atomic():
                turn = Turn()
                # Another rebuild may have added the same, and then voided everything, too: what is left is found anew.
                if blocks.last_erasure() == voided:
                    report.counts += len(astray)
                    rollups.add(astray)
                    blocks.void_everything(turn.tick().number)
                voided = blocks.last_erasure()


def _next_keys(after: int) -> list[int]:
    """The keys of the next events that are or were public, or of which something stands all the same."""
    ahead = {"key__gt": after}
    keys = _first_keys(Address.objects.filter(resource=Event.resource, **ahead))
    if len(keys) == MOST_AT_ONCE:
        # Beyond them the next batches look. Of events that have but one state, nothing stands in the past: each batch
        # would walk through all the ended rows to the end, and find none that stands.
        ahead["key__lte"] = keys[-1]
    keys += _first_keys(Entry.objects.filter(**ahead))
    keys += _first_keys(PastEntry.objects.filter(**ahead, recorded_to=UNTIL_FURTHER_NOTICE))
    return sorted(set(keys))[:MOST_AT_ONCE]


def _first_keys(rows: QuerySet) -> list[int]:
    """The first keys of *rows*, of which several may have one."""
    return list(rows.order_by("key").values_list("key", flat=True).distinct()[:MOST_AT_ONCE])


def _up_to_date(keys: Sequence[int], turn: Turn, report: Report) -> Sequence[int]:
    """Those of the events *keys* that can be compared: all, of which none waits any more; or those that do not wait."""
    waiting = waiting_among(keys)
    report.waiting += len(waiting)
    if report.checked:
        return [key for key in keys if key not in waiting]
    bring_up_to_date(waiting, turn)
    return keys


def _rebuild_batch(keys: Sequence[int], turn: Turn, report: Report) -> None:
    wanted, standing = states_by_event(projections(set(keys))), standing_rows(keys)
    change, matched = Change(), []
    for key in keys:
        new, old = wanted.get(key, []), sorted(standing.get(key, []), key=state_of)
        report.events += bool(new)
        if [state_of(made.entry) for made in new] == [state_of(row) for row in old]:
            matched += zip(old, new, strict=True)
        else:
            outcome = "different" if new and old else "missing" if new else "surplus"
            setattr(report, outcome, getattr(report, outcome) + 1)
            change.begun += new
            change.ended += old
    findable = _findable(matched)
    in_place = [(row, made) for row, made in matched if not (made.equals(row) and (type(row), row.pk) in findable)]
    misled = [row for row, made in in_place if not (made.stands_like(row) and (type(row), row.pk) in findable)]
    report.different += len({row.key for row, _ in in_place})
    change.returned, change.departed = changed_departures(keys, standing_departures(keys))
    report.departures += len(change.returned) + len(change.departed)
    if not report.checked:
        rewrite(in_place)
        if misled:
            blocks.void_everything(turn.tick().number)
        if change:
            write(change, turn.tick())


def state_of(row: AnyEntry) -> tuple[int, int]:
    """Between which instants this was known: what tells an event's states that stand from one another."""
    return row.known_from, row.known_to


def _findable(matched: Sequence[tuple[AnyEntry, Projection]]) -> set[tuple[type[AnyEntry], int]]:
    """Those of the rows, by model and primary key, to which just their projection's postings, pairs and words lead, and
    that lie within their month's horizon.
    """
    right = set()
    for model in (Entry, PastEntry):
        chosen = [(row, made) for row, made in matched if isinstance(row, model)]
        keys = [row.pk for row, _ in chosen]
        postings, pairs = _kept(model.postings, keys, "party", "roles"), _kept(model.pairs, keys, "a", "b")
        worded = search.same(model.words_table, [made.words_row(row.pk) for row, made in chosen])
        within = horizons.within(model, [row for row, _ in chosen])
        for row, made in chosen:
            place = (row.key, *place_of(made.entry))
            if (
                row.pk in worded
                and row.pk in within
                and postings.get(row.pk, set()) == {(party, roles, *place) for party, roles in made.parties.items()}
                and pairs.get(row.pk, set()) == {(a, b, *place) for a, b in made.pairs}
            ):
                right.add((model, row.pk))
    return right


def _kept(model: type[Model], keys: Collection[int], *columns: str) -> dict[int, set[tuple]]:
    """The rows of *model* for the entries *keys*, by entry."""
    kept: dict[int, set[tuple]] = defaultdict(set)
    row = model.entry_column
    for found, *values in model.objects.filter(**{f"{row}__in": keys}).values_list(row, *columns, "key", *PLACE):
        kept[found].add(tuple(values))
    return kept
