"""All entries anew from the record, in batches; or only a comparison."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from events.models import Event
from timeline.clock import Turn
from timeline.models import Entry, Pair, Posting
from timeline.projecting import BATCH, DERIVED, Projection, projections, write
from timeline.rendering import with_modified


@dataclass
class Report:
    """How many events were looked at, and the keys of those that differed."""

    checked: bool
    events: int = 0
    missing: list[int] = field(default_factory=list)
    different: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.missing or self.different or self.surplus)

    def __str__(self) -> str:
        found = f"{len(self.missing)} missing, {len(self.different)} different, {len(self.surplus)} surplus"
        return f"{self.events} events: {found}{'' if self.checked or self.is_clean else '; mended'}."


def rebuild(check: bool = False, on_batch: Callable[[int], None] = lambda events: None) -> Report:
    """Compare every entry with the record and, unless *check*, mend it.

    A different rendering replaces bytes in place: number and ``modified`` stay. Only what was missing or surplus
    draws a number. Each batch is a transaction of its own, and readers see it whole or not at all.
    ``on_batch`` is told the number of events of each batch.
    """
    report = Report(checked=check)
    last = 0
    while keys := _next_keys(last):
        with transaction.atomic():
            _rebuild_batch(keys, last, Turn(), report, check)
        last = keys[-1]
        on_batch(len(keys))
    with transaction.atomic():
        _remove_surplus(Entry.objects.filter(key__gt=last).values_list("key", flat=True), Turn(), report, check)
    return report


def _next_keys(after: int) -> list[int]:
    events = Event.objects.published().filter(pk__gt=after).order_by("pk")
    return list(events.values_list("pk", flat=True)[:BATCH])


def _rebuild_batch(keys: list[int], after: int, turn: Turn, report: Report, check: bool) -> None:
    between = Entry.objects.filter(key__gt=after, key__lte=keys[-1])
    stored = {entry.key: entry for entry in between}
    wanted = {projection.entry.key: projection for projection in projections(keys)}
    postings, pairs = _kept(Posting, keys, "party", "roles"), _kept(Pair, keys, "a", "b")
    missing = [projection for key, projection in wanted.items() if key not in stored]
    different = [
        projection
        for key, projection in wanted.items()
        if key in stored
        and not (
            projection.equals(stored[key])
            and postings.get(key, set()) == _rows(projection.postings, "party", "roles")
            and pairs.get(key, set()) == _rows(projection.pairs, "a", "b")
        )
    ]
    report.events += len(wanted)
    report.missing += [projection.entry.key for projection in missing]
    report.different += [projection.entry.key for projection in different]
    _remove_surplus(stored.keys() - wanted.keys(), turn, report, check)
    if check:
        return
    write((), different, [_in_place(projection, stored[projection.entry.key]) for projection in different])
    if missing:
        write((), missing, [projection.stamped(turn.tick()) for projection in missing])


def _remove_surplus(keys, turn: Turn, report: Report, check: bool) -> None:
    surplus = sorted(keys)
    report.surplus += surplus
    if surplus and not check:
        turn.tick()
        write(surplus, (), [])


def _in_place(projection: Projection, stored: Entry) -> Entry:
    for name in DERIVED:
        setattr(stored, name, getattr(projection.entry, name))
    stored.body = with_modified(projection.content, stored.modified)
    return stored


PLACE = ("position", "coarseness", "fit_z")


def _rows(rows, *columns: str) -> set[tuple]:
    return {tuple(getattr(row, column) for column in (*columns, *PLACE)) for row in rows}


def _kept(model, keys: list[int], *columns: str) -> dict[int, set[tuple]]:
    kept: dict[int, set[tuple]] = {}
    for key, *row in model.objects.filter(key__in=keys).values_list("key", *columns, *PLACE):
        kept.setdefault(key, set()).add(tuple(row))
    return kept
