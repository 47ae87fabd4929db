"""The form of the front page: a field for each parameter that a list of events takes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.models import Country, Kind, Leader, Organization
from timeline.api.fields import ChoicesField, OneOfField
from timeline.api.filters import EventFilterSet
from timeline.api.record_fields import RecordsField
from timeline.pages.asking import address_of
from timeline.pages.labels import LABELS, in_words


class Group(NamedTuple):
    """Fields under one heading. ``is_folded``: out of the way, unless one of them was asked for or refused."""

    heading: str
    names: tuple[str, ...]
    is_folded: bool = False


class Refusal(NamedTuple):
    """A parameter whose value cannot be read, what was expected, and what the form calls it, if it has it."""

    name: str
    label: str
    value: str
    expected: SafeString


GROUPS = (
    Group("When", ("from", "to", "match")),
    Group("Between whom", ("between", "country", "leader")),
    Group("What", ("quad", "kind")),
    Group("How sure", ("occurrence", "verification")),
    Group("Going back in time", ("as_of",)),
    Group("Order", ("ordering",)),
    Group("Organizations, roles", ("organization", "role"), is_folded=True),
    Group("On whose word", ("publisher", "source", "origins_min"), is_folded=True),
    Group("Where", ("place", "bbox"), is_folded=True),
    Group("Precision, category, version", ("precision", "category", "snapshot"), is_folded=True),
)
#: Records that are suggested while somebody types: the API finds them by a part of their name.
SUGGESTED = (Country, Organization, Leader, Kind)
#: The search box of the header is the form's, too.
IN_HEADER = "q"


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes none of which is wrong by itself: what was refused is no value of theirs, and is told above them."""

    def create_option(self, *args: Any, attrs: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
        attrs = {name: value for name, value in (attrs or {}).items() if name != "aria-invalid"}
        return super().create_option(*args, attrs=attrs, **options)


class QuestionForm(forms.Form):
    """Shows a question as its address says it. What is wrong with it was found out by the API's own reading."""

    def __init__(self, asked: Mapping[str, str], errors: Iterable[Mapping[str, str]] = ()) -> None:
        super().__init__(in_boxes(asked), auto_id="ask-%s")
        self.asked = asked
        self.fields = {name: field_of(name) for name in EventFilterSet.base_filters}
        self.refusals = [self.refusal(error) for error in errors]
        for refusal in self.refusals:
            if refusal.label:
                self.add_error(refusal.name, refusal.expected)

    def refusal(self, error: Mapping[str, str]) -> Refusal:
        name = error["parameter"]
        label = self.fields[name].label if name in self.fields else ""
        return Refusal(name, label, error["value"], self.expected(error))

    def expected(self, error: Mapping[str, str]) -> SafeString:
        """What was expected, and a link to the same question with what was probably meant."""
        words = format_html("Expected {}.", error["expected"])
        if "suggestion" not in error:
            return words
        address = address_of("/", mended(self.asked, error))
        return format_html('{} Did you mean <a href="{}">{}</a>?', words, address, error["suggestion"])

    def search(self) -> forms.BoundField:
        return self[IN_HEADER]

    def groups(self) -> Iterator[tuple[Group, list[forms.BoundField], bool]]:
        """Each group with its fields, and whether it is open."""
        for group in GROUPS:
            fields = [self[name] for name in group.names]
            yield group, fields, not group.is_folded or any(f.name in self.asked or f.errors for f in fields)


def mended(asked: Mapping[str, str], error: Mapping[str, str]) -> dict[str, str]:
    """*asked* with the suggestion of *error* in the place of the name or the value that was refused."""
    refused, meant = error["parameter"], error["suggestion"]
    if refused not in EventFilterSet.base_filters:
        return {meant if name == refused else name: value for name, value in asked.items()}
    values = asked.get(refused, "").split(",")
    return {**asked, refused: ",".join(meant if value in (error["value"], "") else value for value in values)}


def in_boxes(asked: Mapping[str, str]) -> QueryDict:
    """*asked* as the form would send it: of a list of words, each in a box of its own."""
    boxes = QueryDict(mutable=True)
    for name, value in asked.items():
        taken = EventFilterSet.base_filters.get(name)
        boxes.setlist(name, value.split(",") if taken and isinstance(taken.field, ChoicesField) else [value])
    return boxes


def field_of(name: str) -> forms.Field:
    """A field that takes the parameter *name* as it is; its widget by how the API reads it."""
    taken, told = EventFilterSet.base_filters[name].field, LABELS[name]
    attributes = {"autocomplete": "off", "spellcheck": "false"}
    match taken:
        case RecordsField() if taken.model in SUGGESTED:
            collection, named = reverse(f"{taken.model.resource}-list"), taken.model.name_field
            widget = forms.TextInput(attributes | {"data-collection": collection, "data-named": named})
        case ChoicesField():
            widget = Boxes(choices=in_words(name, taken.choices))
        case OneOfField():
            # The first is what the API takes where nothing is sent.
            (_, default), *others = in_words(name, taken.choices)
            widget = forms.Select(choices=[("", default), *others])
        case _:
            widget = forms.TextInput(attributes)
    field = forms.Field(required=False, label=told.label, help_text=told.hint, widget=widget)
    field.template_name = "timeline/field.html"
    return field
