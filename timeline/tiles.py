"""Calendar tiers: partial dates nest in them, as powers of two would not allow."""

from events.edtf import OPEN_END, OPEN_START
from events.edtf.calendar import civil_from_days, days_from_civil

DAY = 86_400
#: From the coarsest to the finest: millennium, century, decade, year and month.
TIERS = (0, 1, 2, 3, 4)
MONTHS = {0: 12_000, 1: 1_200, 2: 120, 3: 12, 4: 1}


def tile_around(tier: int, second: int) -> tuple[int, int] | tuple[None, None]:
    """First and last second of the tile of *tier* that holds *second*; None for both at an open end."""
    if second <= OPEN_START or second >= OPEN_END:
        return None, None
    year, month, _ = civil_from_days(second // DAY)
    size = MONTHS[tier]
    first = (year * 12 + month - 1) // size * size
    begin, end = (days_from_civil(months // 12, months % 12 + 1, 1) for months in (first, first + size))
    return begin * DAY, end * DAY - 1


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
