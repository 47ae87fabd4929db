"""Filter sets that refuse what they cannot read, and what the schema tells of their parameters."""

from functools import cache, cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from timeline.api.fields import NameField
from timeline.api.problems import BadParameter, parameter_error


class StrictFilterSet(django_filters.FilterSet):
    """A filter set that refuses with a problem document. ``values`` has what each parameter was read as."""

    def __init__(self, data: QueryDict, queryset: QuerySet, *, request: Request) -> None:
        # The base class copies every filter of the set, and makes a class of a form with a field for each. Here only
        # what was sent is read, of some twenty filters one or two, by fields that are the same for all who ask.
        self.data, self.queryset, self.request = data, queryset, request
        self.fields = {name: taken.field for name, taken in self.base_filters.items() if name in data}
        self.sent = self.read()

    def read(self) -> dict[str, Any]:
        """What was sent, as it was meant. Raises BadParameter with all that cannot be read."""
        read, problems = {}, []
        for name, field in self.fields.items():
            try:
                read[name] = field.clean(self.data[name])
            except ValidationError as error:
                params = error.params
                value = params.get("value", self.data[name])
                problems.append(parameter_error(name, value, params["expected"], params.get("suggestion", "")))
        if problems:
            raise BadParameter(*problems)
        return read

    @cached_property
    def values(self) -> dict[str, Any]:
        return self.nothing_asked() | self.sent

    @property
    def qs(self) -> QuerySet:
        return self.filter_queryset(self.queryset.all())

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        for name, value in self.sent.items():
            queryset = self.base_filters[name].filter(queryset, value)
        return queryset

    @classmethod
    @cache
    def nothing_asked(cls) -> dict[str, Any]:
        """What each parameter is read as where it was not sent."""
        return {name: taken.field.clean(None) for name, taken in cls.base_filters.items()}


class AskedFilter(django_filters.Filter):
    """A filter that narrows nothing by itself: its value only goes into the question, as with EventFilterSet."""

    def filter(self, queryset: QuerySet, value: Any) -> QuerySet:
        return queryset


def asked(
    field_class: type[forms.Field], help_text: str, example: str, base: type = AskedFilter, **options: Any
) -> AskedFilter:
    """A filter read by *field_class*."""

    class Asked(base):
        pass

    Asked.field_class = field_class
    # A label of its own: the base class makes one up each time, at the cost of a statement.
    made = Asked(help_text=help_text, label="", **options)
    made.example = example
    return made


class FilterSetBackend(BaseFilterBackend):
    """Narrows a list by the view's filter set, which the view keeps, and describes the set's parameters."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        view.filterset = view.filterset_class(request.query_params, queryset, request=request)
        return view.filterset.qs

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        filters = dict(view.filterset_class.base_filters)
        for renderer in getattr(view, "formats", ()):
            if renderer.filterset_class is not None:
                filters |= renderer.filterset_class.base_filters
        return [described(name, taken) for name, taken in filters.items()]


def described(name: str, taken: AskedFilter) -> dict[str, Any]:
    """The parameter *name* for the schema, as the field of *taken* takes it."""
    schema = taken.field.json_schema
    parameter = {"name": name, "in": "query", "required": False, "description": taken.extra["help_text"]}
    if schema["type"] == "array":
        parameter |= {"style": "form", "explode": False}
    return parameter | {"schema": schema, "example": example_of(schema, taken.example)}


def example_of(schema: dict[str, Any], text: str) -> Any:
    """The value that *text* stands for in an address."""
    match schema["type"]:
        case "array":
            return [example_of(schema["items"], part) for part in text.split(",")]
        case "integer" | "number":
            return int(text)
        case "boolean":
            return text == "true"
    return text


class AnyOf(AskedFilter):
    """Any of the records of a RecordsField or the words of a ChoicesField, under ``field_name``."""

    def filter(self, queryset: QuerySet, value: frozenset[str]) -> QuerySet:
        return queryset.filter(**{f"{self.field_name}__in": sorted(value)}).distinct() if value else queryset


class NameFilter(AskedFilter):
    """Names and aliases that hold the text, whatever its case, accents and hyphens."""

    field_class = NameField
    example = "korea"

    def __init__(self) -> None:
        super().__init__(help_text="Part of a name or alias; case, accents and hyphens do not count.")

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(names_folded__contains=value) if value else queryset
