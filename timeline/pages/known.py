"""An event's states of knowledge → the days on which something became known, and what changed on each. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from events.edtf import EDTFDate, edtf_of_day, label
from events.edtf.calendar import DAY
from timeline.feeds.feed import Event
from timeline.models import UNTIL_FURTHER_NOTICE


@dataclass(frozen=True, slots=True)
class Change:
    """That something was ``before`` and is ``after``, both in words; nothing was before the first day."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day, in UTC, on which something became known: counted from 1970, and the event as it was at its end.

    ``claims``: those that became known on it, in order. ``changes``: what they made of status and date.
    """

    number: int
    event: Event
    claims: tuple[dict[str, Any], ...]
    changes: tuple[Change, ...]

    @property
    def edtf(self) -> str:
        return edtf_of_day(self.number)

    @property
    def label(self) -> str:
        return label(EDTFDate.parse(self.edtf))


def days_known(states: Iterable[tuple[int, Event]]) -> list[KnownDay]:
    """The days of *states*, each the instant from which an event was known to be so and its JSON, in order.

    Of several states on a day the last counts: what is asked as of a day is meant to its end.
    """
    last_of_day = {since // DAY: event for since, event in states if since != UNTIL_FURTHER_NOTICE}
    days: list[KnownDay] = []
    for number, event in sorted(last_of_day.items()):
        before = days[-1].event if days else None
        days.append(KnownDay(number, event, claims_new(before, event), changes(before, event)))
    return days


def claims_new(before: Event | None, after: Event) -> tuple[dict[str, Any], ...]:
    """The claims of *after* that were not yet among those of *before*."""
    known = [_identity(claim) for claim in before["claims"]] if before else []
    return tuple(claim for claim in after["claims"] if _identity(claim) not in known)


def _identity(claim: dict[str, Any]) -> tuple[str, str, str]:
    """What no two claims of one event have in common."""
    return claim["source"]["id"], claim["stance"], claim["locator"]


def changes(before: Event | None, after: Event) -> tuple[Change, ...]:
    """What differs between two states, as far as the claims decide it; everything, where there was none before."""
    told = {"Status": _status, "Date": _date, "Independent origins": _origins}
    return tuple(
        Change(what, words(before) if before else "", words(after))
        for what, words in told.items()
        if before is None or words(before) != words(after)
    )


def _status(event: Event) -> str:
    return f"{event['occurrence']}, {event['verification']}"


def _date(event: Event) -> str:
    return event["date"]["label"]


def _origins(event: Event) -> str:
    return str(event["origins"])


def day_at(days: Sequence[KnownDay], as_of: int | None) -> KnownDay | None:
    """The day of *days* whose state was known at *as_of*, seconds of UTC since 1970; the last where None."""
    if as_of is None:
        return days[-1] if days else None
    return next((day for day in reversed(days) if day.number <= as_of // DAY), None)
