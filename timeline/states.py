"""An event → its states of knowledge: what the sources amounted to, from when to when. A pure function."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from events.chains import Chain
from events.edtf import EDTFDate
from events.models import Claim, Event
from events.status import Assertion, Status, in_order, status_of, still_standing
from timeline.models import UNTIL_FURTHER_NOTICE

#: Past this many instants at which claims became known, a state begins only where the status or the date changes.
MOST_STATES = 32

Chains = Mapping[int, Chain]


@dataclass(frozen=True, slots=True)
class State:
    """What was known from ``known_from`` until just before ``known_to``, both in seconds of UTC since 1970.

    The last state has the curator's date and assessment, and no end. ``claims`` are in the order of the record.
    """

    known_from: int
    known_to: int
    date: EDTFDate
    status: Status
    occurrence: str
    verification: str
    claims: tuple[Claim, ...]

    @property
    def is_last(self) -> bool:
        return self.known_to == UNTIL_FURTHER_NOTICE


def states_of(event: Event, said: Iterable[Claim], chains: Chains) -> list[State]:
    """The states of *event*, of which the claims *said* tell, in order; *chains* has the chain of each claim's source.

    At least one: an event without claims has a state that no day has seen begin.
    """
    asserted = [(chains[claim.source_id].assertion(claim), claim) for claim in said]
    ordered = in_order(assertion for assertion, _ in asserted)
    # By identity: two claims may well amount to equal assertions.
    claims = {id(assertion): claim for assertion, claim in asserted}
    instants = sorted({assertion.known for assertion in ordered}) or [UNTIL_FURTHER_NOTICE]
    states = []
    for begin, end in zip(instants, [*instants[1:], UNTIL_FURTHER_NOTICE], strict=True):
        known = [assertion for assertion in ordered if assertion.known <= begin]
        states.append(_state(event, begin, end, known, claims))
    return states if len(states) <= MOST_STATES else _where_status_changes(states)


def _state(event: Event, begin: int, end: int, known: Sequence[Assertion], claims: Mapping[int, Claim]) -> State:
    status = status_of(known)
    is_last = end == UNTIL_FURTHER_NOTICE
    return State(
        begin,
        end,
        event.date if is_last else _date_known(event, known, claims),
        status,
        (is_last and event.assessed_occurrence) or str(status.occurrence),
        (is_last and event.assessed_verification) or str(status.verification),
        tuple(sorted((claims[id(assertion)] for assertion in known), key=lambda claim: claim.pk)),
    )


def _date_known(event: Event, known: Sequence[Assertion], claims: Mapping[int, Claim]) -> EDTFDate:
    """The date of the latest claim that gives one and was not taken back, else the curated one."""
    dates = (claims[id(assertion)].date for assertion in reversed(still_standing(known)))
    return next(filter(None, dates), event.date)


def _where_status_changes(states: Sequence[State]) -> list[State]:
    """Those of *states* that begin with another status or date, each lasting to the next; and always the last.

    A state that lasts longer so shows the claims of its beginning: nothing that was not known yet.
    """
    begun = [
        state
        for before, state in pairwise([None, *states])
        if before is None or state.is_last or _told(before) != _told(state)
    ]
    ends = [*(state.known_from for state in begun[1:]), UNTIL_FURTHER_NOTICE]
    return [replace(state, known_to=end) for state, end in zip(begun, ends, strict=True)]


def _told(state: State) -> tuple[str, str, str]:
    return state.status.occurrence, state.status.verification, state.date.edtf
