"""Calendar months by which the words are kept in order of date."""

from events.edtf.calendar import DAY, civil_from_days, days_from_civil

#: Astronomical year × 12 + month - 1, so negative before year 0. What lies beyond these counts in the outermost.
FIRST, LAST = -12 * 110_000, 12 * 110_000


def month_of(position: int) -> int:
    """The month in which *position*, in seconds since 1970, lies."""
    if abs(position) > 2**61:
        return FIRST if position < 0 else LAST
    year, month, _ = civil_from_days(position // DAY)
    return max(FIRST, min(LAST, year * 12 + month - 1))


def first_second(month: int) -> int:
    """Where *month* begins, in seconds since 1970; the first begins with time, and what follows the last after it."""
    if month <= FIRST:
        return -(2**62)
    if month > LAST:
        return 2**62 + 1
    return days_from_civil(month // 12, month % 12 + 1, 1) * DAY
