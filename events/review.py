"""Publishing and withdrawing events."""

from typing import Any

from django.core.exceptions import ValidationError

from events.models import Event
from events.models.events import Review
from events.recording import recording


def publish(event: Event, user: Any, reason: str = "") -> Event:
    """Show *event* to readers, by *user*: a draft, one in review, or one that was withdrawn.

    Returns it as it stands then. Raises ValidationError where it has no claim or was merged into another.
    """
    with recording(user, reason):
        event = Event.objects.select_for_update().get(pk=event.pk)
        if event.merged_into_id:
            raise ValidationError(f"It was merged into “{event.merged_into.slug}”: change that one.")
        if not event.claims.exists():
            raise ValidationError("Add a claim first: nothing is published that no source is named for.")
        event.review, event.withdrawal_reason = Review.PUBLISHED, ""
        event.save()
    return event


def withdraw(event: Event, user: Any, reason: str) -> Event:
    """Take the published *event* from readers, by *user*; *reason* is shown where it stood.

    Returns it as it stands then. Raises ValidationError where it is not published, or the reason is blank.
    """
    if not reason.strip():
        raise ValidationError("Say why the event is withdrawn: the reason is shown where it stood.")
    with recording(user, reason):
        event = Event.objects.select_for_update().get(pk=event.pk)
        if event.review != Review.PUBLISHED:
            raise ValidationError("Only a published event can be withdrawn.")
        event.review, event.withdrawal_reason = Review.WITHDRAWN, reason
        event.save()
    return event
