"""The front page: a question, its answer in words, and what to do where there is none."""

import re

import pytest
from django.test import Client

from events.recording import recording
from tests.factories import CountryFactory, EventFactory, KindFactory, LeaderFactory, SourceFactory
from tests.shared import shared
from tests.timeline.pages.reading import field, heading, links, titles, words
from timeline.api.filters import EventFilterSet
from timeline.limits import TooSlow
from timeline.pages import counting
from timeline.pages.form import GROUPS, IN_HEADER
from timeline.pages.labels import LABELS

pytestmark = pytest.mark.django_db


@shared
def four_events() -> None:
    CountryFactory(code="PRK", name="North Korea")
    CountryFactory(code="SYR", name="Syria")
    EventFactory(title="Relations", date="1966", between=["PRK", "SYR"], claimed=["reports"])
    EventFactory(title="Troops", date="1973-10", between=["PRK", "SYR"], claimed=["reports"],
                 kind=KindFactory(slug="troop-deployment"))
    EventFactory(title="Visit", date="[2018-05-30..]", between=["PRK", "SYR"], claimed=["announces"])
    EventFactory(title="Summit", date="2018-06-12", between=["PRK", "USA"], claimed=["announces", "denies"])


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


def test_every_parameter_has_its_field_and_keeps_its_value(client: Client, four_events: None) -> None:
    assert set(LABELS) == set(EventFilterSet.base_filters)
    assert sorted([*(name for group in GROUPS for name in group.names), IN_HEADER]) == sorted(LABELS)

    page = client.get("/", {"from": "1966", "occurrence": "planned,occurred", "ordering": "-date", "q": "tro*"})

    assert 'value="1966"' in field(page, "from")
    assert field(page, "occurrence").count(" checked") == 2
    assert 'value="-date" selected' in field(page, "ordering")
    assert 'name="q" form="question" maxlength="200" placeholder="Search events" value="tro*"' in page.content.decode()


def test_what_a_form_sends_leads_to_the_address_that_can_be_passed_on(client: Client, four_events: None) -> None:
    sent = "/?q=&from=1970&to=&between=north+korea,+Syria&occurrence=occurred&occurrence=planned&ordering="

    answer = client.get(sent)

    assert answer.status_code == 303
    assert answer["Location"] == "/?from=1970&between=PRK,SYR&occurrence=occurred,planned"
    assert client.get(answer["Location"]).status_code == 200


def test_a_kind_goes_by_its_label_too(client: Client, four_events: None) -> None:
    assert client.get("/", {"kind": "forces MOBILIZED, talks"})["Location"] == "/?kind=mobilization,talks"
    assert client.get("/", {"kind": "forces"}).status_code == 400


def test_the_title_of_a_source_stands_in_quotation_marks(client: Client, four_events: None) -> None:
    SourceFactory(slug="a-report", title="Assad wants to meet Kim")

    page = client.get("/", {"source": "a-report"})

    assert heading(page) == "Events resting on “Assad wants to meet Kim”"
    assert "resting on “Assad wants to meet Kim” – leave this out" in links(page)


def test_what_is_suggested_while_typing_is_what_the_api_finds_by_name(client: Client) -> None:
    html = client.get("/").content.decode()
    asked = re.findall(r'name="(\w+)"[^>]* data-collection="(.*?)" data-named="(.*?)"', html)

    assert {name for name, _, _ in asked} == {
        "between", "country", "leader", "organization", "kind", "publisher", "place",
    }  # fmt: skip
    for _, collection, named in asked:
        assert client.get(collection, {"name": "vi", "fields": f"id,{named}"}).status_code == 200


def test_an_empty_form_asks_for_everything(client: Client, four_events: None) -> None:
    assert client.get("/?q=&from=")["Location"] == "/"


def test_a_name_that_two_bear_is_refused_rather_than_guessed(client: Client, four_events: None) -> None:
    LeaderFactory(name="Kim Il", slug="kim-il")
    LeaderFactory(name="Kim Il", slug="kim-il-2")

    page = client.get("/", {"leader": "Kim Il"})

    assert page.status_code == 400
    assert "that the record knows" in words(field(page, "leader"))


def test_a_bad_value_is_refused_beside_its_field_and_nothing_is_lost(client: Client, four_events: None) -> None:
    page = client.get("/", {"country": "PKR", "from": "1970", "occurrence": "planned"})

    refused = field(page, "country")
    assert page.status_code == 400
    assert 'value="PKR"' in refused
    assert 'aria-invalid="true"' in refused
    assert "Expected an ISO 3166 alpha-3 code that the record knows. Did you mean PRK ?" in words(refused)
    assert links(page)["PRK"] == "/?country=PRK&from=1970&occurrence=planned"
    assert 'value="1970"' in field(page, "from")
    assert " checked" in field(page, "occurrence")


def test_an_unknown_parameter_is_refused_with_what_was_probably_meant(client: Client, four_events: None) -> None:
    page = client.get("/", {"contry": "PRK"})

    assert page.status_code == 400
    assert links(page)["country"] == "/?country=PRK"


def test_an_unknown_parameter_does_not_hide_what_else_is_wrong(client: Client, four_events: None) -> None:
    page = client.get("/", {"contry": "PRK", "from": "1970s", "leader": "nobody", "occurrence": "planned"})

    refused = page.content.decode()
    assert page.status_code == 400
    assert links(page)["country"] == "/?country=PRK&from=1970s&leader=nobody&occurrence=planned"
    assert links(page)["197X"] == "/?contry=PRK&from=197X&leader=nobody&occurrence=planned"
    assert 'href="#ask-leader"' in refused
    assert 'aria-invalid="true"' in field(page, "leader")
    assert refused.count("was <q>") == 3


def test_a_wrong_word_among_boxes_is_told_above_them_and_marks_none(client: Client, four_events: None) -> None:
    boxes = field(client.get("/", {"category": "CONSULT,FOO"}), "category")

    assert "Expected any of: AGREE, CONSULT" in words(boxes)
    assert "aria-invalid" not in boxes
    assert boxes.count(" checked") == 1
    assert 'aria-describedby="ask-category_error"' in boxes


def test_what_chooses_a_form_of_the_api_is_refused(client: Client) -> None:
    assert client.get("/?format=json").status_code == 400


def test_one_value_in_two_halves_is_refused(client: Client) -> None:
    assert client.get("/?from=1970&from=1980").status_code == 400


def test_where_nothing_is_found_the_page_says_what_to_leave_out(client: Client, four_events: None) -> None:
    page = client.get("/", {"between": "PRK,SYR", "from": "1973-10-06", "to": "1973-10-25", "match": "certain"})

    found = links(page)
    assert titles(page) == []
    assert "Nothing is recorded that answers this" in words(page.content.decode())
    assert found["Without “whose date certainly falls in it”: 1 event"] == (
        "/?between=PRK,SYR&from=1973-10-06&to=1973-10-25"
    )
    assert found["Without “from 6 October 1973 to 25 October 1973”: 3 events"] == "/?between=PRK,SYR&match=certain"
    for words_of_link, address in found.items():
        if words_of_link.startswith("Without"):
            assert titles(client.get(address))


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
