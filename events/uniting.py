"""What it takes to make one of two records, whatever they are: their rows, and what one of them leaves blank."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from events.batched import batched
from events.models.base import RecordModel

AT_ONCE = 500  #: rows that a statement moves


def locked(loser: Any, survivor: Any) -> tuple[Any, Any]:
    """Both as they are now, locked in one order, whoever is the loser.

    Raises ValidationError where they are not two of one sort, or somebody deleted one meanwhile.
    """
    model = type(survivor)
    found = model.objects.select_for_update().filter(pk__in=[loser.pk, survivor.pk]).order_by("pk").in_bulk()
    if len(found) < 2 or type(loser) is not model:
        raise ValidationError("Name two that both are in the record: nothing is merged into itself.")
    return found[loser.pk], found[survivor.pk]


def unite_twins(
    rows: models.QuerySet, others: Iterable[models.Model], identity: tuple[str, ...], details: tuple[str, ...]
) -> None:
    """Delete those of *rows* that one of *others* has the *identity* of; that one gets what it lacks of *details*."""
    there = {tuple(getattr(row, part) for part in identity): row for row in others}
    for row in rows:
        twin = there.get(tuple(getattr(row, part) for part in identity))
        if twin is not None:
            fill(twin, row, details)
            twin.save()
            row.delete()


def move(rows: models.QuerySet, survivor: models.Model, name: str) -> None:
    """Make *survivor* the *name* of all *rows*, many at once."""
    values: dict[str, Any] = {name: survivor}
    if issubclass(rows.model, RecordModel):
        values["version"] = F("version") + 1
    for keys in batched(list(rows.values_list("pk", flat=True)), AT_ONCE):
        rows.model._default_manager.filter(pk__in=keys).update(**values)


def fill(one: Any, other: Any, names: tuple[str, ...]) -> None:
    """What *one* leaves blank of *names*, from *other*."""
    for name in names:
        if getattr(one, name) in (None, ""):
            setattr(one, name, getattr(other, name))
