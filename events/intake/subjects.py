"""Who is meant where a clause names nobody as acting: "he", "the two sides", "and opened", "which"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from events.intake import offices
from events.intake.mentions import Mention
from events.intake.parties import Discourse
from events.intake.scenes import Scene

PERSON = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
THING = re.compile(
    r"\b(?:it|the (?:[\w-]+ )?(?:country|state|government|kingdom|republic|north|south|organi[sz]ation|bloc|regime|"
    r"cabinet|parliament|senate|assembly|legislature|lawmakers|deputies|army|navy|air force|military|police|"
    r"authorities|junta|generals|colonels|officers|ministry|minister|president|premier|prime minister|king|emir|"
    r"ambassador|envoy|delegation|guests?|visitors?|islanders|rebels|opposition|islands?|crown|palace|fleet|frigates?|gunboats?)|"
    r"(?-i:Parliament|Police|Lawmakers|Deputies|Soldiers|Troops|Officials|The [A-Z]\w+ (?:Ministry|Council)))\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\bI(?:['’]\w+)?\b|\b[Ww]e(?:['’]\w+)?\b|\bmy\b")
SEVERAL = re.compile(
    r"\b(?:they|(?:the )?(?:two|both)(?: \w+)? (?P<which>sides|countries|governments|states|nations|neighbours|"
    r"neighbors|"
    r"leaders|presidents|men|women|ministers|delegations|powers|capitals|parties|allies)|the (?P<other>sides|parties|"
    r"neighbours|neighbors|leaders|countries|presidents|(?:prime |foreign |defen[cs]e |trade )?ministers(?! of\b)|"
    r"governments|delegations|negotiators|capitals)|their (?:(?:foreign|defen[cs]e|trade|energy) )?(?:ministers|"
    r"leaders|presidents|envoys|governments|delegations|diplomats|armies|troops|guards|navies)|both|each side)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\bbetween (?:the two(?: \w+)?|them|both \w+)\b", re.IGNORECASE)
POSSESSIVE = re.compile(
    r"^\W*(?:(?!of\b)\w+ )?(?P<whose>its|their|his|her) (?P<what>(?:[\w-]+ ){0,4})(?:\W*$|(?<=\w )of\b|\W*, except\b)",
    re.IGNORECASE,
)
#: "An embargo on both countries", "brought the two men together", "shuttled between the capitals", "its neighbour".
BOTH_OF_THEM = re.compile(
    r"\b(?:both(?: (?:sides|countries|states|governments|parties|men|leaders|capitals|of them)|(?= by\b| to\b))|"
    r"the two (?:warring )?(?:sides|countries|states|governments|parties|men|leaders|capitals|delegations|neighbours|"
    r"presidents|foreign ministers|ministers|sets of \w+)|the (?:warring )?(?:capitals|parties|sides|neighbours)|"
    r"(?:its|his|her) (?:[a-z-]+ )?(?:neighbour|neighbor|counterpart|host|opposite number|rival|adversary))\b"
)
PEOPLE = frozenset({"leaders", "presidents", "men", "women"})
RELATIVE = frozenset({"who", "which", "whose", "that"})
#: Words that make no subject of their own.
EMPTY = re.compile(
    r"\b(?:i|we|am|going|he|she|it|they|who|which|that|whose|and|but|or|while|when|where|after|before|since|as|"
    r"because|although|though|has|"
    r"have|had|will|would|shall|is|are|was|were|be|been|being|to|also|then|later|earlier|again|not|never|due|scheduled|"
    r"expected|set|planned|first|finally|soon|once|already|only|just|even|on|in|at|by|from|until|during|plans?|"
    r"planning|"
    r"intends?|agreed|jointly|formally|officially|both|each|more|however|meanwhile|therefore|nevertheless|instead|"
    r"immediately|briefly|quickly|the same day|in turn|said|says|may|might|could|can|having|did|does|do|so|there)\b",
    re.IGNORECASE,
)
#: "Since taking power, Kim …": the subject follows.
FRONTED = re.compile(r"^\W*(?:since|after|before|on|upon|by|while|when|having)\b(?: \w+)? ?\w+ing\b", re.IGNORECASE)
#: What was spoken of in the sentence before: "That truce", "The talks".
AGAIN = re.compile(
    r"^\W*(?:and |but |when )?"
    r"(?:(?:the|that|this|these|those|its|their|an?) (?:\w+ ){0,2}?|"
    r"(?-i:(?=[A-Z])))"
    r"(?:truce|talks|negotiations|agreement|treaty|accord|deal|visit|meeting|summit|war|fighting|ceasefire|cease-fire|"
    r"relations|ties|conference|exercise|sanctions|pact|invitation|step|decision|embassy|mission|trip|exchange|call|armistice|"
    r"hostilities|clashes|dispute|border|protocol|withdrawal|prisoners)\b",
    re.IGNORECASE,
)


def inherited(scene: Scene, before: Sequence[Mention], acting: Sequence[Mention]) -> tuple[str, ...]:
    """Public ids of whoever acts in the clause without being named there; empty where it has a subject of its own.

    *before* are the mentions of the sentence before the clause, *acting* those that acted in it so far.
    """
    text, cue, joint = scene.text, scene.cue, scene.clause.joint
    opening = _opening(scene)
    several = SEVERAL.search(opening + text[cue.start : cue.end]) or BETWEEN.search(text, cue.start, scene.clause.end)
    if several:
        return _those(several, scene, before, acting)
    owner = POSSESSIVE.match(re.sub(" +", " ", opening))
    if owner:
        return _whose(owner, scene, before)
    if PERSON.search(opening):
        return _last(scene, before, ("leader",))
    if THING.search(opening):
        return _thing(scene, before)
    if joint.endswith("ing") and not acting:
        return _lead(text, before)
    if re.search(r"\w", EMPTY.sub("", opening)) and not joint.endswith("ing"):
        return ()
    if joint in RELATIVE and before:
        return before[-1].ids
    return _ids(acting)


def _those(
    several: re.Match[str], scene: Scene, before: Sequence[Mention], acting: Sequence[Mention]
) -> tuple[str, ...]:
    """Who "they" or "the two sides" are."""
    if several[0].lower() == "they" and len(ids := _ids(acting) or scene.discourse.subject) > 1:
        return ids
    people = any(word in PEOPLE for word in several[0].lower().split())
    return _pair(scene, before, people=people)


def _whose(owner: re.Match[str], scene: Scene, before: Sequence[Mention]) -> tuple[str, ...]:
    """Whose the ambassador or the parliament is that acts."""
    if owner["whose"].lower() in ("his", "her"):
        person = _last(scene, before, ("leader",))
        # "His parliament consented": not he himself did.
        return tuple(_countries(scene, person)) if owner["what"].strip() else person
    return tuple(_countries(scene, before[-1].ids if before else scene.discourse.subject)[:1])


def _thing(scene: Scene, before: Sequence[Mention]) -> tuple[str, ...]:
    """Which country or organization "it", "the government" or "the army" is."""
    named = [each for mention in before for each in mention.ids]
    if named and scene.discourse.names.by_id[named[0]].model != "leader":
        return (named[0],)
    subject = tuple(_countries(scene, scene.discourse.subject)[:1])
    return subject or _last(scene, before, ("country", "organization"))


def _lead(sentence: str, before: Sequence[Mention]) -> tuple[str, ...]:
    """Who stands at the beginning of the sentence: "Switzerland, breaking with its past, adopted …"."""
    first = [each for each in before if len(sentence[: each.start].split()) < 4]
    return first[0].ids if first else ()


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for mention in mentions for each in mention.ids))


def _countries(scene: Scene, ids: Sequence[str]) -> list[str]:
    """*ids*, each leader's country in place of the leader."""
    by_id = scene.discourse.names.by_id
    return [
        code
        for each in ids
        for code in (
            [each] if by_id[each].model != "leader" else sorted(offices.countries_of(by_id[each], scene.when))
        )
    ]


