"""The one way out of the record: a court order, a personal right."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from events.models import Address, Article, Event, LoadedBlock
from events.recording import record_erased, recording


def erase_event(event: Event, user: Any, reason: str) -> list[str]:
    """Remove all content of *event*, and of the events that were merged into it, by *user*, for ever.

    Where they stood, *reason* is shown. Returns their public ids. Raises ValidationError where the reason is blank,
    or the event was itself merged into another, which holds its claims now.
    """
    if not reason.strip():
        raise ValidationError("Say why the event is erased: the reason is shown where it stood.")
    if event.merged_into_id:
        raise ValidationError(f"It was merged into “{event.merged_into.slug}”, which holds its claims: erase that one.")
    with recording(user, reason):
        events = with_merged(event)
        keys = frozenset(event.pk for event in events)
        Address.objects.filter(resource=Event.resource, key__in=keys).update(reason=reason)
        slugs = [event.slug for event in events]
        LoadedBlock.objects.filter(resource=Event.resource, slug__in=slugs).delete()
        # The text tells of the event as much as the event did.
        Article.objects.filter(proposals__event__in=keys).delete()
        empty_admin_log(keys)
        for erased in reversed(events):
            erased.is_being_erased = True
            erased.delete()
        record_erased.send(sender=Event, events=keys, reason=reason)
    return slugs


def with_merged(event: Event) -> list[Event]:
    """*event* and all that were merged into it, each after the one that it was merged into."""
    found = [event]
    for survivor in found:  # grows while it is walked
        found += survivor.merged_here.order_by("pk")
    return found


def empty_admin_log(keys: frozenset[int]) -> None:
    """Leave of the admin's log of the events *keys* who did something and when, but not what."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Event), object_id__in=[str(key) for key in keys]
    )
    entries.update(object_repr="erased", change_message="")
