"""Tables into the record: what would change, what is refused in which row and column, and the change itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from html import escape
from typing import Any

import tablib
from diff_match_patch import diff_match_patch
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.safestring import SafeString, mark_safe
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.results import Result, RowResult

from events.loading.blocks import SHAPES, Shape, block_of
from events.loading.nodes import Mapping
from events.loading.problems import did_you_mean
from events.loading.reading import Block
from events.loading.saving import save_rows
from events.models import Event
from events.recording import StaleRecord, Undone, recording
from events.refusals import REFUSALS
from events.tables.columns import Column, Fingerprint, Stored, before_of, columns_of, wanted_of

TAGS = {-1: "del", 0: "", 1: "ins"}


def differences(resource: RecordResource, instance: Model) -> list[tuple[str, SafeString]]:
    """The columns in which *instance* is another now than it was stored, each with what goes and comes marked up."""
    cells = [(column.column_name, column.before(instance), column.export(instance)) for column in resource.written()]
    return [(name, marked(before, after)) for name, before, after in cells if before != after]


def marked(before: str, after: str) -> SafeString:
    """The way from one text to the other. The library's own HTML has styles of its own, which our pages forbid."""
    comparing = diff_match_patch()
    parts = comparing.diff_main(before, after)
    comparing.diff_cleanupSemantic(parts)
    return mark_safe(  # noqa: S308 (escaped here)
        "".join(f"<{TAGS[op]}>{escape(text)}</{TAGS[op]}>" if op else escape(text) for op, text in parts)
    )


