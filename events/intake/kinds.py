"""What sort of event a clause speaks of, by the verbs and nouns of `cues.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml

from events.vocabulary import kinds as vocabulary
from events.vocabulary.roles import Role

#: Up to ten words within one clause.
GAP = r" (?:(?!(?:which|who|that|after|before|where|when|while|but)\b|and \w+ed\b)[^\s;:]+ ){0,10}?"
#: Kinds that tell what somebody said: where something was done as well, that is the event.
SAID = frozenset({
    "allegation", "appeal", "commitment", "criticism", "demand", "refusal", "statement", "support-declared", "warning",
})  # fmt: skip


NOUN_FOLLOWS = re.compile(
    r"\b(?:the|a|an|its|their|his|her|these|those|such|no|any|of|against|recent|more|in|under) $", re.IGNORECASE
)


#: Of these what follows with "to" is not done yet.
WANTED = frozenset({"appeal", "demand", "warning", "refusal", "invitation", "commitment"})


@dataclass(frozen=True, slots=True)
class KindCues:
    """A kind's patterns; *roles* of the side before the verb and of the other; *host*: a place named is a side."""

    kind: str
    label: str
    roles: tuple[str, str]
    host: bool
    verbs: re.Pattern[str]
    nouns: re.Pattern[str] | None

    @property
    def mutual(self) -> bool:
        return self.roles[0] == self.roles[1]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell a kind. *weight* is 3 for something done, 2 for a noun that names it, 1 for what
    was said, and 0 for what only names it or to what something else was done. *only_verb* says that it is no cue of
    `cues.yaml` but a verb by itself; its *kind* is then the likely one, or "" where none is.
    """

    start: int
    end: int
    kind: str
    weight: int
    noun: bool = False
    only_verb: bool = False


#: What is told by a verb that suggests no kind: whoever is named beside whoever acts is only a party.
OF_NO_KIND = KindCues("", "", (Role.INITIATOR.value, Role.PARTY.value), True, re.compile(r"(?!)"), None)


@lru_cache(maxsize=1)
def cue_table() -> dict[str, KindCues]:
    """Kind → its cues, the more particular first."""
    data = yaml.safe_load((Path(__file__).parent / "cues.yaml").read_text(encoding="utf-8"))
    labels = {block["id"]: block["label"] for block in vocabulary()}

    def pattern(fragments: list[str]) -> re.Pattern[str] | None:
        if not fragments:
            return None
        joined = "|".join(fragments)
        for name, words in data["sets"].items():
            joined = joined.replace("{" + name + "}", words)
        return re.compile(rf"\b(?:{joined.replace(' ~ ', GAP)})(?!\w)", re.IGNORECASE)

    return {
        kind: KindCues(kind, labels[kind], tuple(cues["roles"]), cues.get("host", False), pattern(cues["verbs"]),
                       pattern(cues["nouns"]))
        for kind, cues in data["kinds"].items()
    }  # fmt: skip


def cues_of(kind: str) -> KindCues:
    """Those of *kind*, or of "", what is told by a verb of no kind."""
    return cue_table().get(kind, OF_NO_KIND)


def cues_in(sentence: str, names: Sequence[tuple[int, int]] = ()) -> list[Cue]:
    """The cues of *sentence* from left to right, none that overlaps a weightier one.

    *names* is where names stand: the weapons of the "Organisation for the Prohibition of Chemical Weapons" are no cue.
    """
    found = []
    for order, cues in enumerate(cue_table().values()):
        said = 2 * (cues.kind in SAID)
        for weight, pattern in ((3 - said, cues.verbs), (2 - said, cues.nouns)):
            if pattern is not None:
                found += [
                    (
                        -_weight(sentence, match, weight),
                        order,
                        match.start(),
                        match.end(),
                        cues.kind,
                        weight in (0, 2) or _is_a_participle(sentence, match),
                    )
                    for match in pattern.finditer(sentence)
                    if cues.kind.startswith("un-") or not any(a < match.start() < b for a, b in names)
                ]
    chosen: list[Cue] = []
    for weight, _, start, end, kind, noun in sorted(found):
        if not any(start < other.end and other.start < end for other in chosen):
            chosen.append(Cue(start, end, kind, -weight, noun))
    chosen.sort(key=lambda cue: cue.start)
    return [
        replace(cue, weight=0) if _is_an_object(sentence, cue, chosen) or _is_only_asked(sentence, cue, chosen) else cue
        for cue in chosen
    ]


def _is_only_asked(sentence: str, cue: Cue, cues: list[Cue]) -> bool:
    """Whether somebody asked, refused or promised to do it: "asked Belgium to withdraw its troops"."""
    if cue.weight != 3 or not sentence.endswith("to ", 0, cue.start):
        return False
    return any(
        other.kind in WANTED and other.end <= cue.start and not re.search(r"[;:.]", sentence[other.end : cue.start])
        and not sentence.startswith("agree", other.start)
        for other in cues
    )  # fmt: skip


def _weight(sentence: str, match: re.Match[str], weight: int) -> int:
    """That of a verb, less where the word before shows it to be a noun: "the attacks"."""
    if weight not in (1, 3) or " " in match[0] or match[0].endswith("ing"):
        return weight
    follows_one = NOUN_FOLLOWS.search(sentence, 0, match.start())
    return weight - 1 if follows_one or _is_a_participle(sentence, match) else weight


def _is_a_participle(sentence: str, match: re.Match[str]) -> bool:
    """Whether it only says by whom something was made: "a ceasefire brokered by France"."""
    return (
        sentence.startswith(" by ", match.end())
        and match[0].endswith("ed")
        and " " not in match[0]
        and not re.search(r"\b(?:was|were|been|be|is|are|being)(?: \w+ly)? $", sentence[: match.start()])
    )


def _is_an_object(sentence: str, cue: Cue, cues: list[Cue]) -> bool:
    """Whether a noun only says to what something was done: "welcomed the talks", "at a meeting of"."""
    return cue.noun and any(
        other.weight in (1, 3) and other.end <= cue.start and not re.search(r"[,;:]", sentence[other.end : cue.start])
        for other in cues
    )
