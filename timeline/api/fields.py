"""How the value of one query parameter is read: form fields that refuse with what they expected.

Each also says what it takes, for the schema: ``json_schema``.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.edtf import OPEN_END, EDTFDate, InvalidEDTF
from events.folding import fold
from events.models import Address
from timeline.api.parameters import ASCII_INTEGER, MOST_VALUES
from timeline.holders import former_holders
from timeline.query import Box
from timeline.remembering import remembered
from timeline.search.language import BadText, TextQuery

LONGEST_NAME = 200
#: Of countries. What is longer was meant as a name, and is like no code.
LONGEST_CODE = 3
#: Ids that a mistaken one is compared with, and how much of their beginning has to be right where there are more.
MOST_COMPARED, BEGINNING = 2_000, 3


def refusal(value: str, expected: str, suggestion: str = "") -> ValidationError:
    """A form error that becomes one of a problem's ``errors``."""
    params = {"value": value, "expected": expected, "suggestion": suggestion}
    return ValidationError("Expected %(expected)s.", code="expected", params=params)


class OneOfField(forms.CharField):
    """One of the given words."""

    def __init__(self, *, choices: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = tuple(choices)
        self.json_schema = {"type": "string", "enum": list(self.choices)}

    def clean(self, value: str | None) -> str | None:
        if not value:
            return None
        if value not in self.choices:
            raise refusal(value, f"one of: {', '.join(self.choices)}", *get_close_matches(value, self.choices, 1))
        return value


class ListField(forms.CharField):
    """Values parted by commas, each known: a frozenset of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.json_schema: dict[str, Any] = {
            "type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1, "maxItems": MOST_VALUES,
        }  # fmt: skip

    def clean(self, value: str | None) -> frozenset[str]:
        if not value:
            return frozenset()
        values = value.split(",")
        if len(values) > MOST_VALUES:
            raise refusal(value, f"at most {MOST_VALUES} values")
        if not all(values):
            raise refusal(value, "values parted by single commas")
        return self.read(values)

    def read(self, values: list[str]) -> frozenset[str]:
        """What *values* stand for; raises a refusal for the first that is not known."""
        raise NotImplementedError


class ChoicesField(ListField):
    """Any of the given words."""

    def __init__(self, *, choices: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = tuple(choices)
        self.json_schema["items"] = {"type": "string", "enum": list(self.choices)}

    def read(self, values: list[str]) -> frozenset[str]:
        for value in values:
            if value not in self.choices:
                raise refusal(value, f"any of: {', '.join(self.choices)}", *get_close_matches(value, self.choices, 1))
        return frozenset(values)


class RecordsField(ListField):
    """Public ids of records, each read as every id that its record ever had: what is past holds the ids of then."""

    def __init__(self, *, model: type, called: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model, self.called = model, called
        self.column = model.address_field

    def read(self, values: list[str], number: int | None = None) -> frozenset[str]:
        return frozenset().union(*self.ids_ever(values, number).values())

    def ids_ever(self, values: list[str], number: int | None = None) -> dict[int, frozenset[str]]:
        """All ids that the records of *values* ever had, by the record's key; of those that are one since, what each
        had at *number* of the record's clock.
        """
        keys = {slug: key for slug, key, _ in self._ever(values)}
        for value in values:
            if value not in keys:
                raise refusal(value, f"{self.called} that the record knows", *self.suggest(value))
        if number is not None:
            keys |= former_holders(self.model.resource, keys, number)
        return {
            key: frozenset(slug for slug, other in keys.items() if other == key)
            for key in {keys[value] for value in values}
        }

    def names(self, value: str) -> dict[str, str]:
        """What the records of *value* are called, by each id that they ever had."""
        return {slug: name for slug, _, name in self._ever(value.split(","))}

    def _ever(self, values: list[str]) -> list[tuple[str, int, str]]:
        """Each id that the records of *values* ever had, with the record's key and its name."""
        asked = (self.model.resource, *sorted(set(values)))
        return remembered(asked, lambda: Address.objects.ever(self.model, values))

    def suggest(self, value: str) -> list[str]:
        tidy = value.upper() if self.column == "code" else value.lower()
        if self.model.objects.filter(**{self.column: tidy}).exists():
            return [tidy]
        known = self.neighbours(tidy)
        is_name = self.column == "code" and len(tidy) > LONGEST_CODE
        return (
            sorted_anagram(tidy, known)
            or self.with_name(value)
            or (self.with_name_like(value) if is_name else get_close_matches(tidy, known, 1))
        )

    def neighbours(self, value: str) -> list[str]:
        """The ids with which *value* is compared: all or, of many, those that begin like it, for a slip takes no longer
        to answer than a question.
        """
        ids = self.model.objects.order_by(self.column).values_list(self.column, flat=True)
        if len(known := list(ids[: MOST_COMPARED + 1])) <= MOST_COMPARED:
            return known
        return list(ids.filter(**{f"{self.column}__startswith": value[:BEGINNING]})[:MOST_COMPARED])

    def with_name(self, part: str) -> list[str]:
        """The id of the only record with *part* in one of its names; else none."""
        folded = fold(part)
        if not folded or not hasattr(self.model, "names_folded"):
            return []
        found = self.model.objects.filter(names_folded__contains=folded).values_list(self.column, flat=True)[:2]
        return list(found) if len(found) == 1 else []

    def with_name_like(self, typed: str) -> list[str]:
        """The id of the record of which a name is most like *typed*, a slip or two apart; else none."""
        ids = {
            name: public_id
            for public_id, names in self.model.objects.values_list(self.column, "names_folded")
            for name in names.split("\n")
        }
        return [ids[name] for name in get_close_matches(fold(typed), ids, 1, cutoff=0.8)]


class AllRecordsField(RecordsField):
    """Two or more records, all of them: for each, every id that it ever had."""

    def read(self, values: list[str], number: int | None = None) -> frozenset[frozenset[str]]:
        records = frozenset(self.ids_ever(values, number).values())
        if len(records) < 2:
            raise refusal(",".join(values), "the codes of two or more countries: PRK,SYR")
        return records


def sorted_anagram(value: str, known: Iterable[str]) -> list[str]:
    """The first of *known* with the letters of *value* in another order: PKR for PRK, the commonest slip in codes."""
    return [code for code in known if len(code) == 3 and sorted(code) == sorted(value)][:1]


class SpanField(forms.CharField):
    """A closed or half-open EDTF date of any precision, unqualified."""

    json_schema = {"type": "string", "minLength": 1}

    def clean(self, value: str | None) -> EDTFDate | None:
        if not value:
            return None
        try:
            date = EDTFDate.parse(value)
        except InvalidEDTF as error:
            expected = f"a date such as 1966, 1973-10 or 2018-05-30: {error.expected}"
            raise refusal(value, expected, error.suggestion or "") from None
        if date.qualified or date.is_interval:
            raise refusal(value, "an EDTF date without ?, ~ or %, and no interval: 1966, 1973-10 or 2018-05-30")
        return date


class InstantField(SpanField):
    """A date as in SpanField, or an exact time; both are meant to their ends, in UTC where no offset is given."""

    def clean(self, value: str | None) -> EDTFDate | None:
        date = super().clean(value)
        if date is not None and date.latest_end >= OPEN_END:
            raise refusal(value, "a date with an end")
        return date


class SnapshotField(forms.CharField):
    """A number of the record's clock, or an exact time with its offset."""

    json_schema = {"type": "string", "minLength": 1}
    expected = "a number from `snapshot` in an earlier answer, or a time such as 2026-11-24T09:00:00Z"

    def clean(self, value: str | None) -> int | datetime | None:
        if not value:
            return None
        if ASCII_INTEGER.match(value) and 0 <= int(value) < 2**62:
            return int(value)
        try:
            moment = datetime.fromisoformat(value)
            moment.astimezone(UTC)  # as databases keep it, which has no year 0
        except (ValueError, OverflowError):
            raise refusal(value, self.expected) from None
        if moment.utcoffset() is None or "T" not in value:
            raise refusal(value, self.expected)
        return moment


class TextField(forms.CharField):
    """Words to look for, as ``timeline.search.language`` reads them."""

    json_schema = {"type": "string", "minLength": 1, "maxLength": 200}

    def clean(self, value: str | None) -> TextQuery | None:
        if not value:
            return None
        try:
            return TextQuery.parse(value)
        except BadText as error:
            raise refusal(value, error.expected) from None


class IntegerField(forms.CharField):
    """A whole number of at most 64 bits, in ASCII digits."""

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high
        self.json_schema = {"type": "integer", "minimum": low, "maximum": high}

    def clean(self, value: str | None) -> int | None:
        if not value:
            return None
        if not ASCII_INTEGER.match(value) or not self.low <= int(value) <= self.high:
            raise refusal(value, f"a whole number from {self.low} to {self.high}")
        return int(value)


class BoxField(forms.CharField):
    """``west,south,east,north`` in degrees; west greater than east crosses the antimeridian."""

    json_schema = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}

    def clean(self, value: str | None) -> Box | None:
        if not value:
            return None
        parts = value.split(",")
        try:
            if not value.isascii() or "_" in value or len(parts) != 4:
                raise ValueError(value)
            box = Box(*map(float, parts))
        except ValueError:
            raise refusal(value, "west,south,east,north in degrees: 124,37,131,43") from None
        in_range = -180 <= box.west <= 180 and -180 <= box.east <= 180 and -90 <= box.south <= box.north <= 90
        if not in_range:
            raise refusal(value, "longitudes from -180 to 180, latitudes from -90 to 90, south before north")
        return box


class FlagField(forms.CharField):
    """true or false."""

    json_schema = {"type": "boolean"}

    def clean(self, value: str | None) -> bool | None:
        if not value:
            return None
        if value not in ("true", "false"):
            raise refusal(value, "true or false")
        return value == "true"


class NameField(forms.CharField):
    """Part of a name, folded; it has to hold a letter or digit, or it would be part of every name."""

    json_schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}

    def clean(self, value: str | None) -> str:
        if not value:
            return ""
        folded = fold(value)
        if not folded or len(value) > LONGEST_NAME:
            raise refusal(value, f"text with a letter or digit in it, at most {LONGEST_NAME} characters")
        return folded
