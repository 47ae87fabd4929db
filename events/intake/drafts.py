"""A sentence taken apart, and the drafts that are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.intake.clauses import Clause
from events.intake.dates import DateMention
from events.intake.kinds import Cue
from events.intake.origins import Attribution
from events.intake.points import Point

#: By which word a clause begins that still tells of the same.
GOES_ON = {
    "state-visit": ("where", "and"), "official-visit": ("where", "and"), "un-resolution": ("which", "that"),
    "investigation": ("that",), "un-report": ("that",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """*date* is the mention that it was dated by, *edtf* what follows from it; *dated* is false for a mere bound."""

    cue: Cue
    clause: Clause
    edtf: str
    date: DateMention | None
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence taken apart. *anchor* is the text's own date."""

    text: str
    dates: Sequence[DateMention]
    cues: Sequence[Cue]
    clauses: Sequence[Clause]
    attributions: Sequence[Attribution]
    anchor: Point | None

    @property
    def accusing(self) -> Cue | None:
        """The verb by which somebody is accused, where there is one."""
        return next((cue for cue in self.cues if cue.kind == "allegation" and cue.weight), None)

    def clause_of(self, thing: Cue | DateMention) -> Clause:
        return next(each for each in self.clauses if each.holds(thing))

    def cues_of(self, clause: Clause) -> list[Cue]:
        return [cue for cue in self.cues if clause.holds(cue)]

    def reach_of(self, draft: Draft) -> int:
        """Where that ends which belongs to a draft's clause: "where he met …" still tells of the visit."""
        place = self.clauses.index(draft.clause)
        end = draft.clause.end
        for clause in self.clauses[place + 1 :]:
            goes_on = clause.joint in GOES_ON.get(draft.cue.kind, ())
            if clause.joint == "and" and goes_on:
                goes_on = [cue.kind for cue in self.cues_of(clause)] in (["talks"], ["summit"])
            bare = clause.joint in ("while", "with") or clause.joint.endswith("ing")
            if draft.dated and self.dates_of(clause) or not (goes_on or bare and not self.cues_of(clause)):
                break
            end = clause.end
        return end

    def dates_of(self, clause: Clause) -> list[DateMention]:
        return [date for date in self.dates if clause.holds(date)]
