"""Single expressions of time in a sentence, as far as they can be read without their neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from events.intake.points import Point


@dataclass(frozen=True, slots=True)
class Found:
    """One expression. A *point* without a year, or an EDTF text for what is no single point."""

    start: int
    end: int
    point: Point | None = None
    edtf: str = ""
    approximate: bool = False

    @property
    def text(self) -> str:
        return self.edtf or (self.point.edtf + "~" * self.approximate if self.point and self.point.year else "")


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words are counted from: the text's own date, and the date named last."""

    anchor: Point | None
    last: Point | None = None
    future: bool = False
    printed: Point | None = None  #: the day after *anchor* on which it was published, where that is another

    @property
    def today(self) -> Point | None:
        return self.anchor if self.anchor and self.anchor.is_day else None

    def with_last(self, found: Found) -> Clock:
        return replace(self, last=found.point) if found.point and found.point.year else self


Handler = Callable[[re.Match[str], Clock], Found | None]
HANDLERS: list[tuple[re.Pattern[str], Handler]] = []


def expression(pattern: str, *, cased: bool = True) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        # Names of months and days begin with a capital; where there are none, "Later that year" is as good as "later".
        HANDLERS.append((re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", 0 if cased else re.IGNORECASE), handler))
        return handler

    return register


def expressions(sentence: str, clock_at: Callable[[int, int], Clock]) -> Iterator[Found]:
    """All of *sentence*, from left to right, the longest where several begin together.

    *clock_at* is asked at each one, so that "the next day" can follow from the date before it.
    """
    matches = [
        (match.start(), -match.end(), order, match, handler)
        for order, (pattern, handler) in enumerate(HANDLERS)
        for match in pattern.finditer(sentence)
    ]
    end = -1
    for start, _, _, match, handler in sorted(matches, key=lambda each: each[:3]):
        if start < end:
            continue
        found = handler(match, clock_at(match.start(), match.end()))
        if found is not None and (found.point is None or found.point.exists):
            end = match.end()
            yield found


def at(match: re.Match[str], point: Point | None, **more) -> Found | None:
    return Found(match.start(), match.end(), point, **more) if point or more.get("edtf") else None


def as_set(first: Point, last: Point) -> str:
    """One moment from *first* to *last*."""
    return first.edtf if first == last else f"[{first.edtf}..{last.edtf}]"


def interval(first: Point, last: Point) -> str:
    return f"{first.edtf}/{last.edtf}"


def resolved(point: Point, clock: Clock, narrative: Point | None = None) -> Point:
    """*point* with the year that the context gives it, or without one still.

    What lies ahead is the next such day from the text's own; a tale of another time goes forward from the date before;
    anything else is the latest that had come by then.
    """
    if point.year is not None:
        return point
    anchor = clock.anchor
    if clock.future and anchor and anchor.month:
        ahead = (point.month, point.day or 31) < (anchor.month, anchor.day or 1)
        return replace(point, year=anchor.year + ahead)
    if narrative and (anchor is None or narrative.year != anchor.year):
        earlier = bool(narrative.month) and point.month < narrative.month
        later = replace(point, year=narrative.year + earlier)
        return later if anchor is None or later.year <= anchor.year else replace(point, year=narrative.year)
    if anchor is None:
        return point
    if not anchor.month:
        return replace(point, year=anchor.year)
    return replace(point, year=anchor.year - ((point.month, point.day or 0) > (anchor.month, anchor.day or 31)))
