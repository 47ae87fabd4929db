"""Two events that turned out to be one: the survivor holds what both held, and the other's address leads there."""

from typing import Any

from django.core.exceptions import ValidationError

from events.models import Claim, Event, ImportedRow, Participation
from events.models.events import Review
from events.recording import recording

PARTY = ("role", "country_id", "organization_id", "leader_id")
CLAIM = ("source_id", "stance", "locator")


def merge_events(loser: Event, survivor: Event, user: Any, reason: str = "") -> Event:
    """Move the claims and parties of *loser* to *survivor*, by *user*; returns the survivor as it stands then.

    What the survivor says itself stays; what it leaves blank is filled in. The loser is withdrawn and its address
    redirects; one that was never public is deleted. Raises ValidationError where that cannot be.
    """
    with recording(user, reason):
        # Both locked in one order, whoever is the loser.
        found = {event.pk: event for event in Event.objects.select_for_update().filter(pk__in=[loser.pk, survivor.pk])
                 .order_by("pk")}
        loser, survivor = found[loser.pk], found[survivor.pk]
        _check(loser, survivor)
        _unite(loser.claims.order_by("pk"), survivor.claims.all(), CLAIM, ("date", "figures", "note"), survivor)
        _unite(loser.participations.order_by("pk"), survivor.participations.all(), PARTY, ("office",), survivor)
        _fill(survivor, loser, ("summary",))
        if not (survivor.place_name or survivor.place_country_id or survivor.latitude is not None):
            _fill(survivor, loser, ("place_name", "place_country", "latitude", "longitude"))
        survivor.save()
        ImportedRow.objects.filter(event=loser).update(event=survivor)
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


def _unite(
    rows: Any, others: Any, identity: tuple[str, ...], details: tuple[str, ...], survivor: Event
) -> None:
    """Give *rows* to *survivor*; where it has one alike already, that one takes over only the details it lacks."""
    there = {tuple(getattr(row, name) for name in identity): row for row in others}
    for row in rows:
        twin: Claim | Participation | None = there.get(tuple(getattr(row, name) for name in identity))
        if twin is None:
            row.event = survivor
            row.save()
        else:
            _fill(twin, row, details)
            twin.save()
            row.delete()


def _fill(one: Any, other: Any, names: tuple[str, ...]) -> None:
    """What *one* leaves blank of *names*, from *other*."""
    for name in names:
        if getattr(one, name) in (None, ""):
            setattr(one, name, getattr(other, name))


def _leave(loser: Event, survivor: Event, reason: str) -> None:
    if not loser.is_public:
        loser.delete()
        return
    loser.review, loser.merged_into = Review.WITHDRAWN, survivor
    loser.withdrawal_reason = f"Merged into “{survivor.slug}”. {reason}".strip()[:500]
    loser.save()
