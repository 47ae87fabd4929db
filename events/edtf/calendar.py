"""Day arithmetic of the proleptic Gregorian calendar, for any year: Python's `date` stops at year 1.

Days and seconds count from 1970-01-01. Years are astronomical: 0 is 1 BCE.
"""

DAY = 86_400
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Days before a month in a year that is thought to begin in March, so that the leap day comes last.
_BEFORE_MONTH = (306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275)
_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01
_ERA = 146_097  # days in 400 years


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Days in *month* (1 to 12)."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to the given day, which is not checked."""
    if month < 3:
        year -= 1
    return 365 * year + year // 4 - year // 100 + year // 400 + _BEFORE_MONTH[month - 1] + day - 1 - _EPOCH


def civil_from_days(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number: the inverse of `days_from_civil`."""
    era, of_era = divmod(number + _EPOCH, _ERA)
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    day = of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    return era * 400 + year_of_era + (month < 3), month, day


def months_later(number: int, months: int) -> int:
    """The day number *months* later (or earlier); a day that the month lacks becomes its last."""
    year, month, day = civil_from_days(number)
    index = year * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    return days_from_civil(year, month, min(day, month_length(year, month)))


def iso_day(year: int, month: int, day: int) -> str:
    """`YYYY-MM-DD`; before year 0 and after 9999 `±YYYYYY-MM-DD`."""
    shown = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+07d}"
    return f"{shown}-{month:02d}-{day:02d}"
