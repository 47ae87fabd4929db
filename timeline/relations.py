"""The events between two countries → the state of their relations, as intervals; in words: docs/relations.md.

A change takes place when its event begins, somewhere from `earliest_start` to `latest_start`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from itertools import groupby
from typing import Any

from events.edtf import OPEN_START, EDTFDate
from events.vocabulary.plover import Effect
from events.vocabulary.status_terms import Occurrence, Verification
from timeline.rendering import ROOT, date_json


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


@dataclass(frozen=True, slots=True)
class Interval:
    """A state from one change to the next. ``begins`` and ``ends`` are None where no change is recorded.

    ``strained_by``: what went against relations without changing their state. ``doubted_by``: alleged or disputed
    events that would have changed it. ``certain``: the state is known, nothing puts it in doubt, and the changes at its
    ends cannot have come in another order.
    """

    state: RelationState
    begins: EDTFDate | None = None
    ends: EDTFDate | None = None
    opened_by: tuple[Step, ...] = ()
    closed_by: tuple[Step, ...] = ()
    strained_by: tuple[Step, ...] = ()
    doubted_by: tuple[Step, ...] = ()
    certain: bool = False


def intervals_of(steps: Iterable[Step]) -> list[Interval]:
    """The intervals of two countries' relations, from *steps* in any order: at least one, without a gap."""
    reading = _Reading()
    told = [step for step in steps if step.occurrence == Occurrence.OCCURRED and step.rule]
    for _, together in groupby(sorted(told, key=_turn), key=_moment):
        reading.take(list(together))
    return _intervals(reading.stretches)


def interval_json(interval: Interval) -> dict[str, Any]:
    """*interval* as readers get it."""
    return {
        "state": str(interval.state),
        "begins": date_json(interval.begins) if interval.begins else None,
        "ends": date_json(interval.ends) if interval.ends else None,
        "opened_by": [step_json(step) for step in interval.opened_by],
        "closed_by": [step_json(step) for step in interval.closed_by],
        "strained_by": [step_json(step) for step in interval.strained_by],
        "doubted_by": [step_json(step) for step in interval.doubted_by],
        "certain": interval.certain,
    }


def step_json(step: Step) -> dict[str, str]:
    return {
        "id": step.slug,
        "url": f"{ROOT}events/{step.slug}/",
        "title": step.title,
        "kind": step.kind,
        "date": step.date.edtf,
        "verification": step.verification,
    }


@dataclass(frozen=True, slots=True)
class _Standing:
    """How two countries stand: their ties, no higher than RELATIONS, and each one's post with the other.

    Both are kept, for where one of them closes its embassy, the other's may stay.
    """

    ties: RelationState = RelationState.UNKNOWN
    posts: Mapping[str, RelationState] = field(default_factory=dict)

    @property
    def state(self) -> RelationState:
        return max(self.posts.values(), key=RUNG.get, default=self.ties)

    def after(self, step: Step) -> "_Standing":
        match step.rule:
            case Rule(Direction.UP, None):
                higher = LADDER[RUNG[self.state] + 1 :]
                return self._raised(step.sending_state, higher[0]) if higher else self
            case Rule(Direction.UP, state):
                return self._raised(step.sending_state, state)
            case Rule(Direction.DOWN, None):
                return self._lowered()
            case Rule(Direction.DOWN, RelationState.RELATIONS):
                return self._without_post(step.sending_state)
            case Rule(Direction.DOWN, state):
                return self._broken(state)
        return self

    def _raised(self, sending_state: str, state: RelationState) -> "_Standing":
        if RUNG[state] > RUNG[RelationState.RELATIONS]:
            post = max(state, self.posts.get(sending_state, state), key=RUNG.get)
            return _Standing(RelationState.RELATIONS, {**self.posts, sending_state: post})
        return _Standing(state, self.posts) if RUNG[state] > RUNG[self.ties] else self

    def _lowered(self) -> "_Standing":
        """One rung down, but not below RELATIONS: only what names a break is one."""
        if self.state is RelationState.EMBASSIES:
            return _Standing(self.ties, dict.fromkeys(self.posts, RelationState.MISSIONS))
        return _Standing(self.ties)

    def _without_post(self, sending_state: str) -> "_Standing":
        ties = RelationState.RELATIONS if self.ties is RelationState.UNKNOWN else self.ties
        if not sending_state:
            return _Standing(ties)
        closed = sending_state if sending_state in self.posts else ""
        return _Standing(ties, {sender: post for sender, post in self.posts.items() if sender != closed})

    def _broken(self, state: RelationState) -> "_Standing":
        if self.ties is RelationState.UNKNOWN or RUNG[state] <= RUNG[self.state]:
            return _Standing(state)
        return self


