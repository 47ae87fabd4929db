"""What the event form tells while it is filled in: dates in words, likely duplicates, and joining one of them."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from events.models import Claim, Event
from tests.factories import ClaimFactory, CountryFactory, EventFactory, KindFactory, SourceFactory

pytestmark = pytest.mark.django_db

DATES, ALIKE = "admin:events_dates", "admin:events_event_alike"


@pytest.fixture
def understood(editor):
    """A function that gives what is said of a date."""

    def said(text):
        answer = editor.get(reverse(DATES), {"edtf": text})
        assert answer.status_code == 200
        return answer.json()

    return said


@pytest.mark.parametrize(("text", "means"), [
    ("1973-10", "some time in October 1973"), (" 1966~ ", "about 1966; found as 1 January 1965 to 31 December 1967"),
    ("[2018-05-30..]", "on 30 May 2018 or some later day"), ("2018-06/..", "began in June 2018 and is still going on"),
])  # fmt: skip
def test_a_date_is_said_back_in_words(understood, text, means):
    assert understood(text) == {"means": means}


def test_a_wrong_date_is_told_with_what_would_be_right(understood):
    said = understood("1969-1")

    assert "two" in said["error"]
    assert said["suggestion"] == "1969-01"


@pytest.mark.parametrize("text", ["last spring", "1973-13", "x" * 5_000, "\0", "٣", "<b>"])
def test_nothing_that_is_typed_breaks_it(understood, text):
    assert understood(text)["error"]


def test_nothing_is_said_of_nothing(understood):
    assert understood("") == {}


def test_every_date_of_the_form_asks_for_its_words(editor, page_of):
    page = editor.get(page_of(Event, "add")).content.decode()

    assert f'data-understood="{reverse(DATES)}"' in page
    assert page.count("data-understood") == 3  # the event's, a claim's, the row from which claims are added


@pytest.fixture
def alike(editor):
    """A function that gives the part of the page that lists likely duplicates."""

    def part(**query):
        answer = editor.get(reverse(ALIKE), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return part


def test_likely_duplicates_are_listed_with_what_is_common(alike):
    event = EventFactory(title="Talks in Geneva", date="1966", between=["PRK", "SYR"], review="draft")
    countries = [CountryFactory(code=code).pk for code in ("PRK", "SYR")]

    part = alike(title="Talks", date="1966", country=countries, joinable="yes")
    assert "Talks in Geneva" in part
    assert "1966; the same parties, the same date, a similar title; draft" in part
    assert f'name="_join" value="{event.pk}"' in part
    assert "Geneva" not in alike(title="Talks", date="1966", country=countries, but=event.pk)


@pytest.mark.parametrize("query", [
    {"date": "soon", "title": "Talks"}, {"date": "1966", "country": "\0"}, {"date": "1966", "kind": "9" * 40},
    {"date": "1966", "leader": "x", "but": "-1"}, {"title": "\0" * 3, "date": "1966"}, {},
])  # fmt: skip
def test_nothing_that_is_asked_breaks_it(alike, query):
    assert alike(**query).strip() == ""


def test_the_form_of_a_draft_lists_them_without_a_script(editor, page_of):
    EventFactory(title="The other one", date="1966", between=["PRK", "SYR"])
    event = EventFactory(date="1966", between=["PRK", "SYR"])

    assert "The other one" in editor.get(page_of(event)).content.decode()


@pytest.fixture
def typed(editor, page_of, filled_in):
    """A function that gives what the form of a new event, with one claim, sends with a button."""

    def values(**changes):
        return filled_in(editor.get(page_of(Event, "add"))) | {
            "title": "Talks", "slug": "talks", "kind": KindFactory().pk, "date": "1966",
            "claims-0-source": SourceFactory(slug="theirs").pk, "claims-0-stance": "reports",
            "claims-0-locator": "para. 2",
        } | changes  # fmt: skip

    return values


def test_joining_adds_the_claims_to_the_event_that_is_there(editor, page_of, typed):
    event = EventFactory(title="As it was")
    answer = editor.post(page_of(Event, "add"), typed(_join=event.pk), follow=True)

    assert answer.redirect_chain == [(page_of(event), 302)]
    assert "1 claim added here" in answer.content.decode()
    assert [(claim.event, claim.source.slug, claim.locator) for claim in Claim.objects.all()] == [
        (event, "theirs", "para. 2")
    ]
    assert Event.objects.get().title == "As it was"


@pytest.mark.parametrize("wrong", [{"claims-0-stance": ""}, {"claims-0-source": "", "claims-0-stance": "",
                                                              "claims-0-locator": ""}, {"claims-0-date": "soon"}])
def test_a_refused_joining_keeps_all_that_was_typed(editor, page_of, typed, errors_of, wrong):
    event = EventFactory()
    answer = editor.post(page_of(Event, "add"), typed(_join=event.pk) | wrong)

    assert errors_of(answer)
    assert answer.context["adminform"].form["title"].value() == "Talks"
    assert not Claim.objects.exists()
    assert Event.objects.count() == 1


def test_the_same_claim_is_not_joined_twice(editor, page_of, typed, errors_of):
    claim = ClaimFactory(source=SourceFactory(slug="theirs"), locator="para. 2")

    assert "already" in errors_of(editor.post(page_of(Event, "add"), typed(_join=claim.event_id)))
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "\0", ""])
def test_joining_nothing_is_not_found(editor, page_of, typed, key):
    assert editor.post(page_of(Event, "add"), typed(_join=key)).status_code == 404


def test_who_may_look_at_no_event_is_told_of_none(client):
    user = get_user_model().objects.create_user("a-member", is_staff=True)
    client.force_login(user)

    assert client.get(reverse(ALIKE), {"title": "Talks", "date": "1966"}).status_code == 403
    client.logout()
    for name in (ALIKE, DATES):
        assert client.get(reverse(name)).status_code == 302


def test_the_form_can_be_saved_and_previewed_at_once(editor, page_of, filled_in):
    event = EventFactory()
    answer = editor.post(page_of(event), filled_in(editor.get(page_of(event))) | {"_preview": "1"})

    assert answer.url == reverse("event-preview", args=[event.pk])