def _opening(scene: Scene) -> str:
    """What stands in the clause before the cue, without dates."""
    clause, cue = scene.clause, scene.cue
    opening = list(scene.text[clause.start : max(cue.start, clause.start)])
    for date in scene.parsed.dates:
        for place in range(max(date.start, clause.start), min(date.end, cue.start)):
            opening[place - clause.start] = " "
    return "".join(opening)


def _last(scene: Scene, before: Sequence[Mention], models: tuple[str, ...]) -> tuple[str, ...]:
    discourse = scene.discourse
    by_id = discourse.names.by_id
    named = [each for mention in before for each in mention.ids if by_id[each].model in models]
    if named:
        return (named[0],)
    subject = [each for each in discourse.subject if by_id[each].model in models]
    memory = discourse.leaders if models == ("leader",) else discourse.sides
    # Of a person whom the record lacks the country was noted.
    return tuple(subject[:1] or memory[-1:] or discourse.subject[:1])


def the_two(scene: Scene, before: Sequence[Mention] = ()) -> tuple[str, ...]:
    """The two countries of which the text speaks, by the mentions *before*, too."""
    return _pair(scene, before, people=False)


def speaks_of_two(discourse: Discourse) -> bool:
    """Whether the text speaks of two countries, and of any other far less."""
    counts = [count for _, count in discourse.spoken_of.most_common(3)]
    return len(counts) == 2 or len(counts) > 2 and counts[1] >= 2 * counts[2]


def _pair(scene: Scene, before: Sequence[Mention], *, people: bool) -> tuple[str, ...]:
    """The last two people, or the last two countries, those of the last two people included."""
    discourse = scene.discourse
    by_id = discourse.names.by_id
    named = [each for mention in before for each in mention.ids]
    leaders = list(dict.fromkeys([*reversed([each for each in named if by_id[each].model == "leader"]),
                                  *reversed(discourse.leaders)]))  # fmt: skip
    if people:
        return tuple(reversed(leaders[:2])) if len(leaders) >= 2 else ()
    subjects = _countries(scene, discourse.subject)
    if len(set(subjects)) == 2:
        return tuple(dict.fromkeys(subjects))
    # The two of which the text has spoken most.
    spoken_of = discourse.spoken_of + Counter(_countries(scene, named))
    pair = [code for code, _ in spoken_of.most_common(2)]
    return tuple(pair) if len(pair) == 2 else ()