class RecordResource(ModelResource):
    """The records of one kind as rows, known by their public ids. All of a table is written, or nothing.

    ``may_change`` says whether the user may change a record that is there; ``reason`` is why all this is changed.
    """

    shape: Shape

    def __init__(
        self, may_change: Callable[[Model], bool] = lambda record: True, reason: str = "", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.may_change = may_change
        self.reason = reason or "Changed by a table"
        self.stored = Stored({resource: shape.model for resource, shape in SHAPES.items()})

    def written(self) -> list[Column]:
        """The columns that a table changes."""
        return [field for field in self.get_import_fields() if not field.readonly]

    def get_queryset(self) -> QuerySet:
        return self.shape.records()

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        return self.shape.records().filter(pk__in=queryset.order_by().values("pk"))

    def import_data(
        self, dataset: tablib.Dataset, dry_run: bool = False, user: Any = None, **kwargs: Any
    ) -> Result:
        """Bring the table in as one recording; on a *dry_run*, or where a row is refused, all of it is undone again."""
        result = Result()
        try:
            with suppress(Undone), recording(user, self.reason) as unit:
                result = super().import_data(dataset, use_transactions=True, stored=self.stored, **kwargs)
                if result.has_errors() or result.has_validation_errors():
                    raise Undone
                if dry_run:
                    # What is only refused once all rows are there is refused in the trial, too. Nobody is told of it.
                    unit.settle()
                    raise Undone
        except REFUSALS as error:
            result.append_base_error(self.get_error_result_class()(error))
        return result

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Raises ValueError where the table as a whole cannot be read."""
        try:
            self._check_headers(dataset.headers)
            self._check_ids(dataset)
        except ValueError:
            dataset.wipe()  # or the library would go on to the rows
            raise

    def _check_headers(self, headers: list[str]) -> None:
        for header in headers:
            if header not in self.fields:
                hint = did_you_mean(header, self.fields) or f" It takes {', '.join(self.fields)}."
                raise ValueError(f"There is no column “{header}” in a table of {self.shape.resource}.{hint}")
            if headers.count(header) > 1:
                raise ValueError(f"The column “{header}” stands there twice.")
        if "id" not in headers:
            raise ValueError("There is no column “id”, by which the rows are known.")

    def _check_ids(self, dataset: tablib.Dataset) -> None:
        seen: dict[str, int] = {}
        for line, row in enumerate(dataset.dict, 2):
            try:
                public_id = self.fields["id"].clean(row)
            except ValueError as error:
                raise ValueError(f"Row {line}, id: {error}") from None
            if public_id in seen:
                raise ValueError(f"Row {line}: “{public_id}” stands in row {seen[public_id]} already.")
            seen[public_id] = line

    def after_import(self, dataset: tablib.Dataset, result: Result, **kwargs: Any) -> None:
        """Nothing: the library would set the sequences of keys back, under the feet of imports that run meanwhile."""

    def after_init_instance(self, instance: Model, new: bool, row: dict[str, Any], **kwargs: Any) -> None:
        if new:
            self._check_complete(row)
            return
        before_of(instance).update(block_of(instance))
        if not self.may_change(instance):
            raise ValidationError("You may not change this one.")
        seen = row.get(Fingerprint.NAME) or ""
        if seen and seen != self.fields[Fingerprint.NAME].export(instance):
            raise ValidationError({
                Fingerprint.NAME: "It was changed since it was exported: export it anew, or leave this blank to "
                "write over what others changed."
            })

    def _check_complete(self, row: dict[str, Any]) -> None:
        """A new record has all that it needs, where the table lacks the column altogether."""
        missing = [key.name for key in self.shape.keys if key.required and key.name not in row]
        if missing:
            raise ValidationError(f"It is not in the record, and a new one needs the columns {', '.join(missing)} too.")

    def skip_row(
        self, instance: Model, original: None, row: dict[str, Any], import_validation_errors: dict | None = None
    ) -> bool:
        if import_validation_errors or instance.pk is None:
            return False
        return all(column.before(instance) == column.export(instance) for column in self.written())

    def after_import_row(self, row: dict[str, Any], row_result: RowResult, **kwargs: Any) -> None:
        row_result.diff = differences(self, row_result.instance)

    def import_instance(self, instance: Model, row: dict[str, Any], **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        if isinstance(instance, Event) and instance.pk is None and not (row.get("importance") or "").strip():
            instance.importance = instance.kind.default_importance

    def validate_instance(
        self, instance: Model, import_validation_errors: dict | None = None, validate_unique: bool = True
    ) -> None:
        """Raises ValidationError, by column. Constraints are the database's to hold: a query less for each of them."""
        errors = dict(import_validation_errors or {})
        looked_up = {field.name for field in instance._meta.fields if field.is_relation}
        try:
            instance.full_clean(exclude={*errors, *looked_up}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(self._by_column(errors))

    def _by_column(self, errors: dict[str, list]) -> dict[str, list]:
        """The *errors* of attributes by the columns from which they come."""
        names = {field.attribute: name for name, field in self.fields.items() if name != Fingerprint.NAME}
        found: dict[str, list] = {}
        for attribute, sentences in errors.items():
            found.setdefault(names.get(attribute, NON_FIELD_ERRORS), []).extend(sentences)
        return found

    def do_instance_save(self, instance: Model, is_create: bool) -> None:
        before = before_of(instance)
        if is_create or self._differs(instance, before):
            try:
                with transaction.atomic():
                    instance.save(force_insert=is_create)
            except (IntegrityError, StaleRecord) as error:
                raise self._refusal(instance, error) from None
        self._save_rows(instance, before)

    def _refusal(self, instance: Model, error: Exception) -> ValidationError:
        """The sentences of whatever the database refused *instance* for."""
        try:
            instance.full_clean()
        except ValidationError as sentences:
            return ValidationError(self._by_column(sentences.error_dict))
        return ValidationError(str(error))

    def _differs(self, instance: Model, before: dict[str, Any]) -> bool:
        return any(key.of(instance) != before.get(key.name, key.default) for key in self.shape.flat)

    def _save_rows(self, instance: Model, before: dict[str, Any]) -> None:
        """Make the lists of *instance* those that the table wants. Raises ValidationError, by column."""
        values = Mapping(0, {key.name: place for place, key in enumerate(self.shape.rows, 1)})
        for key in self.shape.rows:
            values[key.name] = wanted_of(instance).get(key.name, before.get(key.name, []))
            for row in values[key.name]:
                if isinstance(row, Mapping):  # its problems are told by the column, which stands for a line
                    row.line, row.lines = values.line_of(key.name), {}
        block = Block(self.shape.resource, instance.public_id, values, "", (), True)
        try:
            problems = save_rows(self.shape, block, instance, before, self.stored)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if problems:
            columns = {values.line_of(key.name): key.name for key in self.shape.rows}
            found: dict[str, list[str]] = {}
            for problem in problems:
                found.setdefault(columns.get(problem.line, NON_FIELD_ERRORS), []).append(problem.text)
            raise ValidationError(found)


def resource_of(shape: Shape) -> type[RecordResource]:
    """The table of one resource."""
    columns = columns_of(shape)
    options = {
        "model": shape.model,
        "fields": tuple(columns),
        "import_id_fields": ("id",),
        "instance_loader_class": CachedInstanceLoader,
        "clean_model_instances": True,
        # The library compares with a copy of the record, for which all its rows would be read a second time.
        "skip_diff": True,
        "store_instance": True,
        "report_skipped": False,
        "name": shape.resource,
    }
    parts = {"shape": shape, "Meta": type("Meta", (), options), **columns}
    return type(f"{shape.model.__name__}Resource", (RecordResource,), parts)


RESOURCES: dict[str, type[RecordResource]] = {resource: resource_of(shape) for resource, shape in SHAPES.items()}
