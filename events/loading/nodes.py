"""A YAML file as nodes that know their lines. Every scalar is text: `1966` and `no` are what was written."""

import re
from pathlib import Path
from typing import Any

import yaml

from events.loading.problems import Problem, did_you_mean

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's, several times faster, where it was built in
NOTHING = ("", "~", "null", "Null", "NULL")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Mapping(dict):
    """What a mapping held, which still knows its first line and the line of each key."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int, lines: dict[str, int]) -> None:
        super().__init__()
        self.line = line
        self.lines = lines

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


class Sheet:
    """One file while it is read: gathers its problems and the references that it makes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.unreadable = False  #: as a whole, so that nobody knows which records it holds
        self.mentions: list[tuple[str, str, int]] = []  #: resource, public id, line

    def problem(self, place: yaml.Node | int, text: str) -> None:
        line = place if isinstance(place, int) else line_of(place)
        self.problems.append(Problem(str(self.path), line, text))

    def items(self) -> list[yaml.Node]:
        """The items of the list that the file holds, or none and a problem."""
        try:
            text = self.path.read_bytes().decode("utf-8")
            root = yaml.compose(text, Loader=LOADER)
        except OSError as error:
            self.problem(0, f"It cannot be read: {error.strerror or error}.")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            self.problem(line, f"Byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8.")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            said = ", ".join(filter(None, [error.context, error.problem]))
            if error.context_mark and error.context_mark.line != mark.line:
                said += f"; it begins on line {error.context_mark.line + 1}"
            self.problem(mark.line + 1 if mark else 0, f"This is no YAML: {said}.")
        except (yaml.YAMLError, RecursionError) as error:
            self.problem(0, f"This is no YAML: {' '.join(str(error).split())}.")
        else:
            if root is None or is_empty(root):
                return []
            if isinstance(root, yaml.SequenceNode):
                return root.value
            self.problem(root, "The file holds one list of blocks: each begins with “- id:”.")
        self.unreadable = True
        return []


def line_of(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing was written: `key:` alone, or a null."""
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in NOTHING


def read_text(node: yaml.Node, sheet: Sheet, key: str) -> str | None:
    """The text of a scalar, without the blanks around it."""
    if not isinstance(node, yaml.ScalarNode):
        found = "list" if isinstance(node, yaml.SequenceNode) else "mapping"
        sheet.problem(node, f"“{key}” takes one value, not a {found}.")
        return None
    if CONTROL.search(node.value):
        sheet.problem(node, f"“{key}” holds a control character; take it out.")
        return None
    return tidy(node.value)


def read_list(node: yaml.Node, sheet: Sheet, key: str) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return node.value
    sheet.problem(node, f"“{key}” takes a list: one item a line, each behind “- ”.")
    return []


def read_mapping(node: yaml.Node, sheet: Sheet, keys: tuple[Any, ...], what: str) -> Mapping | None:
    """The values under *keys* (`shapes.Key`s), in their order; None where *node* is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        sheet.problem(node, f"{what} is a mapping of {_listed(keys)}.")
        return None
    by_name = {key.name: key for key in keys}
    written: dict[str, yaml.Node] = {}
    lines: dict[str, int] = {}
    for name_node, value_node in node.value:
        name = name_node.value if isinstance(name_node, yaml.ScalarNode) else "…"
        if name in written:
            sheet.problem(name_node, f"“{name}” stands here a second time; the first is on line {lines[name]}.")
        elif name not in by_name:
            hint = did_you_mean(name, by_name) or f" It takes {_listed(keys)}."
            sheet.problem(name_node, f"{what} has no key “{name}”.{hint}")
        else:
            written[name], lines[name] = value_node, line_of(name_node)
    mapping = Mapping(line_of(node), lines)
    for key in keys:
        _read_value(key, written.get(key.name), mapping, sheet, what)
    return mapping


def _read_value(key: Any, node: yaml.Node | None, mapping: Mapping, sheet: Sheet, what: str) -> None:
    if node is None or is_empty(node):
        if key.required:
            sheet.problem(mapping.line_of(key.name), f"{what} needs “{key.name}”: {key.value.expected}.")
        elif key.default is not None:
            mapping[key.name] = key.default
        return
    value = key.value.read(node, sheet, key.name)
    if value not in (None, "", [], {}):
        mapping[key.name] = value
    elif value == "" and key.required:
        sheet.problem(node, f"“{key.name}” is blank: {key.value.expected}.")


def _listed(keys: tuple[Any, ...]) -> str:
    return ", ".join(key.name for key in keys)


def tidy(text: str) -> str:
    """As text is compared and written: one kind of line end, no blanks around it."""
    return text.replace("\r\n", "\n").strip()
