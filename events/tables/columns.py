"""The columns of a resource's table, as django-import-export has fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from import_export.fields import Field

from events.loading.blocks import Shape, block_of, digest_of
from events.loading.problems import did_you_mean
from events.loading.rows import Rows
from events.loading.shapes import Group, Key, Reference
from events.tables.cells import cell_of, value_of

#: Review is a matter of the desk, not of a table: they are exported, and passed over when they come back.
ONLY_SHOWN = ("review", "withdrawal_reason", "merged_into")
MOST_PROPOSED_FROM = 5_000  #: records, among which the nearest name is looked for


class Stored:
    """Knows the records that are stored; what was looked up once is not looked up again."""

    def __init__(self, models: dict[str, type[Model]]) -> None:
        self.models = models
        self._records: dict[tuple[str, str], Model] = {}

    def record_of(self, resource: str, public_id: str) -> Model:
        """Raises ValueError, and proposes the nearest, where there is no such record."""
        known = (resource, public_id)
        if known not in self._records:
            records = self.models[resource]._base_manager.order_by()
            address = self.models[resource].address_field
            record = records.filter(**{address: public_id}).first()
            if record is None:
                near = did_you_mean(public_id, records.values_list(address, flat=True)[:MOST_PROPOSED_FROM])
                raise ValueError(f"“{public_id}” is not among the {resource} of the record.{near}")
            self._records[known] = record
        return self._records[known]

    def key_of(self, resource: str, public_id: str) -> int:
        return self.record_of(resource, public_id).pk


class Column(Field):
    """One key, of a *group* or of the block itself.

    What a cell says is put on the record; lists of rows are kept beside it until it is saved.
    """

    def __init__(self, name: str, key: Key, group: str = "") -> None:
        super().__init__(attribute=key.attribute or key.name, column_name=name, readonly=name in ONLY_SHOWN)
        self.key, self.group = key, group

    def get_value(self, instance: Model) -> str:
        return self.export(instance)

    def before(self, instance: Model) -> str:
        """The cell as it was when *instance* was read from the database; blank where it is new."""
        block = before_of(instance)
        values = block.get(self.group, {}) if self.group else block
        return cell_of(values.get(self.key.name))

    def export(self, instance: Model | None, **kwargs: Any) -> str:
        if instance is None:
            return ""
        wanted = wanted_of(instance)
        if self.key.name in wanted:
            return cell_of(wanted[self.key.name])
        if isinstance(self.key.value, Rows) and instance.pk is None:
            return ""
        return cell_of(self.key.of(instance))

    def clean(self, row: dict[str, str], **kwargs: Any) -> Any:
        return value_of(self.key, row[self.column_name])

    def save(self, instance: Model, row: dict[str, str], is_m2m: bool = False, **kwargs: Any) -> None:
        if self.readonly:
            return
        value = self.clean(row)
        if isinstance(self.key.value, Rows):
            wanted_of(instance)[self.key.name] = value or []
        else:
            stored: Stored = kwargs["stored"]
            self.key.put(instance, {self.key.name: value}, stored)
            if value and isinstance(self.key.value, Reference):
                # Whoever asks for it, to compare or to word it, reads it no second time.
                setattr(instance, self.attribute, stored.record_of(self.key.value.resource, value))


class Fingerprint(Field):
    """Tells what a record was when it was exported, so that nobody's change since then is undone by the table."""

    NAME = "fingerprint"

    def __init__(self) -> None:
        super().__init__(attribute="pk", column_name=self.NAME, readonly=True)

    def get_value(self, instance: Model) -> str:
        return ""  # it is no difference

    def export(self, instance: Model | None, **kwargs: Any) -> str:
        # With letters in front, or a spreadsheet takes 1234e56 for a number.
        if instance is None or not instance.pk:
            return ""
        return f"as-{digest_of(before_of(instance) or block_of(instance))[:16]}"


def wanted_of(instance: Model) -> dict[str, Any]:
    """The lists of rows that a table wants *instance* to have, by key."""
    return instance.__dict__.setdefault("_wanted_rows", {})


def before_of(instance: Model) -> dict[str, Any]:
    """The block of *instance* as it was stored; empty where it is new."""
    return instance.__dict__.setdefault("_block_before", {})


def columns_of(shape: Shape) -> dict[str, Field]:
    """The columns of a resource by name, in order."""
    return dict(_columns(shape)) | {Fingerprint.NAME: Fingerprint()}


def _columns(shape: Shape) -> Iterator[tuple[str, Column]]:
    for key in shape.keys:
        if isinstance(key.value, Group):
            for part in key.value.keys:
                name = part.attribute or part.name
                yield name, Column(name, part, key.name)
        else:
            yield key.name, Column(key.name, key)
