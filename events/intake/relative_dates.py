"""Expressions that count from the text's own date, or from the date named before: "on Sunday", "two weeks later"."""

from __future__ import annotations

import re

from events.intake import calendar_words as words
from events.intake.expressions import Clock, as_set, at, expression
from events.intake.points import Point, months_after, of_number, week_of, weekday

UNIT, NUMBER, WEEKDAY, TIME_OF_DAY = words.UNIT, words.NUMBER, words.WEEKDAY, words.TIME_OF_DAY


@expression(rf"(?:(?P<det>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|the previous|the following) )?"
            rf"(?P<day>{WEEKDAY})(?:['’]s)?(?: {TIME_OF_DAY}s?)?"
            r"(?: (?:of )?(?P<week>last|this|next|the previous|the following) week)?"
            r"(?: (?P<late>last|next))?(?! ?[–-] ?[A-Z])")  # fmt: skip
def on_weekday(match, clock):
    today = clock.today
    if today is None:
        return at(match, clock.anchor)
    wanted, now = words.WEEKDAYS[match["day"].lower()], weekday(today)
    det = (match["det"] or match["late"] or "").lower()
    if match["week"]:
        monday, _ = week_of(today, {"last": -1, "this": 0, "next": 1}.get(match["week"].removeprefix("the "), 0))
        return at(match, of_number(monday.number() + wanted))
    back, ahead = (now - wanted) % 7, (wanted - now) % 7
    if det in ("the previous", "the following"):
        base = clock.last if clock.last and clock.last.is_day else today
        behind, onward = (weekday(base) - wanted) % 7 or 7, (wanted - weekday(base)) % 7 or 7
        return at(match, of_number(base.number() + (onward if det.endswith("following") else -behind)))
    if det in ("last", "this past"):
        return at(match, of_number(today.number() - (back or 7)))
    if det in ("next", "this coming"):
        return at(match, of_number(today.number() + (ahead or 7)))
    if det == "this":
        return at(match, of_number(today.number() + (ahead if clock.future else wanted - now)))
    if clock.printed is not None and not clock.future and clock.printed.number() - today.number() < 3:
        # Filed on Thursday and printed on Friday, "on Friday" is that Friday.
        latest = clock.printed.number() - (weekday(clock.printed) - wanted) % 7
        back = min(back, today.number() - latest)
    return at(match, of_number(today.number() + (ahead if clock.future else -back)))


DAYS_AWAY = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "earlier today": 0,
    "later today": 0, "yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2,
    "the day after tomorrow": 2,
}  # fmt: skip


@expression("|".join(sorted(DAYS_AWAY, key=len, reverse=True)) + rf"(?: {TIME_OF_DAY})?", cased=False)
def day_word(match, clock):
    today = clock.today
    if today is None:
        return at(match, clock.anchor)
    words_said = match[0].lower()
    away = next(DAYS_AWAY[each] for each in sorted(DAYS_AWAY, key=len, reverse=True) if words_said.startswith(each))
    return at(match, of_number(today.number() + away))


@expression(r"(?:(?P<when>earlier|later|late|early|sometime|some time|at the (?:end|start|beginning) of|"
            r"(?:the )?(?:end|start|beginning|middle) of) )?(?:in )?"
            r"(?P<which>this|last|next|the coming|the past|this past|this coming|the current)"
            r" (?P<unit>week|week-?end|month|year|decade|century)", cased=False)  # fmt: skip
@expression(r"(?P<when>(?:at |by )?the (?:end|start|beginning|middle) of) (?P<which>the) (?P<unit>week|month|year)",
            cased=False)  # fmt: skip
