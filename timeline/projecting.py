"""Keeps the entries equal to the record, in the transaction that changes it."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from django.db.models import Model

from events.affected import MOST_AT_ONCE
from events.batched import batched
from events.bulk import WholeEvent
from events.models import Address, Event
from events.models.events import Review
from events.recording import Recording
from timeline.blocks import mark_references
from timeline.clock import Turn
from timeline.departures import changed_departures, standing_departures
from timeline.holders import keep_former_holders
from timeline.models import Pending
from timeline.projection import projections, projections_of_new, states_by_event
from timeline.writing import Change, erase, standing_rows, write


def on_record_opened(sender: type, unit: Recording, **kwargs: Any) -> None:
    """Be the only one who changes the record until this transaction ends."""
    unit.turn = Turn()


def on_record_changed(
    sender: type,
    unit: Recording,
    events: frozenset[int],
    references: frozenset[type[Model]],
    **kwargs: Any,
) -> None:
    """Project *events*, or note them as pending where they are too many for the transaction that changed them.

    A change of other public records draws a number too, for they are answered from as well.
    """
    if len(events) > MOST_AT_ONCE:
        for batch in batched(map(Pending, events), MOST_AT_ONCE):  # of millions, all at once would not fit into memory
            Pending.objects.bulk_create(batch, ignore_conflicts=True)
    else:
        new = [whole for whole in unit.created.values() if whole.event.review == Review.PUBLISHED]
        made = {key for model, key in unit.made if model is Event}
        project(events - unit.created.keys(), unit.turn, new, made)
    public = [model for model in references if hasattr(model, "resource")]
    if public:
        mark_references(public, unit.turn.tick().number)
    if unit.readdressed:
        keep_former_holders(unit.readdressed, unit.turn.tick().number)


def project(
    keys: AbstractSet[int], turn: Turn, new: Sequence[WholeEvent] = (), made: AbstractSet[int] = frozenset()
) -> None:
    """Make what stands of the events *keys*, at most MOST_AT_ONCE, what the record amounts to, where it differs.

    *new* are published ones besides, written whole just now. Of these, and of those of *keys* that were *made* just
    now, nothing can stand yet.
    """
    older = keys - made
    wanted, standing = states_by_event(projections(keys)), standing_rows(older)
    change = Change()
    for key in keys:
        rows = {row.known_from: row for row in standing.get(key, ())}
        for projection in wanted.get(key, ()):
            if projection.equals(rows.get(projection.entry.known_from)):
                rows.pop(projection.entry.known_from)
            else:
                change.begun.append(projection)
        change.ended += rows.values()
    change.returned, change.departed = changed_departures(keys, standing_departures(older))
    if change or new:
        write(change, turn.tick(), projections_of_new(new))


def on_record_erased(sender: type, unit: Recording, events: frozenset[int], **kwargs: Any) -> None:
    """Take *events* out of every state and index, as if they had never been; their addresses say so afterwards.

    Of a draft nothing is there: a number drawn for it would tell readers that something was erased.
    """
    if Address.objects.filter(resource=Event.resource, key__in=events).exists():
        erase(events, unit.turn.tick())
