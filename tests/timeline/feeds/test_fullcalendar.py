"""What FullCalendar and event-calendar are sent; that they draw it is for tests/browser."""

from dataclasses import replace

import orjson
import pytest

from events.edtf import EDTFDate
from tests.timeline.feeds.examples import FEED, LISTS, event
from timeline.feeds import fullcalendar


def entries(events, **changes):
    return orjson.loads(fullcalendar.document(events, replace(FEED, **changes)))


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2018-06-12", "2018-06-12", "2018-06-13"),
        ("2018-06-12T23:30:00-08:00", "2018-06-12", "2018-06-13"),
        ("1973-10", "1973-10-01", "1973-11-01"),
        ("1966/1969", "1966-01-01", "1970-01-01"),
        ("2011/..", "2011-01-01", "2012-01-01"),
        ("1973-10/", "1973-10-01", "1973-11-01"),
        ("[2018-05-30..]", "2018-05-30", "2018-05-31"),
        ("[..2018-06-04]", "2018-06-04", "2018-06-05"),
        ("/2018-06", "2018-06-30", "2018-07-01"),
        ("-0752", "-000752-01-01", "-000751-01-01"),
    ],
)
def test_an_event_is_whole_days_with_the_end_excluded(edtf, start, end):
    (entry,) = entries([event(edtf)])

    assert (entry["start"], entry["end"], entry["allDay"]) == (start, end, True)


def test_what_goes_on_reaches_to_the_end_of_the_window():
    (entry,) = entries([event("2011/..")], end=EDTFDate.parse("2018-06-30"))

    assert (entry["start"], entry["end"]) == ("2011-01-01", "2018-07-01")


@pytest.mark.parametrize("events", LISTS.values(), ids=LISTS)
def test_the_answer_is_a_bare_array_with_safe_addresses(events):
    found = entries(events)

    assert [entry["id"] for entry in found] == [event["id"] for event in events]
    for entry in found:
        assert entry["url"].startswith("https://chancery.example/events/")
        assert all(name.replace("-", "").isalpha() for name in entry["classNames"])
