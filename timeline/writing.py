"""Writes the entries of a change: what has ended becomes history, what has begun stands from its number on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Model

from events.batched import batched
from events.rows import insert_rows, next_keys
from timeline import blocks, rollups, search
from timeline.listing import horizons
from timeline.models import (
    UNTIL_FURTHER_NOTICE,
    Departure,
    Entry,
    PastEntry,
    Pending,
    PlaceColumns,
    Posting,
    Tick,
)
from timeline.projection import EntryValues, Projection


class Stands(NamedTuple):
    """Between which numbers a row stands, and since when."""

    recorded_from: int
    recorded_to: int
    modified: datetime


BATCH = 1_000
#: States that are written while the next ones are made: each table of theirs takes a statement.
AT_ONCE = 400
COPIED = [*EntryValues._fields, "modified", "body", "recorded_from"]
WRITTEN = [*EntryValues._fields, *Stands._fields, "body"]
PLACE = [field.name for field in PlaceColumns._meta.get_fields()]

AnyEntry = Entry | PastEntry


@dataclass
class Change:
    """What differs between the record and what stands: rows and departures that end, and those that begin."""

    ended: list[AnyEntry] = field(default_factory=list)
    begun: list[Projection] = field(default_factory=list)
    returned: list[Departure] = field(default_factory=list)
    departed: list[Departure] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ended or self.begun or self.returned or self.departed)


def put(model: type[AnyEntry], rows: Sequence[tuple[int, Projection, Stands]]) -> None:
    """Write *rows* of *model*: primary keys, each with what it shows and how it stands; and all that finds them."""
    own = [] if model is Entry else ["id"]
    values = [
        (*[key][: len(own)], *made.entry, *stands, made.body(stands.modified)) for key, made, stands in rows
    ]
    insert_rows(model._meta.db_table, [*own, *WRITTEN], values)
    put_rows(model, [(key, made) for key, made, _ in rows])
    horizons.widen(model, ((made.entry, stands.recorded_from, stands.recorded_to) for _, made, stands in rows))


def put_rows(model: type[AnyEntry], rows: Sequence[tuple[int, Projection]]) -> None:
    """Write the postings, pairs and words of *rows* of *model*: primary keys, each with what it shows."""
    found = [(found_at(model, key, made), made) for key, made in rows]
    lists: dict[type[Model], tuple[list[str], list[tuple]]] = {
        model.postings: (["party", "roles"], [
            (*posting, *place) for place, made in found for posting in made.parties.items()
        ]),
        model.pairs: (["a", "b"], [(*pair, *place) for place, made in found for pair in made.pairs]),
    }  # fmt: skip
    for table, (columns, values) in lists.items():
        insert_rows(table._meta.db_table, [*columns, *FOUND_AT[model], *PLACE], values)
    search.put(model.words_table, [made.words_row(key) for key, made in rows])


def drop_rows(model: type[AnyEntry], rows: Collection[tuple[int, int]]) -> None:
    """Delete the postings, pairs and words of *rows* of *model*: primary keys and positions."""
    keys = [key for key, _ in rows]
    for table in (model.postings, model.pairs):
        table.objects.filter(**{f"{table.entry_column}__in": keys}).delete()
    search.remove(model.words_table, rows)


#: The columns by which a posting or pair leads to its event and, where that is past, to the very state.
FOUND_AT = {Entry: ("key",), PastEntry: ("key", "row")}


def found_at(model: type[AnyEntry], key: int, made: Projection) -> tuple[int, ...]:
    """The values of those columns and of the place."""
    entry = made.entry
    return (key, *place_of(entry)) if model is Entry else (entry.key, key, *place_of(entry))


place_of = attrgetter(*PLACE)


def standing_rows(keys: Collection[int]) -> dict[int, list[AnyEntry]]:
    """What stands of the events *keys*: the entry and its earlier states of knowledge, by key."""
    found: dict[int, list[AnyEntry]] = defaultdict(list)
    for row in PastEntry.objects.filter(key__in=keys, recorded_to=UNTIL_FURTHER_NOTICE):
        found[row.key].append(row)
    for row in Entry.objects.filter(key__in=keys):
        found[row.key].append(row)
    return found


def write(change: Change, tick: Tick, more: Iterable[Projection] = ()) -> None:
    """Let *change* take effect with *tick*, and *more* begin, which may be made only when they are asked for."""
    end(change.ended, tick.number)
    change.begun = begin(chain(change.begun, more), tick)
    for departure in change.departed:
        departure.recorded_from = tick.number
    returned = [departure.pk for departure in change.returned]
    Departure.objects.filter(pk__in=returned).update(recorded_to=tick.number)
    Departure.objects.bulk_create(change.departed, batch_size=BATCH)
    blocks.mark_change(change, tick.number)


def end(rows: Iterable[AnyEntry], number: int) -> None:
    """Let *rows* stand up to *number* only: those of the present move to the past, with all that finds them."""
    present = [row for row in rows if isinstance(row, Entry)]
    past = [row for row in rows if isinstance(row, PastEntry)]
    PastEntry.objects.filter(pk__in=[row.pk for row in past]).update(recorded_to=number)
    moved = dict(zip((row.key for row in present), next_keys(PastEntry, len(present)), strict=True))
    ended = [(moved[row.key], number, *copied(row)) for row in present]
    insert_rows(PastEntry._meta.db_table, ["id", "recorded_to", *COPIED], ended)
    for old, new in ((Entry.postings, PastEntry.postings), (Entry.pairs, PastEntry.pairs)):
        _copy(old, new, moved)
    search.copy_to_past([(row.key, moved[row.key], row.position) for row in present])
    rollups.count(with_parties(present), sign=-1)
    drop_rows(Entry, [(row.key, row.position) for row in present])
    Entry.objects.filter(key__in=moved).delete()
    horizons.widen(PastEntry, ((row, row.recorded_from, number) for row in (*present, *past)))


copied = attrgetter(*COPIED)


def with_parties(entries: Collection[Entry]) -> list[tuple[Entry, list[str]]]:
    """*entries*, each with the parties that its postings name."""
    parties = defaultdict(list)
    for key, party in Posting.objects.filter(key__in=[entry.key for entry in entries]).values_list("key", "party"):
        parties[key].append(party)
    return [(entry, parties[entry.key]) for entry in entries]


def _copy(old: type[Model], new: type[Model], moved: dict[int, int]) -> None:
    """The rows of *old* for the entries that were *moved* (entry to past entry), as rows of *new*."""
    names = [field.name for field in old._meta.concrete_fields if field.name != "key"]
    rows = old.objects.filter(key__in=moved).values_list("key", *names)
    insert_rows(new._meta.db_table, ["row", "key", *names], [(moved[key], key, *values) for key, *values in rows])


def begin(projections: Iterable[Projection], tick: Tick) -> list[Projection]:
    """Let the states of *projections* stand from *tick* on. Returns all of them."""
    stands = Stands(tick.number, UNTIL_FURTHER_NOTICE, tick.at)
    begun, past = [], []
    for some in batched(projections, AT_ONCE):
        present = [each for each in some if each.is_present]
        put(Entry, [(each.entry.key, each, stands) for each in present])
        begun += some
        past += [each for each in some if not each.is_present]
    rollups.count((each.entry, each.parties) for each in begun if each.is_present)
    put(PastEntry, [(key, each, stands) for key, each in zip(next_keys(PastEntry, len(past)), past, strict=True)])
    return begun


def rewrite(rows: Sequence[tuple[AnyEntry, Projection]]) -> None:
    """Replace what *rows* that stand show by their projections, in place: numbers and ``modified`` stay.

    What is taken from the counts is what stands, as with every change: whether it was counted so, one row cannot tell.
    """
    for model in (Entry, PastEntry):
        chosen = [(row, projection) for row, projection in rows if isinstance(row, model)]
        if model is Entry:
            rollups.count(with_parties([row for row, _ in chosen]), sign=-1)
            rollups.count((made.entry, made.parties) for _, made in chosen)
        drop_rows(model, [(row.pk, row.position) for row, _ in chosen])
        # Not by UPDATE: an index entry is made anew by either, and of forty columns in a thousand rows the statement
        # would take longer than all the rest.
        model.objects.filter(pk__in=[row.pk for row, _ in chosen]).delete()
        put(model, [
            (row.pk, made, Stands(row.recorded_from, row.recorded_to, row.modified)) for row, made in chosen
        ])  # fmt: skip


def erase(keys: Collection[int], tick: Tick) -> None:
    """Delete every state, departure and index row that there ever was of the events *keys*."""
    rollups.count(with_parties(Entry.objects.filter(key__in=keys).defer("body")), sign=-1)
    for model in (Entry, PastEntry):
        rows = list(model.objects.filter(key__in=keys).values_list("pk", "position"))
        drop_rows(model, rows)
        model.objects.filter(key__in=keys).delete()
    Departure.objects.filter(key__in=keys).delete()
    Pending.objects.filter(key__in=keys).delete()
    search.purge()
    blocks.void_everything(tick.number)
