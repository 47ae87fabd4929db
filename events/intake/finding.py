"""Names in a sentence, found all at once (Aho–Corasick), folded, whole words only, the longest first."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from events.folding import fold

if TYPE_CHECKING:
    from events.intake.names import Named, Names

#: Surnames that are English words too: at the beginning of a sentence their capital says nothing.
WORDS_TOO = frozenset(
    """
    ban begin bush moon may abe brown rice powell young black white major ford grant law lord wise singh price long
    king west north brand kohl cook short sharp deng hope blair park rose bird
""".split()
)
COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Gov|Col)\. $")


@dataclass(frozen=True, slots=True)
class Spotted:
    """A name in a sentence, and what the record has under it.

    *how* is "name", "people" (an adjective or people), "seat" (a capital, as a place or for its government),
    "together" (all candidates at once), "half" ("the North" of a country) or "nobody"
    (part of another name, such as Korean War).
    """

    start: int
    end: int
    how: str
    candidates: tuple[str, ...]


@lru_cache(maxsize=1)
def tables() -> dict:
    return yaml.safe_load((Path(__file__).parent / "demonyms.yaml").read_text(encoding="utf-8"))


class Finder:
    """An automaton over every name of the record, and over what texts call countries beside their names."""

    def __init__(self, names: Names) -> None:
        self._entries: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # folded → (as written, how, id)
        self._names = names
        for record in names.records:
            for name in dict.fromkeys((record.name, *record.aliases)):
                # "Korea, Republic of" is how lists turn a name; no sentence does.
                if name and ", " not in name and "(" not in name:
                    self._add(name, "name", record.public_id)
        self._add_countries(names)
        self._patterns = sorted(self._entries)
        # Every word has a blank of its own on either side: whole words only, and neighbours share none.
        patterns = [f" {name.replace(' ', '  ')} " for name in self._patterns]
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest) if patterns else None

    def _add(self, name: str, how: str, public_id: str) -> None:
        folded = fold(name)
        entry = (name, how, public_id)
        if folded and entry not in self._entries[folded]:
            self._entries[folded].append(entry)

    def _add_countries(self, names: Names) -> None:
        data = tables()
        known = names.by_id
        for record in names.records:
            if record.model == "country" and record.capital and fold(record.capital) != fold(record.name):
                self._add(record.capital, "seat", record.public_id)
        for table, how in (("people", "people"), ("seats", "seat")):
            for word, code in ((word, code) for code, all_words in data[table].items() for word in all_words):
                if code in known:
                    self._add(word, how, code)
        self._add_by_date(data["by_date"])
        for word, codes in data["halves"].items():
            self._add_all(word, "half", [code for code in codes if code in known])
        for word, codes in data["together"].items():
            self._add_all(word, "together", codes if known.keys() >= set(codes) else [])
        by_name = {fold(name): each.public_id for each in names.records for name in (each.name, *each.aliases)}
        for word, name in data["called"].items():
            if fold(name) in by_name:
                self._entries[fold(word)] = [(word, "seat", by_name[fold(name)])]
        self._entries.update((fold(word), [(word, "nobody", "")]) for word in data["nobody"])

    def _add_all(self, word: str, how: str, codes: Iterable[str]) -> None:
        for code in codes:
            self._add(word, how, code)

    def _add_by_date(self, words: dict[str, list[str]]) -> None:
        """Words whose country depends on the date: after those that the record itself has under them."""
        for word, codes in words.items():
            entries = self._entries[fold(word)]
            how = "seat" if any(entry[1] == "seat" for entry in entries) else "people"
            own = {entry[2] for entry in entries}
            for code in codes:
                if code in self._names.by_id and code not in own:
                    self._add(word, how, code)

    def find(self, sentence: str) -> list[Spotted]:
        """Names in *sentence* from left to right, none within another."""
        if self._automaton is None:
            return []
        folded, places = folded_with_places(sentence)
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            begin, stop = places[start + 1], places[end - 2] + 1
            entries = [each for each in self._entries[self._patterns[index]] if fits(sentence, begin, stop, each[0])]
            if entries:
                found.append(_spotted(begin, stop, entries, self._names.by_id))
        return found


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The words of `fold`, a blank before and after each, and for each character of the result its place in *text*."""
    letters, places = [" "], [0]
    for place, character in enumerate(text):
        for letter in _folded(character):
            if letter != " ":
                letters.append(letter)
                places.append(place)
            elif letters[-1] != " ":
                letters += "  "
                places += (place, place)
    if letters[-1] != " ":
        letters.append(" ")
        places.append(len(text))
    return "".join(letters), places


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    return fold(character) or " "


def fits(sentence: str, start: int, end: int, name: str) -> bool:
    """Whether what stands there is written like *name*: "US" is not "us", nor "Turkey" "turkey"."""
    written = sentence[start:end]
    letters = "".join(filter(str.isalpha, name))
    if letters.isupper():
        return "".join(filter(str.isalpha, written)).isupper()
    if name[0].isupper() and not written[0].isupper():
        return False
    if name in ("Polish", "March"):
        return written != "polish"
    # "BEGIN" in a headline set in capitals is anybody.
    if fold(name) not in WORDS_TOO:
        return True
    opens = start == 0 or sentence[:start].rstrip()[-1:] in '.:“"' and not COURTESY.search(sentence[:start])
    return not (opens or written.isupper())


def _spotted(start: int, end: int, entries: Iterable[tuple[str, str, str]], by_id: dict[str, Named]) -> Spotted:
    """The strongest reading: a name of the record before a people, that before a seat; organizations first."""
    order = ("nobody", "together", "name", "people", "seat", "half")
    how = min((each[1] for each in entries), key=order.index)
    candidates = list(dict.fromkeys(each[2] for each in entries if each[1] == how))
    if how == "name":
        kinds = [by_id[each].model for each in candidates]
        model = next(model for model in ("leader", "organization", "country") if model in kinds)
        candidates = [each for each in candidates if by_id[each].model == model]
        if model == "country":
            candidates += [each[2] for each in entries if each[1] in ("people", "seat") and each[2] not in candidates]
    return Spotted(start, end, how, tuple(candidates))
