"""Two events that turned out to be one: the survivor holds what both held, and the other's address leads there."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from events.batched import batched
from events.loading.blocks import SHAPES
from events.models import Event, ImportedRow, Version
from events.models.base import PublicRecord, RecordModel
from events.models.events import Review
from events.recording import recording
from events.versions import version_of

PARTY = ("role", "country_id", "organization_id", "leader_id")
CLAIM = ("source_id", "stance", "locator")
AT_ONCE = 500  #: rows that a statement moves


class _Undone(Exception):
    """Ends a recording that was only to show what it would do."""


def merge(loser: PublicRecord, survivor: PublicRecord, user: Any, reason: str = "") -> PublicRecord:
    """Merge two events, people or organizations; see `merge_events` and `events.merging_parties.merge_parties`."""
    from events.merging_parties import merge_parties

    return (merge_events if isinstance(survivor, Event) else merge_parties)(loser, survivor, user, reason)


def outcome(loser: PublicRecord, survivor: PublicRecord) -> Version:
    """What *survivor* would be: they are merged, and all is undone again. Raises ValidationError as `merge` does."""
    shape = SHAPES[survivor.resource]
    try:
        with recording(None, "Only to see"):
            merge(loser, survivor, None)
            version = version_of(shape.records().get(pk=survivor.pk), shape)
            raise _Undone
    except _Undone:
        return version


def merge_events(loser: Event, survivor: Event, user: Any, reason: str = "") -> Event:
    """Move the claims and parties of *loser* to *survivor*, by *user*; returns the survivor as it stands then.

    What the survivor says itself stays; what it leaves blank is filled in. The loser is withdrawn and its address
    redirects; one that was never public is deleted. Raises ValidationError where that cannot be.
    """
    with recording(user, reason) as unit:
        loser, survivor = locked(loser, survivor)
        _check(loser, survivor)
        unit.foresee([loser, survivor])
        unit.note_merged(loser, survivor)
        unite_twins(loser.claims.order_by("pk"), survivor.claims.all(), CLAIM, ("date", "figures", "note"))
        unite_twins(loser.participations.order_by("pk"), survivor.participations.all(), PARTY, ("office",))
        move(loser.claims.all(), survivor, "event")
        move(loser.participations.all(), survivor, "event")
        fill(survivor, loser, ("summary",))
        if not (survivor.place_name or survivor.place_country_id or survivor.latitude is not None):
            fill(survivor, loser, ("place_name", "place_country", "latitude", "longitude"))
        survivor.save()
        ImportedRow.objects.filter(event=loser).update(event=survivor)
        loser.proposals.update(event=survivor)
        _leave(loser, survivor, reason)
    return survivor


def locked(loser: Any, survivor: Any) -> tuple[Any, Any]:
    """Both as they are now, locked in one order, whoever is the loser.

    Raises ValidationError where they are not two of one sort, or somebody deleted one meanwhile.
    """
    model = type(survivor)
    found = model.objects.select_for_update().filter(pk__in=[loser.pk, survivor.pk]).order_by("pk").in_bulk()
    if len(found) < 2 or type(loser) is not model:
        raise ValidationError("Name two that both are in the record: nothing is merged into itself.")
    return found[loser.pk], found[survivor.pk]


def _check(loser: Event, survivor: Event) -> None:
    if loser.merged_into_id:
        raise ValidationError(f"“{loser.slug}” was merged into “{loser.merged_into.slug}” before.")
    if survivor.review == Review.WITHDRAWN:
        raise ValidationError(f"“{survivor.slug}” is withdrawn: merge into an event that stands.")
    if loser.is_public and not survivor.is_public:
        raise ValidationError(f"“{survivor.slug}” is not published: the address of “{loser.slug}” would lead nowhere.")


def unite_twins(
    rows: models.QuerySet, others: Iterable[models.Model], identity: tuple[str, ...], details: tuple[str, ...]
) -> None:
    """Delete those of *rows* that one of *others* has the *identity* of; that one gets what it lacks of *details*."""
    there = {tuple(getattr(row, part) for part in identity): row for row in others}
    for row in rows:
        twin = there.get(tuple(getattr(row, part) for part in identity))
        if twin is not None:
            fill(twin, row, details)
            twin.save()
            row.delete()


def move(rows: models.QuerySet, survivor: models.Model, name: str) -> None:
    """Make *survivor* the *name* of all *rows*, many at once."""
    values: dict[str, Any] = {name: survivor}
    if issubclass(rows.model, RecordModel):
        values["version"] = F("version") + 1
    for keys in batched(list(rows.values_list("pk", flat=True)), AT_ONCE):
        rows.model._default_manager.filter(pk__in=keys).update(**values)


def fill(one: Any, other: Any, names: tuple[str, ...]) -> None:
    """What *one* leaves blank of *names*, from *other*."""
    for name in names:
        if getattr(one, name) in (None, ""):
            setattr(one, name, getattr(other, name))


def _leave(loser: Event, survivor: Event, reason: str) -> None:
    if not loser.is_public:
        # What was said in its review is not lost with it.
        loser.review_notes.update(event=survivor)
        loser.delete()
        return
    loser.review, loser.merged_into = Review.WITHDRAWN, survivor
    loser.withdrawal_reason = f"Merged into “{survivor.slug}”. {reason}".strip()[:500]
    loser.save()
