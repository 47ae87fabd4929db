"""Every format over HTTP: how it is asked for, on both clocks, and strict."""

import pytest

from events.models import Event
from events.recording import recording
from tests.factories import (
    ClaimFactory,
    EventFactory,
    LeaderFactory,
    SourceFactory,
)
from tests.timeline.api.formats import EVENTS, FEEDS, FORMATS, content, ids, refused

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("text/csv;q=0.1, application/json", "application/json"),
        ("text/csv, */*", "text/csv"),
        ("*/*, application/json;q=0", "application/x-ndjson"),
        ("text/*;q=0.9, text/calendar, */*;q=0.1", "text/calendar"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("", "application/json"),
        ("text/csv; charset*=martian''%41, application/json", "application/json"),
    ],
)
def test_of_several_media_types_the_one_that_is_liked_best_comes(client, accept, media_type):
    assert client.get(EVENTS, headers={"accept": accept})["Content-Type"].partition(";")[0] == media_type


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "text/csv; charset*=martian''%41", "csv"])
def test_what_is_not_here_is_answered_with_what_is(client, accept):
    answer = client.get(EVENTS, headers={"accept": accept})

    assert answer.status_code == 406
    assert "application/json, application/x-ndjson" in answer.json()["detail"]


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


@pytest.mark.parametrize("name", ["ndjson", "csv"])
def test_a_count_has_no_place_in_lines(client, history_with_places, name):
    assert refused(client, f"{EVENTS}?format={name}&count=true")["parameter"] == "count"
