"""The unit of work: every write to the record happens inside one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import Signal

from events.behind import working_behind

if TYPE_CHECKING:
    from events.affected import Affected
    from events.bulk import WholeEvent

#: Sent inside the transaction of a recording, with its ``unit``, before anything is read or locked in it: whoever has
#: to be first.
record_opened = Signal()

#: Sent once at the end of a recording, inside its transaction, with its ``unit``, ``events`` (frozenset of the keys of
#: events that may look different now, deleted ones included) and ``references`` (frozenset of the models of other
#: records that changed).
record_changed = Signal()

#: Sent inside the transaction of an erasure, before ``record_changed``, with its ``unit`` and ``events`` (frozenset of
#: the keys of events that are to leave every history).
record_erased = Signal()

_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


class WrittenOutsideRecording(RuntimeError):
    """A record was about to be written outside ``recording(user, reason)``."""


class Undone(Exception):
    """Ends a recording whose changes were only tried: they are undone, and nobody hears of them. Caught around it."""


class StaleRecord(RuntimeError):
    """Somebody else saved the record since it was read; ``instance`` is ours, ``stored`` is theirs."""

    def __init__(self, instance: models.Model, stored: models.Model) -> None:
        super().__init__(f"“{stored}” was changed by somebody else since it was read; read it again and repeat.")
        self.instance = instance
        self.stored = stored


@dataclass
class Recording:
    """What one unit of work did: who, why, and the keys of the records that were written themselves, by model."""

    user: Any
    reason: str
    touched: dict[type[models.Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    #: Events that were made whole in it, by key, with all that belongs to them: nobody has to read them, for neither
    #: they nor anything that they refer to was touched since.
    created: dict[int, WholeEvent] = field(default_factory=dict)
    #: Records that are new, of model and key.
    made: set[tuple[type[models.Model], int]] = field(default_factory=set)
    #: Those of them that were written whole, with their addresses, and not touched since.
    whole: set[tuple[type[models.Model], int]] = field(default_factory=set)
    #: The turn that whoever heard of its opening took for it.
    turn: Any = None
    #: Events that were published, and claims that were taken away: what readers see has a claim at the end.
    to_be_borne_out: list[models.Model] = field(default_factory=list)
    #: Records of which the history holds all that there was before this unit, or that were made in it.
    foreseen: set[tuple[type[models.Model], int]] = field(default_factory=set)
    #: Of a record that became part of another: model and key → that other's key.
    merged: dict[tuple[type[models.Model], int], int] = field(default_factory=dict)
    #: Of a public id that leads to another record now: resource and id → the key of the one that had it before.
    readdressed: dict[tuple[str, str], int] = field(default_factory=dict)

    def foresee(self, records: Iterable[models.Model]) -> None:
        """Before *records* are written: let the history have what they, and those they belong to, hold now."""
        from events.versions import keep_what_stands

        fresh = {pair for record in records for pair in record.touches() if pair[1] is not None} - self.foreseen
        if fresh:
            self.foreseen |= fresh
            keep_what_stands(fresh)

    def note(self, record: models.Model) -> None:
        from events.models import Event

        for model, key in record.touches():
            self.touched[model].add(key)
            self.whole.discard((model, key))
            if model is Event:
                self.created.pop(key, None)
            else:
                self.created.clear()  # which may refer to it

    def note_new(self, record: models.Model) -> None:
        """Note *record*, which was made just now: of what it was before, the history has nothing to keep."""
        self.foreseen.update(record.touches())
        self.note(record)
        self.made.add((type(record), record.pk))

    def note_created(self, whole: WholeEvent) -> None:
        """Note an event that was written *whole*, with status and address."""
        self.note_whole(whole.event)
        self.created[whole.event.pk] = whole

    def note_whole(self, record: models.Model) -> None:
        """Note *record*, which was made just now, with its address."""
        self.note_new(record)
        self.whole.add((type(record), record.pk))

    def note_merged(self, loser: models.Model, survivor: models.Model) -> None:
        """Note that *loser* becomes part of *survivor*, whatever is left of it."""
        self.merged[type(loser), loser.pk] = survivor.pk

    def settle(self) -> Affected:
        """Derive what follows from the changes. Raises what is refused only now that all of them are there."""
        from events.affected import affected_events, check_borne_out, settle

        check_borne_out(self.to_be_borne_out)
        affected = affected_events(self.touched, self.made)
        settle(affected, self.created.keys(), self.whole)
        return affected

    def finish(self) -> None:
        """Settle the changes, keep what there was before, then tell whoever listens."""
        from events.versions import keep_versions

        if not self.touched:
            return
        affected = self.settle()
        keep_versions(self)
        record_changed.send(
            sender=Recording,
            unit=self,
            events=affected.keys,
            references=affected.references,
        )


@contextmanager
def recording(user: Any, reason: str) -> Iterator[Recording]:
    """Open the one transaction in which *user* (or None for the system) changes the record, for *reason*.

    One at a time: each waits until the one before has committed.
    Nested use joins the outer unit: whatever the inner block did is undone if it raises,
    and ``record_changed`` is sent once, at the end of the outermost.
    """
    outer = _current.get()
    with transaction.atomic():
        if outer is not None:
            yield outer
            return
        unit = Recording(user, reason)
        record_opened.send(sender=Recording, unit=unit)
        token = _current.set(unit)
        try:
            with working_behind():
                yield unit
                unit.finish()
        finally:
            _current.reset(token)


def current_recording(model: type[models.Model]) -> Recording:
    """The recording that is open; raises WrittenOutsideRecording, naming *model*, where there is none."""
    unit = _current.get()
    if unit is None:
        raise WrittenOutsideRecording(
            f"{model.__name__} records are written inside `with recording(user, reason):` only, "
            "or the timeline would not learn of the change."
        )
    return unit


def watch(record_models: Iterable[type[models.Model]]) -> None:
    """Guard every save and deletion, cascades included, of those of *record_models* that are records."""
    from events.models.base import RecordModel

    for model in record_models:
        if issubclass(model, RecordModel):
            pre_save.connect(_before_saving, sender=model)
            post_save.connect(_after_saving, sender=model)
            pre_delete.connect(_before_deleting, sender=model)


def _before_saving(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    unit = current_recording(sender)
    # Locked, so that nobody can save between this comparison and our own UPDATE.
    stored = sender._base_manager.select_for_update().filter(pk=instance.pk).first() if instance.pk else None
    unit.foresee([instance] if stored is None else [instance, stored])
    sender.guard_all([(instance, stored)])
    instance._differs = stored is None or instance.differs_from(stored)
    if stored is None:
        return
    if stored.version != instance.version:
        raise StaleRecord(instance, stored)
    if instance._differs:
        instance.version += 1
        unit.note(stored)


def _after_saving(sender: type[models.Model], instance: models.Model, created: bool, **kwargs: Any) -> None:
    if created:
        current_recording(sender).note_new(instance)
    elif instance._differs:
        current_recording(sender).note(instance)


def _before_deleting(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    unit = current_recording(sender)
    unit.foresee([instance])
    instance.guard_deletion()
    unit.note(instance)
