"""Who takes part in a draft, and who of them acts: those named in its clause, and those only meant there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from events.intake.kinds import Cue
from events.intake.mentions import Mention
from events.intake.origins import Attribution
from events.intake.scenes import Scene
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


def cast(scene: Scene) -> tuple[list[Side], list[Mention]]:
    """The sides of the scene's draft, and the mentions of those who act; whoever is only quoted does not."""
    roles, verbs = scene.cues.roles, (each for each in scene.parsed.attributions if each.verb_end)
    own = next((each for each in verbs if _is_at(scene.cue, each.verb_start)), None)
    named = _named(scene, own)
    sides = sides_of(scene, named)
    if own is not None:
        there = {side.mention for side in sides}
        sides += [Side(each, roles[0], True) for each in named if each.start < own.end and each not in there]
    if not any(side.first for side in sides):
        sides = _with_subject(scene, sides)
    sides += _antecedent(scene, sides)
    if all(side.first for side in sides) and (other := _object(scene, sides) or _other(scene, sides)):
        sides.append(Side(other, roles[1], False))
    return sides, [side.mention for side in sides if side.first]


def _named(scene: Scene, own: Attribution | None) -> list[Mention]:
    """The mentions of those who may take part; *own* is the attribution whose verb is the cue itself."""
    quoted = [each for each in scene.parsed.attributions if each is not own]
    named = [each for each in scene.mentions if not any(by.start <= each.start < by.end for by in quoted)]
    if own is not None:
        # Of those before the verb only whoever speaks takes part: "Moscow, which has armed Egypt, said".
        named = [each for each in named if own.start <= each.start < own.end or each.start >= scene.cue.start]
    accusing = scene.parsed.accusing
    if accusing is not None and scene.clause.start <= accusing.start < scene.cue.start:
        # Whoever accuses has no part in that of which the other is accused.
        named = [each for each in named if each.start >= accusing.end]
    return named


def _antecedent(scene: Scene, sides: Sequence[Side]) -> list[Side]:
    """Whom the clause tells more of: "Tunisia, whose town French troops have held", "Bahrain, which …"."""
    clause, roles = scene.clause, scene.cues.roles
    if clause.joint not in RELATIVE:
        return []
    before = [each for each in scene.mentions if ADJOINS.fullmatch(scene.text[each.end : clause.start])]
    before = [each for each in before if each.end <= clause.start]
    there = {public_id for side in sides for public_id in side.mention.ids}
    acts = not any(side.first for side in sides)
    return [Side(each, roles[0 if acts else 1], acts) for each in before[-1:] if not there & set(each.ids)]


def _is_at(cue: Cue, place: int) -> bool:
    return cue.start <= place < max(cue.end, cue.start + 1)


def _with_subject(scene: Scene, sides: list[Side]) -> list[Side]:
    """*sides*, before them whoever acts without being named in the clause."""
    cue, by_id = scene.cue, scene.discourse.names.by_id
    ids = tuple(each for each in _subject(scene, sides) if by_id[each].kind not in AGENCIES)
    if not ids:
        return sides
    place = next((each for each in scene.mentions if set(each.ids) & set(ids)), None)
    start, end = (place.start, place.end) if place else (cue.start, cue.end)
    return [Side(Mention(start, end, ids, "pronoun"), scene.cues.roles[0], True), *sides]


def _subject(scene: Scene, sides: Sequence[Side]) -> tuple[str, ...]:
    """Public ids of whoever acts without being named in the clause."""
    cue, clause = scene.cue, scene.clause
    before = [each for each in scene.mentions if each.end <= max(clause.start, 1) or each.end <= cue.start]
    by_us = bool(FIRST_PERSON.search(scene.text, clause.start, max(cue.start, clause.start)))
    ids = next(filter(None, _guesses(scene, sides, before, by_us)), ())
    if _is_of_two(scene) and not sides and len(ids) == 1 and cue.kind in BETWEEN_TWO:
        # "The agreement had been concluded in May": not by one alone.
        pair = the_two(scene, before)
        return pair if set(scene.discourse.countries_of(ids[0])) & set(pair) else ids
    return ids


