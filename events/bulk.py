"""Events with all that belongs to them, and sources; many new ones are written at once, inside a recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from django.db.models import Model

from events.edtf.field import EDTFField
from events.models import Address, Claim, Event, Participation, Source
from events.models.base import PublicRecord
from events.querysets import settle_status
from events.recording import Recording
from events.referred import Referred
from events.rows import insert_rows, next_keys, references_checked_at_once
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


def give_keys(records: Sequence[Model]) -> None:
    """Give *records*, all of one model, the keys under which they are to be written."""
    if records:
        for record, key in zip(records, next_keys(type(records[0]), len(records)), strict=True):
            record.id = key


def insert_addresses(records: Iterable[PublicRecord]) -> None:
    """Note the public ids of *records*, which are new, as given out."""
    rows = [(record.resource, record.public_id, record.pk, "") for record in records]
    insert_rows(Address._meta.db_table, ["resource", "slug", "key", "reason"], rows)


def insert(records: Sequence[Model]) -> None:
    """Write *records*, all of one model, as they are; their dates get their bounds."""
    if not records:
        return
    fields = records[0]._meta.concrete_fields
    for dated in (each for each in fields if isinstance(each, EDTFField)):
        for record in records:
            dated.set_companions(record)
    # Of the instances' own dictionaries: the descriptors of foreign keys take longer than all the rest.
    values_of = itemgetter(*(each.attname for each in fields))
    rows = list(map(values_of, map(vars, records)))
    insert_rows(records[0]._meta.db_table, [each.column for each in fields], rows)
