"""The mapping of a table: a small YAML file that says which columns are what of an event.

Every value is a text in which ``{column}`` stands for a cell, or such a text with what is done to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from events.importing import row_sources
from events.importing.addresses import slug_of
from events.importing.dates import NAMED, reads_a_date
from events.importing.drafts import SourceDraft
from events.importing.encodings import is_encoding
from events.importing.problems import ImportRefused, Rejected
from events.importing.separated import unfit
from events.importing.sheet import Layout
from events.importing.sources import dates_of
from events.importing.values import CELL, NOTHING, DateInParts, Value
from events.loading.problems import did_you_mean
from events.models.base import SLUG

EVENT = ("id", "title", "summary", "kind", "date", "date_reason", "place", "importance", "participants", "claim")
FILE = ("dataset", "missing", "separator", "encoding", "sheet", "header", "fill_down")
PARTY = ("role", "country", "organization", "leader", "name", "party")
PLACE = ("name", "country", "latitude", "longitude")
CLAIM = ("source", "stance", "date", "figures", "locator", "note")
DATASET = ("id", "title", "publisher", "publisher_name", "language", "url", "archive_url", "published", "accessed")
WANTED = {
    "dataset": "the table as a source, with an id, a title, a publisher and the day on which it was accessed",
    "kind": "a kind's id for all rows, such as official-visit, or the column that tells it, as '{column}'",
    "date": "the column that tells it, as '{column}'",
}
DATE_IN_PARTS = ("year", "month", "day")
UNNAMED_FILE = ' in "<unicode string>",'  #: as the parser calls a text
ROWS = re.compile(r"([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))?")
Moment = Value | DateInParts


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping as it was read: values by key, all of them Values; what is not mapped is NOTHING."""

    dataset: SourceDraft
    event: dict[str, Value]
    date: tuple[Moment, Moment | None]
    place: dict[str, Value]
    participants: tuple[dict[str, Value], ...]
    claim: dict[str, Value]
    source: dict[str, Value]  #: of a claim, where each row names its own
    missing: frozenset[str] = frozenset()
    layout: Layout = field(default_factory=Layout)

    def all_values(self) -> Iterator[Value]:
        yield from (*self.event.values(), *self.place.values(), *self.claim.values(), *self.source.values())
        for moment in filter(None, self.date):
            yield from moment.parts
        for party in self.participants:
            yield from party.values()


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
        raise ImportRefused(f"{path} is no YAML: {' '.join(str(error).split()).replace(UNNAMED_FILE, '')}.") from None
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
        claim = self.part(top.get("claim") or {}, "claim", CLAIM)
        source = claim.pop("source") if _has_keys(claim.get("source"), row_sources.KEYS) else {}
        for name, what in WANTED.items():
            if not top.get(name):
                raise self.wrong(f"{name} is missing: {what}.")
        return Table(
            dataset=self.dataset(top["dataset"]),
            event={name: self.value(top.get(name), name) for name in ("id", "title", "summary", "kind", "date_reason",
                                                                      "importance")},
            date=self.date(top["date"]),
            place=self.group(top.get("place") or {}, "place", PLACE),
            participants=tuple(self.participants(top.get("participants") or [])),
            claim=self.group(claim, "claim", CLAIM),
            source=self.group(source, "claim.source", row_sources.KEYS),
            missing=frozenset(self.texts(top.get("missing") or [], "missing")),
            layout=self.layout(top),
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
        if not SLUG.regex.match(str(part["publisher"])):
            raise self.wrong(
                f"dataset: the publisher is an id, as in {slug_of(str(part['publisher'])) or 'a-desk'}, and "
                f"{part['publisher']!r} is none: a name stands under publisher_name."
            )
        dataset = SourceDraft(kind="dataset", **dict(zip(part, self.texts([*part.values()], "dataset"), strict=True)))
        try:
            dates_of(dataset)
        except Rejected as problem:
            raise self.wrong(f"dataset: {problem}") from None
        return dataset

    def layout(self, top: dict[str, Any]) -> Layout:
        texts = {name: top.get(name, "") for name in ("sheet", "encoding", "header")}
        self.texts([*texts.values()], ", ".join(texts))
        if texts["encoding"] and not is_encoding(texts["encoding"]):
            raise self.wrong(f"encoding is {texts['encoding']!r}; it is windows-1252, utf-16, macintosh or the like.")
        fill_down = (" ".join(name.strip("{}").split()) for name in self.texts(top.get("fill_down") or [], "fill_down"))
        return Layout(
            self.separator(top.get("separator", ",")),
            texts["sheet"],
            texts["encoding"],
            self.header(texts["header"]),
            tuple(fill_down),
        )

    def header(self, content: str) -> tuple[int, int]:
        found = ROWS.fullmatch(content.replace(" ", "")) if content else None
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if (content and not found) or first > last:
            raise self.wrong(f"header is {content!r}; it is the number of the header's row, as in 3, or its rows, 3-4.")
        return first, last

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
            if party["party"].text and any(party[name].text for name in PARTY[1:-1]):
                raise self.wrong(f"participant {place} has a party, which stands alone: it may be any of the others.")
            yield party

    def date(self, content: Any) -> tuple[Moment, Moment | None]:
        if not _has_keys(content, ("from", "to")):
            return self.moment(content, "date"), None
        part = self.part(content, "date", ("from", "to", "format"))
        start, end = (self.moment(part.get(name), f"date.{name}", part.get("format", "")) for name in ("from", "to"))
        if start == end == NOTHING:
            raise self.wrong("date has neither from nor to; a column stands in quotation marks: '{from}'.")
        return start, end

    def moment(self, content: Any, what: str, form: Any = "") -> Moment:
        if not _has_keys(content, DATE_IN_PARTS):
            return self.value(content, what, form)
        part = self.part(content, what, DATE_IN_PARTS)
        if not part.get("year"):
            raise self.wrong(f"{what} has a month or day, and no year.")
        return DateInParts(*(self.value(part.get(name), f"{what}.{name}") for name in DATE_IN_PARTS))

    def value(self, content: Any, what: str, form: Any = "") -> Value:
        if content is None or content == "":
            return NOTHING
        if isinstance(content, str):
            return Value(_cells(content), format=self.date_forms(form, what))
        known = tuple(each.name for each in fields(Value))
        part = self.part(content, what, known)
        if not isinstance(part.get("text"), str):
            raise self.wrong(f"{what} needs a text, in which {{column}} stands for a cell.")
        pairs = {name: tuple(self.pairs(part.get(name) or {}, f"{what}.{name}")) for name in ("values", "begins")}
        flags = {name: self.flag(part.get(name, "no"), f"{what}.{name}") for name in ("cameo", "cow", "if_known")}
        texts = {name: part[name] for name in ("text", "otherwise") if name in part}
        self.texts([*texts.values()], what)
        texts["text"] = _cells(texts["text"])
        split = tuple(filter(None, self.texts(part.get("split", ""), f"{what}.split")))
        forms = self.date_forms(part.get("format", form), what)
        return Value(**texts, **pairs, **flags, split=split, format=forms)

    def date_forms(self, content: Any, what: str) -> tuple[str, ...]:
        forms = tuple(filter(None, content if isinstance(content, list) else [content]))
        for form in forms:
            if not isinstance(form, str) or not reads_a_date(form):
                raise self.wrong(
                    f"{what} has the format {form!r}, by which no date can be read: %d.%m.%Y is 31.12.1999, %Y-%m is "
                    f"1999-12; or {' or '.join(NAMED)}."
                )
        return forms

    def pairs(self, content: Any, what: str) -> Iterator[tuple[str, str]]:
        if not isinstance(content, dict) or not all(isinstance(meant, str) for meant in content.values()):
            raise self.wrong(f"{what} is a mapping of texts to texts.")
        # The longest first, so that “State of” is not taken for “State”.
        yield from sorted(content.items(), key=lambda pair: -len(pair[0]))

    def flag(self, content: Any, what: str) -> bool:
        if content not in ("yes", "no", "true", "false"):
            raise self.wrong(f"{what} is yes or no.")
        return content in ("yes", "true")


def _cells(text: str) -> str:
    """*text* with the names of columns as ``Sheet.columns`` has them: blanks and line breaks are single blanks."""
    return CELL.sub(lambda found: f"{{{' '.join(found[1].split())}}}", text)


def _has_keys(content: Any, names: Iterable[str]) -> bool:
    return isinstance(content, dict) and not content.keys().isdisjoint(names)
