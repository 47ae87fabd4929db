"""Events over HTTP: order, pages, formats, what is counted, and what is sent again."""

import re

import orjson
import pytest

from events.models import Event
from events.recording import recording
from events.review import withdraw
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    ParticipationFactory,
)
from tests.timeline.api.asking import EVENTS, found

pytestmark = pytest.mark.django_db
COLLECTIONS = ("countries", "kinds", "leaders", "organizations", "sources")


def test_events_come_in_order_of_date_in_one_envelope(client, short_history):
    answer = client.get(EVENTS).json()

    assert [event["id"] for event in answer["results"]] == ["relations", "troops", "visit", "summit"]
    assert answer["next"] is answer["previous"] is None
    assert answer["snapshot"] > 0
    assert answer["query"] == {"words": "Events, in order of date", "from": None, "to": None}


@pytest.mark.parametrize("ordering", ["date", "-date", "importance", "-importance", "-modified"])
def test_pages_lead_through_everything_and_back_under_every_ordering(client, ordering):
    for number in range(7):
        EventFactory(slug=f"e{number}", date="1966" if number % 2 else "1966-05", importance=number // 3)
    whole = found(client, ordering=ordering)
    there, pages, url = [], [], f"{EVENTS}?page_size=2&ordering={ordering}"
    while url:
        page = client.get(url).json()
        pages.append(page)
        there += [event["id"] for event in page["results"]]
        url = page["next"]
    back = [pages[-1]]
    while back[0]["previous"]:
        back.insert(0, client.get(back[0]["previous"]).json())

    assert there == whole
    assert [event["id"] for page in back for event in page["results"]] == whole


def test_a_page_behind_the_last_event_or_before_the_first_leads_back(client, short_history):
    behind = client.get(EVENTS, {"after": "summit", "page_size": 3}).json()
    last = client.get(behind["previous"]).json()
    to_the_first = client.get(EVENTS, {"after": "relations", "page_size": 3}).json()["previous"]
    withdraw(Event.objects.get(slug="relations"), None, "a slip")
    before = client.get(re.sub("snapshot=[0-9]+&", "", to_the_first)).json()
    first = client.get(before["next"]).json()

    assert behind["results"] == before["results"] == []
    assert behind["next"] is before["previous"] is None
    assert [event["id"] for event in last["results"]] == ["troops", "visit", "summit"]
    assert [event["id"] for event in first["results"]] == ["troops", "visit", "summit"]
    assert last["next"] is first["previous"] is first["next"] is None
    assert [event["id"] for event in client.get(last["previous"]).json()["results"]] == ["relations"]


def test_a_list_without_events_leads_nowhere(client, short_history):
    page = client.get(EVENTS, {"after": "summit", "kind": "troop-deployment", "from": "2018"}).json()
    end = client.get(page["previous"]).json()

    assert end["results"] == []
    assert end["next"] is end["previous"] is None


def test_a_cursor_is_good_for_its_own_question_only(client, short_history):
    link = client.get(f"{EVENTS}?page_size=1").json()["next"]

    assert client.get(link).status_code == 200
    assert client.get(f"{link}&country=PRK").json()["errors"][0]["parameter"] == "cursor"


def test_count_and_fields_on_request(client, short_history):
    answer = client.get(f"{EVENTS}?count=true&fields=id,date&page_size=1").json()

    assert answer["count"] == 4
    assert set(answer["results"][0]) == {"id", "date"}


@pytest.mark.parametrize(
    ("asked", "queries", "again"),
    [("", 3, 1), ("?between=PRK,SYR", 5, 1), ("?page_size=500&ordering=-importance", 3, 2)],
)
def test_a_page_of_any_size_is_a_fixed_number_of_queries(
    client, short_history, asked, queries, again, django_assert_num_queries
):
    # The clock, the last changes, the page; of a pair, the codes with their countries, and whether any event has more
    # countries than pairs are kept of. Whoever asks next, before anything changes, asks for the page alone, where it is
    # in order of date.
    with django_assert_num_queries(queries):
        client.get(EVENTS + asked)
    with django_assert_num_queries(again):
        client.get(EVENTS + asked)


def test_one_event_in_three_queries(client, short_history, django_assert_num_queries):
    with django_assert_num_queries(3):  # the clock, the last change there, the entry
        event = client.get(f"{EVENTS}relations/").json()

    with django_assert_num_queries(1):  # the entry, while nothing changes
        client.get(f"{EVENTS}summit/")

    assert event["date"]["label"] == "1966"
    assert event["url"] == f"{EVENTS}relations/"


def test_an_answer_that_still_holds_is_not_read_again(client, short_history, django_assert_num_queries):
    etag = client.get(EVENTS)["ETag"]

    with django_assert_num_queries(1):  # the clock: the last changes are remembered from before
        again = client.get(EVENTS, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""

    EventFactory()
    assert client.get(EVENTS, headers={"if-none-match": etag}).status_code == 200


def test_ndjson_has_every_event_with_the_snapshot_in_a_header(client, short_history):
    answer = client.get(f"{EVENTS}?format=ndjson")
    lines = answer.content.splitlines()

    assert [orjson.loads(line)["id"] for line in lines] == ["relations", "troops", "visit", "summit"]
    assert int(answer["Snapshot"]) > 0
    assert client.get(EVENTS, headers={"accept": "application/x-ndjson"})["Content-Type"].startswith(
        "application/x-ndjson"
    )


def test_a_page_of_ndjson_links_to_the_next(client, short_history):
    answer = client.get(f"{EVENTS}?format=ndjson&page_size=3")

    assert len(answer.content.splitlines()) == 3
    assert 'rel="next"' in answer["Link"]


def test_csv_defuses_formulae_and_leaves_dates_alone(client):
    EventFactory(slug="odd", title="=HYPERLINK(1)", date="-0752")
    text = client.get(f"{EVENTS}?format=csv").content.decode()

    assert "'=HYPERLINK(1)" in text
    assert ",-0752," in text


def test_an_old_address_leads_to_the_new_one_and_a_withdrawn_one_says_why(client):
    event = EventFactory(slug="old")
    with recording(None, "renamed"):
        event.slug = "new"
        event.save()
    assert client.get(f"{EVENTS}old/")["Location"] == f"{EVENTS}new/"

    with recording(None, "withdrawn"):
        event.review, event.withdrawal_reason = "withdrawn", "It was a hoax."
        event.save()
    gone = client.get(f"{EVENTS}new/")
    assert (gone.status_code, "hoax" in gone.json()["detail"]) == (410, True)
    assert client.get(f"{EVENTS}never/").status_code == 404


def test_a_draft_changes_no_byte_of_any_answer(client, short_history):
    addresses = [EVENTS, f"{EVENTS}?count=true", f"{EVENTS}?format=csv", f"{EVENTS}relations/", f"{EVENTS}draft/",
                 f"{EVENTS}?country=PRK", f"{EVENTS}?ordering=-modified",
                 *(f"/api/v1/{name}/?count=true" for name in COLLECTIONS)]

    def answers():
        return [(answer.status_code, sorted(answer.headers.items()), answer.content)
                for answer in map(client.get, addresses)]

    before = answers()
    with recording(None, "a draft"):
        draft = EventFactory(slug="draft", review="draft", kind=Event.objects.first().kind, title="CANARY")
        ParticipationFactory(event=draft, country=CountryFactory(code="PRK"))
        ClaimFactory(event=draft, source=Event.objects.first().claims.first().source)
    assert answers() == before


def test_matches_are_counted_no_further_than_a_limit(client, short_history, monkeypatch):
    def counted(query):
        answer = client.get(f"{EVENTS}?count=true&page_size=1{query}").json()
        return answer["count"], answer["count_is_exact"]

    monkeypatch.setattr("timeline.api.pagination.MOST_COUNTED", 4)
    assert counted("") == (4, True)
    monkeypatch.setattr("timeline.api.pagination.MOST_COUNTED", 3)
    assert counted("") == (3, False)
    assert counted("&as_of=2020") == (3, False)  # two tables
    assert counted("&country=PRK") == (3, False)
    assert counted("&between=PRK,SYR") == (3, True)
    assert counted("&q=PRK") == (3, False)
    assert counted("&q=SYR") == (3, True)
    assert "count_is_exact" not in client.get(EVENTS).json()


def test_an_address_of_more_than_eight_kilobytes_is_refused(client):
    assert client.get(f"{EVENTS}?country={'A' * 9000}").status_code == 414


def test_writing_is_refused_as_a_problem(client):
    answer = client.post(EVENTS, {})

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert "GET" in answer["Allow"]
