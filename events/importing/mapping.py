"""The mapping of a table: a small YAML file that says which columns are what of an event.

Every value is a text in which ``{column}`` stands for a cell, or such a text with what is done to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from events.importing.drafts import SourceDraft
from events.importing.matching import folded
from events.importing.problems import ImportRefused, Rejected
from events.importing.separated import unfit
from events.importing.sources import dates_of
from events.loading.problems import did_you_mean
from events.vocabulary.cameo import UnknownCameoCode, kind_for

CELL = re.compile(r"\{([^{}]+)\}")
EVENT = ("id", "title", "summary", "kind", "date", "date_reason", "place", "importance", "participants", "claim")
FILE = ("dataset", "missing", "separator", "sheet")
PARTY = ("role", "country", "organization", "leader", "name")
PLACE = ("name", "country", "latitude", "longitude")
CLAIM = ("source", "stance", "date", "figures", "locator", "note")
DATASET = ("id", "title", "publisher", "publisher_name", "language", "url", "archive_url", "published", "accessed")
A_DAY = datetime(2018, 11, 23, tzinfo=UTC)  #: any whose parts are told apart
RUN_TOGETHER = re.compile("%[dmyYHMSj]%[dmyYHMSj]")  #: of a number that lost its zero, 1112018 may be two days
OF_A_SPREADSHEET = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")  #: how ``spreadsheet.text_of`` writes a date
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """How one value is made of a row's cells.

    ``values`` and ``begins`` put one text for another, by the whole of it or by its beginning, whatever its case;
    ``otherwise`` stands for what neither has. ``format`` is a date's, as strptime has it: 31.12.1999 is %d.%m.%Y.
    """

    text: str
    values: tuple[tuple[str, str], ...] = ()
    begins: tuple[tuple[str, str], ...] = ()
    otherwise: str | None = None
    split: str = ""
    format: str = ""
    cameo: bool = False
    if_known: bool = False

    @property
    def columns(self) -> list[str]:
        return CELL.findall(self.text)

    def of(self, cells: Cells) -> str:
        """The value in one row; "" where each of its cells is blank. Raises Rejected."""
        filled = self.filled(cells)
        return self._translated(filled) if filled else ""

    def each_of(self, cells: Cells) -> list[str]:
        """The values in one row, where several stand in one cell; "" for a blank one between them or before."""
        filled = self.filled(cells)
        parts = [part.strip() for part in (filled.split(self.split) if self.split else [filled])]
        while parts and not parts[-1]:
            parts.pop()
        return [part and self._translated(part) for part in parts]

    def filled(self, cells: Cells) -> str:
        names = self.columns
        if names and not any(cells[name] for name in names):
            return ""
        return CELL.sub(lambda found: cells[found[1]], self.text).strip()

    def _translated(self, text: str) -> str:
        if self.cameo:
            try:
                return kind_for(text)
            except UnknownCameoCode as problem:
                raise Rejected(str(problem)) from None
        plain = folded(text) or text
        alike = [(word, meant) for word, meant in self.values if plain == (folded(word) or word)]
        for word, meant in alike:
            if word == text or len(alike) == 1:
                return meant
        if alike:
            raise Rejected(f"{text!r} may be {' or '.join(repr(word) for word, _ in alike)} of the mapping's values.")
        for word, meant in self.begins:
            if f"{text} ".startswith(f"{word} ") or (folded(word) and f"{plain} ".startswith(f"{folded(word)} ")):
                return meant
        if self.otherwise is not None:
            return self.otherwise
        return day_of(text, self.format, *OF_A_SPREADSHEET) if self.format else text


NOTHING = Value("")


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping as it was read: values by key, all of them Values; what is not mapped is NOTHING."""

    dataset: SourceDraft
    event: dict[str, Value]
    date: tuple[Value, Value | None]
    place: dict[str, Value]
    participants: tuple[dict[str, Value], ...]
    claim: dict[str, Value]
    missing: frozenset[str] = frozenset()
    separator: str = ","
    sheet: str = ""

    @classmethod
    def blank(cls, separator: str) -> Table:
        """A mapping of nothing, by which a table is only read."""
        return cls(SourceDraft(""), {"kind": NOTHING}, (NOTHING, None), {}, (), {}, separator=separator)

    def all_values(self) -> Iterator[Value]:
        yield from (*self.event.values(), *self.place.values(), *self.claim.values(), self.date[0])
        if self.date[1]:
            yield self.date[1]
        for party in self.participants:
            yield from party.values()


