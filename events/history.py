"""Who changed what, when and why; and how a version is taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from events.differences import Difference, differences
from events.loading import nodes
from events.loading.blocks import SHAPES, Shape, block_of
from events.loading.reading import Block
from events.loading.rows import Predecessors, Rows
from events.loading.saving import save_block, save_rows
from events.loading.shapes import Group, Key, Reference
from events.models import Address, Version
from events.models.base import PublicRecord
from events.models.events import Review
from events.recording import recording

#: Where an event stands in its review is not taken back with what it says.
STANDING = ("review", "withdrawal_reason", "merged_into")


@dataclass(frozen=True)
class Change:
    """From ``before``, None for the first, to ``version``."""

    version: Version
    before: Version | None

    @property
    def is_first_kept(self) -> bool:
        """Whether nobody knows from the history how the record came to be."""
        return self.version.at is None

    @property
    def is_creation(self) -> bool:
        return not self.is_first_kept and (self.before is None or self.before.content is None)

    @property
    def is_deletion(self) -> bool:
        return self.version.content is None

    @cached_property
    def differences(self) -> list[Difference]:
        if self.before is None or self.is_creation or self.is_deletion:
            return []
        return differences(self.before, self.version)


def changes_of(versions: Sequence[Version]) -> list[Change]:
    """Each of *versions*, those of one record with the latest first, with the one before it in the list."""
    return [Change(one, before) for one, before in zip(versions, [*versions[1:], None], strict=True)]


def what_it_changes(now: Version, then: Version) -> list[Difference]:
    """What taking *then* back would change, where the record is as *now* says."""
    found = differences(now, then)
    if then.resource == "events" and now.content:
        return [each for each in found if each.path[0].replace(" ", "_") not in STANDING]
    return found


def take_back(version: Version, user: Any, reason: str) -> models.Model:
    """Make the record of *version*, and its rows, say again what they said then, by *user*; returns the record.

    An event stays where it stands in its review. A deleted record is made again, under its old key; an event as a
    draft. Raises ValidationError, with a sentence for everything that stands in the way.
    """
    shape = SHAPES[version.resource]
    if version.content is None:
        raise ValidationError("The record was deleted there: take back an earlier version.")
    with recording(user, reason):
        # Locked apart from what is read with it: no database locks what may not be there.
        shape.model.objects.select_for_update().filter(pk=version.key).first()
        record = shape.records().filter(pk=version.key).first()
        _check_merged(version, record)
        values = in_present_terms(version)
        before = block_of(record) if record else {"review": str(Review.DRAFT)}
        if shape.resource == "events":
            values = {name: value for name, value in values.items() if name not in STANDING}
            values |= {name: before[name] for name in STANDING if name in before}
        _write(shape, record or shape.model(pk=version.key), values, before if record else {})
    return shape.model.objects.get(pk=version.key)


def _check_merged(version: Version, record: models.Model | None) -> None:
    into = getattr(record, "merged_into_id", None)
    if record is None:
        last = Version.objects.last_of_each(version.resource, [version.key]).first()
        into = last and last.merged_into
    if into:
        survivor = SHAPES[version.resource].model.objects.filter(pk=into).first() or "another"
        raise ValidationError(f"It was merged into “{survivor}”: change that one.")


def _write(shape: Shape, record: models.Model, values: dict[str, Any], before: dict[str, Any]) -> None:
    """Put *values*, a block in present terms, on *record*, which holds *before*."""
    block = Block(shape.resource, values["id"], _mapping(values), "history", (), True)
    present = Present(shape)
    problems = save_block(shape, block, record, before, present) or save_rows(shape, block, record, before, present)
    if problems:
        raise ValidationError([problem.text for problem in problems])


def _mapping(values: Any) -> Any:
    """*values* as if they had been read from a file."""
    if isinstance(values, list):
        return [_mapping(value) for value in values]
    if not isinstance(values, dict):
        return values
    mapping = nodes.Mapping(0, {})
    mapping |= {name: _mapping(value) for name, value in values.items()}
    return mapping


class Present:
    """The keys of records by the public ids that they have now."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def key_of(self, resource: str, public_id: str) -> int:
        model = SHAPES[resource].model
        return model.objects.values_list("pk", flat=True).get(**{model.address_field: public_id})


def in_present_terms(version: Version) -> dict[str, Any]:
    """The content of *version* with every record by the public id that it has now.

    One that became part of another is that other. Raises ValidationError, which names what is gone since: records, and
    keys that blocks no longer have.
    """
    translation = Translation(version)
    values = translation.mapping(version.content, SHAPES[version.resource].keys)
    if translation.problems:
        raise ValidationError(translation.problems)
    return values


class Translation:
    """From the terms of a version into those of today; ``problems`` are sentences."""

    def __init__(self, version: Version) -> None:
        self.names: Mapping[str, Mapping[str, list]] = version.names
        self.problems: list[str] = []

    def mapping(self, values: Mapping[str, Any], keys: Collection[Key]) -> dict[str, Any]:
        known = {key.name: key for key in keys}
        for name in values.keys() - known.keys():
            self.problems.append(f"It says “{name.replace('_', ' ')}”, which the record has no place for any more.")
        return {name: self.value(key.value, values[name]) for name, key in known.items() if name in values}

    def value(self, sort: Any, value: Any) -> Any:
        match sort:
            case Reference(resource=resource):
                return self.reference(resource, value)
            case Predecessors():
                return [self.reference("countries", code) for code in value]
            case Rows(keys=keys):
                return [self.mapping(row, keys) for row in value]
            case Group(keys=keys):
                return self.mapping(value, keys)
        return value

    def reference(self, resource: str, public_id: str) -> str:
        model = SHAPES[resource].model
        key, name = self.names.get(resource, {}).get(public_id, [None, public_id])
        record = model.objects.filter(pk=key).first() or Address.objects.holder(model, public_id)
        if record is None:
            called = name if name == public_id else f"{name} ({public_id})"
            self.problems.append(f"It names “{called}”, which is not among the {resource} any more.")
            return public_id
        return record.public_id


def merged_here(record: PublicRecord) -> Iterator[Version]:
    """The last version of each record that became part of *record*."""
    merged = Version.objects.filter(resource=record.resource, merged_into=record.pk).order_by()
    yield from Version.objects.last_of_each(record.resource, set(merged.values_list("key", flat=True)))
