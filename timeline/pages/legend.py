"""What the marks of the timeline and of the lists mean."""

from typing import Any

from timeline.feeds.feed import Event

VERBAL = "verbal-cooperation"


def sample(quad: str, occurrence: str = "occurred", verification: str = "reported") -> Event:
    """As much of an event as its mark shows."""
    return {"kind": {"quad": quad}, "occurrence": occurrence, "verification": verification}


#: Shapes say what sort of act it is, fills how sure it is.
LEGEND: tuple[tuple[Any, str], ...] = (
    (sample("verbal-cooperation"), "words in cooperation: talks, visits, agreements"),
    (sample("material-cooperation"), "deeds in cooperation: aid, trade, troops for an ally"),
    (sample("verbal-conflict"), "words in conflict: demands, accusations, threats"),
    (sample("material-conflict"), "deeds in conflict: sanctions, expulsions, force"),
    (sample(VERBAL, "planned"), "planned"),
    (sample(VERBAL, "planned") | {"overdue": True}, "planned, its date has passed, and no later source is recorded"),
    (sample(VERBAL, "cancelled"), "postponed or cancelled"),
    (sample(VERBAL, verification="alleged"), "alleged only"),
    (sample(VERBAL, verification="disputed"), "disputed"),
    (sample(VERBAL, verification="retracted"), "taken back"),
)