@expression(r"(?:over |at |during )(?P<which>the) (?P<unit>week-?end)", cased=False)
def named_stretch(match, clock):
    which, unit = match["which"].lower(), match["unit"].lower().replace("-", "")
    when = (match.groupdict().get("when") or "").lower()
    count = {"last": -1, "the past": -1, "this past": -1, "next": 1, "the coming": 1, "this coming": 1}.get(which, 0)
    anchor = clock.anchor
    if anchor is None:
        return None
    if unit in ("week", "weekend"):
        return _week(match, clock, count, unit, when)
    if which == "the past":
        return None
    if unit == "month":
        return at(match, months_after(anchor, count) if anchor.month else anchor.coarse("year"))
    year = anchor.year + count * {"year": 1, "decade": 10, "century": 100}[unit]
    if unit != "year":
        return at(match, None, edtf=f"{year // 10}X" if unit == "decade" else f"{year // 100}XX")
    return at(match, Point(year))


def _week(match, clock: Clock, count: int, unit: str, when: str):
    today = clock.today
    if today is None:
        return at(match, clock.anchor)
    if weekday(today) == 6 and clock.future and unit == "week" and count == 0:
        # On a Sunday the week that people look forward to begins.
        return at(match, None, edtf=as_set(today, of_number(today.number() + 6)))
    monday, sunday = week_of(today, count)
    if unit == "weekend":
        if count == 0 and weekday(today) < 5 and not clock.future:
            monday, sunday = week_of(today, -1)
        return at(match, None, edtf=as_set(of_number(sunday.number() - 1), sunday))
    if count == 0 and when == "earlier":
        sunday = today
    if count == 0 and when == "later":
        monday = today
    return at(match, None, edtf=as_set(monday, sunday))


@expression(r"(?:since|from) the (?:beginning|start) of (?P<unit>the year|this year|the month|this month)|"
            r"so far (?P<far>this year|this month)", cased=False)  # fmt: skip
def so_far(match, clock):
    unit = (match["unit"] or match["far"]).split()[-1].lower()
    today = clock.today
    if today is None or unit == "month" and not clock.anchor.month:
        return at(match, clock.anchor)
    return at(match, None, edtf=as_set(Point(today.year, 1 if unit == "year" else today.month, 1), today))


def _about(match, base: Point | None, count: int, unit: str):
    """*count* units from *base*: said of days it is exact, said of anything longer it is not."""
    if base is None:
        return None
    unit = {"centurie": "century"}.get(unit.lower(), unit.lower())
    if unit in ("month", "year", "decade", "century"):
        base = base.coarse("month" if unit == "month" else "year")
    elif not base.is_day:
        return at(match, base, approximate=True)
    return at(match, base.moved(count, unit), approximate=unit != "day" or abs(count) > 6)


@expression(rf"(?:about |some |around |nearly |almost |just |only |barely |just over |more than |over )?"
            rf"(?P<number>{NUMBER}) (?P<unit>{UNIT})s? ago", cased=False)  # fmt: skip
def ago(match, clock):
    return _about(match, clock.anchor, -words.number_of(match["number"]), match["unit"])


@expression(rf"(?:about |some |around |nearly |almost |just |only |barely )?"
            rf"(?P<number>{NUMBER}) (?P<unit>{UNIT})s? (?P<way>later|earlier|before that|after that|before|on)"
            r"(?=[,.;]|$| (?:he|she|it|they|the|that|and|in|at|by|when|with|to|a|an|[A-Z]))", cased=False)  # fmt: skip
def later_or_earlier(match, clock):
    way = match["way"].lower()
    following = match.string[match.end() : match.end() + 2]
    if way in ("before", "on") and not following.startswith((",", ".")) and following:
        return None
    count = words.number_of(match["number"]) * (-1 if way in ("earlier", "before that", "before") else 1)
    return _about(match, clock.last or clock.anchor, count, match["unit"])


FIRST_IN = re.compile(r"\b(?:first|only|second|third|worst|largest|biggest|highest|lowest|longest)\b[^,;:.]*$")


@expression(rf"(?P<how>in|within|over) (?:the (?:next|coming|following) )?(?P<number>{NUMBER}) "
            rf"(?P<unit>{UNIT})s?(?:['’]? time)?", cased=False)  # fmt: skip
