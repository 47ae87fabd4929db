"""How many events there are, told to readers: exact where that is kept, or soon counted."""

from typing import NamedTuple

from timeline.density import country_of_rollups, density_of
from timeline.listing.by_lists import EventListing
from timeline.pages.page import Page
from timeline.paging import Listing

#: The coarsest tier: what is counted here is the whole.
MILLENNIUM = 0
MOST_COUNTED = 10_000
#: Seconds after which a page goes without the number.
PATIENCE = 0.2
#: Between groups of three digits.
THIN_SPACE = "\u2009"


class Found(NamedTuple):
    """``number``: of events, or as many as were counted where there are more."""

    number: int
    is_exact: bool = True

    def __str__(self) -> str:
        """"1 event", "29 events", "more than 10 000 events"."""
        number = f"{self.number:,}".replace(",", THIN_SPACE)
        words = f"{number} event{'' if self.number == 1 else 's'}"
        return words if self.is_exact else f"more than {words}"


def counted(listing: Listing) -> Found:
    found = listing.count_up_to(MOST_COUNTED + 1)
    return Found(min(found, MOST_COUNTED), found <= MOST_COUNTED)


def found_on(view: Page, listing: EventListing) -> Found:
    """How many events *listing* has, of which *view* shows a page: not asked where that has all, nor where it takes
    long.
    """
    page, moment, query = view.paginator.page, listing.moment, listing.query
    if page.next is None and page.previous is None:
        return Found(len(page.rows))
    with view.optional(PATIENCE):
        if country_of_rollups(moment, query, None) is not None:
            return Found(density_of(moment, query, MILLENNIUM, None).total)
        return counted(listing)
    return Found(len(page.rows), is_exact=False)
