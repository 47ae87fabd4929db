"""Events as a calendar to subscribe to (RFC 5545), written by the icalendar library."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import icalendar

from events.edtf import EDTFDate
from events.edtf.calendar import DAY, civil_from_days
from timeline.feeds.days import date_of, extent
from timeline.feeds.feed import Event, Feed
from timeline.feeds.words import BORNE_OUT, dated_title, text

#: The years that a calendar can write.
YEARS = range(1, 9999)
REFRESHED = timedelta(hours=6)


def parts(events: Iterable[Event], feed: Feed) -> Iterator[bytes]:
    """The calendar, event by event; those that no calendar can write, before year 1 and after 9998, are left out."""
    opening, closing = calendar(feed).to_ical().split(b"END:VCALENDAR")
    entries = (entry(event, feed) for event in events if is_writable(date_of(event)))
    first = next(entries, None)
    yield opening
    # A calendar has to hold something: where it is empty, the time zone in which nothing happened.
    yield universal_time().to_ical() if first is None else first.to_ical()
    for event in entries:
        yield event.to_ical()
    yield b"END:VCALENDAR" + closing


def calendar(feed: Feed) -> icalendar.Calendar:
    made = icalendar.Calendar()
    made.add("prodid", "-//Chancery//Diplomatic events//EN")
    made.add("version", "2.0")
    made.add("name", feed.words)
    made.add("x-wr-calname", feed.words)
    made.add("source", feed.address, parameters={"value": "URI"})
    made.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(REFRESHED))
    return made


def universal_time() -> icalendar.Timezone:
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone


def entry(event: Event, feed: Feed) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", feed.uuid(event))
    modified = datetime.fromisoformat(event["modified"])
    made.add("dtstamp", modified)
    made.add("last-modified", modified)
    made.add("sequence", event["number"])
    made.add("summary", dated_title(event))
    made.add("description", text(event))
    made.add("status", status(event))
    made.add("transp", "TRANSPARENT")
    made.add("url", feed.page(event))
    made.add("categories", [event["kind"]["label"]])
    for name, value in chain(times(date_of(event)), where(event)):
        made.add(name, value)
    return made


def times(dated: EDTFDate) -> Iterator[tuple[str, date]]:
    """An exact time, in UTC where its offset is known and else in that of the place; or all days that may be meant."""
    first, last = extent(dated)
    if dated.precision == "time" and first == last:
        moment = datetime(*civil_from_days(first)) + timedelta(seconds=dated.position % DAY)
        offset = dated.utc_offset
        yield "dtstart", moment if offset is None else (moment - timedelta(seconds=offset)).replace(tzinfo=UTC)
    else:
        yield "dtstart", date(*civil_from_days(first))
        yield "dtend", date(*civil_from_days(last + 1))


def where(event: Event) -> Iterator[tuple[str, object]]:
    place = event["place"]
    if place and place["name"]:
        yield "location", place["name"]
    if place and place["latitude"] is not None:
        yield "geo", (place["latitude"], place["longitude"])


def status(event: Event) -> str:
    """CANCELLED; CONFIRMED, what occurred and is borne out; TENTATIVE, all else."""
    if event["occurrence"] == "cancelled":
        return "CANCELLED"
    happened = event["occurrence"] == "occurred" and event["verification"] in BORNE_OUT
    return "CONFIRMED" if happened else "TENTATIVE"


def is_writable(dated: EDTFDate) -> bool:
    """Whether all its days, and those of a time in UTC, are of YEARS."""
    in_utc = (dated.position - (dated.utc_offset or 0)) // DAY
    return all(civil_from_days(day)[0] in YEARS for day in (*extent(dated), in_utc))
