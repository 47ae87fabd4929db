"""Files → blocks: which files a path stands for, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from events.loading.blocks import SHAPES, Shape
from events.loading.nodes import Mapping, Sheet, read_mapping
from events.loading.problems import Problem, did_you_mean

#: Read only when it, or something in it, is named itself.
EXAMPLES = "examples"
BY_FILENAME = {shape.filename: shape for shape in SHAPES.values()}


@dataclass(frozen=True)
class Block:
    """One record as a file has it. ``mentions`` are the records that it names: resource, public id, line.

    ``sound``: it could be read whole.
    """

    resource: str
    id: str
    values: Mapping
    path: str
    mentions: tuple[tuple[str, str, int], ...]
    sound: bool

    def problem(self, line: int, text: str) -> Problem:
        return Problem(self.path, line, text)


@dataclass(frozen=True)
class Reading:
    """What the files hold: ``blocks`` by resource, in order of dependency, and what is wrong with them.

    ``ids``: every public id written in the files, by resource, also of blocks that are wrong otherwise.
    ``unreadable``: the resources of which a file could not be read, so that more ids may be written than are known.
    """

    blocks: dict[str, list[Block]]
    ids: dict[str, set[str]]
    problems: list[Problem]
    unreadable: set[str]


def read_paths(paths: Iterable[str | Path]) -> Reading:
    """Read every file that *paths*, files and folders, stand for; none is read twice."""
    reading = Reading({resource: [] for resource in SHAPES}, {resource: set() for resource in SHAPES}, [], set())
    first: dict[tuple[str, str], Block] = {}
    seen: set[Path] = set()
    for path in paths:
        for file in _files(Path(path), reading.problems) if str(path) else _no_path(reading.problems):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                _read_file(file, reading, first)
    return reading


def _no_path(problems: list[Problem]) -> Iterator[Path]:
    problems.append(Problem("(empty path)", 0, "Name a file or a folder."))
    return iter(())


def _files(path: Path, problems: list[Problem]) -> Iterator[Path]:
    """*path* itself, or the YAML files in it and in its subfolders, by name."""
    if not path.is_dir():
        yield path
        return
    found = list(_files_in(path, problems))
    if not found:
        problems.append(Problem(str(path), 0, f"No YAML file in this folder: it may hold {_filenames()}."))
    yield from found


def _files_in(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        problems.append(Problem(str(folder), 0, f"It cannot be read: {error.strerror}."))
        return
    for entry in entries:
        if entry.name.startswith("."):  # an editor's own
            continue
        if entry.is_dir():
            if entry.name != EXAMPLES and not entry.is_symlink():  # a link may lead back here
                yield from _files_in(entry, problems)
        elif entry.suffix in (".yaml", ".yml"):
            yield entry


def _filenames() -> str:
    return ", ".join(BY_FILENAME)


def _read_file(path: Path, reading: Reading, first: dict[tuple[str, str], Block]) -> None:
    sheet = Sheet(path)
    shape = BY_FILENAME.get(path.name)
    if not path.exists():
        sheet.problem(0, "There is no such file or folder.")
    elif shape is None:
        hint = did_you_mean(path.name, BY_FILENAME)
        sheet.problem(0, f"A file's name says what it holds: {_filenames()}.{hint}")
    else:
        for block in _blocks(sheet, shape):
            earlier = first.setdefault((block.resource, block.id), block)
            if earlier is not block:
                where = f"{earlier.path}:{earlier.values.line_of('id')}"
                sheet.problem(block.values.line_of("id"), f"“{block.id}” stands in {where} already.")
                continue
            reading.blocks[shape.resource].append(block)
            reading.ids[shape.resource].add(block.id)
        if sheet.unreadable:
            reading.unreadable.add(shape.resource)
    reading.problems.extend(sheet.problems)


def _blocks(sheet: Sheet, shape: Shape) -> Iterator[Block]:
    """The blocks that have an id; what else is wrong with them is in the sheet's problems."""
    for node in sheet.items():
        sheet.mentions, before = [], len(sheet.problems)
        values = read_mapping(node, sheet, shape.keys, f"A block of {shape.filename}")
        if values and isinstance(values.get("id"), str):
            sound = len(sheet.problems) == before
            yield Block(shape.resource, values["id"], values, str(sheet.path), tuple(sheet.mentions), sound)
