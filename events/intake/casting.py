"""Who takes part in a draft, and who of them acts: those named in its clause, and those only meant there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from events.edtf import EDTFDate
from events.intake.drafts import Draft, Parsed
from events.intake.kinds import Cue, cues_of
from events.intake.mentions import Mention
from events.intake.parties import Discourse
from events.intake.sides import AGENCIES, Side, sides_of
from events.intake.stances import DENIED
from events.intake.subjects import (
    AGAIN,
    BOTH_OF_THEM,
    FIRST_PERSON,
    FRONTED,
    RELATIVE,
    inherited,
    speaks_of_two,
    the_two,
)

#: "Eased them": what was told before, and so of whom.
BROUGHT_UP_AGAIN = frozenset({"relations-established", "relations-severed", "sanctions-imposed", "sanctions-lifted"})
THEM = re.compile(r"\b(?:them|its own|theirs)\b")
#: What is always between two: where only one side is named, the other is the one of whom the text speaks.
BETWEEN_TWO = frozenset({
    "agreement-signed", "ambassador-recalled", "armed-clash", "call", "ceasefire", "invasion", "mission-closed",
    "prisoner-release", "relations-established", "relations-reduced", "relations-severed", "summit", "talks",
})  # fmt: skip
UN_BODIES = {"Council": "United Nations Security Council", "Assembly": "United Nations General Assembly"}
UN_BODY = re.compile(r"\b[Tt]he (?:(?:Security|General) )?(Council|Assembly)\b(?=.*\bresolution\b)")
ADJOINS = re.compile(r"(?:['’]s)?,? ?")
#: Of these only where the text speaks of two countries and hardly of others.
ONLY_WHERE_TWO = frozenset({"armed-clash", "call", "invasion", "summit", "talks"})
OBJECT_PRONOUN = re.compile(r"(?: \w+)? (it|him|her)\b(?! \w+s\b)")


def cast(
    parsed: Parsed,
    draft: Draft,
    mentions: Sequence[Mention],
    acted: Sequence[Mention],
    again: tuple[str, ...],
    discourse: Discourse,
    when: EDTFDate | None,
) -> tuple[list[Side], list[Mention]]:
    """The sides of *draft*, and the mentions of those who act; whoever is only quoted does not.

    *acted* are those who acted in the sentence so far, *again* the parties of the last proposal.
    """
    cue, clause, cues = draft.cue, draft.clause, cues_of(draft.cue.kind)
    own = next((each for each in parsed.attributions if each.verb_end and _is_at(cue, each.verb_start)), None)
    quoted = [each for each in parsed.attributions if each is not own]
    named = [each for each in mentions if not any(by.start <= each.start < by.end for by in quoted)]
    if own is not None:
        # Of those before the verb only whoever speaks takes part: "Moscow, which has armed Egypt, said".
        named = [each for each in named if own.start <= each.start < own.end or each.start >= cue.start]
    accusing = parsed.accusing
    if accusing is not None and clause.start <= accusing.start < cue.start:
        # Whoever accuses has no part in that of which the other is accused.
        named = [each for each in named if each.start >= accusing.end]
    sides = sides_of(parsed.text, clause.start, parsed.reach_of(draft), cue, cues, named, discourse.names)
    if own is not None:
        there = {side.mention for side in sides}
        sides += [Side(each, cues.roles[0], True) for each in named if each.start < own.end and each not in there]
    if not any(side.first for side in sides):
        sides = _with_subject(parsed, draft, mentions, acted, again, sides, discourse, when)
    sides += _antecedent(parsed, draft, mentions, sides)
    if all(side.first for side in sides) and (
        other := _object(parsed, cue, clause.end, mentions, sides, discourse, when)
    ):
        sides.append(Side(other, cues.roles[1], False))
    elif all(side.first for side in sides) and (ids := _other(parsed, cue, sides, again, discourse, when)):
        sides.append(Side(Mention(cue.start, cue.end, ids, "pronoun"), cues.roles[1], False))
    return sides, [side.mention for side in sides if side.first]


def _antecedent(parsed: Parsed, draft: Draft, mentions: Sequence[Mention], sides: Sequence[Side]) -> list[Side]:
    """Whom the clause tells more of: "Tunisia, whose town French troops have held", "Bahrain, which …"."""
    clause, cues = draft.clause, cues_of(draft.cue.kind)
    if clause.joint not in RELATIVE:
        return []
    before = [each for each in mentions if ADJOINS.fullmatch(parsed.text[each.end : clause.start])]
    before = [each for each in before if each.end <= clause.start]
    there = {public_id for side in sides for public_id in side.mention.ids}
    acts = not any(side.first for side in sides)
    return [Side(each, cues.roles[0 if acts else 1], acts) for each in before[-1:] if not there & set(each.ids)]


def _is_at(cue: Cue, place: int) -> bool:
    return cue.start <= place < max(cue.end, cue.start + 1)


def _with_subject(
    parsed: Parsed,
    draft: Draft,
    mentions: Sequence[Mention],
    acted: Sequence[Mention],
    again: tuple[str, ...],
    sides: list[Side],
    discourse: Discourse,
    when: EDTFDate | None,
) -> list[Side]:
    """*sides*, before them whoever acts without being named in the clause."""
    cue, clause, cues = draft.cue, draft.clause, cues_of(draft.cue.kind)
    before = [each for each in mentions if each.end <= max(clause.start, 1) or each.end <= cue.start]
    speakers = [each for by in parsed.attributions for each in mentions if by.start <= each.start < by.end]
    if FIRST_PERSON.search(parsed.text, clause.start, max(cue.start, clause.start)):
        acted = speakers[:1]
    ids = inherited(parsed.text, clause, cue, parsed.dates, before, acted or speakers, discourse, when)
    if not ids and clause.start == 0 and FRONTED.match(parsed.text):
        ids = next((each.ids for each in mentions if each.start >= clause.end), ())
    if not ids and AGAIN.search(parsed.text[clause.start :]) and (not sides or cues.mutual):
        ids = again
    by_us = bool(FIRST_PERSON.search(parsed.text, clause.start, max(cue.start, clause.start)))
    if not ids and not sides and cue.kind in BETWEEN_TWO and not by_us:
        ids = again if len(again) > 1 else the_two(before, discourse, when)
    if not ids and cues.mutual and sides and cue.kind in BETWEEN_TWO:
        # "Relations with Yugoslavia were restored": those of whoever acted before.
        named = {each for side in sides for each in side.mention.ids}
        ids = tuple(each for each in discourse.subject if each not in named)[:1]
    body = UN_BODY.search(parsed.text, clause.start, cue.end) if cue.kind == "un-resolution" and not ids else None
    if body:
        ids = discourse.named(UN_BODIES[body[1]])
    two = cues.mutual and cue.kind != "leadership-change"
    if not ids and not sides and not by_us:
        # Somebody without a name acts, or a thing: most often it is told of whom the text speaks most.
        ids = the_two(before, discourse, when) if two else discourse.topic()
    elif two and not sides and len(ids) == 1 and cue.kind in BETWEEN_TWO:
        # "The agreement had been concluded in May": not by one alone.
        pair = the_two(before, discourse, when)
        ids = pair if set(discourse.countries_of(ids[0])) & set(pair) else ids
    ids = tuple(each for each in ids if discourse.names.by_id[each].kind not in AGENCIES)
    if not ids:
        return sides
    place = next((each for each in mentions if set(each.ids) & set(ids)), None)
    start, end = (place.start, place.end) if place else (cue.start, cue.end)
    return [Side(Mention(start, end, ids, "pronoun"), cues.roles[0], True), *sides]


def _other(
    parsed: Parsed,
    cue: Cue,
    sides: Sequence[Side],
    again: tuple[str, ...],
    discourse: Discourse,
    when: EDTFDate | None,
) -> tuple[str, ...]:
    """The other side, where the one that acts is named alone; empty where that is not safe."""
    acting = {each for side in sides for each in side.mention.ids}
    if parsed.accusing or DENIED.search(parsed.text):
        return ()
    if cue.kind in BROUGHT_UP_AGAIN and THEM.search(parsed.text, cue.start, cue.end):
        return tuple(each for each in again if each not in acting)[-1:]
    pairs = (the_two((), discourse, when), tuple(code for code, _ in discourse.spoken_of.most_common(2)))
    acting = {code for each in acting for code in discourse.countries_of(each)}
    if cue.kind in ONLY_WHERE_TWO and not speaks_of_two(discourse):
        return ()
    pair = next((pair for pair in pairs if acting < set(pair)), ())
    if cue.kind not in BETWEEN_TWO or len(acting) != 1:
        return ()
    return tuple(each for each in pair if each not in acting)


def _object(
    parsed: Parsed,
    cue: Cue,
    clause_end: int,
    mentions: Sequence[Mention],
    sides: Sequence[Side],
    discourse: Discourse,
    when: EDTFDate | None,
) -> Mention | None:
    """Whom "it", "him" or "both countries" after the cue means: the last named before that does not act itself."""
    acting = {each for side in sides for each in side.mention.ids}
    both = BOTH_OF_THEM.search(parsed.text, cue.start, clause_end)
    if both:
        ids = tuple(each for each in the_two((), discourse, when) if each not in acting)
        return Mention(*both.span(), ids, "pronoun") if ids else None
    pronoun = OBJECT_PRONOUN.match(parsed.text, cue.end) or OBJECT_PRONOUN.search(parsed.text, cue.start, cue.end)
    if not pronoun:
        return None
    person = pronoun[1] in ("him", "her")

    def may_be_meant(public_id: str) -> bool:
        return (discourse.names.by_id[public_id].model == "leader") == person and public_id not in acting

    for mention in reversed([each for each in mentions if each.end <= cue.start]):
        if may_be_meant(mention.ids[0]):
            return mention
    subject = tuple(filter(may_be_meant, discourse.subject))
    return Mention(*pronoun.span(1), subject[-1:], "pronoun") if subject else None