@dataclass(slots=True)
class _Stretch:
    """An interval while it is being read. ``in_order``: no step the other way may have come after what opened it."""

    state: RelationState
    opened_by: list[Step] = field(default_factory=list)
    strained_by: list[Step] = field(default_factory=list)
    doubted_by: list[Step] = field(default_factory=list)
    in_order: bool = True

    def begins_with(self, step: Step) -> bool:
        """Whether *step* leads the same way as what opened it, and may have come together with that."""
        return any(
            opener.rule.direction is step.rule.direction and step.date.earliest_start <= opener.date.latest_start
            for opener in self.opened_by[:1]
        )


class _Reading:
    """Takes steps in order of date; its stretches are what they amount to."""

    def __init__(self) -> None:
        self.standing = _Standing()
        self.stretches = [_Stretch(self.standing.state)]
        self.latest_start = dict.fromkeys(Direction, OPEN_START)

    def take(self, together: Sequence[Step]) -> None:
        """Takes steps of one date. Up goes first, unless it leads nowhere yet: then the way down made room for it."""
        up, down, strains = ([s for s in together if s.rule.direction is way] for way in Direction)
        rises = any(step.is_firm and self._changes(step) for step in up)
        for step in [*up, *strains, *down] if rises else [*strains, *down, *up]:
            if step.is_firm and step.rule.direction is not Direction.STRAIN:
                self._move(step)
            else:
                self._note(step)

    def _changes(self, step: Step) -> bool:
        return self.standing.after(step).state is not self.standing.state

    def _move(self, step: Step) -> None:
        stretch, way = self.stretches[-1], step.rule.direction
        joins = stretch.begins_with(step)
        # Where it names no state, to make it a rung of its own would be a guess.
        after = self.standing if joins and step.rule.state is None else self.standing.after(step)
        if after.state is not self.standing.state:
            self.stretches.append(_Stretch(after.state, [step], in_order=self._comes_after_others(step)))
        elif joins:
            stretch.opened_by.append(step)
        elif way is Direction.DOWN:
            stretch.strained_by.append(step)
        self.standing = after
        self.latest_start[way] = max(self.latest_start[way], step.date.latest_start)

    def _note(self, step: Step) -> None:
        stretch = self.stretches[-1]
        if self._changes(step):
            stretch.doubted_by.append(step)
        elif step.rule.direction is not Direction.UP:
            stretch.strained_by.append(step)

    def _comes_after_others(self, step: Step) -> bool:
        """Whether all earlier steps the other way certainly came before: else they may have undone this one."""
        other = Direction.DOWN if step.rule.direction is Direction.UP else Direction.UP
        return self.latest_start[other] < step.date.earliest_start or self.latest_start[other] == OPEN_START


def _moment(step: Step) -> tuple[int, int]:
    return step.date.position, step.date.coarseness


def _turn(step: Step) -> tuple[int, int, bool, int, str]:
    """In order of date; at one date what leads furthest first, so that it opens the interval and the rest joins it."""
    state = step.rule.state
    reach = RUNG[state] if state else 0
    return *_moment(step), state is None, -reach if step.rule.direction is Direction.UP else reach, step.slug


def _intervals(stretches: Sequence[_Stretch]) -> list[Interval]:
    if len(stretches) > 1 and any(_is_beginning(step) for step in stretches[1].opened_by):
        stretches[0].state = RelationState.NONE
    followed = zip(stretches, [*stretches[1:], _Stretch(RelationState.UNKNOWN)], strict=True)
    return [_interval(stretch, following) for stretch, following in followed]


def _is_beginning(step: Step) -> bool:
    """Whether there were no relations before it: a mission, by contrast, is opened where there are some already."""
    beginnings = (RelationState.RECOGNISED, RelationState.RELATIONS)
    return step.rule.direction is Direction.UP and step.rule.state in beginnings


def _interval(stretch: _Stretch, following: _Stretch) -> Interval:
    known = stretch.state is not RelationState.UNKNOWN
    return Interval(
        stretch.state,
        begins=stretch.opened_by[0].date if stretch.opened_by else None,
        ends=following.opened_by[0].date if following.opened_by else None,
        opened_by=tuple(stretch.opened_by),
        closed_by=tuple(following.opened_by),
        strained_by=tuple(stretch.strained_by),
        doubted_by=tuple(stretch.doubted_by),
        certain=known and not stretch.doubted_by and stretch.in_order and following.in_order,
    )
