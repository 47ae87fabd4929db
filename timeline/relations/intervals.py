"""The events between two countries → the state of their relations, as intervals; in words: docs/relations.md.

A change takes place when its event begins, somewhere from `earliest_start` to `latest_start`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from events.edtf import OPEN_START, EDTFDate
from events.vocabulary.status_terms import Occurrence
from timeline.relations.standing import Standing
from timeline.relations.steps import RUNG, Direction, RelationState, Step
from timeline.rendering import ROOT, date_json


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
        self.standing = Standing()
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
