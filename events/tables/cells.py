"""One value of a block ↔ one cell of a table.

A list of names has a line each; a list of mappings too, written as YAML on one line: ``role: visitor, country: PRK``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from events.loading.nodes import LOADER, Sheet
from events.loading.rows import Predecessors, Rows
from events.loading.shapes import EMPTY, Key, Names

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # libyaml's, as it is what reads
MARK = yaml.Mark("cell", 0, 0, 0, None, None)
WIDE = 1_000_000  # characters: a mapping is never broken over lines


def cell_of(value: Any) -> str:
    """*value*, as a block has it, as the text of a cell."""
    if value in EMPTY:
        return ""
    if not isinstance(value, list):
        return str(value)
    return "\n".join(item if isinstance(item, str) else line_of(item) for item in value)


def line_of(mapping: dict[str, Any]) -> str:
    """*mapping* as YAML on one line, without its braces."""
    for style in (None, '"'):  # in double quotes a line break is \\n
        text = yaml.dump(
            dict(mapping), Dumper=DUMPER, default_flow_style=True, default_style=style, allow_unicode=True,
            sort_keys=False, width=WIDE,
        ).strip()  # fmt: skip
        if "\n" not in text:
            return text[1:-1]
    return ", ".join(f"{name}: {json.dumps(value)}" for name, value in mapping.items())


def value_of(key: Key, text: str) -> Any:
    """What the *text* of a cell says under *key*; None for nothing. Raises ValueError with a sentence for each flaw."""
    if not text.strip():
        if key.required:
            raise ValueError(f"It is blank: it needs {key.value.expected}.")
        return key.default
    sheet = Sheet(Path("cell"))
    node = scalar(text)
    if isinstance(key.value, Names | Predecessors):
        node = sequence([scalar(line) for line in lines_of(text)])
    elif isinstance(key.value, Rows):
        node = sequence([mapping_of(line) for line in lines_of(text)])
    value = key.value.read(node, sheet, key.name)
    if sheet.problems:
        raise ValueError(" ".join(dict.fromkeys(problem.text for problem in sheet.problems)))
    return None if value in EMPTY else value


def lines_of(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())


def scalar(text: str) -> yaml.ScalarNode:
    # As if in quotes: no word means nothing, or anything but itself.
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, MARK, MARK, style='"')


def sequence(items: list[yaml.Node]) -> yaml.SequenceNode:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items, MARK, MARK)


def mapping_of(line: str) -> yaml.Node:
    """The mapping that one *line* of a cell writes. Raises ValueError."""
    try:
        node = yaml.compose(f"{{{line}}}", Loader=LOADER)
    except yaml.YAMLError:
        node = None
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"“{line[:60]}” cannot be read: write names and values, as in role: visitor, country: PRK.")
    return node
