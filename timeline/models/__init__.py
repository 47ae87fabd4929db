"""What readers are answered from: the projection of the record, and the record's clock.

No column here is a foreign key into the record: what has ended must outlive what it was drawn from, and a key check
would make writers wait for each other's rows while they stand in line for the clock.
"""

from timeline.models.clock import UNTIL_FURTHER_NOTICE, Clock, Tick
from timeline.models.departures import Departure, FormerHolder
from timeline.models.entries import Entry, EntryColumns, PastEntry
from timeline.models.places import PlaceColumns
from timeline.models.postings import Pair, PastPair, PastPosting, Posting
from timeline.models.summaries import Horizon, LastChange, Rollup
from timeline.models.work import Pending, Rebuild

__all__ = [
    "UNTIL_FURTHER_NOTICE", "Clock", "Departure", "Entry", "EntryColumns", "FormerHolder", "Horizon", "LastChange",
    "Pair", "PastEntry", "PastPair", "PastPosting", "Pending", "PlaceColumns", "Posting", "Rebuild", "Rollup", "Tick",
]
