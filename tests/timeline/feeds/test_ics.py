"""Calendars, read by the icalendar library."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from tests.timeline.feeds.examples import ALL, FEED, LISTS, NASTY, event, nasty
from timeline.feeds import ics

OUT_OF_RANGE = {"before Christ", "in the far future"}


def written(events):
    return b"".join(ics.parts(events, FEED))


def entries(events):
    calendar = icalendar.Calendar.from_ical(written(events))
    assert calendar.errors == []
    assert all(entry.errors == [] for entry in calendar.walk())
    return calendar.walk("VEVENT")


@pytest.mark.parametrize(("name", "events"), LISTS.items(), ids=LISTS)
def test_a_calendar_can_be_read_and_holds_all_that_it_can_write(name, events):
    assert len(entries(events)) == (0 if name in OUT_OF_RANGE else len(events))


def test_a_calendar_tells_its_question_and_how_often_to_ask_and_is_never_without_a_component():
    calendar = icalendar.Calendar.from_ical(written([]))

    assert calendar["name"] == calendar["x-wr-calname"] == FEED.words
    assert calendar["source"] == FEED.address
    assert (calendar["refresh-interval"].dt, calendar["x-published-ttl"]) == (ics.REFRESHED, "PT6H")
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


def test_no_line_is_longer_than_75_octets_and_each_ends_with_both_characters():
    lines = written(ALL).split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2018-06-12", date(2018, 6, 12), date(2018, 6, 13)),
        ("1973-10", date(1973, 10, 1), date(1973, 11, 1)),
        ("2018-12-31", date(2018, 12, 31), date(2019, 1, 1)),
        ("2018-06-12T09:00:00+08:00", datetime(2018, 6, 12, 1, tzinfo=UTC), None),
        ("2018-06-12T01:00:00+08:00", datetime(2018, 6, 11, 17, tzinfo=UTC), None),
        ("2018-06-12T09:00:00Z", datetime(2018, 6, 12, 9, tzinfo=UTC), None),
        ("2018-06-12T09:00:00", datetime(2018, 6, 12, 9), None),
        ("2011/..", date(2011, 1, 1), date(2012, 1, 1)),
        ("[2018-05-30..]", date(2018, 5, 30), date(2018, 5, 31)),
        ("[..2018-06-04]", date(2018, 6, 4), date(2018, 6, 5)),
        ("0001", date(1, 1, 1), date(2, 1, 1)),
    ],
)
def test_a_date_is_all_the_days_that_may_be_meant_or_an_exact_time(edtf, start, end):
    (entry,) = entries([event(edtf)])

    assert entry["dtstart"].dt == start
    assert (entry["dtend"].dt if "dtend" in entry else None) == end


def test_a_time_that_is_of_year_0_in_utc_is_left_out_like_that_year():
    assert entries([event("0001-01-01T00:00:00+08:00"), event("0000-12-31"), event("9999")]) == []
    assert len(entries([event("0001-01-01T08:00:00+08:00"), event("9998-12-31T23:00:00-08:00")])) == 1


@pytest.mark.parametrize(
    ("occurrence", "verification", "status"),
    [
        ("occurred", "confirmed", "CONFIRMED"),
        ("occurred", "reported", "CONFIRMED"),
        ("occurred", "disputed", "TENTATIVE"),
        ("occurred", "alleged", "TENTATIVE"),
        ("planned", "confirmed", "TENTATIVE"),
        ("postponed", "reported", "TENTATIVE"),
        ("unknown", "retracted", "TENTATIVE"),
        ("cancelled", "reported", "CANCELLED"),
    ],
)
def test_status_is_one_of_three(occurrence, verification, status):
    (entry,) = entries([event(occurrence=occurrence, verification=verification)])

    assert entry["status"] == status


def test_an_entry_tells_what_where_and_on_whose_word():
    (entry,) = entries([event()])

    assert entry["summary"] == "Talks in Pyongyang"
    assert entry["location"] == "Pyongyang"
    assert (entry["geo"].latitude, entry["geo"].longitude) == (39.03, 125.75)
    assert entry["url"] == "https://chancery.example/events/talks/"
    assert entry["dtstamp"].dt == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert "read in Trend" in entry["description"]


def test_the_uid_outlives_a_new_id_and_the_sequence_follows_the_record():
    before, after = entries([event(slug="old", number=5), event(slug="new", title="Other", number=9)])
    (other,) = entries([event(key=2)])

    assert before["uid"] == after["uid"] != other["uid"]
    assert (before["sequence"], after["sequence"]) == (5, 9)


def test_hostile_text_stays_text():
    (entry,) = entries([nasty()])

    assert entry["dtstart"].dt == date(2018, 6, 12)
    assert entry["summary"].replace("\r", "").startswith("</script>")
    assert "\0" in NASTY
    assert "\0" not in entry["description"]
    assert "\nDTSTART:1970" in NASTY
    assert written([nasty()]).count(b"\r\nDTSTART") == 1
