"""Lists inside a block, each item of which is a record of its own: offices, participants, claims, predecessors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from django.db import models

from events.loading.nodes import Mapping, Sheet, read_list, read_mapping
from events.loading.shapes import Key, Resolver, Value, values_of
from events.models import Country, Office, Participation

Row = TypeVar("Row")


class OfficeTitle(Value):
    """One of the person's offices, by its title; where several are called so, by title and date."""

    expected = "the title of one of the person's offices"

    def of(self, record: Participation, attribute: str) -> str | None:
        office = getattr(record, attribute)
        return office and office_titles(office.leader.offices.all())[office.pk]

    def put(self, record: Participation, attribute: str, value: str | None, resolver: Resolver) -> None:
        record.office_id = None
        if value is not None:
            titles = office_titles(Office.objects.filter(leader=record.leader_id))
            found = [key for key, title in titles.items() if title == value]
            if not found:
                known = "; ".join(titles.values()) or "none"
                raise ValueError(f"“{value}” is no office of this person's; the record has: {known}.")
            record.office_id = found[0]


def office_titles(offices: Iterable[Office]) -> dict[int, str]:
    """What each of one person's offices, by key, is called in a block: a title two have says when, too."""
    offices = list(offices)
    titles = [office.title for office in offices]
    return {
        office.pk: office.title if titles.count(office.title) == 1 else f"{office.title} ({office.held.edtf})"
        for office in offices
    }


def natural(text: str) -> list[tuple[int, int | str]]:
    """A sorting key by which “para. 9” comes before “para. 10”."""
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in re.split(r"([0-9]+)", text)]


@dataclass(frozen=True)
class Rows(Value):
    """A list of mappings, each a record of its own that belongs to the block's.

    ``identities``: by which keys a stored row is the same as one in the file; a later one is tried on what the earlier
    ones left over. ``in_order`` sorts rows: their order in a file says nothing.
    """

    model: type[models.Model]
    parent: str
    keys: tuple[Key, ...]
    identities: tuple[tuple[str, ...], ...]
    in_order: Callable[[dict[str, Any]], Any]
    expected = "a list of mappings"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> list[Mapping]:
        rows = [read_mapping(item, sheet, self.keys, f"An item of “{key}”") for item in read_list(node, sheet, key)]
        return self.sorted(row for row in rows if row is not None)

    def of(self, record: models.Model, attribute: str) -> list[dict[str, Any]]:
        return self.sorted(self.of_row(row) for row in getattr(record, attribute).all())

    def of_row(self, row: models.Model) -> dict[str, Any]:
        return values_of(row, self.keys)

    def mappings(self, items: list[Any], line: int) -> list[Mapping]:
        """The items of a list in a block as the mappings that they stand for; *line* is the list's."""
        return items

    def sorted(self, rows: Iterable[dict[str, Any]]) -> list:
        return sorted(rows, key=lambda row: (self.in_order(row), json.dumps(row, sort_keys=True)))


def paired(
    identities: Iterable[tuple[str, ...]], wanted: Sequence[Mapping], stored: Iterable[tuple[Mapping, Row]]
) -> tuple[list[tuple[Mapping, Row | None]], list[Row]]:
    """Each wanted row with the stored one that it is, or None; and the stored ones that nothing wants."""
    found: dict[int, Row] = {}
    left = list(stored)
    for identity in identities:
        for place, values in enumerate(wanted):
            same = [
                pair for pair in left if all(pair[0].get(name) == values.get(name) for name in identity)
            ] if place not in found else []  # fmt: skip
            if same:
                found[place] = same[0][1]
                left.remove(same[0])
    return [(values, found.get(place)) for place, values in enumerate(wanted)], [row for _, row in left]


@dataclass(frozen=True)
class Predecessors(Rows):
    """Countries by their codes, each kept as a row that says which followed which."""

    expected = "a list of country codes"

    def read(self, node: yaml.Node, sheet: Sheet, key: str) -> list[str]:
        codes = [self.keys[0].value.read(item, sheet, key) for item in read_list(node, sheet, key)]
        return sorted(filter(None, codes))

    def of(self, record: Country, attribute: str) -> list[str]:
        return sorted(row.predecessor.code for row in getattr(record, attribute).all())

    def mappings(self, items: list[str], line: int) -> list[Mapping]:
        mappings = [Mapping(line, {}) for _ in items]
        for mapping, code in zip(mappings, items, strict=True):
            mapping["predecessor"] = code
        return mappings
