"""One draft in its place in the text, with all that tells who takes part in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.edtf import EDTFDate
from events.intake.clauses import Clause
from events.intake.drafts import Draft, Parsed
from events.intake.kinds import Cue, KindCues, cues_of
from events.intake.mentions import Mention
from events.intake.parties import Discourse


@dataclass(frozen=True, slots=True)
class Scene:
    """*draft* in its sentence, whose *mentions* are as they were called at *when*, by a text with its *discourse*.

    *acted* are those who acted in the sentence so far, *again* the parties of the last proposal.
    """

    parsed: Parsed
    draft: Draft
    mentions: Sequence[Mention]
    acted: Sequence[Mention]
    again: tuple[str, ...]
    discourse: Discourse
    when: EDTFDate | None

    @property
    def text(self) -> str:
        """The sentence."""
        return self.parsed.text

    @property
    def cue(self) -> Cue:
        return self.draft.cue

    @property
    def clause(self) -> Clause:
        return self.draft.clause

    @property
    def cues(self) -> KindCues:
        return cues_of(self.draft.cue.kind)
