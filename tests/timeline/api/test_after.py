"""Pages of events that begin behind one of them."""

import pytest

from events.recording import recording
from tests.factories import EventFactory
from tests.shared import shared
from tests.timeline.api.asking import found

pytestmark = pytest.mark.django_db
EVENTS = "/api/v1/events/"


@shared
def crowd() -> None:
    """Events of which most begin on the same day, among them some that begin nowhere and one of all that year."""
    dates = ["2018-06-12"] * 5 + ["2018", "2018-06", "2018-06-13", "[..2018-06-12]", "2017"]
    for number, date in enumerate(dates):
        EventFactory(slug=f"e{number}", date=date, between=["PRK"], importance=number % 3)


@pytest.mark.parametrize("ordering", ["date", "-date", "importance", "-importance", "-modified"])
def test_a_page_begins_behind_any_event_of_the_list(client, crowd, ordering):
    whole = found(client, ordering=ordering)

    for place, slug in enumerate(whole):
        page = client.get(EVENTS, {"after": slug, "ordering": ordering, "page_size": 3}).json()
        assert [event["id"] for event in page["results"]] == whole[place + 1:][:3]


def test_its_links_lead_on_and_back_without_it(client, crowd):
    whole = found(client)
    page = client.get(EVENTS, {"after": whole[3], "page_size": 2}).json()
    on, back = client.get(page["next"]).json(), client.get(page["previous"]).json()

    assert "after=" not in page["next"]
    assert [event["id"] for event in on["results"]] == whole[6:8]
    assert [event["id"] for event in back["results"]] == whole[2:4]


def test_the_event_need_not_be_one_that_is_asked_for(client, crowd):
    EventFactory(slug="other", date="2018-06-12T12:00:00Z", between=["USA"])

    assert "other" not in found(client, country="PRK")
    assert found(client, after="other", country="PRK") == ["e8", "e7"]


def test_a_format_without_pages_gives_one(client, crowd):
    answer = client.get(EVENTS, {"after": found(client)[-2], "format": "ndjson"})

    assert len(answer.content.splitlines()) == 1


@pytest.mark.parametrize("unknown", ["nowhere", "", "e\0"])
def test_an_event_that_is_not_there_is_named(client, crowd, unknown):
    answer = client.get(EVENTS, {"after": unknown})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "after"


def test_an_event_that_was_renamed_is_followed(client, crowd):
    rest = found(client, after="e0")
    with recording(None, "renamed"):
        event = EventFactory._meta.model.objects.get(slug="e0")
        event.slug = "renamed"
        event.save()

    assert found(client, after="e0") == rest


def test_the_answer_is_another_once_the_event_has_moved(client, crowd):
    asked = {"after": "e7", "from": "2018-06"}
    etag = client.get(EVENTS, asked)["ETag"]
    with recording(None, "moved"):
        event = EventFactory._meta.model.objects.get(slug="e7")
        event.date = "2016"
        event.save()

    assert client.get(EVENTS, asked, headers={"if-none-match": etag}).status_code == 200


def test_the_answer_is_another_once_a_renamed_event_has_moved_past_all_that_is_asked_for(client, crowd):
    made = EventFactory(slug="first", date="1966", between=["PRK"])
    asked = {"after": "first", "from": "2010", "to": "2018"}
    for changed in ({"slug": "renamed"}, {"date": "2030"}):
        etag = client.get(EVENTS, asked)["ETag"]
        with recording(None, "changed"):
            event = type(made).objects.get(pk=made.pk)
            for name, value in changed.items():
                setattr(event, name, value)
            event.save()

    answer = client.get(EVENTS, asked, headers={"if-none-match": etag})
    assert answer.json()["results"] == []


def test_a_page_begins_in_one_place(client, crowd):
    page = client.get(EVENTS, {"page_size": 2}).json()
    answer = client.get(f"{page['next']}&after=e0")

    assert answer.status_code == 400
    assert "`cursor`" in answer.json()["errors"][0]["expected"]
