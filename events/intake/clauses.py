"""A sentence → its clauses, each of which tells one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from events.intake.dates import DateMention
from events.intake.kinds import Cue

PARTICIPLE = (
    r"(?:having |thus |thereby )?(?!during|including|according|following|morning|evening|nothing|king)[a-z]+ing\b"
)
PLANNED = r" (?:was|were|is|are|had been|has been) (?:planned|scheduled|due|set|to)\b"
JOINT = re.compile(
    rf"[;—]\s|\s[–-]\s|:\s|,\s+(?=(?:but|or|while|whereas|which(?!{PLANNED})|who|whose|where|when|after|before|as|"
    rf"though|although|"
    rf"since|because|until|unless|if|a charge|an accusation|a claim|{PARTICIPLE})\b)|,\s+(?=and\b)|"
    rf"\s+(?=(?:after|before|while|when|because|although|though|whereas|since|unless|if|which|who|where|in response to|"
    rf"in retaliation for|in protest against|in return for|that(?! is\b| day| week| month| year|{PLANNED}))\b)|"
    rf"\s+(?=and\b)|\s+(?=but\b)"
)
FRONTED = re.compile(r"(?:after|when|while|since|because|although|though|before|as|once)\b", re.IGNORECASE)
AND = re.compile(r"(?:,\s*)?(?:and|but)\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """*joint* is the word that it begins with, in lower case: "and", "which", "after", an -ing form, or "" at first."""

    start: int
    end: int
    joint: str

    def holds(self, thing: Cue | DateMention) -> bool:
        return self.start <= thing.start < self.end


def clauses_of(sentence: str, cues: Sequence[Cue], dates: Sequence[DateMention]) -> list[Clause]:
    """The clauses of *sentence* in order, which together are the whole of it."""
    inside = [(each.start, each.end) for each in (*cues, *dates)]
    starts = [0]
    for joint in JOINT.finditer(sentence):
        start = joint.end()
        if any(begin < start < end for begin, end in inside):
            continue
        if AND.match(sentence, start) and not _begins_a_clause(sentence, start, starts[-1], cues):
            continue
        if start > starts[-1] and not _only_says_when(sentence, start, dates):
            starts.append(start)
    starts = sorted({*starts, *_after_a_fronted_clause(sentence, starts, cues)})
    ends = [*starts[1:], len(sentence)]
    return [
        Clause(start, end, _joint(sentence, start) if start else "") for start, end in zip(starts, ends, strict=True)
    ]


def _after_a_fronted_clause(sentence: str, starts: Sequence[int], cues: Sequence[Cue]) -> list[int]:
    """Where the main clause begins after "After Havana took up relations with it, …"."""
    found = []
    for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True):
        comma = sentence.find(", ", start, end)
        if comma < 0 or not FRONTED.match(sentence, start):
            continue
        before = any(start <= cue.start < comma for cue in cues)
        after = any(comma < cue.start < end for cue in cues)
        if before and after and not any(cue.start < comma < cue.end for cue in cues):
            found.append(comma + 2)
    return found


def _joint(sentence: str, start: int) -> str:
    word = re.match(r"[\w’']+", sentence[start:])
    return word[0].lower() if word else ""


def _begins_a_clause(sentence: str, start: int, since: int, cues: Sequence[Cue]) -> bool:
    """Whether "and" joins two things done, and not two names: something was done before it, and soon after it."""
    # After a comma "and the Israeli and Egyptian generals met" begins one; "in China and South Korea, and is" does not.
    comma = sentence[:start].rstrip().endswith(",")
    others = (each for each in JOINT.finditer(sentence, start + 4) if not (comma and AND.match(sentence, each.end())))
    reach = min(next((joint.start() for joint in others), len(sentence)), start + 90)
    done = [cue.start for cue in cues if comma or not cue.noun]
    return any(since <= cue.start < start for cue in cues) and any(start <= place < reach for place in done)


def _only_says_when(sentence: str, start: int, dates: Sequence[DateMention]) -> bool:
    """ "After 3 May", "since 2011": no clause, but a date."""
    word = re.match(r"(?:after|before|since|until|when|while|that)\s+", sentence[start:])
    return bool(word) and any(start <= date.start <= start + len(word[0]) for date in dates)
