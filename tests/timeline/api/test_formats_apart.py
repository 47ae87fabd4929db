"""What each format over HTTP does that the others do not."""

import feedparser
import icalendar
import pytest

from events.models import Event
from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    LeaderFactory,
    OfficeFactory,
    ParticipationFactory,
    SourceFactory,
)
from tests.timeline.api.formats import EVENTS, content, ids, refused

pytestmark = pytest.mark.django_db


def test_widgets_get_the_most_important_first_and_a_link_to_the_rest(client, history_with_places):
    for name in ("timelinejs", "vis", "fullcalendar"):
        answer = client.get(f"{EVENTS}?format={name}&page_size=1")
        assert ids(name, answer) == ["summit"]
        following = answer["Link"].split(">")[0].removeprefix("<")
        assert ids(name, client.get(following)) == ["visit"]
        assert ids(name, client.get(f"{EVENTS}?format={name}&page_size=1&ordering=date")) == ["relations"]
    assert "Link" not in client.get(f"{EVENTS}?format=vis")


def test_a_widget_is_told_that_its_answer_was_cut(client, history_with_places):
    for_vis = client.get(f"{EVENTS}?format=vis&page_size=2").json()
    for_timelinejs = client.get(f"{EVENTS}?format=timelinejs&page_size=2").json()

    assert for_vis["truncated"] is True
    assert for_vis["next"].startswith("http://testserver/api/v1/events/?format=vis")
    assert "Only 2 of the events" in for_timelinejs["title"]["text"]["text"]


def test_timelinejs_gets_a_hundred_unless_asked_for_more(client, history_with_places):
    with recording(None, "many"):
        for number in range(101):
            EventFactory(date="2018", kind=Event.objects.first().kind, slug=f"many-{number}")

    assert len(ids("timelinejs", client.get(f"{EVENTS}?format=timelinejs"))) == 100
    assert len(ids("timelinejs", client.get(f"{EVENTS}?format=timelinejs&page_size=300"))) == 104
    assert len(ids("vis", client.get(f"{EVENTS}?format=vis"))) == 104


def test_terms_of_office_are_drawn_on_request_and_their_change_is_noticed(client, history_with_places):
    office = OfficeFactory(leader=LeaderFactory(slug="kim-il-sung", name="Kim Il Sung"), title="President",
                           held="1972-12-28/1994-07-08")
    address = f"{EVENTS}?format=timelinejs&eras=kim-il-sung"
    answer = client.get(address)
    assert answer.json()["eras"] == [{
        "start_date": {"year": 1972, "month": 12, "day": 28}, "end_date": {"year": 1994, "month": 7, "day": 8},
        "text": {"headline": "Kim Il Sung: President"},
    }]  # fmt: skip

    with recording(None, "better known"):
        office.title = "Eternal President"
        office.save()
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert again.json()["eras"][0]["text"]["headline"] == "Kim Il Sung: Eternal President"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("start=2018-06-01T00:00:00-04:00&end=2018-07-01T00:00:00-04:00", ["summit", "visit"]),
        ("start=2018-06-01T00:00:00%2B09:00&end=2018-07-01T00:00:00%2B09:00", ["summit", "visit"]),
        ("start=2018-06-01T00:00:00+09:00&end=2018-07-01T00:00:00+09:00", ["summit", "visit"]),
        ("start=2018-06-01&end=2018-06-12", ["visit"]),
        ("start=2018-06-12T00:00:00.000Z&end=2018-06-13T00:00:00.000Z", ["summit", "visit"]),
        ("start=2018-06-13T00:00:00Z&end=2018-06-13T12:00:00Z&timeZone=America/New_York", ["visit"]),
        ("start=1966-01-31&end=1966-03-06", ["relations"]),
        ("start=1966-01-31&end=1966-03-06&from=2018", []),
        ("start=2018-06-01&end=2018-07-01&from=1900&to=1970", []),
        ("start=1960-01-01&end=2030-01-01&to=1970", ["relations"]),
        ("end=1970-01-01", ["relations"]),
        ("start=2018-06-01&end=2018-07-01&match=certain", ["summit"]),
    ],
)
def test_a_calendar_asks_for_its_window(client, history_with_places, asked, expected):
    assert ids("fullcalendar", client.get(f"{EVENTS}?format=fullcalendar&{asked}")) == expected


