"""The dates of a sentence, as EDTF, never more precise than its words: "since 2011" is `2011/..`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from events.edtf import EDTFDate, InvalidEDTF
from events.intake import absolute_dates, relative_dates  # noqa: F401  their expressions are registered
from events.intake.absolute_dates import joined
from events.intake.expressions import Clock, Found, expressions, resolved
from events.intake.points import Point

FUTURE = re.compile(
    r"\b(?:will|shall|would|should|must|(?:is|are|was|were|be) (?:to|due|set|scheduled|slated|expected|planned|about)|"
    r"due|scheduled|slated|pencilled in|billed|"
    # Told in the present tense of a day without a year: "leaves for New York on Sunday".
    r"leaves|arrives|flies|travels|meets|opens|begins|hosts|reaches|assembles|convenes|reconvenes|gathers|goes|returns|"
    r"signs|takes place|expires|resumes|sees|receives|"
    r"plans? to|planned|planning|expect(?:s|ed)|intends?|intended|upcoming|forthcoming|"
    r"(?:agreed|hopes?|hoped|wants?|invited \w+|set|ready|not) to (?![A-Z])(?:\w+ ){0,3}|"
    r"to (?:be|meet|visit|hold|sign|open|reopen|restore|exchange|establish|withdraw|leave|travel|attend|host|"
    r"take place|begin|start|resume|continue|return))\b"
)
FIRST_TO = re.compile(r"\b(?:first|second|third|last|only|latest|sole)\b[^,;:]*$")
DATE_SAID_FIRST = re.compile(
    r"^\W*(?:(?:on|in|by|at|late|early|later|from|next|this|over|and|but|then)\s+)*$", re.IGNORECASE
)
DONE = re.compile(
    r"\b(?:\w{2,}ed|held|met|said|went|flew|came|took|began|told|gave|sent|left|paid|made|was|were|had|broke|cut|spoke|"
    r"wrote|put|became|struck|fought|won|lost)\b"
)
SAID_ON = re.compile(
    r"\b(?:said|announced|told [\w ]{1,30}|reported|confirmed|wrote|stated|declared|denied|added|insisted|claimed)"
    r"(?: (?:on|late|early|in a statement|last|earlier))* $"
)
#: Behind what was said: ", he told the Senate in a letter of".
SAID_SO = re.compile(
    r"[,”\"] (?!who|which)[^,;]{2,80}\b(?:said|told|announced|wrote|reported|stated|declared|confirmed)\b[^,;]*$"
)
NEW_CLAUSE = re.compile(
    r"[;:—]|, (?:and|but|who|which|where|while|when|after|following|as|having|\w+ing)\b|\b(?:after|since|because|"
    r"following|although|though|that was|which was)\b"
)
WHOLE_YEAR = re.compile(r"\b(?:[12][0-9]{3}|(?:this|last|next) year)\b")
#: Not when something happened, but how long nothing like it had.
ONLY_COMPARED = re.compile(
    r"\b(?:first|biggest|largest|worst|highest|lowest|longest|only|most|least|fewest|deadliest|not|never|no|unseen|"
    r"unprecedented|more|fewer|doubled|tripled|grown|fallen|risen)\b[^,;:]*$",
    re.IGNORECASE,
)

PREFIXES = re.compile(
    r"(?P<since>\b(?:ever )?since (?:at least )?)|(?P<until>\b(?:until|till|up to|through|lasting until) )|"
    r"(?P<no_later>\b(?:by|no later than|not later than|at the latest by|at the latest in) (?:no later than )?)|"
    r"(?P<not_before>\b(?:no earlier than|not before|no sooner than|not earlier than|at the earliest in|from) )|"
    r"(?P<before>\b(?:before|prior to|ahead of) )|(?P<after>\b(?:after) )|"
    r"(?P<about>\b(?:around|about|circa|roughly|approximately|in or around|in or about|on or about|on or around|"
    r"some time "
    r"around|sometime around|or around)|\bca?\.) ?|"
    r"(?P<perhaps>\b(?:probably|possibly|perhaps|apparently|presumably|reportedly|maybe) (?:in |on |as early as )?)",
    re.IGNORECASE,
)
TAIL = re.compile(r"(?:\b(?:the|in|on|early|late|at|mid-?|of|as)\s+)*$", re.IGNORECASE)
ONWARDS = re.compile(r" (?:on|onwards?|forward)\b")
TO = re.compile(r" ?(?:to|until|till|through|up to|–|—|-) ?(?:the |early |late )?", re.IGNORECASE)
AND = re.compile(r" and (?:on |in |the )?")
OR = re.compile(r" or (?:on |in |the )?")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a sentence; *edtf* is "" where the words do not say which year."""

    start: int
    end: int
    edtf: str
    future: bool = False  #: whether the words before it look ahead


