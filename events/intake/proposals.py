"""A text → proposed draft events, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from events.edtf import EDTFDate, InvalidEDTF
from events.intake.binding import SAID_THEN, at_a_saying, drafts_of, is_entry, without_cues
from events.intake.casting import cast
from events.intake.clauses import clauses_of
from events.intake.datelines import dateline, own_date
from events.intake.dates import dates_in
from events.intake.drafts import Draft, Parsed
from events.intake.expressions import Clock
from events.intake.kinds import SAID, Cue, cue_table, cues_in
from events.intake.mentions import Mention
from events.intake.names import Names
from events.intake.origins import attributions
from events.intake.paragraphs import all_blocks, paragraphs
from events.intake.parties import Discourse
from events.intake.points import Point
from events.intake.quoting import denials, origin_of
from events.intake.scenes import Scene
from events.intake.sentences import sentences
from events.intake.sides import as_parties, ranked
from events.intake.stances import AHEAD, ALLEGED, DENIED, stance_of
from events.intake.values import Mark, Party, Proposal
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance

LONGEST_TITLE = 150
MOST_QUOTED = 70  #: characters of the text in a title
TRAILING = re.compile(r"(?:[\s,;:.—–-]|\b(?:on|in|at|by|from|since|until|the|and|late|early|last)(?=\W*$))+$")
#: What may be proposed without a date: what is to come, and what is alleged or denied.
UNDATED = re.compile("|".join(each.pattern for each in (AHEAD, ALLEGED, DENIED)), re.IGNORECASE)
#: "Burkina Faso had done so in May": the same as was told before.
SO_TOO = re.compile(r"\b(?:(?:do|did|does|done|doing) (?:so|the same|likewise)|follow(?:s|ed)? suit)\b")
#: Words by which a clause begins in which somebody may be quoted.
SPEAKER_AFTER = frozenset(
    {"", "and", "but", "while", "when", "after", "as", "because", "though", "although", "whereas"}
)


def propose(text: str, published: EDTFDate | None, names: Names) -> list[Proposal]:
    """Drafts of what *text* (plain or HTML, English) says to have happened, or to be going to.

    *published* is the text's own date, from which "on Sunday" is counted; where it is None, a date above the first
    paragraph serves. Nothing is looked up but in *names*; the same text always gives the same.
    """
    found = paragraphs(text)
    reading = Reading(names, own_date(text, published, found[0] if found else ""))
    reading.discourse.look_ahead(all_blocks(text), published)
    return [each for number, paragraph in enumerate(found, 1) for each in reading.paragraph(number, paragraph)]


class Reading:
    """A text on its way through, with what it has said so far."""

    def __init__(self, names: Names, anchor: Point | None) -> None:
        self.names = names
        self.discourse = Discourse(names)
        self.clock = Clock(anchor)
        self.told: Proposal | None = None  #: the last proposal
        self.in_entry = False  #: whether the paragraph is an entry of a chronology
        self.alleged: Proposal | None = None  #: the last of the paragraph that somebody else is quoted for

    def paragraph(self, number: int, paragraph: str) -> Iterator[Proposal]:
        begin, filed = dateline(paragraph, self.clock.anchor)
        if filed is not None:
            self.clock = Clock(filed, printed=self.clock.today)
        narrative, self.alleged = None, None
        self.in_entry = is_entry(paragraph)
        for start, end in sentences(paragraph[begin:]):
            proposals, narrative = self.sentence(number, paragraph[begin + start : begin + end], narrative)
            yield from (_moved(each, begin + start) for each in proposals)

    def sentence(self, number: int, text: str, narrative: Point | None) -> tuple[list[Proposal], Point | None]:
        """The proposals of a sentence, offsets in it, and the date from whose year the next goes on."""
        dates, self.clock, narrative = dates_in(text, self.clock, narrative)
        parsed = self._parsed(text, dates)
        drafts = drafts_of(parsed)
        if self.told and self.told.kind in SAID:
            drafts += at_a_saying(parsed, self.told.date)
        made, acted = self._proposals(number, parsed, drafts, [])
        settled = [draft for draft in drafts if draft in made or self._stance(parsed, draft) is None]
        seen, others = without_cues(parsed, drafts, settled, present=self.in_entry)
        besides, acted = self._proposals(number, seen, others, acted)
        made |= besides
        proposals = [made[draft] for draft in sorted(made, key=lambda draft: draft.cue.start)]
        proposals += denials(parsed, number, proposals, self.alleged, self.discourse)
        self._remember(parsed, acted, proposals)
        return proposals, narrative

    def _proposals(
        self, number: int, parsed: Parsed, drafts: Sequence[Draft], acted: list[Mention]
    ) -> tuple[dict[Draft, Proposal], list[Mention]]:
        """The proposals of those *drafts* that are worth one, and who acted last."""
        made: dict[Draft, Proposal] = {}
        for draft in drafts:
            proposal, acting = self._proposal(number, parsed, draft, acted)
            acted = acting or acted
            if proposal is not None and not _is_double(proposal, made.values()):
                made[draft] = proposal
        return made, acted

    def _parsed(self, text: str, dates: list) -> Parsed:
        names = [(each.start, each.end) for each in self.names.finder.find(text) if each.how != "nobody"]
        cues = cues_in(text, names) if dates or UNDATED.search(text) or SAID_THEN.search(text) else []
        so_too = SO_TOO.search(text)
        if so_too and self.told and not any(cue.start < so_too.end() and so_too.start() < cue.end for cue in cues):
            likewise = Cue(*so_too.span(), self.told.kind, 3, only_verb=self.told.is_by_verb)
            cues = sorted([*cues, likewise], key=lambda cue: cue.start)
        clauses = clauses_of(text, cues, dates)
        starts = [
            each.start + len(each.joint) + 1 if each.joint else each.start
            for each in clauses
            if each.joint in SPEAKER_AFTER
        ]
        return Parsed(text, dates, cues, clauses, attributions(text, dates, starts), self.clock.anchor)

    def _remember(self, parsed: Parsed, acted: Sequence[Mention], proposals: Sequence[Proposal]) -> None:
        when = _date(parsed.dates[0].edtf if parsed.dates else "") or _date_of(self.clock.anchor)
        everybody = self.discourse.mentions(parsed.text, when)
        subject = tuple(dict.fromkeys(each for mention in acted for each in mention.ids))
        if not subject:
            subject = next((each.ids for each in everybody if each.start < 60), ())
        self.discourse.note(parsed.text, everybody, subject)
        for each in proposals:
            self.told = each
            if each.stance == Stance.ALLEGES.value or each.origin and each.kind not in SAID:
                self.alleged = each

    def _stance(self, parsed: Parsed, draft: Draft) -> tuple[str, tuple[int, int] | None] | None:
        cue, clause, future = draft.cue, draft.clause, bool(draft.date and draft.date.future)
        found = stance_of(parsed.text, clause.start, clause.end, cue.start, cue.end, future=future)
        if found and found[0] == Stance.REPORTS.value and draft.dated and self._is_to_come(draft.edtf, future):
            return Stance.ANNOUNCES.value, None
        return found

    def _is_to_come(self, edtf: str, future: bool) -> bool:
        """Whether that lies after the text's own date, as far as the date tells; where it is both, *future* decides."""
        when, today = _date(edtf), _date_of(self.clock.printed or self.clock.anchor)
        return bool(when and today) and (when.latest_end if future else when.earliest_start) > today.latest_end

    def _proposal(
        self, number: int, parsed: Parsed, draft: Draft, acted: Sequence[Mention]
    ) -> tuple[Proposal | None, list[Mention]]:
        """The proposal of *draft*, or None where it is not worth one; and who acts in it."""
        cue = draft.cue
        when = _date(_point_of(draft.edtf)) or _date_of(parsed.anchor)
        stance = self._stance(parsed, draft)
        mentions = self.discourse.mentions(parsed.text, when)
        again = tuple(party.public_id for party in self.told.parties) if self.told else ()
        sides, acting = cast(Scene(parsed, draft, mentions, acted, again, self.discourse, when))
        parties = as_parties(sides, self.names, when)
        if stance is None or not _is_worth(draft, parties, stance[0]):
            return None, acting
        sent = parsed.text[cue.start : cue.end].lower().startswith("sen")
        kind = cue.kind if sent else ranked(cue.kind, parties, self.names, when)
        origin = origin_of(parsed, draft, mentions, self.discourse, alleged=stance[0] == Stance.ALLEGES.value)
        marks = {Mark(cue.start, cue.end, "verb" if cue.only_verb else "kind")}
        marks |= {Mark(each.start, each.end, "party") for each in parties}
        for what, words in (("date", draft.date), ("origin", origin)):
            if words is not None:
                marks.add(Mark(words.start, words.end, what))
        if stance[1]:
            marks.add(Mark(*stance[1], "stance"))
        in_order = tuple(sorted(marks, key=lambda each: (each.start, each.end, each.what)))
        named = ", ".join(self.names.by_id[each.public_id].name for each in parties)
        told = (named, _words(parsed, draft)) if cue.only_verb else (cue_table()[kind].label, named)
        title = ": ".join(filter(None, told))[:LONGEST_TITLE]
        return (
            Proposal(number, 0, len(parsed.text), draft.edtf, kind, stance[0], parties, origin, title, in_order),
            acting,
        )