def test_a_window_that_ends_before_it_begins_is_refused(client, history_with_places):
    for window in ("start=2018-06-02&end=2018-06-01", "start=2018-06-01&end=2018-06-01"):
        assert refused(client, f"{EVENTS}?format=fullcalendar&{window}")["parameter"] == "start"


def test_what_overlaps_both_a_window_and_a_span_apart_from_it_is_noticed_when_it_changes(client):
    event = EventFactory(slug="war", date="1950/1990", claimed=["reports"])
    address = f"{EVENTS}?format=fullcalendar&start=1955-01-01&end=1956-01-01&from=1985"
    answer = client.get(address)
    assert ids("fullcalendar", answer) == ["war"]

    with recording(None, "retitled"):
        event.title = "Another title"
        event.save()
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).json()[0]["title"].startswith("Another title")


def test_a_map_gets_what_has_coordinates_and_may_narrow_it(client, history_with_places):
    assert ids("geojson", client.get(f"{EVENTS}?format=geojson")) == ["relations", "summit"]
    assert ids("geojson", client.get(f"{EVENTS}?format=geojson&bbox=100,0,110,10")) == ["summit"]
    page = client.get(f"{EVENTS}?format=geojson&page_size=1")
    assert ids("geojson", page) == ["relations"]
    assert 'rel="next"' in page["Link"]


def test_a_feed_of_news_has_the_last_changed_first_and_links_to_older_ones(client, history_with_places):
    with recording(None, "retitled"):
        event = Event.objects.get(slug="relations")
        event.title = "Diplomatic relations"
        event.save()

    answer = client.get(f"{EVENTS}?format=atom&page_size=2")
    assert ids("atom", answer) == ["relations", "visit"]
    links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
    assert ids("atom", client.get(links["next"])) == ["summit"]
    assert links["self"] == f"http://testserver{EVENTS}?format=atom&page_size=2"


def test_a_subscription_keeps_its_uids_and_counts_on_with_the_record(client, history_with_places):
    def entry():
        answer = client.get(f"{EVENTS}?format=ics&country=USA")
        return icalendar.Calendar.from_ical(content(answer)).walk("VEVENT")[0]

    before = entry()
    with recording(None, "held"):
        event = Event.objects.get(slug="summit")
        event.slug, event.title = "singapore-summit", "Summit in Singapore"
        event.save()
        ClaimFactory(event=event, stance="cancels", source=SourceFactory(published="2018-06-11"))
    after = entry()

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert (before["status"], after["status"]) == ("TENTATIVE", "CANCELLED")
    assert after["url"] == "http://testserver/events/singapore-summit/"


def test_a_single_event_comes_as_json_ld_on_both_clocks(client):
    with recording(None, "planned, then held"):
        event = EventFactory(slug="visit", date="2018-06")
        ParticipationFactory(event=event, country=CountryFactory(code="PRK"), role="host")
        ClaimFactory(event=event, stance="announces", source=SourceFactory(published="2018-06-03"))
        ClaimFactory(event=event, stance="reports", source=SourceFactory(published="2018-06-20"))

    answer = client.get(f"{EVENTS}visit/", headers={"accept": "application/ld+json"})
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    assert int(answer["Snapshot"]) > 0
    assert answer.json()["occurrence"] == "occurred"
    assert answer.json()["@id"] == f"http://testserver{EVENTS}visit/"
    assert client.get(f"{EVENTS}visit/?format=jsonld&as_of=2018-06-10").json()["occurrence"] == "planned"
    assert client.get(f"{EVENTS}visit/?format=jsonld&as_of=2018-06-01").json()["reason"] == "not-yet-known"
    again = client.get(f"{EVENTS}visit/?format=jsonld&fields=id")
    assert again.json()["errors"][0]["parameter"] == "fields"
    etag = client.get(f"{EVENTS}visit/?format=jsonld")["ETag"]
    assert client.get(f"{EVENTS}visit/?format=jsonld", headers={"if-none-match": etag}).status_code == 304


def test_the_list_does_not_come_as_json_ld(client):
    assert refused(client, f"{EVENTS}?format=jsonld")["parameter"] == "format"
    assert client.get(EVENTS, headers={"accept": "application/ld+json"}).status_code == 406
