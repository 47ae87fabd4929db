"""Every format over HTTP: how it is asked for, on both clocks, cut where it has to be, and strict."""

import feedparser
import icalendar
import orjson
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
from tests.shared import shared
from timeline.api.events import EventViewSet

pytestmark = pytest.mark.django_db
EVENTS = "/api/v1/events/"
FORMATS = {renderer.format: renderer.media_type for renderer in EventViewSet.formats}
FEEDS = [name for name in FORMATS if name not in ("json", "ndjson", "csv")]


def content(answer):
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def ids(name, answer):
    """The public ids, or for Atom and calendars the addresses' last parts, of an answer in the format *name*."""
    read = content(answer)
    match name:
        case "ics":
            addresses = [entry["url"] for entry in icalendar.Calendar.from_ical(read).walk("VEVENT")]
        case "atom":
            addresses = [entry.link for entry in feedparser.parse(read).entries]
        case _:
            found = orjson.loads(read)
            match name:
                case "geojson":
                    return [feature["id"] for feature in found["features"]]
                case "timelinejs":
                    return [slide["unique_id"] for slide in found["events"]]
                case "vis":
                    return [item["id"] for item in found["items"] if item["type"] != "background"]
            return [entry["id"] for entry in found]
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]


def refused(client, address):
    answer = client.get(address)
    assert answer.status_code == 400, answer
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()["errors"][0]


@shared
def history_with_places():
    EventFactory(slug="relations", date="1966", between=["PRK", "SYR"], claimed=["reports"], latitude=39.0,
                 longitude=125.7, importance=20)
    EventFactory(slug="summit", date="2018-06-12", between=["PRK", "USA"], claimed=["announces"], latitude=1.3,
                 longitude=103.8, importance=90)
    EventFactory(slug="visit", date="[2018-05-30..]", between=["PRK", "SYR"], claimed=["announces"])


@pytest.mark.parametrize("name", FEEDS)
def test_a_format_is_asked_for_by_name_or_by_media_type(client, history_with_places, name):
    by_name = client.get(f"{EVENTS}?format={name}&between=PRK,SYR")
    by_type = client.get(f"{EVENTS}?between=PRK,SYR", headers={"accept": FORMATS[name]})

    assert ids(name, by_name) == ids(name, by_type)
    assert set(ids(name, client.get(f"{EVENTS}?format={name}&between=PRK,SYR"))) == (
        {"relations"} if name == "geojson" else {"relations", "visit"}
    )
    assert by_type["Content-Type"] == f"{FORMATS[name]}; charset=utf-8"
    assert "Accept" in by_type["Vary"]
    assert int(by_type["Snapshot"]) > 0


@pytest.mark.parametrize("name", FEEDS)
def test_any_page_may_read_it_and_need_not_read_it_again(client, history_with_places, name, django_assert_num_queries):
    address = f"{EVENTS}?format={name}"
    answer = client.get(address, headers={"origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"

    with django_assert_num_queries(1):  # the clock: the last changes are remembered from before
        again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(address)["ETag"] == answer["ETag"]


@pytest.mark.parametrize("name", FEEDS)
def test_both_clocks_go_back(client, name):
    with recording(None, "planned"):
        event = EventFactory(slug="visit", date="2018-06", latitude=39.0, longitude=125.7)
        ClaimFactory(event=event, stance="announces", source=SourceFactory(published="2018-06-03"))
    address = f"{EVENTS}?format={name}"
    first = client.get(address)
    whole = content(first)
    with recording(None, "renamed"):
        event.slug = "journey"
        event.save()

    assert ids(name, client.get(address)) == ["journey"]
    assert ids(name, client.get(f"{address}&snapshot={first['Snapshot']}")) == ["visit"]
    assert ids(name, client.get(f"{address}&as_of=2018-06-02")) == []
    assert ids(name, client.get(f"{address}&as_of=2018-06-03")) == ["journey"]
    if name in ("geojson", "fullcalendar"):  # the others tell the question, too
        assert content(client.get(f"{address}&snapshot={first['Snapshot']}")) == whole


@pytest.mark.parametrize("name", FEEDS)
def test_a_draft_changes_no_byte(client, history_with_places, name):
    def answer():
        given = client.get(f"{EVENTS}?format={name}")
        return sorted(given.headers.items()), content(given)

    before = answer()
    with recording(None, "a draft"):
        ClaimFactory(event=EventFactory(slug="draft", review="draft", latitude=1.0, longitude=1.0,
                                        kind=Event.objects.first().kind),
                     source=Event.objects.first().claims.first().source)
    assert answer() == before


@pytest.mark.parametrize("name", FEEDS)
def test_nothing_at_all_is_an_answer_too(client, name):
    assert ids(name, client.get(f"{EVENTS}?format={name}")) == []


@pytest.mark.parametrize("name", FEEDS)
def test_an_error_is_a_problem_in_every_format(client, history_with_places, name):
    assert refused(client, f"{EVENTS}?format={name}&country=PKR")["suggestion"] == "PRK"
    assert refused(client, f"{EVENTS}?format={name}&fields=id")["expected"].startswith("json or ndjson")
    assert refused(client, f"{EVENTS}?format={name}&count=true")["expected"].startswith("json")
    assert client.get(f"{EVENTS}visit/?format={name}").json()["errors"][0]["parameter"] == "format"


@pytest.mark.parametrize(
    ("parameter", "value", "takes_it"),
    [
        ("group", "country", {"timelinejs", "vis"}),
        ("eras", "kim-jong-un", {"timelinejs"}),
        ("start", "2018-06-01", {"fullcalendar"}),
        ("end", "2018-07-01", {"fullcalendar"}),
        ("timeZone", "UTC", {"fullcalendar"}),
    ],
)
def test_a_parameter_of_one_format_is_refused_by_the_others(client, history_with_places, parameter, value, takes_it):
    LeaderFactory(slug="kim-jong-un")
    for name in FORMATS:
        answer = client.get(f"{EVENTS}?format={name}&{parameter}={value}")
        assert answer.status_code == (200 if name in takes_it else 400), name


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        ("vis", "group", "kind"),
        ("timelinejs", "eras", "nobody"),
        ("timelinejs", "page_size", "301"),
        ("vis", "page_size", "1001"),
        ("fullcalendar", "page_size", "1001"),
        ("atom", "page_size", "501"),
        ("fullcalendar", "start", "1966"),
        ("fullcalendar", "start", "2018-02-30"),
        ("fullcalendar", "start", "2018-06-01T25:00:00Z"),
        ("fullcalendar", "start", "٢٠١٨-06-01"),
        ("fullcalendar", "timeZone", "<script>"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(client, history_with_places, name, parameter, value):
    assert refused(client, f"{EVENTS}?format={name}&{parameter}={value}")["parameter"] == parameter


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


@pytest.mark.parametrize("name", ["ndjson", "csv"])
def test_a_count_has_no_place_in_lines(client, history_with_places, name):
    assert refused(client, f"{EVENTS}?format={name}&count=true")["parameter"] == "count"
