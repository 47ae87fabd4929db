"""Expressions that name a year, a month or a day: "30 May 2018", "in 1966", "the 1960s", "on May 30"."""

from __future__ import annotations

import re

from events.intake import calendar_words as words
from events.intake.expressions import Clock, as_set, at, expression, interval, resolved
from events.intake.points import Point

MONTH, DAY, YEAR, WEEKDAY, PART = words.MONTH, words.DAY, words.YEAR, words.WEEKDAY, words.PART
RELATIVE_YEAR = (
    r"(?:of |in )?(?:(?P<which>last|this|next|that|the same|the previous|the preceding|the following|the next) year|"
    r"the (?P<after>same|previous|preceding|following) year)"
)
#: A month or a year alone is a date only after one of these.
BEFORE_A_BARE_ONE = re.compile(
    r"\b(?:in|since|by|until|till|from|to|of|for|during|before|after|through|throughout|between|and|or|about|around|"
    r"circa|c\.|as early as|as late as|than|at least|back in|the year|prior to|early|late|again in|dated|effective|"
    r"roughly|approximately|only|per|past|into)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
SURELY_A_YEAR = re.compile(r"(?:in|since|until|till|during|back in|the year|early|late|as early as)\b", re.IGNORECASE)
#: "About 1500 troops": a number, not a year.
COUNTED = re.compile(
    r" (?!(?:and|but|or|to|the|a|an|when|by|in|on|at|with|it|he|she|they|who|which|that|as|after|before|until|for|"
    r"under|"
    r"had|has|have|was|were|is|are|did|would|will|could|may|through|because|while|there|its|his|her|their)\b)[a-z]"
)


@expression(r"([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
def iso_day(match, clock):
    year, month, day = map(int, match.groups())
    return at(match, Point(year, month, day)) if 1 <= month <= 12 and day else None


@expression(r"([0-3]?[0-9])[./]([0-3]?[0-9])[./]([12][0-9]{3})")
def numeric_day(match, clock):
    one, other, year = map(int, match.groups())
    readings = [
        Point(year, month, day) for day, month in ((one, other), (other, one)) if 1 <= month <= 12 and 1 <= day <= 31
    ]
    readings = [each for each in dict.fromkeys(readings) if each.exists]
    if len(readings) == 2 and "/" in match[0]:
        # 03/06 is read one way in London and the other in New York.
        return at(match, None, edtf=f"[{','.join(sorted(each.edtf for each in readings))}]")
    return at(match, readings[0]) if readings else None


def year_of(match: re.Match[str], clock: Clock) -> int | None:
    """The year that a match names in figures or by "last year"; None where it names none that is known."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    which = groups.get("which") or groups.get("after")
    if not which:
        return None
    which = which.removeprefix("the ")
    if which in ("last", "this", "next"):
        return clock.anchor and clock.anchor.year + {"last": -1, "this": 0, "next": 1}[which]
    base = clock.last or clock.anchor
    return base and base.year + {"previous": -1, "preceding": -1, "following": 1}.get(which, 0)


YEAR_AFTER = rf"(?:,? (?:of )?(?P<year>{YEAR})|,? {RELATIVE_YEAR})?"
WEEKDAY_BEFORE = rf"(?:{WEEKDAY},? (?:the )?)?"


@expression(rf"{WEEKDAY_BEFORE}(?P<day>{DAY})(?: day)?(?: of)? (?P<month>{MONTH}){YEAR_AFTER}")
@expression(rf"{WEEKDAY_BEFORE}(?P<month>{MONTH}) (?:the )?(?P<day>{DAY}){YEAR_AFTER}")
def day_of_month(match, clock):
    month, day = words.month_number(match["month"]), words.day_number(match["day"])
    return at(match, Point(year_of(match, clock), month, day))


JOINT = r"(?: to | until | till | and | through | or | ?[-–—] ?)"


@expression(rf"(?P<first>{DAY})(?P<joint>{JOINT})(?:the )?(?P<last>{DAY})(?: of)? (?P<month>{MONTH}){YEAR_AFTER}")
@expression(rf"(?P<month>{MONTH}) (?P<first>{DAY})(?P<joint>{JOINT})(?:the )?(?P<last>{DAY})(?! {MONTH}){YEAR_AFTER}")
def days_of_month(match, clock):
    month = words.month_number(match["month"])
    first, last = words.day_number(match["first"]), words.day_number(match["last"])
    year = year_of(match, clock)
    if year is None:
        year = resolved(Point(None, month, last), clock).year
    ends = Point(year, month, first), Point(year, month, last)
    if year is None or first >= last or not all(each.exists for each in ends):
        return None
    return at(match, None, edtf=joined(*ends, _joint(match), last == first + 1))


def _joint(match: re.Match[str]) -> str:
    return "between" if match.string[: match.start()].lower().endswith("between ") else match["joint"].strip()


def joined(first: Point, last: Point, joint: str, adjoining: bool = False) -> str:
    """EDTF of "3 to 5 May", "3 and 4 May" (one stretch), "3 and 9 May" (both), "3 or 4 May" (one of them).

    What was between two dates may have been at any one moment there.
    """
    if joint == "between":
        return as_set(first, last)
    if joint == "or":
        return f"[{first.edtf},{last.edtf}]"
    if joint == "and" and not adjoining:
        return f"{{{first.edtf},{last.edtf}}}"
    return interval(first, last)


@expression(rf"(?P<first>{MONTH})(?P<joint>{JOINT})(?P<last>{MONTH}){YEAR_AFTER}")
def months_of_year(match, clock):
    first, last = words.month_number(match["first"]), words.month_number(match["last"])
    year = year_of(match, clock) or resolved(Point(None, last), clock).year
    if year is None or first >= last:
        return None
    return at(match, None, edtf=joined(Point(year, first), Point(year, last), _joint(match), last == first + 1))


@expression(rf"(?:the )?(?:{PART})?(?P<name>{words.SEASON}|{words.PART_OF_YEAR})"
            rf"(?: of| in)?,? (?:(?P<year>{YEAR})(?:[-–/][0-9]{{2,4}})?|{RELATIVE_YEAR})")  # fmt: skip
@expression(rf"(?P<which>last|this|next) (?P<name>{words.SEASON})")
def season_of_year(match, clock):
    year, name = year_of(match, clock), match["name"].lower()
    if year is None:
        return None
    code = words.SEASONS.get(name) or words.PARTS_OF_YEAR[name]
    anchor = clock.anchor
    if match.groupdict().get("which") == "last" and "year" not in match[0] and anchor and anchor.month:
        # "Last summer", said in November, is the one that has just been.
        year += anchor.month > {21: 5, 22: 8, 23: 11, 24: 12}.get(code, 12)
    return at(match, None, edtf=f"{year:04d}-{code}")


@expression(rf"{PART}?(?P<month>{MONTH})(?:,|,? of)? (?P<year>{YEAR})")
@expression(rf"{PART}?(?P<month>{MONTH}),? {RELATIVE_YEAR}")
def month_of_year(match, clock):
    return at(match, Point(year_of(match, clock), words.month_number(match["month"])))


@expression(rf"(?:(?P<det>[Ll]ast|[Nn]ext|[Tt]his|this past|this coming) )?(?P<part>{PART})?(?P<month>{MONTH})")
def month_alone(match, clock):
    month, det = words.month_number(match["month"]), (match["det"] or "").lower()
    if not det:
        if not match["part"] and not BEFORE_A_BARE_ONE.search(match.string, 0, match.start("month")):
            return None
        return at(match, Point(None, month))
    if not clock.anchor or not clock.anchor.month:
        return at(match, clock.anchor)
    year, now = clock.anchor.year, clock.anchor.month
    if det in ("last", "this past"):
        year -= month >= now
    elif det == "next":
        year += month <= now
    return at(match, Point(year, month))


@expression(rf"{PART}?(?P<year>{YEAR})")
def year_alone(match, clock):
    has_part = match.start("year") > match.start()
    alone = match.start() == 0 and match.string[match.end() : match.end() + 1] in (":", ",")
    if not (has_part or alone):
        before = BEFORE_A_BARE_ONE.search(match.string, 0, match.start())
        if not before or not SURELY_A_YEAR.match(before[0]) and COUNTED.match(match.string, match.end()):
            return None
    return at(match, Point(int(match["year"])))


@expression(r"([12][0-9]{3}) ?[-–—/] ?((?:[12][0-9])?[0-9]{2})")
def years(match, clock):
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
    return at(match, None, edtf=interval(Point(first), Point(last))) if first < last else None


@expression(rf"(?:the )?(?:{PART}|mid-?)?([12][0-9]{{2}})0['’]?s")
def decade(match, clock):
    return at(match, None, edtf=f"{match[1]}X")


@expression(rf"the (?:early |mid-|late )?(?P<tens>{'|'.join(words.TENS)})", cased=False)
def decade_in_words(match, clock):
    return at(match, None, edtf=f"19{words.TENS[match['tens'].lower()]}X")


@expression(rf"(?:the )?(?:{PART}|mid-?)?(?:(?P<number>1[0-9]|20|21)(?:st|nd|rd|th)|(?P<word>{words.ORDINAL})) century",
            cased=False)  # fmt: skip
def century(match, clock):
    number = int(match["number"]) if match["number"] else words.ORDINALS[match["word"].lower()]
    return at(match, None, edtf=f"{number - 1:02d}XX") if number > 10 else None


@expression(
    r"[Oo]n the (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)"
    r"(?! (?:century|anniversary|birthday|floor|day|session|congress)| of [A-Z])"
)
def day_alone(match, clock):
    base = clock.last if clock.last and clock.last.month else clock.anchor
    day = int(match["day"])
    return at(match, Point(base.year, base.month, day)) if base and base.month and day else None
