"""What an event does to the relations of two countries: the states, and which way it leads to which."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from events.edtf import EDTFDate
from events.vocabulary.plover import Effect
from events.vocabulary.status_terms import Verification


class RelationState(StrEnum):
    UNKNOWN = "unknown"
    NONE = "none"
    RECOGNISED = "recognised"
    RELATIONS = "relations"
    MISSIONS = "missions"
    EMBASSIES = "embassies"
    SEVERED = "severed"


LADDER = (
    RelationState.NONE,
    RelationState.RECOGNISED,
    RelationState.RELATIONS,
    RelationState.MISSIONS,
    RelationState.EMBASSIES,
)
#: How high a state stands. Who breaks relations off does not take recognition back; what is unknown stands below all.
RUNG = {state: rung for rung, state in enumerate(LADDER)} | {RelationState.SEVERED: 1, RelationState.UNKNOWN: 0}


class Direction(Enum):
    UP = "up"
    DOWN = "down"
    STRAIN = "strain"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which way a step leads, and to which state: None where it names none, and leads one rung on."""

    direction: Direction
    state: RelationState | None = None


RULE_OF_KIND = {
    "recognition": Rule(Direction.UP, RelationState.RECOGNISED),
    "relations-established": Rule(Direction.UP, RelationState.RELATIONS),
    "mission-opened": Rule(Direction.UP, RelationState.MISSIONS),
    "embassy-opened": Rule(Direction.UP, RelationState.EMBASSIES),
    "mission-closed": Rule(Direction.DOWN, RelationState.RELATIONS),
    "relations-severed": Rule(Direction.DOWN, RelationState.SEVERED),
    "recognition-withdrawn": Rule(Direction.DOWN, RelationState.NONE),
    "ambassador-recalled": Rule(Direction.STRAIN),
    "diplomats-expelled": Rule(Direction.STRAIN),
    "relations-reduced": Rule(Direction.STRAIN),
    "sanctions-imposed": Rule(Direction.STRAIN),
}
#: Kinds that change nothing of how two countries stand.
STRAINS = {kind for kind, rule in RULE_OF_KIND.items() if rule.direction is Direction.STRAIN}
#: For kinds that curators add.
RULE_OF_EFFECT = {
    Effect.OPENS: Rule(Direction.UP, RelationState.RELATIONS),
    Effect.RAISES: Rule(Direction.UP),
    Effect.LOWERS: Rule(Direction.DOWN),
    Effect.CLOSES: Rule(Direction.DOWN, RelationState.SEVERED),
}
FIRM = {Verification.CONFIRMED, Verification.REPORTED}


@dataclass(frozen=True, slots=True)
class Step:
    """What relations need of one event.

    ``kind``: its slug. ``sending_state``: code of the country whose mission or embassy it is, the one that acts; ""
    where that is not told.
    """

    slug: str
    title: str
    kind: str
    effect: str
    date: EDTFDate
    occurrence: str
    verification: str
    sending_state: str = ""

    @property
    def rule(self) -> Rule | None:
        """None where it does nothing to relations."""
        return RULE_OF_KIND.get(self.kind) or RULE_OF_EFFECT.get(self.effect)

    @property
    def is_firm(self) -> bool:
        return self.verification in FIRM
