"""What becomes of one batch of drafts: worked out first, and written after that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from events.bulk import WholeEvent
from events.importing.drafts import Draft, Row
from events.importing.making import Maker
from events.importing.standing import Standing
from events.models import Event, ImportedRow

Key = tuple[str, str]  #: dataset and external id
new_row = Maker(ImportedRow)


@dataclass
class Batch:
    """The part of the record that a batch is about: as it stands and, row by row, as it is to be."""

    seen: dict[int, int]  #: digests of the rows of this file up to here, by the hash of their key
    known: dict[Key, ImportedRow]
    told: dict[int, list[ImportedRow]]  #: the rows that made events, by fingerprint, the first one first
    standing: dict[int, Standing]  #: the events of both that may change, by key
    addresses: dict[str, Event | None]  #: slugs that are, were, or lead to, events; with those that are
    keys: Iterator[tuple[int, int]]  #: of new events and new rows
    rows: dict[int, ImportedRow] = field(default_factory=dict)  #: that are new or changed, by key
    alike: list[tuple[int, int]] = field(default_factory=list)  #: keys of new events, each with the first like it
    rejected: list[tuple[Row, str]] = field(default_factory=list)  #: rows, each with its reason

    def create(self, draft: Draft, whole: WholeEvent, likeness: int | None) -> None:
        """Let *draft* make the event *whole*."""
        whole.event.id, key = next(self.keys)
        row = self._add(draft, key, whole.event.id, fingerprint=draft.fingerprint, likeness=likeness)
        self.addresses[whole.event.slug] = None
        self.standing[whole.event.id] = standing = Standing(None, whole)
        standing.left_by = row
        standing.fingerprints.append(row.fingerprint)
        if row.fingerprint is not None:
            self.told[row.fingerprint] = [row]

    def join(self, draft: Draft, event: int | None) -> None:
        """Let *draft* be a row of an *event* that another row made."""
        self._add(draft, next(self.keys)[1], event)
        if event in self.standing:
            self.standing[event].fingerprints.append(None)

    def _add(self, draft: Draft, key: int, event: int | None, **marks: Any) -> ImportedRow:
        row = new_row(
            {}, id=key, dataset=draft.dataset, external_id=draft.external_id, event_id=event, digest=draft.digest,
            **marks,
        )  # fmt: skip
        self.known[key_of(draft)] = self.rows[key] = row
        return row

    def change(self, row: ImportedRow, draft: Draft) -> None:
        """Let *row* be known by what *draft* says now."""
        row.digest = draft.digest
        self.rows[row.pk] = row

    def move(self, row: ImportedRow, fingerprint: int | None) -> None:
        """Let the event that *row* made be told of by rows with this *fingerprint* from now on."""
        fingerprints = self.standing[row.event_id].fingerprints
        fingerprints.remove(row.fingerprint)
        fingerprints.append(fingerprint)
        if row in self.told.get(row.fingerprint, ()):
            self.told[row.fingerprint].remove(row)
        self.told[fingerprint] = sorted([*self.told.get(fingerprint, ()), row], key=attrgetter("pk"))
        row.fingerprint = fingerprint

    def changed(self) -> list[Standing]:
        """The events that it makes or changes."""
        return [standing for standing in self.standing.values() if standing.left_by is not None]


def key_of(draft: Draft) -> Key:
    return draft.dataset, draft.external_id
