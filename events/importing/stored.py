"""What the record has that decides about rows: read a batch at a time, and brought to where a batch makes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import attrgetter

from django.db.models import Model

from events.bulk import WholeEvent, change_events, create_events, create_sources, values_of
from events.chains import chains_of
from events.importing.batches import Batch
from events.models import Address, Event, ImportedRow, LikelyDuplicate, Organization, Source
from events.recording import Recording
from events.rows import insert_rows, next_keys, update_rows

ROW = ImportedRow._meta.concrete_fields
CHANGED = ("digest", "content", "fingerprint", "likeness")
changed_of = attrgetter(*CHANGED, "id")


class Stored:
    """The record itself. What it gives out stays as it is to the end of the transaction, in which it is written."""

    def close(self) -> None:
        """Be done with it."""

    def keys(self, model: type[Model], count: int) -> Iterable[int]:
        """*count* keys for new records of *model*."""
        return next_keys(model, count)

    def rows(self, column: str, values: Collection, *only: str, **also: str) -> Iterable[ImportedRow]:
        """The rows with one of *values* in a *column*, in the order in which they came; or of these columns *only*."""
        rows = ImportedRow.objects.filter(**{f"{column}__in": values}, **also).order_by("pk") if values else ()
        return rows.values_list("id", *only, named=True) if values and only else rows

    def events(self, keys: Collection[int]) -> list[WholeEvent]:
        return WholeEvent.read(Event.objects.filter(pk__in=keys).order_by("pk").select_for_update()) if keys else []

    def addresses(self, slugs: Collection[str]) -> dict[str, Event | None]:
        """Those of *slugs* that are, were, or lead to, events; with those that are."""
        if not slugs:
            return {}
        given = Address.objects.filter(resource=Event.resource, slug__in=slugs).values_list("slug", flat=True)
        return dict.fromkeys(given) | {event.slug: event for event in Event.objects.filter(slug__in=slugs)}

    def sources(self, slugs: Collection[str]) -> dict[str, Source]:
        """The sources with these *slugs*, and those through which they were read: each with its publisher."""
        found = {}
        keys = Source.objects.filter(slug__in=slugs).order_by().values_list("pk", flat=True)
        for chain in chains_of(keys).values():
            for source, via in zip(chain, (*chain[1:], None), strict=True):
                source.via = via
                found[source.slug] = source
        return found

    def write(
        self, unit: Recording, batch: Batch, sources: Collection[Source], publishers: Collection[Organization]
    ) -> None:
        """Bring *batch*, with *sources* and *publishers* that are new, into the record in *unit*: what is asked of the
        database afterwards waits for all of it.
        """
        if sources:
            Organization.objects.bulk_create(publishers)
            create_sources(unit, sources)
        changed = batch.changed()
        change_events(unit, [(each.before, each.whole) for each in changed if each.before is not None])
        if new := [each.whole for each in changed if each.before is None]:
            create_events(unit, new)
        known = [row for row in batch.rows.values() if not row._state.adding]
        update_rows(ImportedRow._meta.db_table, CHANGED, list(map(changed_of, known)))
        added = [row for row in batch.rows.values() if row._state.adding]
        insert_rows(ImportedRow._meta.db_table, [each.column for each in ROW], values_of(added, ROW))
        alike = [(event, other, False) for event, other in batch.alike]
        insert_rows(LikelyDuplicate._meta.db_table, ["event_id", "other_id", "dismissed"], alike)
