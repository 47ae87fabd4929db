"""Rules of the record that several models have: each with the sentence that an editor reads."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q


def bounded(name: str, low: float, high: float, *, field: str) -> models.CheckConstraint:
    """A constraint that *field* lies between *low* and *high*, both included, or is null."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        violation_error_message=f"{field.replace('_', ' ').capitalize()} lies between {low} and {high}.",
    )


def coordinates(prefix: str) -> list[models.CheckConstraint]:
    """Constraints on ``latitude`` and ``longitude``, degrees of WGS 84: in range, and both or neither."""
    return [
        bounded(f"{prefix}_latitude_in_range", -90, 90, field="latitude"),
        bounded(f"{prefix}_longitude_in_range", -180, 180, field="longitude"),
        models.CheckConstraint(
            name=f"{prefix}_has_both_coordinates",
            condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
            violation_error_message="Give both latitude and longitude, or neither.",
        ),
    ]


def one_of(name: str, field: str, choices: Iterable[str], optional: bool = False) -> models.CheckConstraint:
    """A constraint that *field* holds one of *choices* (or, where *optional*, nothing)."""
    allowed = [*choices, *([""] if optional else [])]
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": allowed}),
        violation_error_message=f"{field.replace('_', ' ').capitalize()}: one of {', '.join(filter(None, allowed))}.",
    )


def ordered_bounds(name: str, field: str) -> models.CheckConstraint:
    """A constraint that the stored bounds of an EDTF *field* are in order."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}_earliest_start": None})
        | Q(**{
            f"{field}_earliest_start__lte": models.F(f"{field}_latest_start"),
            f"{field}_earliest_end__lte": models.F(f"{field}_latest_end"),
        }),
        violation_error_message="A date never ends before it begins.",
    )
