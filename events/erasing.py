"""The one way out of the record: a court order, a personal right."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from events.forgetting import overwrite_what_is_deleted
from events.models import Address, Article, Event, LoadedBlock, Upload, Version
from events.recording import record_erased, recording


def erase_event(event: Event, user: Any, reason: str) -> list[str]:
    """Remove all content of *event*, and of the events that were merged into it, by *user*, for ever.

    Where they stood, *reason* is shown. Returns their public ids. Afterwards, outside of any transaction,
    `forgetting.forget` is to be called. Raises ValidationError where the reason is blank, the event is not there any
    more or was itself merged into another, which holds its claims now, or a file is being imported.
    """
    if not reason.strip():
        raise ValidationError("Say why the event is erased: the reason is shown where it stood.")
    overwrite_what_is_deleted()
    with recording(user, reason) as unit:
        events = with_merged(to_be_erased(event))
        keys = frozenset(event.pk for event in events)
        Address.objects.filter(resource=Event.resource, key__in=keys).update(reason=reason)
        slugs = [event.slug for event in events]
        everything = keys | drafts_merged_into(keys)
        LoadedBlock.objects.filter(resource=Event.resource, slug__in=ids_ever(everything)).delete()
        # The text tells of the event as much as the event did.
        Article.objects.filter(proposals__event__in=everything).delete()
        empty_admin_log(everything)
        for erased in reversed(events):
            erased.is_being_erased = True
            erased.delete()
        # Any file that was handed in may hold it; what was imported from it is in the journal.
        Upload.objects.all().delete()
        # Last, for what an import made is put into the history when it is about to be deleted.
        Version.objects.filter(resource=Event.resource, key__in=everything).delete()
        record_erased.send(sender=Event, unit=unit, events=keys)
    return slugs


def to_be_erased(event: Event) -> Event:
    """*event* as it is now, whatever became of it since it was read. Raises ValidationError where it stays."""
    stored = Event.objects.select_related("merged_into").filter(pk=event.pk).first()
    if stored is None:
        raise ValidationError("It is not in the record any more.")
    if survivor := stored.merged_into:
        raise ValidationError(f"It was merged into “{survivor.slug}”, which holds its claims: erase that one.")
    if working := Upload.objects.filter(state__in=Upload.WORKING).first():
        raise ValidationError(f"{working} is being imported and may hold it: erase it when that has ended.")
    return stored


def with_merged(event: Event) -> list[Event]:
    """*event* and all that were merged into it, each after the one that it was merged into."""
    found = [event]
    for survivor in found:  # grows while it is walked
        found += survivor.merged_here.order_by("pk")
    return found


def drafts_merged_into(keys: frozenset[int]) -> frozenset[int]:
    """The keys of those that were never public and so were deleted when they were merged into any of *keys*."""
    found, edge = set(keys), set(keys)
    while edge:
        merged = Version.objects.filter(resource=Event.resource, merged_into__in=edge).order_by()
        edge = set(merged.values_list("key", flat=True)) - found
        found |= edge
    return frozenset(found) - keys


def ids_ever(keys: frozenset[int]) -> set[str]:
    """The ids that the events *keys* had at any time, as drafts too, without those that other events have now."""
    events = Event.objects.filter(pk__in=keys).values_list("slug", flat=True)
    versions = Version.objects.filter(resource=Event.resource, key__in=keys, content__isnull=False).order_by()
    had = {*events, *versions.values_list("content__id", flat=True)}
    return had - set(Event.objects.filter(slug__in=had).exclude(pk__in=keys).values_list("slug", flat=True))


def empty_admin_log(keys: frozenset[int]) -> None:
    """Leave of the admin's log of the events *keys* who did something and when, but not what."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Event), object_id__in=[str(key) for key in keys]
    )
    entries.update(object_repr="erased", change_message="")
