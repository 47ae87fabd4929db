"""Where and on which day a report was filed: "PYONGYANG, June 3 (KCNA) —"."""

from __future__ import annotations

import re

from events.edtf import EDTFDate
from events.intake import absolute_dates  # noqa: F401  its expressions are registered
from events.intake import calendar_words as words
from events.intake.expressions import Clock, expressions, resolved
from events.intake.paragraphs import all_blocks
from events.intake.points import Point, of_date

DATELINE = re.compile(
    rf"\s*(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{{2,40}}(?:, (?!{words.MONTH})[A-Z][\w. ]{{1,25}}?)?)"
    rf"(?:,? (?P<date>(?:{words.MONTH} [0-9]{{1,2}}|[0-9]{{1,2}} {words.MONTH})(?:,? [0-9]{{4}})?)\.?)?"
    r"(?:,? ?[(\[/](?P<agency>[^()\[\]]{2,40})[)\]/])?\s*(?:--|[—–:]|-(?= ))\s*"
)


def dateline(paragraph: str, anchor: Point | None) -> tuple[int, Point | None]:
    """Where the text of *paragraph* begins after its dateline, and the day that it names; 0 where there is none."""
    match = DATELINE.match(paragraph)
    if not match or not (match["date"] or match["agency"] or match["place"].strip(" .").isupper()):
        return 0, None
    if not match["date"]:
        return match.end(), None
    clock = Clock(anchor)
    found = next(expressions(match["date"], lambda start, end: clock), None)
    point = found and found.point and resolved(found.point, clock)
    if not point or not point.is_day or point.year is None or not point.exists:
        return match.end(), None
    if anchor is not None and anchor.is_day and not 0 <= anchor.number() - point.number() <= 31:
        # Filed a month before it was printed, or after: it is not the day from which "Sunday" is counted.
        return match.end(), None
    return match.end(), point


def own_date(text: str, published: EDTFDate | None, first: str) -> Point | None:
    """The text's own date: as *published*, else a whole day named above its first paragraph."""
    if published is not None:
        return of_date(published)
    for block in all_blocks(text):
        if block == first:
            break
        for found in expressions(block, lambda start, end: Clock(None)):
            if found.point and found.point.year and found.point.is_day:
                return found.point
    return None
