"""How two countries stand with each other, and how they do after a further step."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline.relations.steps import LADDER, RUNG, Direction, RelationState, Rule, Step


@dataclass(frozen=True, slots=True)
class Standing:
    """How two countries stand: their ties, no higher than RELATIONS, and each one's post with the other.

    Both are kept, for where one of them closes its embassy, the other's may stay.
    """

    ties: RelationState = RelationState.UNKNOWN
    posts: Mapping[str, RelationState] = field(default_factory=dict)

    @property
    def state(self) -> RelationState:
        return max(self.posts.values(), key=RUNG.get, default=self.ties)

    def after(self, step: Step) -> "Standing":
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

    def _raised(self, sending_state: str, state: RelationState) -> "Standing":
        if RUNG[state] > RUNG[RelationState.RELATIONS]:
            post = max(state, self.posts.get(sending_state, state), key=RUNG.get)
            return Standing(RelationState.RELATIONS, {**self.posts, sending_state: post})
        return Standing(state, self.posts) if RUNG[state] > RUNG[self.ties] else self

    def _lowered(self) -> "Standing":
        """One rung down, but not below RELATIONS: only what names a break is one."""
        if self.state is RelationState.EMBASSIES:
            return Standing(self.ties, dict.fromkeys(self.posts, RelationState.MISSIONS))
        return Standing(self.ties)

    def _without_post(self, sending_state: str) -> "Standing":
        ties = RelationState.RELATIONS if self.ties is RelationState.UNKNOWN else self.ties
        if not sending_state:
            return Standing(ties)
        closed = sending_state if sending_state in self.posts else ""
        return Standing(ties, {sender: post for sender, post in self.posts.items() if sender != closed})

    def _broken(self, state: RelationState) -> "Standing":
        if self.ties is RelationState.UNKNOWN or RUNG[state] <= RUNG[self.state]:
            return Standing(state)
        return self
