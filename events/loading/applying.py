"""Blocks → record: what is new, what the files changed, and what a curator changed and is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import models

from events.batched import batched
from events.loading.blocks import SHAPES, Shape, block_of, digest_of
from events.loading.nodes import Mapping
from events.loading.problems import LoadProblems, Problem
from events.loading.reading import Block, Reading, read_paths
from events.loading.references import References, in_order
from events.loading.report import Report
from events.loading.saving import save_block, save_rows
from events.models import Kind, LoadedBlock
from events.models.events import Review
from events.recording import recording

BATCH = 500
#: Under which name LoadedBlock keeps what the project's own vocabulary holds, apart from what files of kinds hold:
#: else a curated file of kinds and the vocabulary would overwrite each other for ever.
VOCABULARY = "vocabulary"

#: Resources whose records name each other: the key by which they do, and what is said where that leads back.
RINGS = {
    "sources": ("via", "“{}” is read, through others, via itself: a chain of sources has a beginning."),
    "events": ("merged_into", "“{}” was merged, through others, into itself: one of them has to stand."),
}


def load_record(paths: Iterable[str | Path]) -> Report:
    """Bring what the files of *paths* hold into the record, all or nothing, and tell what was done.

    A record that a curator changed since it was last loaded is left alone. Raises LoadProblems.
    """
    reading = read_paths(paths)
    with recording(None, "Loaded from files"):
        return apply_reading(reading)


def apply_reading(reading: Reading, loaded_as: str = "") -> Report:
    """Write the blocks of *reading*, inside a recording; *loaded_as* is the name in LoadedBlock if not the resource's.

    Raises LoadProblems, which undoes the recording.
    """
    loading = Loading(reading, loaded_as)
    for shape in SHAPES.values():
        if reading.blocks[shape.resource]:
            loading.load(shape)
    if loading.problems:
        raise LoadProblems(loading.problems)
    return loading.report


class Loading:
    """One load while it is under way. It goes on after a problem, to find the others."""

    def __init__(self, reading: Reading, loaded_as: str) -> None:
        self.reading = reading
        self.loaded_as = loaded_as
        self.report = Report()
        self.references = References(reading)
        self.problems: list[Problem] = list(reading.problems)
        self.broken = {(block.resource, block.id) for block in self._blocks() if not block.sound}
        for block, problem in self.references.problems():
            self.fail(block, [problem])

    def _blocks(self) -> Iterator[Block]:
        for blocks in self.reading.blocks.values():
            yield from blocks

    def _is_whole(self, block: Block) -> bool:
        """Whether nothing was found wrong with it so far."""
        return (block.resource, block.id) not in self.broken

    def fail(self, block: Block, problems: Iterable[Problem]) -> None:
        self.broken.add((block.resource, block.id))
        self.problems.extend(problems)

    def load(self, shape: Shape) -> None:
        """Write the blocks of one resource: first every record, then the rows that belong to them."""
        blocks = [block for block in self.reading.blocks[shape.resource] if self._is_whole(block)]
        if shape.resource in RINGS:
            key, problem = RINGS[shape.resource]
            blocks, rings = in_order(blocks)
            for block in rings:
                self.fail(block, [block.problem(block.values.line_of(key), problem.format(block.id))])
        if shape.resource == "events":
            blocks = [block for block in blocks if self._is_borne_out(block)]
            _give_importance(blocks)
        written = []
        for batch in batched(blocks, BATCH):
            written += self._load_batch(shape, batch)
        for block, record, before in written:
            if self._is_whole(block):
                self._save(block, save_rows, shape, block, record, before)

    def _is_borne_out(self, block: Block) -> bool:
        """Whether the event of *block* has a claim, if it is to be published; else that is a problem."""
        bare = block.values.get("review") == Review.PUBLISHED and not block.values.get("claims")
        if bare:
            text = "It has no claim: nothing is published that no source is named for."
            self.fail(block, [block.problem(block.values.line_of("review"), text)])
        return not bare

    def _load_batch(self, shape: Shape, blocks: list[Block]) -> list[tuple[Block, models.Model, dict[str, Any]]]:
        """Write what differs of *blocks*; the records written, each with its canonical block of before."""
        address = shape.model.address_field
        stored = {
            record.public_id: record for record in shape.records().filter(**{f"{address}__in": [b.id for b in blocks]})
        }
        loaded = _loaded_digests(shape.resource, self.loaded_as, [block.id for block in blocks])
        own = self.loaded_as or shape.resource
        tally = self.report.of(shape.resource)
        written, digests = [], []
        for block in blocks:
            record, digest = stored.get(block.id), digest_of(block.values)
            seen = loaded.get(block.id, {})
            before = block_of(record) if record else {}
            if record and before == block.values:
                tally.unchanged += 1
            elif why := _why_left_alone(record, before, seen):
                tally.left_alone.append((block.id, why))
                continue
            else:
                tally.created += record is None
                tally.updated += record is not None
                record = record or shape.model()
                if self._save(block, save_block, shape, block, record, before):
                    self.references.add(shape.resource, block.id, record.pk)
                    written.append((block, record, before))
            if seen.get(own) != digest:
                digests.append(LoadedBlock(resource=own, slug=block.id, digest=digest))
        LoadedBlock.objects.bulk_create(
            digests, update_conflicts=True, unique_fields=["resource", "slug"], update_fields=["digest"]
        )
        return written

    def _save(self, block: Block, save: Any, *args: Any) -> bool:
        """Whether *save* could write *block*. A reference to a block with problems of its own is no problem more."""
        try:
            problems = save(*args, self.references)
        except KeyError as missing:
            resource, public_id = missing.args[0]
            problems = []
            if (resource, public_id) not in self.broken and resource not in self.reading.unreadable:
                line = next(line for name, slug, line in block.mentions if (name, slug) == (resource, public_id))
                text = f"“{public_id}” was loaded once and is gone from the {resource}: a curator took it away."
                problems = [block.problem(line, text)]
        else:
            if not problems:
                return True
        self.fail(block, problems)
        return False


def _loaded_digests(resource: str, loaded_as: str, public_ids: list[str]) -> dict[str, dict[str, str]]:
    """Digests of the last load by public id, then by the name under which it was loaded."""
    names = [loaded_as] if loaded_as else [resource, *([VOCABULARY] if resource == Kind.resource else [])]
    found: dict[str, dict[str, str]] = {}
    for block in LoadedBlock.objects.filter(resource__in=names, slug__in=public_ids):
        found.setdefault(block.slug, {})[block.resource] = block.digest
    return found


def _why_left_alone(record: models.Model | None, before: dict[str, Any], seen: dict[str, str]) -> str:
    """Why a block that differs from the record is not to be written, or "" where it is."""
    if record is None:
        return "deleted or renamed since it was loaded." if seen else ""
    if not seen:
        return "the record has it otherwise, and not from a file."
    return "" if digest_of(before) in seen.values() else "changed since it was loaded."


def _give_importance(blocks: list[Block]) -> None:
    """An event that does not say how important it is, is as important as its kind."""
    silent: list[Mapping] = [block.values for block in blocks if "importance" not in block.values]
    if silent:
        defaults = dict(Kind.objects.order_by().values_list("slug", "default_importance"))
        for values in silent:
            if values["kind"] in defaults:
                values["importance"] = defaults[values["kind"]]
