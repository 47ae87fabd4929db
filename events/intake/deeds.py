"""What was done where no cue tells of which kind: the finite verbs of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from events.intake.kinds import Cue

WORD = re.compile(r"[A-Za-z][a-z]*(?:-[a-z]+)*")
#: Between an auxiliary and its verb, or between a subject and the verb.
ADVERB = re.compile(
    r"(?:not|never|also|then|even|first|last|later|again|soon|once|already|only|just|duly|twice|since|now|still|both|"
    r"all|each|likewise|so|themselves|itself|himself|herself|long|at last|in turn|\w+ly)$"
)
BE = frozenset("be is are was were been being".split())
HAVE = frozenset("has have had having".split())
#: "Is expected in Cairo", "are pencilled in for May".
ARRANGED = frozenset("expected due scheduled slated billed pencilled booked".split())
MODAL = frozenset("will would shall should may might must could can did does do to".split())
#: After these a word in -ed describes what follows: "the proposed line", "of divided cities".
DESCRIBES = frozenset(
    "the a an its their his her my our your these those this that some any no of in on at for with by from into "
    "under over between against about through across within without during toward towards near inside outside beyond "
    "among as than per newly so-called most more very two three four five six".split()
)
#: Of these it is told how much they are, and nothing that anybody did.
MEASURED = re.compile(
    r"\b(?:populations?|econom(?:y|ies)|exports?|imports?|trade|turnover|output|production|prices?|inflation|debts?|"
    r"unemployment|GDP|gross \w+ product|incomes?|revenues?|temperatures?|numbers?|share|rate|sales|growth)"
    r"(?: (?:in|of|with|between|to|from) [^,;:]{2,60})? (?:\w+ly )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """Form → the verb in its dictionary form: of the past and participle, of the third person, and of the base."""

    past: dict[str, str]
    third: dict[str, str]
    base: dict[str, str]
    kinds: dict[str, str]  #: verb → the kind that it makes likely
    nothing: frozenset[str]


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    data = yaml.safe_load((Path(__file__).parent / "verbs.yaml").read_text(encoding="utf-8"))
    kinds: dict[str, str] = {}
    for kind, all_verbs in data["kinds"].items():
        for verb in all_verbs:
            kinds.setdefault(verb, kind)
    known = dict.fromkeys([*kinds, *data["others"], *data["nothing"], *data["irregular"]])
    past = {form: verb for verb in known if verb not in data["irregular"] for form in _regular_past(verb)}
    past |= {form: verb for verb, forms in data["irregular"].items() for form in forms}
    return Verbs(past, {_third(verb): verb for verb in known}, {verb: verb for verb in known}, kinds,
                 frozenset(data["nothing"]))  # fmt: skip


def _regular_past(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (f"{verb}d",)
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (f"{verb[:-1]}ied",)
    if re.search(r"[^aeiou][aeiou][bdglmnprt]$", verb):
        return (f"{verb}{verb[-1]}ed", f"{verb}ed")
    return (f"{verb}ed",)


def _third(verb: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def deeds_in(sentence: str, taken: Sequence[tuple[int, int]] = (), *, present: bool = False) -> list[Cue]:
    """A cue at each finite verb that tells of a deed, but for those within what is *taken*.

    *kind* is the likely one, or "" where the verb makes none likely. *present* says that what happened is told in the
    present tense, as chronologies do.
    """
    return [
        Cue(start, end, kind, 0, only_verb=True)
        for start, end, kind in _finite(sentence, present)
        if not any(start < last and first < end for first, last in taken)
    ]


def _finite(sentence: str, present: bool) -> Iterator[tuple[int, int, str]]:
    table = verbs()
    words = list(WORD.finditer(sentence))
    for place, match in enumerate(words):
        word = match[0]
        if not word.islower():
            continue
        before = _before(sentence, words, place)
        verb = None
        if before in MODAL:
            verb = table.base.get(word) or (word if word not in BE | HAVE and before != "to" else None)
        elif before in BE and word in ARRANGED and not sentence.startswith(" to ", match.end()):
            verb = word
        elif before in BE | HAVE:
            verb = table.past.get(word) or (word if word.endswith("ed") else None)
        elif before not in DESCRIBES and not _describes(sentence, match):
            verb = table.past.get(word) or (word if word.endswith("ed") and len(word) > 4 else None)
            if verb is None:
                verb = table.third.get(word) or (table.base.get(word) if present else None)
        if verb is not None and verb not in table.nothing and not MEASURED.search(sentence, 0, match.start()):
            yield match.start(), match.end(), table.kinds.get(verb, "")


def _before(sentence: str, words: Sequence[re.Match[str]], place: int) -> str:
    """The word before, adverbs left out; "" at the beginning or after a mark of punctuation."""
    end = words[place].start()
    for match in reversed(words[max(0, place - 4) : place]):
        if sentence[match.end() : end].strip():
            return ""
        if not ADVERB.match(match[0]):
            return match[0].lower()
        end = match.start()
    return ""


def _describes(sentence: str, match: re.Match[str]) -> bool:
    """Whether a participle only describes: "a ship seized by", "Kenya's proposed"."""
    return bool(re.match(r" by\b", sentence[match.end() :])) or bool(re.search(r"['’]s $", sentence[: match.start()]))
