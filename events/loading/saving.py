"""One block → one record and the rows that belong to it, with the sentence of whatever constraint refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import Error, models, transaction
from django.db.models import ProtectedError

from events.loading.blocks import Shape
from events.loading.nodes import Mapping
from events.loading.problems import Problem
from events.loading.reading import Block
from events.loading.rows import Rows, paired
from events.loading.shapes import Group, Key, Resolver


def save_block(
    shape: Shape, block: Block, record: models.Model, before: dict[str, Any], resolver: Resolver
) -> list[Problem]:
    """Write the values of *block* that are on *record* itself, where they differ from *before*."""
    if record.pk and all(block.values.get(key.name) == before.get(key.name) for key in shape.flat):
        return []
    return _save(record, shape.flat, block.values, block, resolver)


def save_rows(
    shape: Shape, block: Block, record: models.Model, before: dict[str, Any], resolver: Resolver
) -> list[Problem]:
    """Make the lists of *block* those of *record*: rows that stay keep their keys, and are written only if changed."""
    problems: list[Problem] = []
    for key in shape.rows:
        if block.values.get(key.name) != before.get(key.name):
            problems += _save_list(key, block, record, resolver, present=key.name in before)
    return problems


def _save_list(key: Key, block: Block, record: models.Model, resolver: Resolver, present: bool) -> list[Problem]:
    """*present*: whether *record* has such rows already."""
    rows: Rows = key.value
    stored = [(rows.of_row(row), row) for row in getattr(record, key.attribute or key.name).all()] if present else []
    wanted = rows.mappings(block.values.get(key.name, []), block.values.line_of(key.name))
    pairs, gone = paired(rows.identities, wanted, stored)
    problems: list[Problem] = []
    # First what goes, then what changes, then what comes: so no row stands for a moment beside its double.
    for row in gone:
        try:
            row.delete()
        except (ProtectedError, ValidationError):
            text = f"“{row}” is taken out of “{key.name}”, but an event's participant names it."
            problems.append(block.problem(block.values.line_of(key.name), text))
    for values, row in sorted(pairs, key=lambda pair: pair[1] is None):
        if row is None:
            row = rows.model(**{rows.parent: record})
        elif rows.of_row(row) == values:
            continue
        problems += _save(row, rows.keys, values, block, resolver)
    return problems


def _save(
    record: models.Model, keys: tuple[Key, ...], values: Mapping, block: Block, resolver: Resolver
) -> list[Problem]:
    """Put *values* on *record* and write it; what refuses it, if anything does. Raises KeyError for a reference."""
    try:
        for key in keys:
            key.put(record, values, resolver)
    except ValueError as error:
        return [block.problem(values.line, str(error))]
    # Foreign keys were looked up already, and constraints are the database's to hold: a query less for each.
    checked_elsewhere = [field.name for field in record._meta.fields if field.is_relation]
    try:
        record.full_clean(exclude=checked_elsewhere, validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            record.save()
    except ValidationError as error:
        return _refusals(error, keys, values, block)
    except Error as error:
        try:
            record.full_clean(exclude=checked_elsewhere)
            record.validate_constraints()
        except ValidationError as sentences:
            return _refusals(sentences, keys, values, block)
        return [block.problem(values.line, f"The database refuses it: {' '.join(str(error).split())}.")]
    return []


def _refusals(error: ValidationError, keys: tuple[Key, ...], values: Mapping, block: Block) -> list[Problem]:
    """Django's messages, each at the line of the key that it is about."""
    if not hasattr(error, "error_dict"):
        return [block.problem(values.line, message) for message in error.messages]
    named = _names(keys)
    problems = []
    for attribute, messages in error.message_dict.items():
        name = named.get(attribute, "")
        where = values.line_of(name.partition(".")[0])
        begins = "" if attribute == NON_FIELD_ERRORS or not name else f"“{name}”: "
        problems += [block.problem(where, begins + message) for message in messages]
    return problems


def _names(keys: Iterable[Key]) -> dict[str, str]:
    """What the attributes of a record are called in its block."""
    named: dict[str, str] = {}
    for key in keys:
        if isinstance(key.value, Group):
            named |= {attribute: f"{key.name}.{name}" for attribute, name in _names(key.value.keys).items()}
        named.setdefault(key.attribute or key.name, key.name)
    return named