def _words(parsed: Parsed, draft: Draft) -> str:
    """What the text itself says, from the verb on, without its date: “turned on Qatar”."""
    end = draft.clause.end
    if draft.date and draft.cue.end <= draft.date.start < end:
        end = draft.date.start
    words = parsed.text[draft.cue.start : end]
    if len(words) > MOST_QUOTED:
        words = words[:MOST_QUOTED].rpartition(" ")[0] + " …"
    return f"“{TRAILING.sub('', words)}”"


def _is_worth(draft: Draft, parties: Sequence[Party], stance: str) -> bool:
    """Whether an editor would want to see it: somebody acts, or something was certainly done."""
    if not draft.cue.kind and not parties:
        return False
    disputed = stance in (Stance.ALLEGES.value, Stance.DENIES.value)
    if draft.cue.kind == "allegation" and not any(each.role == Role.ACCUSED.value for each in parties):
        return False
    if not draft.dated and len(parties) < (1 if disputed else 2):
        return False
    if draft.cue.kind in SAID:
        return bool(parties)
    return bool(parties) or draft.cue.weight == 3 or draft.date is not None


def _is_double(proposal: Proposal, others: Iterable[Proposal]) -> bool:
    return any(
        (each.date, each.kind, each.stance) == (proposal.date, proposal.kind, proposal.stance) for each in others
    )


def _moved(proposal: Proposal, offset: int) -> Proposal:
    """*proposal* with offsets in the paragraph instead of in its sentence."""

    def moved(each):
        return replace(each, start=each.start + offset, end=each.end + offset)

    origin = proposal.origin and moved(proposal.origin)
    parties, marks = tuple(map(moved, proposal.parties)), tuple(map(moved, proposal.marks))
    return replace(moved(proposal), parties=parties, origin=origin, marks=marks)


def _point_of(edtf: str) -> str:
    """Of "since 2011" or "by 2011" the 2011: whoever was so called then is meant, not whoever was ever since."""
    return edtf.removeprefix("[..").removesuffix("..]").removesuffix("/..").removeprefix("../").strip("[]")


def _date(edtf: str) -> EDTFDate | None:
    try:
        return EDTFDate.parse(edtf) if edtf else None
    except InvalidEDTF:
        return None


def _date_of(point: Point | None) -> EDTFDate | None:
    return EDTFDate.parse(point.edtf) if point else None
