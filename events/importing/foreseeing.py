"""A dry run: what it would have stored lies over the record, so that it decides about what follows as if it had."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from operator import attrgetter, itemgetter
from typing import Any

import orjson
from django.db.models import Model

from events.bulk import WholeEvent, values_of
from events.importing.batches import Batch
from events.importing.seen import Scratch
from events.importing.stored import ROW, Stored
from events.models import Claim, Event, ImportedRow, Organization, Participation, Source
from events.recording import Recording

FIRST = 2**62  #: of the keys of what is not in the record, which come after all that are
MODELS = (Event, Participation, Claim)
COLUMNS = [itemgetter(*(field.attname for field in model._meta.concrete_fields)) for model in MODELS]


class Foreseen(Stored):
    """The record as it would be. Nothing of the record itself is written, nor locked."""

    def __init__(self) -> None:
        self._keys = itertools.count(FIRST)
        self._scratch = Scratch(
            f"CREATE TABLE rows (id INTEGER PRIMARY KEY, {', '.join(each.attname for each in ROW[1:])})",
            "CREATE INDEX by_external_id ON rows (external_id)",
            *(f"CREATE INDEX by_{mark} ON rows ({mark}) WHERE {mark} IS NOT NULL"
              for mark in ("event_id", "fingerprint", "likeness")),
            "CREATE TABLE events (id INTEGER PRIMARY KEY, whole BLOB)",
            "CREATE TABLE addresses (slug TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE sources (slug TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID",
        )  # fmt: skip

    def close(self) -> None:
        self._scratch.close()

    def keys(self, model: type[Model], count: int) -> Iterable[int]:
        return itertools.islice(self._keys, count)

    def rows(self, column: str, values: Collection, *only: str, **also: str) -> Iterable[ImportedRow]:
        stored = {row.id: row for row in super().rows(column, values, *only, **also)}
        for (key,) in self._scratch.read("SELECT id FROM rows WHERE id IN ?", stored):
            del stored[key]
        which = " AND ".join([f"{column} IN ?", *(f"{name} = ?" for name in also)])
        over = self._scratch.read(f"SELECT * FROM rows WHERE {which}", values, *also.values())
        return sorted([*stored.values(), *(made(ImportedRow, row) for row in over)], key=attrgetter("id"))

    def events(self, keys: Collection[int]) -> list[WholeEvent]:
        over = dict(self._scratch.read("SELECT id, whole FROM events WHERE id IN ?", keys))
        stored = WholeEvent.read(Event.objects.filter(pk__in=set(keys) - over.keys()))
        return stored + [unpacked(whole) for whole in over.values()]

    def addresses(self, slugs: Collection[str]) -> dict[str, Event | None]:
        over = self._scratch.read("SELECT slug FROM addresses WHERE slug IN ?", slugs)
        return super().addresses(slugs) | dict.fromkeys(slug for (slug,) in over)

    def sources(self, slugs: Collection[str]) -> dict[str, Source]:
        """Of those that are not in the record it is only known that they would be."""
        over = self._scratch.read("SELECT slug, id FROM sources WHERE slug IN ?", slugs)
        return super().sources(slugs) | {slug: Source(pk=key, slug=slug) for slug, key in over}

    def write(
        self, unit: Recording | None, batch: Batch, sources: Collection[Source], publishers: Collection[Organization]
    ) -> None:
        """Note what *batch* would come to. *publishers* are known by the names of the record for as long as it goes."""
        write, changed = self._scratch.write, batch.changed()
        write("INSERT INTO sources VALUES (?, ?)", [(source.slug, source.pk) for source in sources])
        write("INSERT INTO addresses VALUES (?)", [(each.event.slug,) for each in changed if each.before is None])
        write("INSERT OR REPLACE INTO events VALUES (?, ?)", [(each.event.pk, packed(each.whole)) for each in changed])
        write("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values_of(batch.rows.values(), ROW))


def packed(whole: WholeEvent) -> bytes:
    records = ([whole.event], whole.participations, whole.claims)
    rows = [[*map(columns, map(vars, each))] for each, columns in zip(records, COLUMNS, strict=True)]
    return orjson.dumps(rows, str, orjson.OPT_PASSTHROUGH_DATACLASS)  # dates as they are written


def unpacked(data: bytes) -> WholeEvent:
    [event], participations, claims = (
        [made(model, values) for values in rows] for model, rows in zip(MODELS, orjson.loads(data), strict=True)
    )
    return WholeEvent(event, participations, claims)


def made(model: type[Model], values: Iterable[Any]) -> Model:
    """The record of *model* with these *values*, as if it had been read."""
    fields = model._meta.concrete_fields
    return model.from_db(None, (), [field.to_python(value) for field, value in zip(fields, values, strict=True)])
