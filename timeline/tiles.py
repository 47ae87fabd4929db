"""Calendar tiers: partial dates nest in them, as powers of two would not allow."""

from events.edtf import OPEN_END, OPEN_START
from events.edtf.calendar import civil_from_days

DAY = 86_400


def fit_z(first: int, last: int) -> int:
    """The finest tier (4 month, 3 year, 2 decade, 1 century, 0 millennium) one of whose tiles holds all of
    *first* … *last*, in seconds since 1970; -1 where none does, or an end is open.
    """
    if first <= OPEN_START or last >= OPEN_END:
        return -1
    (first_year, first_month, _), (last_year, last_month, _) = (civil_from_days(s // DAY) for s in (first, last))
    if (first_year, first_month) == (last_year, last_month):
        return 4
    for tier, years in ((3, 1), (2, 10), (1, 100), (0, 1000)):
        if first_year // years == last_year // years:
            return tier
    return -1
