"""Events with all that belongs to them, and sources; many are written, or changed, at once, inside a recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter

from django.db.models import Field, Model

from events.edtf.field import EDTFField
from events.models import Address, Claim, Event, Participation, Source
from events.models.base import PublicRecord, RecordModel
from events.querysets import settle_status
from events.recording import Recording
from events.referred import Referred
from events.rows import insert_rows, next_keys, references_checked_at_once, update_rows
from events.status import status_of


@dataclass(slots=True)
class WholeEvent:
    """An event with all that belongs to it, in order."""

    event: Event
    participations: list[Participation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    #: What it, and those written together with it, refer to: read in the transaction that is open.
    referred: Referred | None = None

    @classmethod
    def read(cls, events: Iterable[Event]) -> list[WholeEvent]:
        """*events* with what belongs to them; what that refers to is not read.

        Not prefetched: Django would make a manager and a queryset for the rows of each event.
        """
        whole = {event.pk: cls(event) for event in events}
        for each in Participation.objects.filter(event__in=whole).order_by("pk"):
            whole[each.event_id].participations.append(each)
        for each in Claim.objects.filter(event__in=whole).order_by("pk"):
            whole[each.event_id].claims.append(each)
        return list(whole.values())


def create_events(unit: Recording, whole: Sequence[WholeEvent]) -> None:
    """Write *whole*, which are not in the record yet, in *unit*, an open recording; afterwards the instances have
    their keys.

    Only what the database holds to is checked: raises IntegrityError, among others where a public id was given before.
    """
    give_keys([each.event for each in whole])
    give_keys([row for each in whole for row in each.participations])
    give_keys([row for each in whole for row in each.claims])
    # First: once PostgreSQL is at work with what is written, whatever is read waits until that is done.
    referred = Referred(whole)
    for each in whole:
        each.referred = referred
        assertions = (referred.chains[claim.source_id].assertion(claim) for claim in each.claims)
        settle_status(each.event, status_of(assertions))
        for row in (*each.participations, *each.claims):
            row.event_id = each.event.pk  # not the instance: they would refer to each other in a circle
    with references_checked_at_once():
        insert([each.event for each in whole])
        insert([row for each in whole for row in each.participations])
        insert([row for each in whole for row in each.claims])
    insert_addresses([each.event for each in whole if each.event.is_public])
    for each in whole:
        unit.note_created(each)
        if not each.claims:
            unit.to_be_borne_out.append(each.event)


def create_sources(unit: Recording, sources: Sequence[Source]) -> None:
    """Write *sources*, which are not in the record yet, in *unit*, an open recording; afterwards they have their keys.

    Their publishers are in the record; those that they were read through are, too, or are among them. Raises
    ValidationError where a public id was given before.
    """
    Source.guard_all([(source, None) for source in sources])
    give_keys(sources)
    for source in sources:
        source.publisher_id = source.publisher.pk
        source.via_id = source.via and source.via.pk
    with references_checked_at_once():
        insert(sources)
    insert_addresses(sources)
    for source in sources:
        unit.note_whole(source)


def change_events(unit: Recording, events: Sequence[tuple[WholeEvent, WholeEvent]]) -> None:
    """Write what differs between *events* as they stand, and as they are to be, in *unit*, an open recording.

    Those that stand were read and locked in the same transaction. What is to be kept has its key, what is new has none.
    """
    unit.foresee(before.event for before, _ in events)
    overwrite(unit, [(before.event, after.event) for before, after in events])
    for model, rows_of in ((Participation, attrgetter("participations")), (Claim, attrgetter("claims"))):
        pairs = [(rows_of(before), rows_of(after)) for before, after in events]
        kept = {row.pk for _, after in pairs for row in after}
        stood = {row.pk: row for before, _ in pairs for row in before}
        model.objects.filter(pk__in=stood.keys() - kept).delete()
        overwrite(unit, [(stood[row.pk], row) for _, after in pairs for row in after if row.pk is not None])
        model.objects.bulk_create(row for _, after in pairs for row in after if row.pk is None)


def overwrite(unit: Recording, records: Iterable[tuple[RecordModel, RecordModel]]) -> None:
    """Write those of *records*, all of one model, that differ from what stands, which is before each, in *unit*."""
    pairs = [(stored, record) for stored, record in records if record is not stored]
    set_bounds([record for _, record in pairs])
    changed = [record for stored, record in pairs if record.differs_from(stored)]
    for record in changed:
        record.version += 1
        unit.note(record)
    if changed:
        meta = changed[0]._meta
        fields = [each for each in meta.concrete_fields if not each.primary_key]
        columns = [each.column for each in fields]
        update_rows(meta.db_table, columns, values_of(changed, [*fields, meta.pk]))


def give_keys(records: Sequence[Model]) -> None:
    """Give *records*, all of one model, the keys under which they are to be written, where they have none yet."""
    without = [record for record in records if record.id is None]
    if without:
        for record, key in zip(without, next_keys(type(without[0]), len(without)), strict=True):
            record.id = key


def insert_addresses(records: Iterable[PublicRecord]) -> None:
    """Note the public ids of *records*, which are new, as given out."""
    rows = [(record.resource, record.public_id, record.pk, "") for record in records]
    insert_rows(Address._meta.db_table, ["resource", "slug", "key", "reason"], rows)


def insert(records: Sequence[Model]) -> None:
    """Write *records*, all of one model, as they are; their dates get their bounds."""
    if records:
        set_bounds(records)
        fields = records[0]._meta.concrete_fields
        insert_rows(records[0]._meta.db_table, [each.column for each in fields], values_of(records, fields))


def set_bounds(records: Sequence[Model]) -> None:
    """Give *records*, all of one model, the bounds of their dates."""
    for dated in records[0]._meta.concrete_fields if records else ():
        if isinstance(dated, EDTFField):
            for record in records:
                dated.set_companions(record)


def values_of(records: Iterable[Model], fields: Iterable[Field]) -> list[tuple]:
    # Of the instances' own dictionaries: the descriptors of foreign keys take longer than all the rest.
    return list(map(itemgetter(*(each.attname for each in fields)), map(vars, records)))
