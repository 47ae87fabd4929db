"""Calendar tiers and their tiles: partial dates nest in them, as powers of two would not allow.

A tile is a millennium, a century, a decade, a year or a month, by its index: the floor of the astronomical year by its
length; of a month, year × 12 + month - 1. Below the tiers, days are counted too, by their number since 1970-01-01.
"""

from collections.abc import Mapping
from functools import lru_cache

from events.edtf import OPEN_END, OPEN_START
from events.edtf.calendar import DAY, civil_from_days, days_from_civil
from events.edtf.grammar import FURTHEST_YEAR
from events.edtf.phrases import MONTHS, year_words

#: From the coarsest to the finest; -1 stands for what fits no millennium.
TIERS = (0, 1, 2, 3, 4)
DAYS = 5  #: no tier of tiles: single days
#: Tier, and one finer → the unit of the calendar that its tiles, or days, are. Also the columns of entries for them.
UNITS = {0: "millennium", 1: "century", 2: "decade", 3: "year", 4: "month", DAYS: "day"}
YEARS = {0: 1_000, 1: 100, 2: 10, 3: 1}
#: In which unit a tile's events are counted.
FINER = {0: 2, 1: 3, 2: 4, 3: DAYS, 4: DAYS}
#: Days between which a date can begin: EDTF's long years are read up to this one, either way.
FIRST_DAY, LAST_DAY = days_from_civil(-FURTHEST_YEAR, 1, 1), days_from_civil(FURTHEST_YEAR + 1, 1, 1) - 1


class TileOutOfGrid(ValueError):
    """A tier that is none, or a tile in which no EDTFDate can lie."""


@lru_cache(16_384)  # some hundreds an answer, of the same few years
def tile_span(tier: int, index: int) -> tuple[int, int]:
    """First and last second, since 1970, of tile *index* of a *tier*; of day *index*, with DAYS.

    Index -1 of the decade tier is the ten years before 1 January of year 0 (1 BCE).
    Raises TileOutOfGrid.
    """
    if tier == DAYS:
        begin, end = index, index + 1
    elif tier == 4:
        begin, end = (days_from_civil(month // 12, month % 12 + 1, 1) for month in (index, index + 1))
    elif tier in YEARS:
        begin, end = (days_from_civil(number * YEARS[tier], 1, 1) for number in (index, index + 1))
    else:
        raise TileOutOfGrid(f"{tier} is no tier: they are 0 to 4.")
    if begin > LAST_DAY or end <= FIRST_DAY:
        raise TileOutOfGrid(f"Tile {index} of tier {tier} lies beyond the years -{FURTHEST_YEAR} to {FURTHEST_YEAR}.")
    return begin * DAY, end * DAY - 1


def index_of(tier: int, second: int) -> int:
    """The tile of *tier* that holds *second*, which is no open end; the day, with DAYS."""
    number = second // DAY
    if tier == DAYS:
        return number
    year, month, _ = civil_from_days(number)
    return year * 12 + month - 1 if tier == 4 else year // YEARS[tier]


def tile_around(tier: int, second: int) -> tuple[int, int] | tuple[None, None]:
    """First and last second of the tile of *tier* that holds *second*; None for both at an open end."""
    if second <= OPEN_START or second >= OPEN_END:
        return None, None
    return tile_span(tier, index_of(tier, second))


def enclosing(tier: int, index: int, coarser: int) -> int:
    """The index of the tile of the tier *coarser* in which tile *index* of *tier* lies."""
    if tier == coarser:
        return index
    if tier == DAYS:
        return index_of(coarser, index * DAY)
    year = index // 12 if tier == 4 else index * YEARS[tier]
    return year // YEARS[coarser]


def tiles_of(first: int, last: int) -> dict[str, int | None]:
    """The millennium … day that holds all of *first* … *last*, in seconds since 1970, by unit; None where none does."""
    if first <= OPEN_START or last >= OPEN_END:
        return dict.fromkeys(UNITS.values())
    begin, end = first // DAY, last // DAY
    (first_year, first_month, _), (last_year, last_month, _) = civil_from_days(begin), civil_from_days(end)
    tiles: dict[str, int | None] = {
        UNITS[tier]: first_year // years if first_year // years == last_year // years else None
        for tier, years in YEARS.items()
    }
    month = first_year * 12 + first_month - 1
    tiles["month"] = month if month == last_year * 12 + last_month - 1 else None
    tiles["day"] = begin if begin == end else None
    return tiles


def finest(tiles: Mapping[str, int | None]) -> int:
    """The finest tier of *tiles* that has one (4 month, 3 year, 2 decade, 1 century, 0 millennium); -1 where none."""
    return next((tier for tier in reversed(TIERS) if tiles[UNITS[tier]] is not None), -1)


@lru_cache(16_384)
def tile_label(tier: int, index: int) -> str:
    """A tile, or day, in words: "1900–1999", "1960s", "1966", "October 1973", "6 October 1973", "52–43 BCE"."""
    year, month, day = civil_from_days(tile_span(tier, index)[0] // DAY)
    if tier >= 4:
        return f"{day} " * (tier == DAYS) + f"{MONTHS[month - 1]} {year_words(year)}"
    if tier == 3:
        return year_words(year)
    last = year + YEARS[tier] - 1
    if tier == 2 and year >= 1000:
        return f"{year}s"
    if last <= 0:
        return f"{1 - year}–{year_words(last)}"
    return f"{year_words(year)}–{year_words(last)}"
