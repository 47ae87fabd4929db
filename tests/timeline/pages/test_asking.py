"""How a question is put on the front page: what its form sends, where that leads, and what is refused."""

import re

import pytest
from django.test import Client

from tests.factories import LeaderFactory, SourceFactory
from tests.timeline.pages.reading import field, heading, links, words
from timeline.api.filters import EventFilterSet
from timeline.pages.form import GROUPS, IN_HEADER
from timeline.pages.labels import LABELS

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("name", ["country", "kind", "source"])
def test_what_no_database_takes_is_refused_like_any_other_name(client: Client, four_events: None, name: str) -> None:
    for typed in ("\0", "a\0b", "PRK,a\0"):
        assert client.get("/", {name: typed}).status_code == 400


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
