"""Two events that turned out to be one: the survivor holds what both held, and the other's address leads there."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError

from events.loading.blocks import SHAPES
from events.merging_parties import merge_parties
from events.models import Event, ImportedRow, Version
from events.models.base import PublicRecord
from events.models.events import Review
from events.recording import Undone, recording
from events.uniting import fill, locked, move, unite_twins
from events.versions import version_of

PARTY = ("role", "country_id", "organization_id", "leader_id")
CLAIM = ("source_id", "stance", "locator")


def merge(loser: PublicRecord, survivor: PublicRecord, user: Any, reason: str = "") -> PublicRecord:
    """Merge two events, people or organizations; see `merge_events` and `events.merging_parties.merge_parties`."""
    return (merge_events if isinstance(survivor, Event) else merge_parties)(loser, survivor, user, reason)


def outcome(loser: PublicRecord, survivor: PublicRecord) -> Version:
    """What *survivor* would be: they are merged, and all is undone again. Raises ValidationError as `merge` does."""
    shape = SHAPES[survivor.resource]
    with suppress(Undone), recording(None, "Only to see"):
        merge(loser, survivor, None)
        version = version_of(shape.records().get(pk=survivor.pk), shape)
        raise Undone
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


def _check(loser: Event, survivor: Event) -> None:
    if loser.merged_into_id:
        raise ValidationError(f"“{loser.slug}” was merged into “{loser.merged_into.slug}” before.")
    if survivor.review == Review.WITHDRAWN:
        raise ValidationError(f"“{survivor.slug}” is withdrawn: merge into an event that stands.")
    if loser.is_public and not survivor.is_public:
        raise ValidationError(f"“{survivor.slug}” is not published: the address of “{loser.slug}” would lead nowhere.")


def _leave(loser: Event, survivor: Event, reason: str) -> None:
    if not loser.is_public:
        # What was said in its review is not lost with it.
        loser.review_notes.update(event=survivor)
        loser.delete()
        return
    loser.review, loser.merged_into = Review.WITHDRAWN, survivor
    loser.withdrawal_reason = f"Merged into “{survivor.slug}”. {reason}".strip()[:500]
    loser.save()
