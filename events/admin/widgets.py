"""Form fields of the desk: a record found by any of its names, and a list of names, one a line."""

from functools import lru_cache
from typing import Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Case, Model, QuerySet, When
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from events.admin.keys import key_of
from events.edtf import label
from events.models import Event, Office, Source

LONGEST_NAME = 200  #: characters, as of the names that are not aliases
MOST_NAMES = 100

#: What the labels of choices show beside the record's own columns.
RELATED_TO_LABELS = {Office: ("leader",), Source: ("publisher",)}


def choice_label(record: Model) -> str:
    """*record* among others of its kind, told apart from those of the same title."""
    match record:
        case Source(published=None):
            return f"{record.title} ({record.publisher})"
        case Source():
            return f"{record.title} ({record.publisher}, {label(record.published)})"
        case Event():
            return f"{record.title} ({label(record.date)})"
        case Office():
            return f"{record.title} ({record.leader}, {label(record.held)})"
        case _:
            return str(record)


class ChoicesView(AutocompleteJsonView):
    """Answers a RecordSelect: records by any of their names, those first that are called so."""

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        name = getattr(found.model, "name_field", None)
        term = self.term.replace("\0", "").strip()
        if not (term and name):
            return found
        nearness = Case(
            When(**{f"{name}__istartswith": term}, then=0),
            When(**{f"{name}__icontains": term}, then=1),
            default=2,
        )
        return found.order_by(nearness, *found.model._meta.ordering)

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": choice_label(obj)}


class RecordSelect(AutocompleteSelect):
    """A select that searches on the server, by names and aliases."""

    def get_url(self) -> str:
        model = self.field.remote_field.model
        return reverse(f"{self.admin_site.name}:{model._meta.app_label}_{model._meta.model_name}_choices")

    def optgroups(self, name: str, value: list, attrs: dict[str, Any] | None = None) -> list:
        # A form is shown again with whatever was sent: what is no key would break the query for its label.
        return super().optgroups(name, [key for key in value if key == "" or key_of(key) is not None], attrs)


class PlainSelect(forms.Select):
    """A select without groups, drawn at once: a template for each option would take most of the time of a long page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        attrs = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        (chosen,) = self.format_value(value)
        return format_html("<select{}>{}</select>", flatatt(attrs), options(tuple(self.choices), chosen))


@lru_cache(maxsize=200)
def options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    selected = mark_safe(" selected")
    marked = ((key, selected if key == chosen else "", label) for key, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)


class RecordChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return choice_label(obj)


class NamesField(forms.CharField):
    """A list of names, one a line; cleaned, a sorted list without blanks and repetitions."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return sorted({line.strip() for line in lines} - {""})

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value) > MOST_NAMES:
            raise ValidationError(f"These are {len(value)} names; a record has at most {MOST_NAMES}.")

    def run_validators(self, value: list[str]) -> None:
        for name in value:
            if len(name) > LONGEST_NAME:
                raise ValidationError(f"“{name[:40]}…” is longer than {LONGEST_NAME} characters.")
            super().run_validators(name)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and self.to_python(initial) != self.to_python(data)
