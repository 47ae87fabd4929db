"""A text → proposed draft events, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.edtf import EDTFDate, InvalidEDTF
from events.intake.binding import Draft, Parsed, drafts_of
from events.intake.clauses import clauses_of
from events.intake.datelines import dateline, own_date
from events.intake.dates import dates_in
from events.intake.expressions import Clock
from events.intake.kinds import SAID, cue_table, cues_in
from events.intake.names import Names
from events.intake.origins import Attribution, attributions
from events.intake.paragraphs import paragraphs
from events.intake.parties import Discourse, Mention, same_name
from events.intake.points import Point
from events.intake.sentences import sentences
from events.intake.sides import AGENCIES, Side, as_parties, ranked, sides_of
from events.intake.stances import DENIED_AFTERWARDS, stance_of
from events.intake.subjects import AGAIN, inherited
from events.intake.values import Mark, Origin, Party, Proposal
from events.vocabulary.stances import Stance

LONGEST_TITLE = 150


def propose(text: str, published: EDTFDate | None, names: Names) -> list[Proposal]:
    """Drafts of what *text* (plain or HTML, English) says to have happened, or to be going to.

    *published* is the text's own date, from which "on Sunday" is counted; where it is None, a date above the first
    paragraph serves. Nothing is looked up but in *names*; the same text always gives the same.
    """
    found = paragraphs(text)
    reading = Reading(names, own_date(text, published, found[0] if found else ""))
    return [each for number, paragraph in enumerate(found, 1) for each in reading.paragraph(number, paragraph)]


class Reading:
    """A text on its way through, with what it has said so far."""

    def __init__(self, names: Names, anchor: Point | None) -> None:
        self.names = names
        self.discourse = Discourse(names)
        self.clock = Clock(anchor)
        self.again: tuple[str, ...] = ()  #: the parties of the last proposal

    def paragraph(self, number: int, paragraph: str) -> Iterator[Proposal]:
        begin, filed = dateline(paragraph, self.clock.anchor)
        if filed is not None:
            self.clock = Clock(filed)
        narrative = None
        for start, end in sentences(paragraph[begin:]):
            start, end = begin + start, begin + end
            narrative = yield from self.sentence(number, paragraph[start:end], start, narrative)

    def sentence(self, number: int, text: str, offset: int, narrative: Point | None):
        """The proposals of a sentence that begins at *offset*; returns the year from which the next goes on."""
        dates, self.clock, narrative = dates_in(text, self.clock, narrative)
        cues = cues_in(text)
        clauses = clauses_of(text, cues, dates)
        starts = [each.start + len(each.joint) + 1 if each.joint else 0 for each in clauses]
        parsed = Parsed(text, dates, cues, clauses, attributions(text, dates, starts), self.clock.anchor)
        drafts = drafts_of(parsed)
        acted: list[Mention] = []
        proposals: list[Proposal] = []
        for draft in drafts:
            proposal, acting = self._proposal(number, parsed, draft, acted)
            acted = acting or acted
            if proposal is not None and not _is_double(proposal, proposals):
                proposals.append(proposal)
        proposals += self._denied_afterwards(parsed, proposals)
        everybody = self.discourse.mentions(text, _date(dates[0].edtf if dates else "") or _date_of(self.clock.anchor))
        self.discourse.note(everybody, self._subject(parsed, acted, everybody))
        if proposals:
            self.again = tuple(party.public_id for party in proposals[-1].parties)
        yield from (_moved(each, offset) for each in proposals)
        return narrative

    def _proposal(
        self, number: int, parsed: Parsed, draft: Draft, acted: Sequence[Mention]
    ) -> tuple[Proposal | None, list[Mention]]:
        cue, clause = draft.cue, draft.clause
        when = _date(draft.edtf) or _date_of(parsed.anchor)
        future = bool(draft.date and draft.date.future)
        stance = stance_of(parsed.text, clause.start, clause.end, cue.start, cue.end, future=future)
        mentions = self.discourse.mentions(parsed.text, when)
        sides, acting = self._sides(parsed, draft, mentions, acted, when)
        parties = as_parties(sides, self.names, when)
        if stance is None or not self._is_worth(draft, sides, parties):
            return None, acting
        kind = ranked(cue.kind, parties, self.names, when)
        origin, origin_mark = self._origin(parsed, draft, mentions)
        stance, words = stance
        marks = [Mark(cue.start, cue.end, "kind"), *(Mark(each.start, each.end, "party") for each in parties), *origin_mark]
        if draft.date:
            marks.append(Mark(draft.date.start, draft.date.end, "date"))
        if words:
            marks.append(Mark(*words, "stance"))
        proposal = Proposal(number, 0, len(parsed.text), draft.edtf, kind, stance, parties, origin,
                            self._title(kind, parties), tuple(sorted(set(marks), key=lambda each: each.start)))  # fmt: skip
        return proposal, acting

    def _sides(
        self, parsed: Parsed, draft: Draft, mentions: Sequence[Mention], acted: Sequence[Mention], when: EDTFDate | None
    ) -> tuple[list[Side], list[Mention]]:
        """Who takes part, and who of them acts; whoever is only quoted does not."""
        cue, clause, cues = draft.cue, draft.clause, cue_table()[draft.cue.kind]
        quoted = [each for each in parsed.attributions if not cue.start <= each.verb_start < max(cue.end, cue.start + 1)]
        named = [each for each in mentions if not any(by.start <= each.start < by.end for by in quoted)]
        sides = sides_of(parsed.text, clause.start, parsed.reach_of(draft), cue, cues, named, self.names)
        first = [side for side in sides if side.first]
        if not first or not any(side.mention.end <= cue.start for side in sides):
            before = [each for each in mentions if each.end <= max(clause.start, 1) or each.end <= cue.start]
            speakers = [each for by in parsed.attributions for each in mentions if by.start <= each.start < by.end]
            ids = inherited(parsed.text, clause, cue, parsed.dates, before, acted or speakers, self.discourse, when)
            if not ids and not sides and AGAIN.search(parsed.text[clause.start :]):
                ids = self.again
            ids = tuple(each for each in ids if self.names.by_id[each].kind not in AGENCIES)
            if ids:
                place = next((each for each in mentions if set(each.ids) & set(ids)), None)
                start, end = (place.start, place.end) if place else (cue.start, cue.end)
                mention = Mention(start, end, ids, "pronoun")
                sides.insert(0, Side(mention, cues.roles[0], True))
                first = [sides[0], *first]
        return sides, [side.mention for side in first]

    def _is_worth(self, draft: Draft, sides: Sequence[Side], parties: Sequence[Party]) -> bool:
        """Whether an editor would want to see it: somebody acts, or something was certainly done."""
        if not draft.dated and draft.cue.kind != "allegation" and len(parties) < 2:
            return False
        if draft.cue.kind in SAID:
            return any(side.first for side in sides) and bool(parties)
        return bool(parties) or draft.cue.weight == 3 or draft.date is not None

    def _origin(
        self, parsed: Parsed, draft: Draft, mentions: Sequence[Mention]
    ) -> tuple[Origin | None, tuple[Mark, ...]]:
        """Who is quoted for it: an agency before whoever spoke to it; nobody where the saying is itself what is told."""
        found = []
        for each in parsed.attributions:
            own = each.verb_end and draft.cue.start <= each.verb_start < draft.cue.end
            if own and draft.cue.kind not in SAID:
                continue
            origin = self._as_origin(parsed, each, mentions)
            if origin is not None:
                agency = bool(origin.public_id) and self.names.by_id[origin.public_id].kind in AGENCIES
                found.append((not agency, bool(each.verb_end), origin.start, origin))
        if not found:
            return self._accuser(parsed, draft, mentions)
        origin = min(found, key=lambda each: each[:3])[3]
        return origin, (Mark(origin.start, origin.end, "origin"),)

    def _as_origin(self, parsed: Parsed, said: Attribution, mentions: Sequence[Mention]) -> Origin | None:
        words = said.words.strip(" ,")
        if said.is_pronoun:
            known = self.discourse.leaders if words.lower() in ("he", "she") else self.discourse.subject
            if not known or words.lower() in ("they", "there", "this", "what", "that", "i", "we"):
                return None
            return self._origin_of(known[-1], words, said.start, said.end)
        for mention in mentions:
            inside = said.start <= mention.start and mention.end <= said.end + 2
            record = self.names.by_id[mention.ids[0]]
            whole = same_name(words, parsed.text[mention.start : mention.end])
            if inside and len(mention.ids) == 1 and (whole or record.model != "country" and mention.how != "seat"):
                return self._origin_of(mention.organization or mention.ids[0], words, said.start, said.end)
        return Origin(words, said.start, said.end)

    def _origin_of(self, public_id: str, words: str, start: int, end: int) -> Origin:
        return Origin(words, start, end, self.names.by_id[public_id].model, public_id)

    def _accuser(
        self, parsed: Parsed, draft: Draft, mentions: Sequence[Mention]
    ) -> tuple[Origin | None, tuple[Mark, ...]]:
        """Who accuses, where the act of which they accuse is what is proposed."""
        cue = next((each for each in parsed.cues if each.kind == "allegation" and each.weight), None)
        if cue is None:
            return None, ()
        before = [each for each in mentions if each.end <= cue.start and parsed.clause_of(cue).start <= each.start]
        if not before or len(before[0].ids) > 1:
            return None, ()
        mention = before[0]
        origin = self._origin_of(mention.organization or mention.ids[0], parsed.text[mention.start : mention.end],
                                 mention.start, mention.end)  # fmt: skip
        return origin, (Mark(origin.start, origin.end, "origin"),)

    def _denied_afterwards(self, parsed: Parsed, proposals: Sequence[Proposal]) -> list[Proposal]:
        """ "A charge that the North denies": the denial of the last thing that was alleged."""
        match = DENIED_AFTERWARDS.search(parsed.text)
        alleged = [each for each in proposals if each.stance == Stance.ALLEGES.value]
        if not match or not alleged:
            return []
        act, (start, end) = alleged[-1], match.span("who")
        words = parsed.text[start:end].strip()
        mention = next((each for each in self.discourse.mentions(parsed.text, None) if start <= each.start < end), None)
        if mention:
            origin = self._origin_of(mention.ids[0], words, start, start + len(words))
        else:
            accused = [each for each in act.parties if each.role in ("accused", "party", "provider", "initiator")]
            same = [each for each in accused if each.start > 0] or list(act.parties)
            origin = Origin(words, start, start + len(words), *((same[0].model, same[0].public_id) if same else ()))
        marks = [each for each in act.marks if each.what not in ("origin", "stance")]
        marks += [Mark(*match.span(), "stance"), Mark(start, start + len(words), "origin")]
        return [
            Proposal(act.paragraph, 0, len(parsed.text), act.date, act.kind, Stance.DENIES.value, act.parties, origin,
                     act.title, tuple(sorted(marks, key=lambda each: each.start)))
        ]  # fmt: skip

    def _subject(self, parsed: Parsed, acted: Sequence[Mention], everybody: Sequence[Mention]) -> tuple[str, ...]:
        if acted:
            return tuple(dict.fromkeys(each for mention in acted for each in mention.ids))
        first = next((each for each in everybody if each.start < 60), None)
        return first.ids if first else ()

    def _title(self, kind: str, parties: Sequence[Party]) -> str:
        label = cue_table()[kind].label
        named = ", ".join(self.names.by_id[each.public_id].name for each in parties)
        return f"{label}: {named}"[:LONGEST_TITLE] if named else label


def _is_double(proposal: Proposal, others: Sequence[Proposal]) -> bool:
    return any((each.date, each.kind, each.stance) == (proposal.date, proposal.kind, proposal.stance) for each in others)


def _moved(proposal: Proposal, offset: int) -> Proposal:
    """*proposal* with offsets in the paragraph instead of in its sentence."""
    from dataclasses import replace

    origin = proposal.origin and replace(proposal.origin, start=proposal.origin.start + offset,
                                         end=proposal.origin.end + offset)  # fmt: skip
    return replace(
        proposal,
        start=proposal.start + offset,
        end=proposal.end + offset,
        parties=tuple(replace(each, start=each.start + offset, end=each.end + offset) for each in proposal.parties),
        origin=origin,
        marks=tuple(replace(each, start=each.start + offset, end=each.end + offset) for each in proposal.marks),
    )


def _date(edtf: str) -> EDTFDate | None:
    try:
        return EDTFDate.parse(edtf) if edtf else None
    except InvalidEDTF:
        return None


def _date_of(point: Point | None) -> EDTFDate | None:
    return EDTFDate.parse(point.edtf) if point else None
