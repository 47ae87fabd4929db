"""How many events lie where in time, counted in narrow lists alone: entries are wide, and many would be read."""

from collections.abc import Iterator, Sequence

from django.db import connection

from events.edtf.calendar import DAY
from timeline.listing.lists import Lists
from timeline.listing.scanning import Walk, joined, scans
from timeline.tiles.tiers import DAYS, index_of
from timeline.traits import BITS, mask

YEAR = 3  #: the tier of years
DRIFT = 2

Bucket = tuple[int, int]  #: a tier of timeline.tiles (5: days, -1: no tile) and an index


def tallied(lists: Lists, walk: Walk, tier: int, by: str | None) -> Iterator[tuple[Bucket, str, int]]:
    """How many events *lists*, which leave nothing open, hold on *walk*: bucket, value, number.

    The bucket is the finest that holds the date, but none finer than those of *tier*; the value is that of the column
    *by*, "" where it is None.
    """
    told = ", ".join(["place.key", "place.fit_z", *places_of(tier), value_of(by)])
    table = lists.table._meta.db_table

    def read(where: Sequence[str]) -> str:
        return f"SELECT {told} FROM {table} AS place WHERE {' AND '.join(where or ['TRUE'])}"

    branches, params = [], []
    for columns in lists.each:
        for sql, values in scans(lists, columns, walk, None, read):
            branches.append(sql)
            params += values
    places = joined(branches, "UNION" if len(lists.each) > 1 else "UNION ALL")
    names = {bit: value for value, bit in BITS[by].items()} if by in BITS else {}
    day = "first_day" if tier > YEAR else a_day_of_the_year("first_day")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT fit_z, {day}, last_day, value, count(*) FROM ({places}) AS place GROUP BY 1, 2, 3, 4", params
        )
        for fit_z, first_day, last_day, value, number in cursor.fetchall():
            yield bucket_of(tier, fit_z, first_day, last_day), names.get(value, value), number


def bucket_of(tier: int, fit_z: int, first_day: int, last_day: int) -> Bucket:
    """The finest bucket, none finer than those of *tier*, that holds a date whose finest tile is of tier *fit_z*."""
    if fit_z < 0:
        return -1, 0
    held = DAYS if tier == DAYS and fit_z == DAYS - 1 and first_day == last_day else min(tier, fit_z)
    return held, index_of(held, first_day * DAY)


def places_of(tier: int) -> tuple[str, str]:
    """SQL for a day in the tile that holds all of a date, as its position is; where *tier* is that of days, for its
    first and its last day.
    """
    if tier == DAYS:
        return f"{day_of('place.earliest_start')} AS first_day", f"{day_of('place.latest_end')} AS last_day"
    return f"{day_of('place.position')} AS first_day", "0 AS last_day"


def day_of(column: str) -> str:
    """SQL for the day of *column*, in seconds: both databases divide towards zero, and days go on below it."""
    return f"CASE WHEN {column} < 0 THEN ({column} + 1) / {DAY} - 1 ELSE {column} / {DAY} END"


def a_day_of_the_year(day: str) -> str:
    """SQL for some day of the year of *day*, the same for most of them, so that days need not be counted apart.

    400 years have 146,097 days. A mean year and the calendar's are never DRIFT days apart: between, the middle will do.
    """
    year = f"CASE WHEN {day} < 0 THEN ({day} * 400 + 1) / 146097 - 1 ELSE {day} * 400 / 146097 END"
    passed = f"{day} * 400 - ({year}) * 146097"
    is_inside = f"{passed} BETWEEN {400 * DRIFT} AND {146_097 - 400 * DRIFT}"
    return f"CASE WHEN {is_inside} THEN (({year}) * 146097 + 73048) / 400 ELSE {day} END"


def value_of(by: str | None) -> str:
    """SQL for the column *by*, of a closed list by its bit."""
    if by is None:
        return "'' AS value"
    return f"place.traits & {mask(by, BITS[by])} AS value" if by in BITS else f"place.{by} AS value"