def day_of(text: str, *forms: str) -> str:
    """*text*, which is of one of *forms*, as EDTF, as fine as the first of them is. Raises Rejected."""
    for form in forms:
        with suppress(ValueError):
            moment = datetime.strptime(text, form)
            if not RUN_TOGETHER.search(form) or len(text) == len(moment.strftime(form)):
                break
    else:
        raise Rejected(f"{text!r} is no date of the form {forms[0]}.")
    if re.search("%[djxc]", forms[0]):
        return f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
    return f"{moment.year:04d}-{moment.month:02d}" if re.search("%[mbB]", forms[0]) else f"{moment.year:04d}"


class Loader(yaml.BaseLoader):
    """Every scalar is text: a date or a code is what was written. Of a key that stands twice none is passed over."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        for name, times in names.items():
            if times > 1:
                raise yaml.constructor.ConstructorError(problem=f"{name} stands twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def read_mapping(path: Path) -> Table:
    """The mapping in the file *path*. Raises ImportRefused, which names the key that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        content = yaml.load(text, Loader=Loader)  # noqa: S506
    except OSError as error:
        raise ImportRefused(f"{path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ImportRefused(f"{path} is no YAML: {' '.join(str(error).split())}.") from None
    for token in yaml.scan(text):
        if isinstance(token, yaml.ScalarToken) and (why := unfit(token.value)):
            raise ImportRefused(f"{path}: a text holds {why}.")
    return _Reader(path).table(content)


class _Reader:
    """Reads the parts of one mapping file, and names it in problems."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, why: str) -> ImportRefused:
        return ImportRefused(f"{self.path}: {why} See docs/importing.md.")

    def table(self, content: Any) -> Table:
        top = self.part(content, "the mapping", (*FILE, *EVENT))
        for name in ("dataset", "kind", "date"):
            if not top.get(name):
                raise self.wrong(f"{name} is missing.")
        return Table(
            dataset=self.dataset(top["dataset"]),
            event={name: self.value(top.get(name), name) for name in ("id", "title", "summary", "kind", "date_reason",
                                                                      "importance")},
            date=self.date(top["date"]),
            place=self.group(top.get("place") or {}, "place", PLACE),
            participants=tuple(self.participants(top.get("participants") or [])),
            claim=self.group(top.get("claim") or {}, "claim", CLAIM),
            missing=frozenset(self.texts(top.get("missing") or [], "missing")),
            separator=self.separator(top.get("separator", ",")),
            sheet=top.get("sheet", ""),
        )  # fmt: skip

    def part(self, content: Any, what: str, known: Iterable[str]) -> dict[str, Any]:
        if not isinstance(content, dict):
            raise self.wrong(f"{what} is a mapping of {', '.join(known)}.")
        for name in content:
            if name not in known:
                hint = did_you_mean(name, known) or f" It takes {', '.join(known)}."
                if content[name] == "":  # {column} is a mapping, to YAML
                    hint = f" If a column is meant, put it in quotation marks: '{{{name}}}'."
                raise self.wrong(f"{what} has no key “{name}”.{hint}")
        return content

    def texts(self, content: Any, what: str) -> list[str]:
        texts = content if isinstance(content, list) else [content]
        if not all(isinstance(text, str) for text in texts):
            raise self.wrong(f"{what} is a list of texts.")
        return texts

    def dataset(self, content: Any) -> SourceDraft:
        part = self.part(content, "dataset", DATASET)
        if not all(part.get(name) for name in ("id", "title", "publisher")):
            raise self.wrong("dataset needs an id, a title and a publisher (an id, too).")
        if not (part.get("published") or part.get("accessed")):
            raise self.wrong("dataset needs the date on which it was published or, else, accessed.")
        dataset = SourceDraft(kind="dataset", **dict(zip(part, self.texts([*part.values()], "dataset"), strict=True)))
        try:
            dates_of(dataset)
        except Rejected as problem:
            raise self.wrong(f"dataset: {problem}") from None
        return dataset

    def separator(self, content: Any) -> str:
        separator = "\t" if content == "tab" else content
        if not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n\0':
            raise self.wrong(f"separator is {content!r}; it is one character, such as ; or |, or the word tab.")
        return separator

    def group(self, content: Any, what: str, known: tuple[str, ...]) -> dict[str, Value]:
        part = self.part(content, what, known)
        return {name: self.value(part.get(name), f"{what}.{name}") for name in known}

    def participants(self, content: Any) -> Iterator[dict[str, Value]]:
        if not isinstance(content, list):
            raise self.wrong("participants is a list: an item for each role.")
        for place, item in enumerate(content, 1):
            party = self.group(item, f"participant {place}", PARTY)
            if not party["role"].text or not any(party[name].text for name in PARTY[1:]):
                raise self.wrong(f"participant {place} needs a role, and one of {', '.join(PARTY[1:])}.")
            yield party

    def date(self, content: Any) -> tuple[Value, Value | None]:
        if not isinstance(content, dict) or "from" not in content:
            return self.value(content, "date"), None
        part = self.part(content, "date", ("from", "to", "format"))
        start, end = (self.value(part.get(name), f"date.{name}", part.get("format", "")) for name in ("from", "to"))
        if not (start.text or end.text):
            raise self.wrong("date has neither from nor to; a column stands in quotation marks: '{from}'.")
        return start, end

    def value(self, content: Any, what: str, form: str = "") -> Value:
        if content is None or content == "":
            return NOTHING
        if isinstance(content, str):
            return Value(content, format=self.date_format(form, what))
        known = tuple(field.name for field in fields(Value))
        part = self.part(content, what, known)
        if not isinstance(part.get("text"), str):
            raise self.wrong(f"{what} needs a text, in which {{column}} stands for a cell.")
        pairs = {name: tuple(self.pairs(part.get(name) or {}, f"{what}.{name}")) for name in ("values", "begins")}
        flags = {name: self.flag(part.get(name, "no"), f"{what}.{name}") for name in ("cameo", "if_known")}
        texts = {name: part[name] for name in ("text", "otherwise", "split", "format") if name in part}
        self.texts([*texts.values()], what)
        texts["format"] = self.date_format(texts.get("format", form), what)
        return Value(**texts, **pairs, **flags)

    def date_format(self, content: Any, what: str) -> str:
        """A format by which a day comes back as it was written: without a year in it, all dates would be of 1900."""
        try:
            day = day_of(A_DAY.strftime(content), content) if content else ""
        except (Rejected, TypeError, ValueError, re.error):
            day = "none"
        if not A_DAY.date().isoformat().startswith(day):
            raise self.wrong(
                f"{what} has the format {content!r}, by which no date can be read: "
                "%d.%m.%Y is 31.12.1999, %Y-%m is 1999-12."
            )
        return content

    def pairs(self, content: Any, what: str) -> Iterator[tuple[str, str]]:
        if not isinstance(content, dict) or not all(isinstance(meant, str) for meant in content.values()):
            raise self.wrong(f"{what} is a mapping of texts to texts.")
        # The longest first, so that “State of” is not taken for “State”.
        yield from sorted(content.items(), key=lambda pair: -len(pair[0]))

    def flag(self, content: Any, what: str) -> bool:
        if content not in ("yes", "no", "true", "false"):
            raise self.wrong(f"{what} is yes or no.")
        return content in ("yes", "true")
