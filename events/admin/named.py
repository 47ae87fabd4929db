"""Records found by a name that was typed, whatever its case, accents and hyphens."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from events.loading.problems import did_you_mean
from events.models import Country, Leader, Organization

PARTY_MODELS = {"country": Country, "organization": Organization, "leader": Leader}
MOST_OFFERED = 1_000  #: names in a list to choose from


def find_named(models: Iterable[type], name: str) -> list[Any]:
    """Every record of *models* that bears *name*, an alias counting as much, or has it as its public id."""
    found = []
    for model in models:
        found += model.objects.called(name)
        found += [each for each in model.objects.filter(**{model.address_field: name.strip()}) if each not in found]
    return found


def party_named(name: str) -> Any:
    """The only country, organization or person that bears *name*. Raises ValidationError for none, or several."""
    parties = PARTY_MODELS.values()
    found = find_named(parties, name)
    if len(found) == 1:
        return found[0]
    if found:
        which = " or ".join(f"{record.name} ({record.public_id})" for record in found[:5])
        raise ValidationError(f"“{name}” may be {which}: write which, by the word in brackets.")
    raise ValidationError(f"The record knows no party “{name}”.{did_you_mean(name, names_of(parties))}")


def names_of(models: Iterable[type], most: int = 20_000) -> list[str]:
    return [name for model in models for name in model.objects.order_by("name").values_list("name", flat=True)[:most]]
