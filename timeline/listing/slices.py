"""Slices of time, in which common words are looked for one after the other."""

from dataclasses import dataclass
from math import ceil

from timeline.search.months import month_of

#: Months in which words are looked for first, and by how many times a slice is longer than the one before at most.
FIRST_SLICE, MOST_TIMES = 3, 8


@dataclass
class Ahead:
    """Calendar months ahead of a reader, from ``begin`` to ``end``, handed out slice by slice."""

    begin: int
    end: int
    descending: bool
    length: int = FIRST_SLICE

    @classmethod
    def of(cls, first: int | None, last: int | None, start: int | None, descending: bool) -> "Ahead":
        """Those that hold the positions from *first* to *last*, which may be None, and do not lie before *start*."""
        if first is None or last is None:
            return cls(0, -1, descending)
        begin, end = month_of(first), month_of(last)
        if start is not None:
            begin, end = (begin, month_of(start)) if descending else (month_of(start), end)
        return cls(begin, end, descending)

    def next(self) -> tuple[int, int] | None:
        """The first and the last month of the next slice; None at the end."""
        if self.begin > self.end:
            return None
        if self.descending:
            months = max(self.begin, self.end - self.length + 1), self.end
            self.end -= self.length
        else:
            months = self.begin, min(self.end, self.begin + self.length - 1)
            self.begin += self.length
        return months

    def widen(self, found: int, missing: int) -> None:
        """After a slice in which so many were *found*: as long as would hold what is *missing* if the next ones hold as
        much, within reason. Too long, it finds thousands of which a few are wanted; too short, it is one of many.
        """
        times = missing / found if found else MOST_TIMES
        self.length = ceil(self.length * min(MOST_TIMES, max(1, times)))
