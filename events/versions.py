"""What the history keeps: a version of every record that a recording changed, written by the recording itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from events.batched import batched
from events.loading.blocks import SHAPES, Shape, block_of
from events.loading.rows import Rows
from events.loading.shapes import Group, Key, Reference
from events.models import Version
from events.rows import insert_rows

if TYPE_CHECKING:
    from events.recording import Recording

COLUMNS = ("resource", "key", "at", "user_id", "who", "reason", "merged_into", "content", "names")
columns_of = attrgetter(*COLUMNS[:-2])

AT_ONCE = 500  #: records in memory at a time

Names = dict[str, dict[str, list]]  #: resource → public id → [key, what it is called]


def keep_what_stands(records: Iterable[tuple[type[models.Model], int]]) -> None:
    """Keep what *records*, by model and key, hold now, where the history has nothing of them.

    So imports need not write versions: what they made is kept when it is about to be changed.
    """
    for shape, batch in _batches(records):
        known = Version.objects.filter(resource=shape.resource, key__in=batch).order_by().values_list("key", flat=True)
        fresh = set(batch) - set(known)
        if fresh:
            keep(version_of(record, shape) for record in shape.records().filter(pk__in=fresh))


def keep_versions(unit: Recording) -> None:
    """At the end of *unit*: a version of each record that is another now than its last version says.

    What was written whole in it, as imports do, is left out.
    """
    user = unit.user if isinstance(unit.user, models.Model) else None
    signature = {
        "at": timezone.now(), "user": user, "who": str(unit.user or "")[:150], "reason": (unit.reason or "")[:500],
    }  # fmt: skip
    touched = {(model, key) for model, keys in unit.touched.items() for key in keys}
    for shape, batch in _batches(touched - unit.whole):
        older = [key for key in batch if (shape.model, key) not in unit.made]
        last = {version.key: version for version in Version.objects.last_of_each(shape.resource, older)}
        versions = [version_of(record, shape) for record in shape.records().filter(pk__in=batch)]
        there = {version.key for version in versions}
        gone = [Version(resource=shape.resource, key=key) for key in batch if key in last and key not in there]
        changed = [
            version for version in (*versions, *gone)
            if version.key not in last or last[version.key].content != version.content
        ]  # fmt: skip
        for version in changed:
            version.merged_into = unit.merged.get((shape.model, version.key))
            for name, value in signature.items():
                setattr(version, name, value)
        keep(changed)


def keep(versions: Iterable[Version]) -> None:
    """Write *versions*, which are new."""
    insert_rows(Version._meta.db_table, COLUMNS, [
        (*columns_of(version), version.content if version.content is None else json.dumps(version.content),
         json.dumps(version.names))
        for version in versions
    ])  # fmt: skip


def _batches(records: Iterable[tuple[type[models.Model], int]]) -> Iterator[tuple[Shape, list[int]]]:
    """The keys of *records* by the shape of their blocks, so many as are read at once."""
    keys: dict[str, list[int]] = {}
    for model, key in records:
        keys.setdefault(model.resource, []).append(key)
    for resource, found in keys.items():
        for batch in batched(sorted(found), AT_ONCE):
            yield SHAPES[resource], batch


def version_of(record: models.Model, shape: Shape) -> Version:
    """A version, not yet written, that says what *record* holds."""
    names: Names = {}
    for resource, other in named_records(record, shape.keys):
        names.setdefault(resource, {})[other.public_id] = [other.pk, str(other)]
    return Version(resource=shape.resource, key=record.pk, content=block_of(record), names=names)


def named_records(record: models.Model, keys: Collection[Key]) -> Iterator[tuple[str, Any]]:
    """The records, with their resources, that the block of *record* names under *keys*."""
    for key in keys:
        attribute = key.attribute or key.name
        match key.value:
            case Reference(resource=resource):
                if other := getattr(record, attribute):
                    yield resource, other
            case Group(keys=parts):
                yield from named_records(record, parts)
            case Rows(keys=parts):
                for row in getattr(record, attribute).all():
                    yield from named_records(row, parts)
