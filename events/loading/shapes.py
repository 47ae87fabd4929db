"""What may stand under a key of a block: how it is read from a file, from a record, and put on a record.

In a block all is text, numbers, lists and mappings; a record is named by its public id.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import yaml
from django.db import models

from events.edtf import EDTFDate
from events.loading.nodes import Mapping, Sheet, read_list, read_mapping, read_text, tidy
from events.loading.problems import did_you_mean

EMPTY = (None, "", [], {})


class Resolver(Protocol):
    """Knows the keys of records by their public ids; raises KeyError where there is no such record."""

    def key_of(self, resource: str, public_id: str) -> int: ...


class Value:
    """One thing under a key. ``expected`` says what, behind “needs …:”."""

    expected = "a text"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> Any:
        """The value in the file; None, and a problem in *sheet*, where it cannot be read."""
        return read_text(node, sheet, key)

    def of(self, record: models.Model, attribute: str) -> Any:
        """The value on *record*, as a block has it."""
        return tidy(getattr(record, attribute))

    def put(self, record: models.Model, attribute: str, value: Any, resolver: Resolver) -> None:
        """Set *value*, None where the block has none, on *record*."""
        field = record._meta.get_field(attribute)
        setattr(record, attribute, field.get_default() if value is None else self.stored(value))

    def stored(self, value: Any) -> Any:
        return value


class Text(Value):
    pass


@dataclass(frozen=True)
class Converted(Value):
    """A scalar that *convert* reads; it raises ValueError where it cannot."""

    convert: Callable[[str], Any]
    expected: str

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> Any:
        text = read_text(node, sheet, key)
        if not text:
            return None
        try:
            return self.convert(text)
        except ValueError:
            sheet.problem(node, f"“{key}: {text[:60]}” cannot be read: write {self.expected}.")
            return None

    def of(self, record: models.Model, attribute: str) -> Any:
        return getattr(record, attribute)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"[-+]?[0-9]{1,20}(\.[0-9]{0,20})?([eE][-+]?[0-9]{1,3})?", text):
        raise ValueError
    number = float(text) + 0.0  # no negative zero, which would be another text for the same place
    if math.isinf(number):
        raise ValueError
    return number


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError
    return int(text)


Number = Converted(_decimal, "a number such as 39.03")
Whole = Converted(_whole, "a whole number such as 60")


class Day(Value):
    """A calendar day."""

    expected = "a day such as 2018-06-04"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> str | None:
        text = read_text(node, sheet, key)
        try:
            return text and datetime.datetime.strptime(text, "%Y-%m-%d").date().isoformat()
        except ValueError:
            sheet.problem(node, f"“{key}: {text[:60]}” cannot be read: write {self.expected}.")
            return None

    def of(self, record: models.Model, attribute: str) -> str | None:
        day = getattr(record, attribute)
        return day and day.isoformat()

    def stored(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(value)


class Date(Value):
    """An EDTF date, as it was curated."""

    expected = "a date in EDTF such as 1966, 1973-10 or 2018-05-30"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> str | None:
        text = read_text(node, sheet, key)
        try:
            return text and EDTFDate.parse(text).edtf
        except ValueError as error:
            sheet.problem(node, f"“{key}”: {error}")
            return None

    def of(self, record: models.Model, attribute: str) -> str | None:
        date = getattr(record, attribute)
        return date and date.edtf

    def stored(self, value: str) -> EDTFDate:
        return EDTFDate.parse(value)


@dataclass(frozen=True)
class Choice(Value):
    """One of a closed list of words."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        return f"one of {', '.join(self.words)}"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> str | None:
        text = read_text(node, sheet, key)
        if text and text not in self.words:
            hint = did_you_mean(text, self.words)
            sheet.problem(node, f"“{key}: {text[:60]}” is not known: write {self.expected}.{hint}")
            return None
        return text

    def of(self, record: models.Model, attribute: str) -> str:
        return str(getattr(record, attribute))


class Names(Value):
    """A list of texts whose order says nothing."""

    expected = "a list of names"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> list[str]:
        names: list[str] = []
        for item in read_list(node, sheet, key):
            name = read_text(item, sheet, key)
            if name == "":
                sheet.problem(item, f"“{key}” holds a blank item; take it out.")
            elif name in names:
                sheet.problem(item, f"“{name}” stands in “{key}” twice; take one out.")
            elif name is not None:
                names.append(name)
        return sorted(names)

    def of(self, record: models.Model, attribute: str) -> list[str]:
        return sorted({tidy(name) for name in getattr(record, attribute)})


@dataclass(frozen=True)
class Reference(Value):
    """Another record, by its public id."""

    resource: str

    @property
    def expected(self) -> str:
        return f"an id of {self.resource}"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> str | None:
        if text := read_text(node, sheet, key):
            sheet.mentions.append((self.resource, text, node.start_mark.line + 1))
        return text

    def of(self, record: models.Model, attribute: str) -> str | None:
        other = getattr(record, attribute)
        return other and other.public_id

    def put(self, record: models.Model, attribute: str, value: str | None, resolver: Resolver) -> None:
        key = None if value is None else resolver.key_of(self.resource, value)
        setattr(record, record._meta.get_field(attribute).attname, key)


@dataclass(frozen=True)
class Key:
    """A name in a block, what stands under it, and the attribute of the record if it is called otherwise there."""

    name: str
    value: Value
    attribute: str = ""
    required: bool = False
    default: Any = None

    def of(self, record: models.Model) -> Any:
        return self.value.of(record, self.attribute or self.name)

    def put(self, record: models.Model, values: dict[str, Any], resolver: Resolver) -> None:
        self.value.put(record, self.attribute or self.name, values.get(self.name), resolver)


@dataclass(frozen=True)
class Group(Value):
    """A mapping whose values are on the record itself."""

    keys: tuple[Key, ...]
    expected = "a mapping"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> Mapping | None:
        return read_mapping(node, sheet, self.keys, f"“{key}”")

    def of(self, record: models.Model, attribute: str) -> dict[str, Any]:
        return values_of(record, self.keys)

    def put(self, record: models.Model, attribute: str, value: Any, resolver: Resolver) -> None:
        for key in self.keys:
            key.put(record, value or {}, resolver)


def values_of(record: models.Model, keys: Iterable[Key]) -> dict[str, Any]:
    """What *record* has under *keys*, in their order, without what is empty."""
    values = {key.name: key.of(record) for key in keys}
    return {name: value for name, value in values.items() if value not in EMPTY}
