"""Who of those named in a clause takes part in what it tells, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.edtf import EDTFDate
from events.intake import offices
from events.intake.dates import DONE
from events.intake.kinds import Cue
from events.intake.mentions import Mention
from events.intake.names import Names
from events.intake.scenes import Scene
from events.intake.values import Party
from events.vocabulary.roles import Role

PREPOSITION = re.compile(
    r"\b(?P<word>in|at|near|outside|inside|across|around|with|by|to|into|against|between|from|for|on|over|about|"
    r"regarding|"
    r"concerning|of|towards?|among|alongside|through|via|off|than|under|within|like|unlike|despite|amid)\s+"
    r"(?:(?:the|its|their|his|her|a|an|both|some|several|two|three|many|neighbouring|new|former|most|all|other|"
    r"further|any|certain|nearby|central|northern|southern|eastern|western|north|south|east|west) ){0,3}$",
    re.IGNORECASE,
)
ABOUT_SOMETHING_IN = re.compile(
    r"\b(?:about|on|over|regarding|concerning) (?:the |a |an |their |its )?(?:[a-z’'-]+ ){1,4}in (?:the )?$"
)
#: "Leaders in China" are China.
PEOPLE_IN = re.compile(
    r"\b(?:leaders|leadership|officials|authorities|government|counterparts?|rulers|ministers|diplomats|"
    r"generals) in (?:the )?$"
)
#: "Its embassy in Havana", "targets in Syria": whoever has a post or is hit there has to do with that country.
AT_POST = re.compile(
    r"\b(?:embass(?:y|ies)|missions?|ambassadors?|envoys?|consulates?|legations?|high commissions?|"
    r"chargés? d['’]affaires|diplomats|troops|forces|soldiers|bases?|garrisons?|targets|positions) "
    r"(?:in|at|near|inside) (?:the )?$"
)
#: Who receives a visitor or credentials stands first, and is the other side.
RECEIVES = re.compile(r"(?:receiv|host|accept)\w*", re.IGNORECASE)
LISTED = re.compile(
    r"(?:['’]s)?(?:,| and| or|, and| &|, or| as well as|, as well as| together with)? ?(?:the |its |of |with |in )?"
)
PASSIVE = re.compile(r"\b(?:was|were|been|be|is|are|being|got)(?: \w+ly)?(?: not)? $", re.IGNORECASE)
STARTS_PASSIVE = re.compile(r"(?:was|were|been|be|is|are)\b", re.IGNORECASE)
PLACES = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "through", "via", "off", "within"})
ABOUT = frozenset({"on", "over", "about", "regarding", "concerning", "amid", "despite"})
NO_SIDE = frozenset({"than", "like", "unlike", "despite"})
#: What is done on or over a party here is done to it; elsewhere it is only what is spoken about.
DONE_ON = frozenset({
    "", "sanctions-imposed", "sanctions-lifted", "armed-clash", "invasion", "violence", "mass-violence", "coercion",
    "investigation", "demand", "warning", "appeal", "mobilization",
})  # fmt: skip
GIVEN = frozenset(
    {"arms-transfer", "aid-provided", "troop-deployment", "intelligence-shared", "official-visit", "state-visit"}
)
VISITS = frozenset({"official-visit", "state-visit"})
AGENCIES = frozenset({"news-agency", "publisher"})


@dataclass(frozen=True, slots=True)
class Side:
    """A mention in a role; *first* if it is on the acting side."""

    mention: Mention
    role: str
    first: bool


def sides_of(scene: Scene, mentions: Sequence[Mention]) -> list[Side]:
    """The sides among the *mentions* in what belongs to the scene's clause, places and agencies left out."""
    sentence, cue, mutual = scene.text, scene.cue, scene.cues.mutual
    start, end = scene.clause.start, scene.parsed.reach_of(scene.draft)
    roles = scene.cues.roles[::-1] if RECEIVES.match(sentence, cue.start) else scene.cues.roles
    passive = bool(PASSIVE.search(sentence[start : cue.start]) or STARTS_PASSIVE.match(sentence, cue.start))
    found: list[Side] = []
    previous: tuple[Mention, str, bool] | None = None
    for mention in mentions:
        if not start <= mention.start < end or _is_agency(mention, scene.discourse.names):
            continue
        word = ""
        match = PREPOSITION.search(sentence, 0, mention.start)
        if match and match.start() >= start and not PEOPLE_IN.search(sentence, 0, mention.start):
            word = match["word"].lower()
        # Cues such as "General Assembly … voted" begin with who acts.
        within = cue.start <= mention.start < cue.end
        before = mention.end <= cue.start or within and (mutual or mention.start < cue.start + 4)
        if previous and previous[2] == before and LISTED.fullmatch(sentence[previous[0].end : mention.start]):
            word = previous[1] if not word or word == "of" else word
        previous = (mention, word, before)
        side = _side(scene, mention, word, before, passive, roles)
        if side is not None:
            found.append(side)
    return [side for side in found if side.mention.start >= _where_it_begins(sentence, cue, found)]


