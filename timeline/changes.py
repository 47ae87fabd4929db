"""What changed since a number of the record's clock: one line for each public id, by its last number."""

from collections.abc import Mapping
from typing import Any

import orjson

from timeline.models import UNTIL_FURTHER_NOTICE, Departure, Entry
from timeline.paging import Listing, Order

ORDER = Order(("recorded_from", "key", "slug"))


def changes_between(after: int, number: int) -> Listing:
    """The entries and departures whose last number is more than *after* and at most *number*.

    What came later is left to the next question: a follower who was shown it could keep its number and miss what
    was committed between.
    """
    since = {"recorded_from__gt": after, "recorded_from__lte": number}
    return Listing(
        Entry.objects.filter(**since),
        Departure.objects.filter(**since, recorded_to=UNTIL_FURTHER_NOTICE),
    )


def change_json(row: Entry | Departure) -> Mapping[str, Any]:
    """``{number, id, kind, into, event}``: ``event`` for what changed, ``into`` for what was merged, else null."""
    is_entry = isinstance(row, Entry)
    return {
        "number": row.recorded_from,
        "id": row.slug,
        "kind": "changed" if is_entry else row.kind,
        "into": None if is_entry else row.into or None,
        "event": orjson.Fragment(row.body) if is_entry else None,
    }
