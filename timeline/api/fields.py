"""How the value of one query parameter is read: form fields that refuse with what they expected.

Each also says what it takes, for the schema: ``json_schema``.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.edtf import OPEN_END, OPEN_START, EDTFDate, InvalidEDTF
from events.folding import fold
from timeline.api.parameters import ASCII_INTEGER, MOST_VALUES
from timeline.query import Box
from timeline.search.language import BadText, TextQuery

LONGEST_NAME = 200
#: In an address, + stands for a blank: of ``T10:00:00+09:00`` this is what comes.
LOST_PLUS = re.compile(r"T[0-9:.]+ [0-9:]+\Z")


def refusal(value: str, expected: str, suggestion: str = "") -> ValidationError:
    """A form error that becomes one of a problem's ``errors``."""
    params = {"value": value, "expected": expected, "suggestion": suggestion}
    return ValidationError("Expected %(expected)s.", code="expected", params=params)


def check_offset(value: str) -> None:
    """Raise a refusal where the + of an offset was lost on the way."""
    if LOST_PLUS.search(value):
        written = value.replace(" ", "%2B")
        raise refusal(value, f"the + of an offset written %2B, for in an address it stands for a blank: {written}")


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

    def clean(self, value: str | None, **wanted: Any) -> frozenset[str]:
        if not value:
            return frozenset()
        values = value.split(",")
        if len(values) > MOST_VALUES:
            raise refusal(value, f"at most {MOST_VALUES} values")
        if not all(values):
            raise refusal(value, "values parted by single commas")
        return self.read(values, **wanted)

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


class SpanField(forms.CharField):
    """A closed or half-open EDTF date of any precision, unqualified."""

    json_schema = {"type": "string", "minLength": 1}

    def clean(self, value: str | None) -> EDTFDate | None:
        if not value:
            return None
        check_offset(value)
        try:
            date = EDTFDate.parse(value)
        except InvalidEDTF as error:
            expected = f"a date such as 1966, 1973-10 or 2018-05-30: {error.expected}"
            raise refusal(value, expected, error.suggestion or "") from None
        if date.qualified or date.is_interval:
            raise refusal(value, "an EDTF date without ?, ~ or %, and no interval: 1966, 1973-10 or 2018-05-30")
        return date


class BeginningField(SpanField):
    """A date as in SpanField, from whose beginning on something is asked for: so it has one."""

    def clean(self, value: str | None) -> EDTFDate | None:
        date = super().clean(value)
        if date is not None and date.earliest_start <= OPEN_START:
            raise refusal(value, "a date with a beginning")
        return date


class EndField(SpanField):
    """A date as in SpanField, up to whose end something is asked for: so it has one."""

    def clean(self, value: str | None) -> EDTFDate | None:
        date = super().clean(value)
        if date is not None and date.latest_end >= OPEN_END:
            raise refusal(value, "a date with an end")
        return date


class InstantField(EndField):
    """A date as in EndField, or an exact time; both are meant to their ends, in UTC where no offset is given."""


class SnapshotField(forms.CharField):
    """A number of the record's clock, or an exact time with its offset."""

    json_schema = {"type": "string", "minLength": 1}
    expected = "a number from `snapshot` in an earlier answer, or a time such as 2026-11-24T09:00:00Z"

    def clean(self, value: str | None) -> int | datetime | None:
        if not value:
            return None
        if ASCII_INTEGER.match(value) and 0 <= int(value) < 2**62:
            return int(value)
        check_offset(value)
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