def _where_it_begins(sentence: str, cue: Cue, sides: Sequence[Side]) -> int:
    """Where the last to act before *cue* is named: whoever acts in another clause before has no part in it.

    "Putin called it a stab in the back, and Lavrov cancelled a visit": that is Lavrov.
    """
    acting = [side.mention for side in sides if side.first and side.mention.end <= cue.start]
    for one, other in zip(acting[::-1][1:], acting[::-1], strict=False):
        gap = sentence[one.end : other.start]
        if DONE.search(gap) and re.search(r", (?:and|but|while) (?:the |its )?$", gap):
            return other.start
    return 0


def _is_agency(mention: Mention, names: Names) -> bool:
    return all(names.by_id[each].kind in AGENCIES for each in mention.ids)


def _side(
    scene: Scene, mention: Mention, word: str, before: bool, passive: bool, roles: tuple[str, str]
) -> Side | None:
    """*mention* behind the preposition *word*, *before* the cue or not, in one of *roles*; None where it is no side."""
    sentence, kind, cues = scene.text, scene.cue.kind, scene.cues
    first, second = roles
    if word in NO_SIDE:
        return None
    if word in PLACES and ABOUT_SOMETHING_IN.search(sentence, 0, mention.start):
        return Side(mention, Role.SUBJECT.value, False)
    if word in PLACES and mention.how in ("seat", "name", "people"):
        concerned = AT_POST.search(sentence, 0, mention.start) or cues.host and not (before and mention.how == "people")
        return Side(mention, second, False) if concerned else None
    if word in ABOUT and kind not in DONE_ON:
        return Side(mention, Role.SUBJECT.value, False)
    if word == "by" and not before:
        return Side(mention, first, True)
    if word == "from":
        if kind in VISITS and not before and mention.how != "people":
            return None  # whence somebody flew
        return Side(mention, first, True) if kind in GIVEN else Side(mention, second, False)
    if word in ("between", "among"):
        return Side(mention, first, True)
    acting = before and not (word in ("to", "into", "against", "for") and not cues.mutual)
    if passive and not cues.mutual:
        acting = False
    return Side(mention, first if acting else second, acting)


def ranked(kind: str, parties: Iterable[Party], names: Names, when: EDTFDate | None) -> str:
    """The kind that goes with the rank of those who take part: a visit of a head of state is a state visit."""
    heads = [each for each in parties if each.model == "leader" and offices.is_head(names.by_id[each.public_id], when)]
    if kind == "official-visit" and any(each.role == Role.VISITOR.value for each in heads):
        return "state-visit"
    if kind == "talks":
        countries = {code for each in heads for code in offices.countries_of(names.by_id[each.public_id], when)}
        return "summit" if len(heads) > 1 and len(countries) > 1 else kind
    return kind


def as_parties(sides: Iterable[Side], names: Names, when: EDTFDate | None) -> tuple[Party, ...]:
    """Each record once, in its first role; a country whose own leader is among them is left to the leader."""
    found: dict[str, Party] = {}
    for side in sides:
        for public_id in side.mention.ids:
            if public_id not in found:
                model = names.by_id[public_id].model
                found[public_id] = Party(model, public_id, side.role, side.mention.start, side.mention.end)
    acted_for = {
        code
        for party in found.values()
        if party.model == "leader"
        for code in offices.countries_of(names.by_id[party.public_id], when)
    }
    return tuple(party for party in found.values() if party.public_id not in acted_for)
