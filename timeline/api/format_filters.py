"""What a format asks beyond the filters that every list of events has, and what it asks differently."""

import re
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms

from events.edtf import EDTFDate, plain
from events.edtf.calendar import DAY
from events.models import Leader, Office
from timeline.api.fields import OneOfField, refusal
from timeline.api.filters import EventFilterSet
from timeline.api.problems import BadParameter, parameter_error
from timeline.api.record_fields import RecordsField
from timeline.api.strict_filters import asked
from timeline.feeds.feed import Era, cleaned
from timeline.feeds.groups import GROUPS
from timeline.query import Box, EventQuery, Ordering

WORLD = Box(-180, -90, 180, 90)
DAY_AND_TIME = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})?)?\Z", re.ASCII)
A_TIME_ZONE = re.compile(r"\A[A-Za-z0-9_+\-/]{1,64}\Z", re.ASCII)


class CalendarDayField(forms.CharField):
    """A day, or a time of which the day counts, as it stands there: events are dated where they happened."""

    json_schema = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?$"}

    def clean(self, value: str | None) -> datetime | None:
        if not value:
            return None
        # A plus sign that was not encoded arrives as a space.
        value = value.replace(" ", "+")
        try:
            if not DAY_AND_TIME.match(value):
                raise ValueError(value)
            return datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            raise refusal(value, "a day such as 2018-06-01, with or without a time and its offset") from None


class TimeZoneField(forms.CharField):
    """The name of a time zone, which changes nothing here: days are days of the place."""

    json_schema = {"type": "string", "pattern": A_TIME_ZONE.pattern.replace(r"\A", "^").replace(r"\Z", "$")}

    def clean(self, value: str | None) -> str | None:
        if value and not A_TIME_ZONE.match(value):
            raise refusal(value, "the name of a time zone, such as America/New_York")
        return value or None


class FormatFilterSet(EventFilterSet):
    """The filters, and in ``wishes`` what else a format was asked for."""

    def wishes(self) -> dict[str, Any]:
        """Members of a ``Feed``."""
        return {}


class MostImportantFirst(FormatFilterSet):
    """For widgets that show a limited number: if not all, then those of most importance."""

    default_ordering = Ordering.IMPORTANCE_DESCENDING


class LastChangedFirst(FormatFilterSet):
    """For feeds of what is new."""

    default_ordering = Ordering.MODIFIED_DESCENDING


class OnTheMap(FormatFilterSet):
    """For maps: only what has coordinates."""

    @cached_property
    def query(self) -> EventQuery:
        query = super().query
        return replace(query, box=query.box or WORLD)


class VisFilterSet(MostImportantFirst):
    group = asked(OneOfField, "For `vis` and `timelinejs`: what the lanes stand for.", "quad", choices=GROUPS)

    def wishes(self) -> dict[str, Any]:
        return {"group": self.values["group"] or "quad"}


class TimelineJSFilterSet(MostImportantFirst):
    group = VisFilterSet.base_filters["group"]
    eras = asked(RecordsField, "For `timelinejs`: leaders whose terms of office are drawn as eras.", "kim-jong-un",
                 model=Leader, called="a leader")

    def wishes(self) -> dict[str, Any]:
        leaders = self.values["eras"]
        offices = Office.objects.filter(leader__slug__in=sorted(leaders)).select_related("leader")
        eras = (Era(cleaned(f"{office.leader}: {office.title}"), office.held.edtf) for office in offices)
        return {"group": self.values["group"], "eras": tuple(eras) if leaders else ()}


class FullCalendarFilterSet(MostImportantFirst):
    """With the window that FullCalendar and event-calendar add by themselves: it narrows ``from`` and ``to``."""

    start = asked(CalendarDayField, "For `fullcalendar`: the first day shown.", "2018-06-01")
    end = asked(CalendarDayField, "For `fullcalendar`: the day after the last one shown.", "2018-07-01")
    # Named as FullCalendar names it.
    timeZone = asked(TimeZoneField, "For `fullcalendar`: taken, and of no effect.", "UTC")  # noqa: N815

    @cached_property
    def query(self) -> EventQuery:
        query = super().query
        start, end = self.values["start"], self.values["end"]
        if start and end and start >= end:
            raise BadParameter(parameter_error("start", self.data["start"], "a day before `end`"))
        begins = [query.begin, _day_of(start)]
        # In whole days: an end at midnight excludes the day that begins then.
        ends = [query.end, _day_before(end)]
        return replace(
            query,
            begin=max(filter(None, begins), key=lambda date: date.earliest_start, default=None),
            end=min(filter(None, ends), key=lambda date: date.latest_end, default=None),
        )


def _day_of(moment: datetime | None) -> EDTFDate | None:
    return EDTFDate.parse(moment.date().isoformat()) if moment else None


def _day_before(moment: datetime | None) -> EDTFDate | None:
    """The last day that has a second before *moment*."""
    if moment is None:
        return None
    day = EDTFDate.parse(moment.date().isoformat())
    return day if moment.time().isoformat() != "00:00:00" else EDTFDate.parse(plain(day.earliest_start - DAY))
