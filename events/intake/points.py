"""Calendar arithmetic on dates as imprecise as words: a year, a month of it, or a day."""

from __future__ import annotations

from dataclasses import dataclass

from events.edtf import EDTFDate
from events.edtf.calendar import DAY, civil_from_days, days_from_civil, month_length, months_later


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month or a day; *year* is None where the words leave it to the context."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def edtf(self) -> str:
        parts = [
            f"{'-' if self.year < 0 else ''}{abs(self.year):04d}",
            *(f"{part:02d}" for part in (self.month, self.day) if part),
        ]
        return "-".join(parts)

    @property
    def exists(self) -> bool:
        """Whether the calendar has it. 29 February does where the year is not known."""
        if self.year is not None and not 1000 <= self.year <= 9999:
            return False
        return not self.day or self.day <= month_length(2000 if self.year is None else self.year, self.month or 1)

    @property
    def is_day(self) -> bool:
        return self.day is not None

    def number(self) -> int:
        """Days from 1970-01-01 to its first day."""
        return days_from_civil(self.year, self.month or 1, self.day or 1)

    def coarse(self, unit: str) -> Point:
        """The year or the month in which it lies."""
        return Point(self.year) if unit == "year" else Point(self.year, self.month)

    def moved(self, count: int, unit: str) -> Point:
        """*count* units later, no more precise than both it and the unit are."""
        if unit in ("day", "week", "fortnight"):
            if not self.is_day:
                return self
            return of_number(self.number() + count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        if unit == "month":
            if not self.month:
                return self
            index = self.year * 12 + self.month - 1 + count
            return Point(index // 12, index % 12 + 1)
        return Point(self.year + count * {"year": 1, "decade": 10, "century": 100}[unit])


def of_number(number: int) -> Point:
    return Point(*civil_from_days(number))


def of_date(date: EDTFDate | None) -> Point | None:
    """The day, month or year that *date* names; of a longer stretch its first day's year."""
    if date is None:
        return None
    year, month, day = civil_from_days(date.position // DAY)
    if date.precision in ("day", "time"):
        return Point(year, month, day)
    return Point(year, month) if date.precision == "month" else Point(year)


def week_of(day: Point, weeks: int = 0) -> tuple[Point, Point]:
    """Monday and Sunday of the week of *day*, or of one some weeks later."""
    monday = day.number() - weekday(day) + 7 * weeks
    return of_number(monday), of_number(monday + 6)


def weekday(day: Point) -> int:
    """0 for Monday … 6 for Sunday."""
    return (day.number() + 3) % 7


def months_after(day: Point, months: int) -> Point:
    """The month that lies so many months after that of *day*."""
    return Point(*civil_from_days(months_later(day.number(), months))[:2])
