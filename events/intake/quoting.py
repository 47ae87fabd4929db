"""Whose claim a draft is: who is quoted for it, who accuses, and who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.intake.drafts import Draft, Parsed
from events.intake.kinds import SAID
from events.intake.mentions import Mention, same_name
from events.intake.origins import Attribution
from events.intake.parties import Discourse
from events.intake.sides import AGENCIES
from events.intake.stances import DENIED_AFTERWARDS, DENIES_IT
from events.intake.values import Mark, Origin, Proposal
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance

NOBODY = frozenset({"they", "there", "this", "what", "that", "i", "we"})


def origin_of(
    parsed: Parsed, draft: Draft, mentions: Sequence[Mention], discourse: Discourse, *, alleged: bool
) -> Origin | None:
    """Who is quoted: an agency before whoever spoke to it; nobody where the saying is itself what is told."""
    found = []
    for each in parsed.attributions:
        own = bool(each.verb_end) and draft.cue.start <= each.verb_start < draft.cue.end
        if own and draft.cue.kind not in SAID or each.leading and not own and draft.cue.start < each.verb_start:
            continue
        origin = _quoted(parsed, each, mentions, discourse)
        if origin is not None:
            agency = bool(origin.public_id) and discourse.names.by_id[origin.public_id].kind in AGENCIES
            found.append((not agency, not own, bool(each.verb_end), origin.start, origin))
    if not found:
        return _accuser(parsed, mentions, discourse) if alleged else None
    return min(found, key=lambda each: each[:4])[4]


def _quoted(parsed: Parsed, said: Attribution, mentions: Sequence[Mention], discourse: Discourse) -> Origin | None:
    words = said.words.strip(" ,")
    by_id = discourse.names.by_id
    if said.is_pronoun:
        known = discourse.leaders if words.lower() in ("he", "she") else discourse.subject
        if not known or words.lower() in NOBODY:
            return None
        return Origin(words, said.start, said.end, by_id[known[-1]].model, known[-1])
    for mention in mentions:
        inside = said.start <= mention.start and mention.end <= said.end + 2 and len(mention.ids) == 1
        record = by_id[mention.ids[0]]
        whole = same_name(words, parsed.text[mention.start : mention.end])
        # "A UN report" is not the United Nations; "the agency KCNA" and "Assad, its president" are who they are.
        if inside and (whole or record.model == "leader" or record.kind in AGENCIES):
            return _named(mention, words, said.start, said.end, discourse)
    return Origin(words, said.start, said.end)


def _named(mention: Mention, words: str, start: int, end: int, discourse: Discourse) -> Origin:
    public_id = mention.organization or mention.ids[0]
    return Origin(words, start, end, discourse.names.by_id[public_id].model, public_id)


def _accuser(parsed: Parsed, mentions: Sequence[Mention], discourse: Discourse) -> Origin | None:
    """Who accuses, where the act of which they accuse is what is proposed."""
    cue = parsed.accusing
    if cue is None:
        return None
    start = parsed.clause_of(cue).start
    before = [each for each in mentions if start <= each.start and each.end <= cue.start]
    if not before or len(before[-1].ids) > 1:
        return None
    mention = before[-1]
    return _named(mention, parsed.text[mention.start : mention.end], mention.start, mention.end, discourse)


def denials(
    parsed: Parsed, number: int, proposals: Sequence[Proposal], alleged: Proposal | None, discourse: Discourse
) -> list[Proposal]:
    """The denial of what was told before: "a charge that the North denies", "Caracas denies the charge".

    *alleged* is the last that was alleged, or said by somebody, in the paragraph before this sentence.
    """
    afterwards = DENIED_AFTERWARDS.search(parsed.text)
    by_itself = DENIES_IT.search(parsed.text)
    here = [each for each in proposals if each.stance == Stance.ALLEGES.value or by_itself and each.origin]
    match, act = afterwards or by_itself, here[-1] if here else alleged
    if match is None or act is None or act.stance == Stance.DENIES.value or (afterwards and not here):
        return []
    start, end = match.span("who" if match["who"] else 0)
    words = parsed.text[start:end].strip()
    mention = next((each for each in discourse.mentions(parsed.text, None) if start <= each.start < end), None)
    if mention is not None:
        origin = _named(mention, words, start, start + len(words), discourse)
        if not afterwards and act.parties and not set(mention.ids) & {party.public_id for party in act.parties}:
            return []
    else:
        accused = sorted(act.parties, key=lambda each: each.role != Role.ACCUSED.value)[:1]
        who = (accused[0].model, accused[0].public_id) if accused else ("", "")
        origin = Origin(words, start, start + len(words), *who)
    parties, marks = act.parties, [each for each in act.marks if each.what not in ("origin", "stance")]
    if not here:
        # Told in another sentence: here only the denial can be marked.
        parties, marks = tuple(replace(each, start=start, end=end) for each in parties), []
    marks += [Mark(*match.span(), "stance"), Mark(start, start + len(words), "origin")]
    return [
        replace(act, paragraph=number, start=0, end=len(parsed.text), stance=Stance.DENIES.value, parties=parties,
                origin=origin, marks=tuple(marks))
    ]  # fmt: skip
