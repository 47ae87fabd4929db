"""The one way out of the record: a court order, a personal right."""

from time import monotonic, sleep
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from events.models import Address, Article, Event, LoadedBlock, Upload, Version
from events.recording import record_erased, recording

#: Seconds that those who read what stood before are waited for on PostgreSQL, as on SQLite, and between two looks.
PATIENCE, PAUSE = 20.0, 0.1
NOT_FORGOTTEN = (
    "Erased, but others kept the database from cleaning its files, which may hold what was erased until VACUUM is run."
)


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
    with recording(user, reason) as unit:
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
        record_erased.send(sender=Event, unit=unit, events=keys)
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
    """Make the database give up what was deleted, where its tables and indexes still hold it.

    Raises OperationalError where others keep it from doing so.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = cursor.fetchone()
            if is_busy:
                raise OperationalError("Somebody still reads what stood before from the write-ahead log.")
            return
        wait_for_older_readers(cursor)
        # Examples of what columns hold are kept for the planner, and are to be those of what is left.
        cursor.execute("ANALYZE")
        # Of all tables, for words are found by tables that belong to no model. Without being told, PostgreSQL leaves
        # the entries of a few deleted rows in their indexes.
        cursor.execute("VACUUM (INDEX_CLEANUP ON)")


def wait_for_older_readers(cursor: CursorWrapper) -> None:
    """Until nobody sees any more what has been deleted by now, which VACUUM would pass over in silence.

    Raises OperationalError after PATIENCE.
    """
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
    [now] = cursor.fetchone()
    deadline = monotonic() + PATIENCE
    while True:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND age(backend_xmin) > age(%s::xid8::xid))",
            [now],
        )
        if cursor.fetchone() == (False,):
            return
        if monotonic() > deadline:
            raise OperationalError("Somebody still reads what stood before.")
        sleep(PAUSE)
