"""Writes the entries of a change: what has ended becomes history, what has begun stands from its number on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from timeline import blocks, search
from timeline.models import (
    UNTIL_FURTHER_NOTICE,
    Departure,
    Entry,
    PastEntry,
    Pending,
    Tick,
)
from timeline.projection import DERIVED, Projection

BATCH = 1_000
COPIED = [*DERIVED, "key", "modified", "body", "recorded_from"]
PLACE = ("position", "coarseness", "fit_z")

Row = Entry | PastEntry


@dataclass
class Change:
    """What differs between the record and what stands: rows and departures that end, and those that begin."""

    ended: list[Row] = field(default_factory=list)
    begun: list[Projection] = field(default_factory=list)
    returned: list[Departure] = field(default_factory=list)
    departed: list[Departure] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ended or self.begun or self.returned or self.departed)


def put_rows(model: type[Row], rows: Sequence[tuple[Row, Projection]]) -> None:
    """Write the postings, pairs and words of *rows* of *model*, which have their primary keys."""
    postings = [
        model.postings(party=party, roles=roles, key=row.pk, **place_of(row))
        for row, projection in rows
        for party, roles in projection.parties.items()
    ]
    pairs = [model.pairs(a=a, b=b, key=row.pk, **place_of(row)) for row, made in rows for a, b in made.pairs]
    model.postings.objects.bulk_create(postings, batch_size=BATCH)
    model.pairs.objects.bulk_create(pairs, batch_size=BATCH)
    search.put(model.words_table, [search.Row(row.pk, row.position, made.words) for row, made in rows])


def drop_rows(model: type[Row], rows: Collection[tuple[int, int]]) -> None:
    """Delete the postings, pairs and words of *rows* of *model*: primary keys and positions."""
    keys = [key for key, _ in rows]
    model.postings.objects.filter(key__in=keys).delete()
    model.pairs.objects.filter(key__in=keys).delete()
    search.remove(model.words_table, rows)


def place_of(row: Row) -> dict[str, int]:
    return {name: getattr(row, name) for name in PLACE}


def standing_rows(keys: Collection[int]) -> dict[int, list[Row]]:
    """What stands of the events *keys*: the entry and its earlier states of knowledge, by key."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in PastEntry.objects.filter(key__in=keys, recorded_to=UNTIL_FURTHER_NOTICE):
        found[row.key].append(row)
    for row in Entry.objects.filter(key__in=keys):
        found[row.key].append(row)
    return found


def write(change: Change, tick: Tick) -> None:
    """Let *change* take effect with *tick*."""
    end(change.ended, tick.number)
    begin(change.begun, tick)
    for departure in change.departed:
        departure.recorded_from = tick.number
    returned = [departure.pk for departure in change.returned]
    Departure.objects.filter(pk__in=returned).update(recorded_to=tick.number)
    Departure.objects.bulk_create(change.departed, batch_size=BATCH)
    blocks.mark_change(change, tick.number)


def end(rows: Iterable[Row], number: int) -> None:
    """Let *rows* stand up to *number* only: those of the present move to the past, with all that finds them."""
    present = [row for row in rows if isinstance(row, Entry)]
    past = [row.pk for row in rows if isinstance(row, PastEntry)]
    PastEntry.objects.filter(pk__in=past).update(recorded_to=number)
    ended = PastEntry.objects.bulk_create([_ended(row, number) for row in present], batch_size=BATCH)
    moved = {row.key: row.pk for row in ended}
    for old, new in ((Entry.postings, PastEntry.postings), (Entry.pairs, PastEntry.pairs)):
        _copy(old, new, moved)
    search.copy_to_past([(row.key, row.pk, row.position) for row in ended])
    drop_rows(Entry, [(row.key, row.position) for row in present])
    Entry.objects.filter(key__in=moved).delete()


def _ended(entry: Entry, number: int) -> PastEntry:
    return PastEntry(**{name: getattr(entry, name) for name in COPIED}, recorded_to=number)


def _copy(old: type[Model], new: type[Model], moved: dict[int, int]) -> None:
    """The rows of *old* for the entries that were *moved* (entry to past entry), as rows of *new*."""
    names = [field.name for field in old._meta.concrete_fields if field.name not in {"id", "key"}]
    rows = old.objects.filter(key__in=moved)
    copies = [new(**{name: getattr(row, name) for name in names}, key=moved[row.key]) for row in rows]
    new.objects.bulk_create(copies, batch_size=BATCH)


def begin(projections: Iterable[Projection], tick: Tick) -> None:
    """Let the states of *projections* stand from *tick* on."""
    present, past = [], []
    for projection in projections:
        values = {
            **{name: getattr(projection.entry, name) for name in DERIVED},
            "key": projection.entry.key,
            "recorded_from": tick.number,
            "modified": tick.at,
            "body": projection.body(tick.at),
        }
        if projection.entry.known_to == UNTIL_FURTHER_NOTICE:
            present.append((Entry(**values), projection))
        else:
            past.append((PastEntry(**values), projection))
    for model, rows in ((Entry, present), (PastEntry, past)):
        model.objects.bulk_create([row for row, _ in rows], batch_size=BATCH)
        put_rows(model, rows)


def rewrite(rows: Sequence[tuple[Row, Projection]]) -> None:
    """Replace what *rows* that stand show by their projections, in place: numbers and ``modified`` stay."""
    for model in (Entry, PastEntry):
        chosen = [(row, projection) for row, projection in rows if isinstance(row, model)]
        drop_rows(model, [(row.pk, row.position) for row, _ in chosen])
        for row, projection in chosen:
            _show(row, projection)
        model.objects.bulk_update([row for row, _ in chosen], [*DERIVED, "body"], batch_size=100)
        put_rows(model, chosen)


def _show(row: Row, projection: Projection) -> None:
    values: dict[str, Any] = {name: getattr(projection.entry, name) for name in DERIVED}
    for name, value in (values | {"body": projection.body(row.modified)}).items():
        setattr(row, name, value)


def erase(keys: Collection[int], tick: Tick) -> None:
    """Delete every state, departure and index row that there ever was of the events *keys*."""
    for model in (Entry, PastEntry):
        rows = list(model.objects.filter(key__in=keys).values_list("pk", "position"))
        drop_rows(model, rows)
        model.objects.filter(key__in=keys).delete()
    Departure.objects.filter(key__in=keys).delete()
    Pending.objects.filter(key__in=keys).delete()
    search.purge()
    blocks.mark_erasure(tick.number)
