"""The front page: a question, its answer in words, and what to do where there is none."""

import pytest
from django.test import Client

from events.models import Event
from events.recording import recording
from events.review import withdraw
from tests.factories import CountryFactory, EventFactory
from tests.timeline.pages.reading import heading, links, titles, words
from timeline.limits import TooSlow
from timeline.pages import counting

pytestmark = pytest.mark.django_db


def test_the_front_page_shows_every_event_and_questions_to_start_from(client: Client, four_events: None) -> None:
    page = client.get("/")

    assert heading(page) == "Diplomatic events, and on whose word"
    assert titles(page) == ["Relations", "Troops", "Visit", "Summit"]
    assert "4 events in this record" in words(page.content.decode())
    for address in (address for address in links(page).values() if address.startswith("/?")):
        assert client.get(address).status_code == 200


def test_the_calendar_of_every_page_keeps_what_was_called_off(client: Client) -> None:
    address = links(client.get("/"))["What is planned, as a calendar"]

    assert address == "/api/v1/events/?format=ics&occurrence=planned,postponed,cancelled"


def test_a_question_is_told_in_words_and_answered_as_by_the_api(client: Client, four_events: None) -> None:
    asked = {"between": "PRK,SYR", "from": "1970", "to": "1979"}
    page, answer = client.get("/", asked), client.get("/api/v1/events/", asked).json()

    assert heading(page) == "Events between North Korea and Syria that may fall in 1970 to 1979"
    assert titles(page) == [event["title"] for event in answer["results"]] == ["Troops"]


def test_each_thing_that_was_asked_can_be_left_out(client: Client, four_events: None) -> None:
    found = links(client.get("/", {"between": "PRK,SYR", "from": "1970"}))

    assert found["between North Korea and Syria – leave this out"] == "/?from=1970"
    assert found["from 1970 – leave this out"] == "/?between=PRK,SYR"


def test_where_nothing_is_found_the_page_says_what_to_leave_out(client: Client, four_events: None) -> None:
    page = client.get("/", {"between": "PRK,SYR", "from": "1973-10-06", "to": "1973-10-25", "match": "certain"})

    found = links(page)
    assert titles(page) == []
    assert "Nothing is recorded that answers this" in words(page.content.decode())
    assert found["Without “whose date certainly falls in it”: 1 event"] == (
        "/?between=PRK,SYR&from=1973-10-06&to=1973-10-25"
    )
    assert found["Without “from 6 October 1973 to 25 October 1973”: 3 events"] == "/?between=PRK,SYR"
    for words_of_link, address in found.items():
        if words_of_link.startswith("Without"):
            assert titles(client.get(address))


def test_a_page_that_found_nothing_is_kept_by_no_cache(client: Client, four_events: None) -> None:
    asked = {"from": "1990", "to": "1999"}
    before = client.get("/", asked)
    EventFactory(date="2001")

    assert ("ETag" in before, before["Cache-Control"]) == (False, "no-store")
    assert "Without “from 1990 to 1999”: 4 events" in links(before)
    assert "Without “from 1990 to 1999”: 5 events" in links(client.get("/", asked))


def test_pages_lead_both_ways_through_all_events(client: Client, four_events: None) -> None:
    first = client.get("/", {"page_size": "2"})
    second = client.get(links(first)["Later events"])

    assert titles(first) + titles(second) == ["Relations", "Troops", "Visit", "Summit"]
    assert titles(client.get(links(second)["Earlier events"])) == titles(first)
    assert "Later events" not in links(second)


def test_against_the_order_of_date_the_next_page_is_of_earlier_events(client: Client, four_events: None) -> None:
    page = client.get("/", {"page_size": "3", "ordering": "-date"})

    assert heading(page) == "All events"
    assert titles(client.get(links(page)["Earlier events"])) == ["Relations"]


def test_where_no_span_is_left_nothing_stands_to_it(client: Client, four_events: None) -> None:
    sent_by_the_form = client.get("/", {"from": "", "to": "", "match": "certain", "between": "PRK,SYR"})
    found = links(client.get("/", {"from": "1970", "match": "certain"}))
    refused = client.get("/", {"from": "soon", "match": "certain"})

    assert (sent_by_the_form.status_code, sent_by_the_form["Location"]) == (303, "/?between=PRK,SYR")
    assert found["from 1970 – leave this out"] == "/"
    assert refused.status_code == 400
    assert "beside it a span" not in words(refused.content.decode())


def test_a_page_on_which_nothing_stands_any_more_leads_back(client: Client, four_events: None) -> None:
    second = links(client.get("/", {"page_size": "3"}))["Later events"]
    withdraw(Event.objects.get(title="Summit"), None, "a slip")
    page = client.get(second)

    assert "No events lie beyond this place" in words(page.content.decode())
    assert titles(client.get(links(page)["Earlier events"])) == ["Relations", "Troops", "Visit"]