def _guesses(
    scene: Scene, sides: Sequence[Side], before: Sequence[Mention], by_us: bool
) -> Iterator[tuple[str, ...]]:
    """Who may act, the safest guess first; *before* are the mentions before, *by_us* says that it is "we" who act."""
    text, clause, cue, discourse = scene.text, scene.clause, scene.cue, scene.discourse
    is_between_two = cue.kind in BETWEEN_TWO
    speakers = [each for by in scene.parsed.attributions for each in scene.mentions if by.start <= each.start < by.end]
    acted = speakers[:1] if by_us else scene.acted
    yield inherited(scene, before, acted or speakers)
    if clause.start == 0 and FRONTED.match(text):
        yield next((each.ids for each in scene.mentions if each.start >= clause.end), ())
    if AGAIN.search(text[clause.start :]) and (not sides or scene.cues.mutual):
        yield scene.again
    if not sides and is_between_two and not by_us:
        yield scene.again if len(scene.again) > 1 else the_two(scene, before)
    if scene.cues.mutual and sides and is_between_two:
        # "Relations with Yugoslavia were restored": those of whoever acted before.
        named = {each for side in sides for each in side.mention.ids}
        yield tuple(each for each in discourse.subject if each not in named)[:1]
    body = UN_BODY.search(text, clause.start, cue.end) if cue.kind == "un-resolution" else None
    if body:
        yield discourse.named(UN_BODIES[body[1]])
    if not sides and not by_us:
        # Somebody without a name acts, or a thing: most often it is told of whom the text speaks most.
        yield the_two(scene, before) if _is_of_two(scene) else discourse.topic()


def _is_of_two(scene: Scene) -> bool:
    return scene.cues.mutual and scene.cue.kind != "leadership-change"


def _other(scene: Scene, sides: Sequence[Side]) -> Mention | None:
    """The other side, where the one that acts is named alone; None where that is not safe."""
    cue, discourse = scene.cue, scene.discourse
    acting = {each for side in sides for each in side.mention.ids}
    if scene.parsed.accusing or DENIED.search(scene.text):
        return None
    if cue.kind in BROUGHT_UP_AGAIN and THEM.search(scene.text, cue.start, cue.end):
        return _at_cue(cue, tuple(each for each in scene.again if each not in acting)[-1:])
    pairs = (the_two(scene), tuple(code for code, _ in discourse.spoken_of.most_common(2)))
    acting = {code for each in acting for code in discourse.countries_of(each)}
    if cue.kind in ONLY_WHERE_TWO and not speaks_of_two(discourse):
        return None
    pair = next((pair for pair in pairs if acting < set(pair)), ())
    if cue.kind not in BETWEEN_TWO or len(acting) != 1:
        return None
    return _at_cue(cue, tuple(each for each in pair if each not in acting))


def _at_cue(cue: Cue, ids: tuple[str, ...]) -> Mention | None:
    return Mention(cue.start, cue.end, ids, "pronoun") if ids else None


def _object(scene: Scene, sides: Sequence[Side]) -> Mention | None:
    """Whom "it", "him" or "both countries" after the cue means: the last named before that does not act itself."""
    text, cue, discourse = scene.text, scene.cue, scene.discourse
    acting = {each for side in sides for each in side.mention.ids}
    both = BOTH_OF_THEM.search(text, cue.start, scene.clause.end)
    if both:
        ids = tuple(each for each in the_two(scene) if each not in acting)
        return Mention(*both.span(), ids, "pronoun") if ids else None
    pronoun = OBJECT_PRONOUN.match(text, cue.end) or OBJECT_PRONOUN.search(text, cue.start, cue.end)
    if not pronoun:
        return None
    person = pronoun[1] in ("him", "her")

    def may_be_meant(public_id: str) -> bool:
        return (discourse.names.by_id[public_id].model == "leader") == person and public_id not in acting

    for mention in reversed([each for each in scene.mentions if each.end <= cue.start]):
        if may_be_meant(mention.ids[0]):
            return mention
    subject = tuple(filter(may_be_meant, discourse.subject))
    return Mention(*pronoun.span(1), subject[-1:], "pronoun") if subject else None
