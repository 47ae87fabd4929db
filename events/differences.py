"""What differs between two versions of a record, field by field, in the words of then."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from events.loading.blocks import SHAPES
from events.loading.rows import Predecessors, Rows, paired
from events.loading.shapes import Group, Key, Names, Reference
from events.models import Version

WORD = re.compile(r"\w+|\s+|[^\w\s]")
MOST_WORDS = 4_000  #: of both texts together, that are compared one by one
CONTEXT = 40  #: characters of what is the same, before and after what is not


@dataclass(frozen=True)
class Piece:
    """A part of a text: ``is_same`` where the other text has it too, ``is_new`` where only the later one has it."""

    text: str
    is_same: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Difference:
    """A field, ``path`` from the record to it, and what the two versions have there; blank where one has nothing."""

    path: tuple[str, ...]
    before: str
    after: str

    @property
    def what(self) -> str:
        return ", ".join(self.path)

    @property
    def sides(self) -> tuple[list[Piece], list[Piece]]:
        """Both texts, each in pieces."""
        pieces = compare_words(self.before, self.after)
        return [piece for piece in pieces if not piece.is_new], [
            piece for piece in pieces if piece.is_same or piece.is_new
        ]

    @property
    def in_short(self) -> list[Piece]:
        """Both texts in one, without most of what they have in common."""
        pieces = compare_words(self.before, self.after)
        last = len(pieces) - 1
        return [shortened(piece, place == 0, place == last) for place, piece in enumerate(pieces)]


def compare_words(before: str, after: str) -> list[Piece]:
    """Two texts as one, word by word, in pieces; what only the earlier one has stands before what replaces it."""
    words = WORD.findall(before), WORD.findall(after)
    if len(words[0]) + len(words[1]) > MOST_WORDS:
        return [Piece(before), Piece(after, is_new=True)]
    pieces: list[Piece] = []
    gone = new = ""
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        old_text, new_text = "".join(words[0][old_from:old_to]), "".join(words[1][new_from:new_to])
        # A blank between two changed words does not part them.
        if tag == "equal" and not (old_text.isspace() and (gone or new) and new_to < len(words[1])):
            pieces += [piece for piece in (Piece(gone), Piece(new, is_new=True)) if piece.text]
            pieces.append(Piece(old_text, is_same=True))
            gone = new = ""
        else:
            gone, new = gone + old_text, new + new_text
    return pieces + [piece for piece in (Piece(gone), Piece(new, is_new=True)) if piece.text]


def shortened(piece: Piece, is_first: bool, is_last: bool) -> Piece:
    """*piece* with little of what is the same, and not too much of what is not."""
    text = piece.text
    if not piece.is_same:
        return replace(piece, text=text if len(text) <= 6 * CONTEXT else f"{text[: 6 * CONTEXT]}…")
    if len(text) <= 2 * CONTEXT:
        return piece
    begins = "" if is_first else text[:CONTEXT].rpartition(" ")[0]
    ends = "" if is_last else text[-CONTEXT:].partition(" ")[2]
    return replace(piece, text=f"{begins} … {ends}")


def differences(before: Version, after: Version) -> list[Difference]:
    """Every field that *before* and *after*, versions of one record, have otherwise.

    A record that only goes by another name or address since is the same one.
    """
    keys = SHAPES[after.resource].keys
    return list(_Comparison(Said(before), Said(after)).of_mappings(before.content or {}, after.content or {}, keys))


def fields_of(version: Version) -> list[tuple[str, list[str]]]:
    """All that *version* says: each field with its lines, in order; a list has one for each row."""
    return list(_fields(Said(version), version.content or {}, SHAPES[version.resource].keys))


def _fields(said: Said, values: Mapping[str, Any], keys: Collection[Key]) -> Iterator[tuple[str, list[str]]]:
    for key in keys:
        if key.name not in values:
            continue
        name, value = key.name.replace("_", " "), values[key.name]
        match key.value:
            case Group(keys=parts):
                yield name, [f"{part}: {' '.join(lines)}" for part, lines in _fields(said, value, parts)]
            case Predecessors(keys=parts):
                yield name, [said.row(parts, {"predecessor": code}) for code in value]
            case Rows(keys=parts):
                yield name, [said.row(parts, row) for row in value]
            case _:
                yield name, said.text(key, value).splitlines()


class Said:
    """How a version words its values."""

    def __init__(self, version: Version) -> None:
        self.names: Mapping[str, Mapping[str, list]] = version.names

    def text(self, key: Key, value: Any) -> str:
        match key.value:
            case _ if value is None:
                return ""
            case Reference(resource=resource):
                return str(self._named(resource, value)[1])
            case Names():
                return "\n".join(value)
            case _:
                return str(value)

    def identity(self, key: Key, value: Any) -> Any:
        """What is the same in two versions that mean the same."""
        if isinstance(key.value, Reference) and value is not None:
            return self._named(key.value.resource, value)[0]
        return value

    def identities(self, keys: Collection[Key], row: Mapping[str, Any]) -> dict[str, Any]:
        return {key.name: self.identity(key, row.get(key.name)) for key in keys}

    def row(self, keys: Collection[Key], row: Mapping[str, Any]) -> str:
        """All of *row*, in one line."""
        return " · ".join(self.text(key, row[key.name]) for key in keys if key.name in row)

    def heading(self, rows: Rows, row: Mapping[str, Any]) -> str:
        """That by which *row* is told from others."""
        return self.row([key for key in rows.keys if key.name in rows.identities[0]], row)

    def _named(self, resource: str, public_id: str) -> list:
        return self.names.get(resource, {}).get(public_id, [public_id, public_id])


@dataclass(frozen=True)
class _Comparison:
    """Two versions side by side."""

    before: Said
    after: Said

    def of_mappings(
        self, before: Mapping[str, Any], after: Mapping[str, Any], keys: Collection[Key], path: tuple[str, ...] = ()
    ) -> Iterator[Difference]:
        for key in keys:
            old, new, here = before.get(key.name), after.get(key.name), (*path, key.name.replace("_", " "))
            match key.value:
                case Group(keys=parts):
                    yield from self.of_mappings(old or {}, new or {}, parts, here)
                case Predecessors():
                    old, new = ([{"predecessor": code} for code in codes or ()] for codes in (old, new))
                    yield from self.of_rows(old, new, key.value, here)
                case Rows():
                    yield from self.of_rows(old or [], new or [], key.value, here)
                case _ if self.before.identity(key, old) != self.after.identity(key, new):
                    yield Difference(here, self.before.text(key, old), self.after.text(key, new))

    def of_rows(
        self, before: list[Mapping], after: list[Mapping], rows: Rows, path: tuple[str, ...]
    ) -> Iterator[Difference]:
        """Rows that came and went, and what differs in those that stayed."""
        stored = [(self.before.identities(rows.keys, row), row) for row in before]
        wanted = [self.after.identities(rows.keys, row) for row in after]
        pairs, gone = paired(rows.identities, wanted, stored)
        for row in gone:
            yield Difference(path, self.before.row(rows.keys, row), "")
        for row, (_, old) in zip(after, pairs, strict=True):
            if old is None:
                yield Difference(path, "", self.after.row(rows.keys, row))
            else:
                yield from self.of_mappings(old, row, rows.keys, (*path, self.after.heading(rows, row)))
