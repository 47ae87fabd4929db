"""Record → files: every record as its canonical block."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import yaml
from django.db import transaction

from events.loading.blocks import SHAPES, Shape, block_of
from events.loading.reading import EXAMPLES, read_paths
from events.models import Kind
from events.vocabulary import KINDS

CHUNK = 500  # records in memory at a time
WRITING = ".writing"  # behind the name of a file that is not whole yet


class FolderInUse(Exception):
    """The folder holds what a dump does not write, and would be mixed with it."""


def dump_record(folder: str | Path) -> dict[str, int]:
    """Write the whole record, drafts included, to files in *folder*; how many blocks each file got.

    The files appear together, and only when all are whole. Of the kinds only those that differ from the project's own
    vocabulary are written. Raises FolderInUse, OSError.
    """
    folder = Path(folder)
    _check(folder)
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    try:
        with transaction.atomic():
            for shape in SHAPES.values():
                counts[shape.filename] = _write(folder / (shape.filename + WRITING), _blocks(shape))
        for filename, count in counts.items():
            if count:
                os.replace(folder / (filename + WRITING), folder / filename)
            else:
                # An old file would be loaded with the new ones.
                (folder / filename).unlink(missing_ok=True)
    finally:
        for shape in SHAPES.values():
            with contextlib.suppress(FileNotFoundError):
                (folder / (shape.filename + WRITING)).unlink()
    return {filename: count for filename, count in counts.items() if count}


def _check(folder: Path) -> None:
    """Refuse a folder in which anything else would be loaded beside the dump, or was meant for something else."""
    if folder.exists() and not folder.is_dir():
        raise FolderInUse(f"{folder} is a file: name a folder.")
    if folder.is_dir():
        own = {EXAMPLES} | {shape.filename + end for shape in SHAPES.values() for end in ("", WRITING)}
        others = sorted(entry.name for entry in folder.iterdir() if entry.name not in own)
        if others:
            raise FolderInUse(f"{folder} holds {', '.join(others[:5])}: name a new or empty folder, or one of a dump.")


def _blocks(shape: Shape) -> Iterator[dict[str, Any]]:
    blocks = (block_of(record) for record in shape.records().iterator(chunk_size=CHUNK))
    if shape.model is not Kind:
        return blocks
    own = {block.id: block.values for block in read_paths([KINDS]).blocks[shape.resource]}
    return (block for block in blocks if block != own.get(block["id"]))


def _write(path: Path, blocks: Iterable[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for block in blocks:
            write_block(block, file)
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def write_block(block: dict[str, Any], file: TextIO) -> None:
    """Add *block* to a file, as one item of its list."""
    yaml.safe_dump([block], file, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=False)