def ahead(match, clock):
    anchor, count, unit = clock.anchor, words.number_of(match["number"]), match["unit"].lower()
    if anchor is None or not (clock.future or "time" in match[0]):
        return None
    if FIRST_IN.search(match.string, 0, match.start()):
        return None  # "the first to visit in 29 years"
    if match["how"].lower() == "in" and "the" not in match[0].split()[:2]:
        return _about(match, anchor, count, unit)
    found = _about(match, anchor, count, unit)
    return found and at(match, None, edtf=f"[{anchor.edtf}..{found.point.edtf}]") if anchor.is_day else found


@expression(rf"(?:in|over|during|within) the (?:past|last) (?:(?P<number>{NUMBER}) )?(?P<unit>{UNIT})s?", cased=False)
@expression(r"(?:in|within) (?P<number>past) (?P<unit>day)", cased=False)
def past_stretch(match, clock):
    number, unit, today = match["number"], match["unit"].lower(), clock.today
    if today is None:
        return at(match, clock.anchor)
    count = words.number_of(number) if number and number != "past" else 1
    first = today.moved(-count, unit) if unit in ("day", "week", "fortnight") else None
    if first is None:
        base = today.coarse("month") if unit == "month" else today.coarse("year")
        first = base.moved(-count, {"centurie": "century"}.get(unit, unit))
    if unit == "day" and count == 1:
        return at(match, None, edtf=f"{first.edtf}/{today.edtf}")
    return at(match, None, edtf=f"[{first.edtf}..{today.edtf}]")


@expression(r"(?:(?:later|earlier|late|early) )?(?:in |during )?"
            rf"(?:that|the same|that same|the following|the previous) "
            rf"(?P<month>{words.MONTH})")  # fmt: skip
def that_month(match, clock):
    base, month = clock.last or clock.anchor, words.month_number(match["month"])
    if base is None:
        return None
    before = "previous" in match[0]
    if not base.month:
        return at(match, Point(base.year, month))
    return at(match, Point(base.year + (0 if before else month < base.month) - (before and month >= base.month), month))


@expression(rf"(?:(?P<when>later|earlier|late|early) )?(?:on |in |during )?"
            rf"(?P<which>that|the same|that same|the next|the following|the previous|the preceding|the very next) "
            rf"(?:very )?(?P<unit>day|night|week|month|year|{TIME_OF_DAY})", cased=False)  # fmt: skip
@expression(r"(?P<when>later|earlier|late|early) (?:in|during) (?P<which>the|that|the same) (?P<unit>week|month|year)",
            cased=False)  # fmt: skip
@expression(rf"(?P<which>the) (?P<unit>day|week|month|year|{TIME_OF_DAY}) "
            r"(?:(?P<way>before|after|earlier|later)(?=[,.;]| [a-z]+ed\b| and\b|$)|(?P<that>before|after) that\b)",
            cased=False)  # fmt: skip
def by_the_last(match, clock):
    base = clock.last or clock.anchor
    if base is None:
        return None
    groups = match.groupdict()
    which, way = match["which"].lower(), (groups.get("way") or groups.get("that") or "").lower()
    unit = match["unit"].lower()
    unit = unit if unit in ("week", "month", "year") else "day"
    count = {"the next": 1, "the very next": 1, "the following": 1, "the previous": -1, "the preceding": -1}.get(
        which, 0
    )
    count = {"before": -1, "earlier": -1, "after": 1, "later": 1}.get(way, count)
    if unit == "week":
        if not base.is_day:
            return at(match, base)
        return at(match, None, edtf=as_set(*week_of(base, count)))
    if unit == "day":
        return at(match, base.moved(count, "day") if base.is_day else base)
    if unit == "month" and base.month:
        return at(match, months_after(base, count))
    return at(match, Point(base.year + (count if unit == "year" else 0)))