def dates_in(sentence: str, clock: Clock, narrative: Point | None) -> tuple[list[DateMention], Clock, Point | None]:
    """The dates of *sentence*, and what the next one counts from.

    *narrative* is the last date of the paragraph that named its year: "in March" after it means that year.
    """
    found: list[Found] = []

    def clock_at(start: int, end: int) -> Clock:
        last = clock
        for each in found:
            settled = _settled(each, replace(last, future=looks_ahead(sentence, each.start, each.end)), narrative)
            last = last.with_last(settled)
        return replace(last, future=looks_ahead(sentence, start, end))

    for each in expressions(sentence, clock_at):
        found.append(each)
    mentions: list[DateMention] = []
    place = 0
    while place < len(found):
        mention, used, last = _mention(sentence, found[place:], clock, narrative)
        place += used
        if last is not None:
            clock = replace(clock, last=last)
            if WHOLE_YEAR.search(sentence, found[place - used].start, found[place - 1].end):
                narrative = last
        if mention is not None:
            mentions.append(mention)
    return mentions, clock, narrative


def looks_ahead(sentence: str, start: int, end: int) -> bool:
    """Whether the clause speaks of what is to come at the date that stands there."""
    before = sentence[:start]
    clause = NEW_CLAUSE.split(before)[-1]
    if SAID_ON.search(before) or SAID_SO.search(before):
        return False
    ahead = (each for each in FUTURE.finditer(clause) if not is_a_first(clause, each))
    if next(ahead, None):
        return True
    if not DATE_SAID_FIRST.match(clause):
        return False
    after = NEW_CLAUSE.split(sentence[end:].lstrip(" ,"), maxsplit=1)[0]
    found = FUTURE.search(after[:80])
    return found is not None and not DONE.search(after, 0, found.start())


def is_a_first(text: str, ahead: re.Match[str]) -> bool:
    """Whether the words that look *ahead* only tell who was the first to do it."""
    return ahead[0].startswith("to ") and FIRST_TO.search(text, 0, ahead.start()) is not None


def _settled(found: Found, clock: Clock, narrative: Point | None) -> Found:
    if found.point is None or found.point.year is not None:
        return found
    point = resolved(found.point, clock, narrative)
    return replace(found, point=point if point.exists else replace(found.point, year=None))


def _mention(
    sentence: str, found: list[Found], clock: Clock, narrative: Point | None
) -> tuple[DateMention | None, int, Point | None]:
    """The first mention, how many expressions it took, and the point that it leaves behind."""
    first = found[0]
    future = looks_ahead(sentence, first.start, first.end)
    clock = replace(clock, future=future)
    prefix, name = _prefix(sentence, first.start)
    second = found[1] if len(found) > 1 else None
    if second is not None:
        pair = _pair(sentence, first, second, name, clock, narrative)
        if pair is not None:
            text, last = pair
            return _checked(first.start, second.end, text, future), 2, last
    settled = _settled(first, clock, narrative)
    text = settled.text
    if name == "since" and ONLY_COMPARED.search(sentence[:prefix]):
        return None, 1, settled.point if settled.text else None
    if name == "from" and not ONWARDS.match(sentence, first.end) and prefix > 2:
        name = ""
    text = _modified(text, name, settled.point, clock)
    start = prefix if name else first.start
    return _checked(start, first.end, text, future), 1, settled.point if settled.text else None


