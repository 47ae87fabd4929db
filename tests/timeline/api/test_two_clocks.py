"""What was known by a day, and what the record held at a number, over HTTP."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from events.merging import merge_events
from events.models import Country, Event
from events.recording import recording
from events.review import withdraw
from tests.factories import ClaimFactory, EventFactory, SourceFactory
from timeline.clock import last_tick

pytestmark = pytest.mark.django_db
EVENTS = "/api/v1/events/"


def change(record, **values):
    record.refresh_from_db()
    with recording(None, "changed"):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def ids(client, **asked):
    return [event["id"] for event in client.get(EVENTS, asked).json()["results"]]


@pytest.fixture
def article(client, curated_record_and_example):
    return client


def test_assads_visit_becomes_known_on_3_june_2018(article):
    visit = f"{EVENTS}assad-visit-to-north-korea/"

    before = article.get(visit, {"as_of": "2018-06-02"})
    assert (before.status_code, before.json()["reason"]) == (404, "not-yet-known")
    assert article.get(visit, {"as_of": "2018-06-03"}).json()["occurrence"] == "planned"
    assert "assad-visit-to-north-korea" not in ids(article, as_of="2018-06-02", page_size=500)
    assert "assad-visit-to-north-korea" in ids(article, as_of="2018-06-03", page_size=500)


@pytest.mark.parametrize(
    ("day", "occurrence"),
    [
        ("2018-05-10", "planned"), ("2018-05-23", "planned"), ("2018-05-24", "cancelled"), ("2018-05-31", "cancelled"),
        ("2018-06-01", "planned"), ("2018-06-11", "planned"), ("2018-06-12", "occurred"), ("2030", "occurred"),
    ],
)  # fmt: skip
def test_a_summit_is_announced_cancelled_announced_again_and_held(article, day, occurrence):
    known = article.get(f"{EVENTS}example-trump-kim-summit-2018/", {"as_of": day}).json()

    assert known["occurrence"] == occurrence
    assert all(claim["known"][:10] <= day for claim in known["claims"])


def test_a_time_counts_by_its_offset(client):
    EventFactory(slug="told", claimed=[])
    ClaimFactory(event=Event.objects.get(), source=SourceFactory(published="2018-06-04T03:35:00+04:00"))

    assert ids(client, as_of="2018-06-03T23:34:59Z") == []
    assert ids(client, as_of="2018-06-03T23:35:00Z") == ["told"]
    assert ids(client, as_of="2018-06-04T03:35:00+04:00") == ["told"]


def test_a_snapshot_has_what_was_renamed_withdrawn_and_merged_since(client):
    first, second, third = (EventFactory(slug=slug, claimed=["reports"]) for slug in ("first", "second", "third"))
    number = last_tick().number
    change(first, slug="first-renamed", title="Another title")
    withdraw(second, None, "Not so.")
    merge_events(third, Event.objects.get(pk=first.pk), None)

    assert ids(client, snapshot=number) == ["first", "second", "third"]
    assert client.get(f"{EVENTS}second/", {"snapshot": number}).json()["title"] == "Second"
    assert client.get(f"{EVENTS}second/").status_code == 410
    assert client.get(f"{EVENTS}third/")["Location"] == f"{EVENTS}first-renamed/"
    assert client.get(f"{EVENTS}first/")["Location"] == f"{EVENTS}first-renamed/"
    renamed = client.get(f"{EVENTS}first-renamed/", {"snapshot": number})
    assert renamed["Location"] == f"{EVENTS}first/?snapshot={number}"


def test_before_it_began_an_event_is_not_yet_recorded(client):
    EventFactory()
    number = last_tick().number
    EventFactory(slug="later")

    answer = client.get(f"{EVENTS}later/", {"snapshot": number})

    assert (answer.status_code, answer.json()["reason"]) == (404, "not-yet-recorded")


def test_pages_are_those_of_the_moment_at_which_the_first_was_asked_for(client):
    events = [EventFactory(slug=f"event-{number}", date=f"{1960 + number}") for number in range(5)]
    page = client.get(EVENTS, {"page_size": 2}).json()
    change(events[3], date="1950")

    rest = []
    while page["next"]:
        page = client.get(page["next"]).json()
        rest += [event["id"] for event in page["results"]]

    assert rest == ["event-2", "event-3", "event-4"]


def test_an_exact_time_stands_for_the_last_number_drawn_by_then(client):
    EventFactory(slug="first")
    then = last_tick()
    EventFactory(slug="second")

    assert ids(client, snapshot=then.at.isoformat().replace("+00:00", "Z")) == ["first"]
    assert client.get(EVENTS, {"snapshot": "2999-01-01T00:00:00Z"}).status_code == 400


def test_an_old_id_of_a_filter_finds_what_it_found(client):
    source = SourceFactory(slug="old-id")
    event = EventFactory(slug="told")
    ClaimFactory(event=event, source=source)
    number = last_tick().number
    change(source, slug="new-id")

    for asked in ({"source": "old-id", "snapshot": number}, {"source": "new-id", "snapshot": number},
                  {"source": "old-id"}, {"source": "new-id"}):  # fmt: skip
        assert ids(client, **asked) == ["told"]


def test_an_edit_in_one_decade_leaves_answers_about_another_valid(client):
    EventFactory(date="1966")
    recent = EventFactory(date="2018")
    old = client.get(EVENTS, {"from": "1960", "to": "1969"})["ETag"]
    new = client.get(EVENTS, {"from": "2010"})["ETag"]

    change(recent, title="Changed")

    assert client.get(EVENTS, {"from": "1960", "to": "1969"}, headers={"if-none-match": old}).status_code == 304
    assert client.get(EVENTS, {"from": "2010"}, headers={"if-none-match": new}).status_code == 200


def test_a_name_in_the_question_is_part_of_the_answer(client):
    EventFactory(between=["PRK", "SYR"])
    etag = client.get(EVENTS, {"country": "PRK", "to": "1900"})["ETag"]

    change(Country.objects.get(code="PRK"), name="North Korea")

    assert client.get(EVENTS, {"country": "PRK", "to": "1900"}, headers={"if-none-match": etag}).status_code == 200


def test_a_pinned_answer_may_be_kept_for_a_day(client):
    EventFactory()
    pinned = client.get(EVENTS, {"snapshot": "1"})
    EventFactory()

    assert pinned["Cache-Control"] == "public, max-age=86400"
    assert client.get(EVENTS)["Cache-Control"] == "public, no-cache"
    again = client.get(EVENTS, {"snapshot": "1"}, headers={"if-none-match": pinned["ETag"]})
    assert again.status_code == 304


def test_a_time_that_has_only_just_passed_is_not_kept_yet(client, monkeypatch):
    EventFactory()
    asked = {"snapshot": datetime.now(UTC).isoformat()}
    EventFactory()
    assert client.get(EVENTS, asked)["Cache-Control"] == "public, no-cache"

    monkeypatch.setattr("timeline.api.filters.SETTLED_AFTER", timedelta(0))

    assert client.get(EVENTS, asked)["Cache-Control"] == "public, max-age=86400"


def test_a_304_reads_no_entry(client, django_assert_num_queries):
    EventFactory(slug="told")
    for address in (EVENTS, f"{EVENTS}told/"):
        etag = client.get(address)["ETag"]
        with django_assert_num_queries(1) as queries:  # the clock: the last changes are remembered
            assert client.get(address, headers={"if-none-match": etag}).status_code == 304
        assert not any("timeline_entry" in query["sql"] for query in queries)


def test_head_answers_with_the_headers_of_get(client):
    EventFactory()
    got, head = client.get(EVENTS), client.head(EVENTS)

    assert head.content == b""
    for name in ("ETag", "Snapshot", "Vary", "Cache-Control", "Content-Type"):
        assert head[name] == got[name]
    assert "Accept" in got["Vary"]


def test_changes_tell_what_became_of_each_id(client):
    first, second, third = (EventFactory(slug=slug, claimed=["reports"]) for slug in ("first", "second", "third"))
    after = last_tick().number
    change(first, slug="renamed")
    withdraw(second, None, "Not so.")
    merge_events(third, Event.objects.get(pk=first.pk), None)

    lines = client.get("/api/v1/changes/", {"after": after}).json()["results"]

    assert [(line["id"], line["kind"], line["into"]) for line in lines] == [
        ("first", "merged", "renamed"), ("second", "withdrawn", None), ("renamed", "changed", None),
        ("third", "merged", "renamed"),
    ]  # fmt: skip
    assert lines[2]["event"]["id"] == "renamed"


def test_a_number_that_the_clock_has_not_reached_is_refused(client):
    EventFactory()
    number = last_tick().number

    answer = client.get("/api/v1/changes/", {"after": number + 1})

    assert client.get("/api/v1/changes/", {"after": number}).json()["results"] == []
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert (error["parameter"], error["value"]) == ("after", str(number + 1))
    assert f"a number from 0 to {number}" in error["expected"]


def test_changes_are_paged_within_one_number(client):
    with recording(None, "five at once"):
        for _ in range(5):
            EventFactory()
    page = client.get("/api/v1/changes/", {"page_size": 2}).json()
    seen = page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += page["results"]

    assert len({line["id"] for line in seen}) == 5
    lines = b"".join(client.get("/api/v1/changes/?format=ndjson")).splitlines()
    assert [orjson.loads(line)["id"] for line in lines] == [line["id"] for line in seen]


def test_two_countries_stand_in_alphabetical_order(article):
    moved = article.get("/api/v1/dyads/SYR/PRK/", {"as_of": "2018-06-04"})
    assert moved["Location"] == "/api/v1/dyads/PRK/SYR/?as_of=2018-06-04"

    dyad = article.get(moved["Location"]).json()

    assert [interval["state"] for interval in dyad["intervals"]] == ["none", "embassies"]
    assert dyad["events"] == article.get(f"{dyad['events_url']}&count=true").json()["count"]
    assert sum(dyad["counts"]["quad"].values()) == dyad["events"]
    assert sum(decade["events"] for decade in dyad["counts"]["decade"]) == dyad["events"]
    assert [event["id"] for event in dyad["disputed"]] == ["north-korea-syria-chemical-weapons-cooperation"]
    unknown = article.get("/api/v1/dyads/PRK/SYR/", {"as_of": "1965"}).json()
    assert (unknown["state"], unknown["events"]) == ("unknown", 0)


def test_a_country_has_its_pairs_most_eventful_first(article):
    page = article.get("/api/v1/countries/PRK/relations/", {"page_size": 2}).json()
    following = article.get(page["next"]).json()
    back = article.get(following["previous"]).json()

    events = [relation["events"] for relation in page["results"] + following["results"]]
    assert events == sorted(events, reverse=True)
    assert back["results"] == page["results"]
    assert page["results"][0] == {
        "country": {"id": "SYR", "name": "Syria"}, "url": "/api/v1/dyads/PRK/SYR/", "events": 9, "state": "embassies",
    }  # fmt: skip


def test_the_relations_of_a_country_are_found_by_an_old_code_at_the_same_moment(client):
    EventFactory(between=["PRK", "SYR"])
    with recording(None, "renamed"):
        country = Country.objects.get(code="PRK")
        country.code = "KOP"
        country.save()

    answer = client.get("/api/v1/countries/PRK/relations/", {"as_of": "1970"})

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/countries/KOP/relations/?as_of=1970")


def test_names_that_only_an_alias_has_are_found(article):
    found = ids(article, q="DPRK", page_size=500)

    assert "assad-visit-to-north-korea" in found
    assert "north-korea-syria-chemical-weapons-cooperation" in ids(article, q='dprk "chemical weapons"')
    assert "north-korea-syria-chemical-weapons-cooperation" not in ids(article, q="dprk -chemical", page_size=500)
