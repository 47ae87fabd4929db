"""The relations of two countries → a band of intervals over the events between them, in per cent of its width. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from events.edtf import OPEN_END, OPEN_START, EDTFDate
from events.edtf.calendar import DAY, civil_from_days, days_from_civil

#: Of the span from the first change to the last, on either side: room for what came before and what may come.
MARGIN = 0.08
#: Days on either side at least: a single event is no span.
LEAST_MARGIN = 365
#: Years between two marks of the axis; the first that makes at most MOST_MARKS.
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
MOST_MARKS = 8
#: Events that are marked, the latest.
MOST_EVENTS = 200
#: A label inside an interval narrower than this would run over the next.
ROOM_FOR_WORDS = 12.0
#: Half of the label of a year, on a phone: nearer to the edge it would be cut off.
ROOM_FOR_A_YEAR = 5.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One interval: certainly from ``x`` on, ``width`` wide; it fades in and out over all days of its two changes.

    Where these may have come on the same days, nothing of it is certain, and the fades lie over each other. Where no
    change is recorded, it runs out of the picture.
    """

    state: str
    x: float
    width: float
    fade_in_x: float
    fades_in: float
    fade_out_x: float
    fades_out: float
    certain: bool

    @property
    def has_room(self) -> bool:
        return self.width >= ROOM_FOR_WORDS


@dataclass(frozen=True, slots=True)
class Mark:
    """One event that bears on relations, over all days on which it may have begun."""

    effect: str
    event: dict[str, Any]
    x: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 3)

    @property
    def end(self) -> float:
        return round(self.x + self.width, 3)


@dataclass(frozen=True, slots=True)
class Year:
    """A mark of the axis."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Band:
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    years: tuple[Year, ...]


def band_of(intervals: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]] = ()) -> Band | None:
    """The band of *intervals*, as ``timeline.relations`` tells them, wide enough for the events *others*, too.

    None where no event bears on relations.
    """
    marks = list(_marks(intervals))
    if not marks:
        return None
    shown = [*(step for _, step in marks), *others]
    days = [day for step in shown for day in _days(step["date"]) if day is not None]
    margin = max(round((max(days) - min(days)) * MARGIN), LEAST_MARGIN)
    scale = Scale(min(days) - margin, max(days) + margin)
    return Band(
        tuple(_stretch(interval, scale) for interval in intervals),
        tuple(Mark(effect, step, *scale.span(*_days(step["date"]))) for effect, step in marks[-MOST_EVENTS:]),
        tuple(_years(scale)),
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Days since 1970 → per cent."""

    first: int
    last: int

    def x(self, day: int | None, otherwise: float) -> float:
        """Where *day* lies; *otherwise* where a side is open."""
        if day is None:
            return otherwise
        return round(min(max((day - self.first) / (self.last - self.first), 0.0), 1.0) * 100, 3)

    def span(self, first: int | None, last: int | None) -> tuple[float, float]:
        """Where *first* to *last*, it included, begins, and how wide that is."""
        begin = self.x(first, 0.0)
        return begin, round(self.x(None if last is None else last + 1, 100.0) - begin, 3)


def _marks(intervals: Sequence[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each event once, by what it did: what closed one interval has opened the next."""
    for interval in intervals:
        for effect in ("opened", "strained", "doubted"):
            for step in interval[f"{effect}_by"]:
                yield effect, step


def _days(edtf: str) -> tuple[int | None, int | None]:
    """The first and last day on which an event may have begun; None for an open side."""
    date = EDTFDate.parse(edtf)
    first = date.earliest_start // DAY if date.earliest_start > OPEN_START else None
    return first, date.latest_start // DAY if date.latest_start < OPEN_END else None


def _stretch(interval: dict[str, Any], scale: Scale) -> Stretch:
    begins, ends = interval["begins"], interval["ends"]
    may_begin, begun = scale.span(*_days(begins["edtf"])) if begins else (0.0, 0.0)
    may_end, ended = scale.span(*_days(ends["edtf"])) if ends else (100.0, 0.0)
    x = round(may_begin + begun, 3)
    width = round(max(may_end - x, 0.0), 3)
    return Stretch(interval["state"], x, width, may_begin, begun, may_end, ended, interval["certain"])


def _years(scale: Scale) -> Iterator[Year]:
    first, last = civil_from_days(scale.first)[0], civil_from_days(scale.last)[0]
    step = next((years for years in YEARS if (last - first) / years <= MOST_MARKS), YEARS[-1])
    for year in range(-(-(first + 1) // step) * step, last + 1, step):
        x = scale.x(days_from_civil(year, 1, 1), 0.0)
        if ROOM_FOR_A_YEAR <= x <= 100 - ROOM_FOR_A_YEAR:
            yield Year(str(year) if year > 0 else f"{1 - year} BCE", x)