def test_a_page_begins_behind_an_event_that_is_no_part_of_the_question(client: Client, four_events: None) -> None:
    page = client.get("/", {"after": Event.objects.get(title="Summit").slug, "ordering": "-date"})

    assert titles(page) == titles(client.get("/", {"ordering": "-date"}))[1:]
    assert "after" not in links(client.get(links(page)["Later events"]))["/api/v1/events/?ordering=-date"]


def test_a_cursor_of_another_question_is_refused_in_words(client: Client, four_events: None) -> None:
    page = client.get("/", {"cursor": "made-up", "from": "1970"})

    assert page.status_code == 400
    assert "cursor was “made-up”" in words(page.content.decode().replace("<q>", "“").replace("</q>", "”"))


def test_going_back_shows_what_was_known_then_and_leads_on_to_it(client: Client, four_events: None) -> None:
    page = client.get("/", {"as_of": "2018-06-03"})

    assert titles(page) == []
    assert "had published by the end of 3 June 2018" in words(page.content.decode())
    later = client.get("/", {"as_of": "2018-06-04"})
    assert len(titles(later)) == 4
    to_events = [address for address in links(later).values() if address.startswith("/events/")]
    assert to_events
    assert all(address.endswith("?as_of=2018-06-04") for address in to_events)


def test_a_draft_is_in_no_page(client: Client, four_events: None) -> None:
    before = client.get("/")
    EventFactory(title="Secret", review="draft", between=["PRK", "SYR"])

    assert client.get("/").content == before.content


def test_hostile_text_is_shown_as_text(client: Client) -> None:
    EventFactory(title="<script>alert(1)</script>", claimed=["reports"])

    page = client.get("/", {"q": '"><img src=x onerror=alert(1)>'})
    everything = client.get("/")

    assert "<img src=x" not in page.content.decode()
    assert "<script>alert" not in everything.content.decode()
    assert titles(everything) == ["<script>alert(1)</script>"]


def test_an_answer_that_did_not_change_is_not_sent_again(
    client: Client, four_events: None, django_assert_num_queries: object
) -> None:
    etag = client.get("/")["ETag"]

    with django_assert_num_queries(1):  # the clock: the last changes are remembered from before
        assert client.get("/", headers={"if-none-match": etag}).status_code == 304
    EventFactory(title="New", date="1980")
    assert client.get("/", headers={"if-none-match": etag}).status_code == 200


def test_a_page_is_sent_compressed_to_whoever_takes_it(client: Client, four_events: None) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert packed["ETag"] == plain["ETag"]
    assert len(packed.content) < len(plain.content) / 3


@pytest.mark.parametrize(
    ("asked", "queries"),
    [
        ({}, 3),  # the clock, the last change, the events
        ({"between": "PRK,SYR"}, 5),  # and the names of the two
    ],
)
def test_a_page_takes_few_queries(
    client: Client, four_events: None, asked: dict, queries: int, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(queries):
        client.get("/", asked)


def test_counting_that_takes_too_long_is_left_out(
    client: Client, four_events: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*args: object) -> None:
        raise TooSlow

    monkeypatch.setattr(counting, "counted", slow)

    page = client.get("/", {"page_size": "2", "ordering": "-modified", "precision": "year,month,day"})

    assert "more than 2 events" in words(page.content.decode())


@pytest.mark.parametrize(
    ("asked", "number"), [({}, 4), ({"country": "SYR"}, 3), ({"from": "1970"}, 3), ({"precision": "year,month"}, 2)]
)
def test_events_are_counted_beyond_the_page(
    client: Client, four_events: None, asked: dict, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "PATIENCE", 60)  # however busy the machine is

    page = words(client.get("/", {"page_size": "1", **asked}).content.decode())

    assert f"{number} events" in page
    assert "more than" not in page


def test_pages_of_the_past_ask_not_to_be_indexed(client: Client, four_events: None) -> None:
    noindex = '<meta name="robots" content="noindex">'

    assert noindex in client.get("/", {"as_of": "2018-06-04"}).content.decode()
    assert noindex not in client.get("/", {"between": "PRK,SYR"}).content.decode()


def test_links_are_previewed_with_the_question_and_its_first_events(client: Client, four_events: None) -> None:
    page = client.get("/", {"between": "PRK,SYR"}).content.decode()

    assert '<meta property="og:title" content="Events between North Korea and Syria">' in page
    assert 'content="3 events. 1966: Relations; October 1973: Troops; on or after 30 May 2018: Visit.">' in page


def test_a_country_that_was_renamed_is_still_found_by_its_former_code(client: Client, four_events: None) -> None:
    with recording(None, "renamed"):
        country = CountryFactory(code="PRK")
        country.code = "KOP"
        country.save()

    assert heading(client.get("/", {"country": "PRK"})) == "Events in which North Korea takes part"