def _prefix(sentence: str, start: int) -> tuple[int, str]:
    """Where the words before a date begin that change it, and which they are."""
    tail = TAIL.search(sentence, max(0, start - 24), start)
    reach = tail.start() if tail else start
    for match in PREFIXES.finditer(sentence, max(0, reach - 40), reach):
        if match.end() == reach:
            name = match.lastgroup or ""
            if name == "since" and "least" in match[0]:
                name = "since at least"
            if name == "not_before" and match[0].lower().startswith("from"):
                name = "from"
            return match.start(), name
    between = re.search(r"\bbetween $", sentence[max(0, reach - 8) : reach], re.IGNORECASE)
    return (reach - 8, "between") if between else (start, "")


def _pair(
    sentence: str, first: Found, second: Found, name: str, clock: Clock, narrative: Point | None
) -> tuple[str, Point | None] | None:
    """ "From A to B", "between A and B", "A or B", "1973 and 1974" as one date; None where the two are apart."""
    gap = sentence[first.end : second.start]
    if AND.fullmatch(gap) and (name == "between" or _alike(first, second) or _adjoin(first, second, clock, narrative)):
        joint = "between" if name == "between" else "and"
    elif OR.fullmatch(gap):
        joint = "or"
    elif TO.fullmatch(gap) and name in ("from", "since", "", "between"):
        joint = "to"
    else:
        return None
    end = _settled(second, clock, narrative)
    begin = first
    if first.point and first.point.year is None and end.point and end.point.year:
        later = bool(end.point.month) and first.point.month > end.point.month
        begin = replace(first, point=replace(first.point, year=end.point.year - later))
    elif first.point and second.point and second.point.month and not first.point.month and not second.point.year:
        return None
    begin = _settled(begin, clock, narrative)
    if not (begin.text and end.text) or any(mark in begin.text + end.text for mark in "[]{}/"):
        return None
    if joint == "between":
        return f"[{begin.text}..{end.text}]", end.point
    if joint == "to" or not (begin.point and end.point):
        return f"{begin.text}/{end.text}", end.point
    return joined(begin.point, end.point, joint, _adjoin(first, second, clock, narrative)), end.point


def _alike(first: Found, second: Found) -> bool:
    """Two years, or two months: "in 1973 and 1974"."""
    one, other = first.point, second.point
    return bool(one and other and not one.day and not other.day and bool(one.month) == bool(other.month))


def _adjoin(first: Found, second: Found, clock: Clock, narrative: Point | None) -> bool:
    """Whether the second is the day after the first: "on Saturday and Sunday"."""
    days = [_settled(each, clock, narrative).point for each in (first, second)]
    return all(day and day.is_day and day.year for day in days) and days[1].number() == days[0].number() + 1


def _modified(text: str, name: str, point: Point | None, clock: Clock) -> str:
    single = bool(text) and not any(mark in text for mark in "[]{}/")
    if not name or not single:
        return text
    anchor = clock.today
    if name == "no_later" and clock.future and anchor and point and point.number() >= anchor.number():
        return f"[{anchor.edtf}..{text}]"
    return _CHANGES.get(name, lambda text, point: text)(text, point)


def _the_one_before(text: str, point: Point | None) -> str:
    if point is None or "~" in text:
        return f"[..{text}]"
    return f"[..{point.moved(-1, 'day' if point.day else 'month' if point.month else 'year').edtf}]"


_CHANGES: dict[str, Callable[[str, Point | None], str]] = {
    "since": lambda text, point: f"{text}/..",
    "from": lambda text, point: f"{text}/..",
    "since at least": lambda text, point: f"[..{text}]",
    "until": lambda text, point: f"../{text}",
    "no_later": lambda text, point: f"[..{text}]",
    "not_before": lambda text, point: f"[{text}..]",
    "before": _the_one_before,
    "after": lambda text, point: f"[{text}..]",
    "about": lambda text, point: f"{text.rstrip('~')}~" if "X" not in text else text,
    "perhaps": lambda text, point: f"{text}?" if "~" not in text and "X" not in text else text,
}


def _checked(start: int, end: int, text: str, future: bool) -> DateMention | None:
    try:
        EDTFDate.parse(text)
    except InvalidEDTF:
        text = ""
    return DateMention(start, end, text, future)
