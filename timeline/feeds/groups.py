"""The lanes into which a widget sorts events."""

from timeline.feeds.feed import Event

GROUPS = ("country", "category", "quad")
#: What is of no group has one of its own: a widget would hide it otherwise.
NO_GROUP = "none"


def group_of(event: Event, by: str) -> tuple[str, str]:
    """The id and the name of the one group of *event*: of several countries, the first in the order of its parties."""
    if by == "country":
        countries = (party["country"] for party in event["participants"] if party["country"])
        country = next(countries, None)
        return (country["id"], country["name"]) if country else (NO_GROUP, "No country")
    group = event["kind"][by]
    return (group, group.replace("-", " ").capitalize()) if group else (NO_GROUP, f"No {by}")
