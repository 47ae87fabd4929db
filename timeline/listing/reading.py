"""One question about events at one moment → the rows that answer it."""

from timeline.listing.by_lists import EventListing
from timeline.listing.by_words import TextListing
from timeline.moments import Moment
from timeline.query import EventQuery


def entries_at(moment: Moment, query: EventQuery) -> EventListing:
    """The states that stand at *moment* and match *query*."""
    return EventListing(moment, query) if query.text is None else TextListing(moment, query)
