"""What a form sends → the parameters of the API, as they stand in an address that can be passed on."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db.models import Model
from django.http import QueryDict

from events.folding import fold
from events.models import Kind
from events.models.base import NamedRecord
from timeline.api.fields import ListField
from timeline.api.filters import EventFilterSet, MomentFilterSet
from timeline.api.record_fields import RecordsField
from timeline.api.strict_filters import AskedFilter
from timeline.query import Match


def as_asked(sent: QueryDict, filters: Mapping[str, AskedFilter]) -> dict[str, str] | None:
    """The question meant by what a form *sent*, where an address says it otherwise; None where it cannot say it better.

    A form sends its empty fields, each ticked box as a parameter of its own, and names for public ids.
    What is odd beyond that stays as it is, to be refused in words.
    """
    asked = {}
    for name, values in sent.lists():
        field = filters[name].field if name in filters else None
        values = [value.strip() for value in values if value.strip() or field is None]
        if isinstance(field, ListField):
            values = [",".join(_each(values, field))] if values else []
        if len(values) > 1:
            return None
        if values:
            asked[name] = values[0]
    asked = without(asked)
    said_already = {name: ",".join(values) for name, values in sent.lists()}
    return None if asked == said_already else asked


def without(asked: Mapping[str, str], *names: str) -> dict[str, str]:
    """The question *asked* but for *names*, and for how dates have to stand to a span where none is left."""
    left = {name: value for name, value in asked.items() if name not in names}
    if left.get("match") in tuple(Match) and not left.keys() & set(EventFilterSet.bounds):
        del left["match"]
    return left


def _each(values: list[str], field: ListField) -> list[str]:
    parts = [part.strip() for value in values for part in value.split(",") if part.strip()]
    return [id_of(part, field.model) for part in parts] if isinstance(field, RecordsField) else parts


def id_of(typed: str, model: type[Model]) -> str:
    """The public id of the only record of *model* that is called *typed*; else *typed* itself."""
    if "\0" in typed:  # of which PostgreSQL cannot be asked
        return typed
    is_id = model.objects.filter(**{model.address_field: typed}).exists()
    called_so = [] if is_id else ids_called(typed, model)
    return called_so[0] if len(called_so) == 1 else typed


def ids_called(name: str, model: type[Model]) -> list[str]:
    """Public ids of the records of *model* that are called *name*, two at most; sources do not go by their titles."""
    if model is Kind:
        return [kind.public_id for kind in Kind.objects.all() if fold(kind.label) == fold(name)][:2]
    return [record.public_id for record in model.objects.called(name)[:2]] if issubclass(model, NamedRecord) else []


def address_of(path: str, asked: Mapping[str, str]) -> str:
    """*path* with the question *asked*, written as the API writes its own addresses."""
    return f"{path}?{urlencode(asked, safe=',:')}" if asked else path


def moment_asked(asked: Mapping[str, str]) -> dict[str, str]:
    """What of *asked* says where on the two clocks it is."""
    return {name: value for name, value in asked.items() if name in MomentFilterSet.base_filters}


def moment_of(asked: Mapping[str, str]) -> str:
    """The same, as the addresses of other pages carry it: "?as_of=2018-06-02", or ""."""
    return address_of("", moment_asked(asked))
