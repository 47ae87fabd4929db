"""Two events that turned out to be one: the survivor holds what both held, and the other's address leads there."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from events.loading.blocks import SHAPES
from events.models import Event, ImportedRow, Version
from events.models.base import PublicRecord, RecordModel
from events.models.events import Review
from events.recording import recording
from events.versions import version_of

PARTY = ("role", "country_id", "organization_id", "leader_id")
CLAIM = ("source_id", "stance", "locator")
AT_ONCE = 500


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
        # Both locked in one order, whoever is the loser.
        found = {event.pk: event for event in Event.objects.select_for_update().filter(pk__in=[loser.pk, survivor.pk])
                 .order_by("pk")}
        loser, survivor = found[loser.pk], found[survivor.pk]
        _check(loser, survivor)
        unit.foresee([loser, survivor])
        unit.note_merged(loser, survivor)
        unite(loser.claims.order_by("pk"), survivor.claims.all(), CLAIM, ("date", "figures", "note"), survivor)
        unite(loser.participations.order_by("pk"), survivor.participations.all(), PARTY, ("office",), survivor)
        fill(survivor, loser, ("summary",))
        if not (survivor.place_name or survivor.place_country_id or survivor.latitude is not None):
            fill(survivor, loser, ("place_name", "place_country", "latitude", "longitude"))
        survivor.save()
        ImportedRow.objects.filter(event=loser).update(event=survivor)
        loser.proposals.update(event=survivor)
        _leave(loser, survivor, reason)
    return survivor


def _check(loser: Event, survivor: Event) -> None:
    if loser.pk == survivor.pk:
        raise ValidationError("An event is not merged into itself.")
    if loser.merged_into_id:
        raise ValidationError(f"“{loser.slug}” was merged into “{loser.merged_into.slug}” before.")
    if survivor.review == Review.WITHDRAWN:
        raise ValidationError(f"“{survivor.slug}” is withdrawn: merge into an event that stands.")
    if loser.is_public and not survivor.is_public:
        raise ValidationError(f"“{survivor.slug}” is not published: the address of “{loser.slug}” would lead nowhere.")


def unite(
    rows: models.QuerySet, others: Iterable[models.Model], identity: tuple[str, ...], details: tuple[str, ...],
    survivor: models.Model, name: str = "event",
) -> None:
    """Give *rows* to *survivor*, their *name*; where it has one alike already, that one takes over what it lacks."""
    there = {tuple(getattr(row, part) for part in identity): row for row in others}
    moved = []
    for row in rows:
        twin = there.get(tuple(getattr(row, part) for part in identity))
        if twin is None:
            moved.append(row.pk)
        else:
            fill(twin, row, details)
            twin.save()
            row.delete()
    move(rows.model, moved, survivor, name)


def move(model: type[models.Model], keys: list[int], survivor: models.Model, name: str) -> None:
    """Make *survivor* the *name* of the rows *keys* of *model*, many at once."""
    values: dict[str, Any] = {name: survivor}
    if issubclass(model, RecordModel):
        values["version"] = F("version") + 1
    for start in range(0, len(keys), AT_ONCE):
        model._default_manager.filter(pk__in=keys[start : start + AT_ONCE]).update(**values)


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
