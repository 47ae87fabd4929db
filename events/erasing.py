"""The one way out of the record: a court order, a personal right."""

from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection

from events.models import Address, Article, Event, LoadedBlock, Upload, Version
from events.recording import record_erased, recording


def erase_event(event: Event, user: Any, reason: str) -> list[str]:
    """Remove all content of *event*, and of the events that were merged into it, by *user*, for ever.

    Where they stood, *reason* is shown. Returns their public ids. Afterwards, outside of any transaction, `forget` is
    to be called. Raises ValidationError where the reason is blank, or the event was itself merged into another, which
    holds its claims now.
    """
    if not reason.strip():
        raise ValidationError("Say why the event is erased: the reason is shown where it stood.")
    if event.merged_into_id:
        raise ValidationError(f"It was merged into “{event.merged_into.slug}”, which holds its claims: erase that one.")
    if working := Upload.objects.filter(state__in=Upload.WORKING).first():
        raise ValidationError(f"{working} is being imported and may hold it: erase it when that has ended.")
    overwrite_what_is_deleted()
    with recording(user, reason):
        events = with_merged(event)
        keys = frozenset(event.pk for event in events)
        Address.objects.filter(resource=Event.resource, key__in=keys).update(reason=reason)
        slugs = [event.slug for event in events]
        LoadedBlock.objects.filter(resource=Event.resource, slug__in=slugs).delete()
        everything = keys | drafts_merged_into(keys)
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
        record_erased.send(sender=Event, events=keys, reason=reason)
    return slugs


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


def empty_admin_log(keys: frozenset[int]) -> None:
    """Leave of the admin's log of the events *keys* who did something and when, but not what."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Event), object_id__in=[str(key) for key in keys]
    )
    entries.update(object_repr="erased", change_message="")


def overwrite_what_is_deleted() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def forget() -> None:
    """Make the database give up the bytes of what was deleted, where its files still hold them.

    Raises OperationalError where others keep it from doing so.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        labels = ("events", "timeline", "admin")
        for model in (model for label in labels for model in apps.get_app_config(label).get_models()):
            cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
