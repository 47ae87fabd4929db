"""The review in the admin: what each role sees and may do there."""

from itertools import product

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from events.models import Claim, Event, ReviewNote, Source
from events.models.events import Review
from events.models.reviews import Step
from events.recording import recording
from tests.events.test_review import ROLES, WAYS, event_in
from tests.factories import ClaimFactory, EventFactory, KindFactory, SourceFactory
from timeline.models import Entry

pytestmark = pytest.mark.django_db
#: For whom the desk's pages are opened. Others may do what editors may: tests/events/test_review.py asks it of all.
AT_THE_DESK = ["nobody", "Contributors", "Editors"]


def step_page(event, step):
    return reverse("admin:events_event_review", args=[event.pk, step])


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize(("role", "review"), list(product(AT_THE_DESK, Review.values)))
def test_the_buttons_are_those_of_the_steps_that_may_be_taken(client, log_in, page_of, role, review):
    log_in(role)
    event = event_in(review)
    may = {step for step in ROLES[role] if (review, step) in WAYS}

    answer = client.get(page_of(event))

    if role == "nobody":
        assert answer.status_code == 403
        return
    page = answer.content.decode()
    offered = {step for step in Step.values if f'name="_review_{step}"' in page or step_page(event, step) in page}
    assert offered == may


@pytest.mark.parametrize(("role", "review", "step"), list(product(AT_THE_DESK, Review.values, Step.values)))
def test_each_role_takes_its_steps_on_their_pages_and_no_others(client, log_in, role, review, step):
    log_in(role)
    event = event_in(review)
    may, leads_to = step in ROLES[role], WAYS.get((review, step))

    answer = client.post(step_page(event, step), {"text": "Why."})

    assert answer.status_code == (302 if may and leads_to else 200 if may else 403)
    assert Event.objects.get().review == (leads_to if may and leads_to else review)


@pytest.mark.parametrize(("role", "review"), list(product(AT_THE_DESK, Review.values)))
def test_contributors_change_what_is_not_public_and_editors_all(client, log_in, page_of, filled_in, role, review):
    event = event_in(review)
    log_in("superuser")
    values = filled_in(client.get(page_of(event))) | {"title": "Mended"}
    log_in(role)

    answer = client.post(page_of(event), values)

    may = role != "nobody" and (role != "Contributors" or review in ("draft", "in_review"))
    assert (answer.status_code == 302) is may
    assert (Event.objects.get().title == "Mended") is may


@pytest.mark.parametrize("step", [*Step.values, "comment", "nonsense"])
def test_no_step_page_fails_whatever_its_address(client, log_in, step):
    log_in("Editors")
    event = EventFactory(claimed=["reports"])

    assert client.get(step_page(event, step)).status_code == (404 if step == "nonsense" else 200)
    for key in ("0", "9" * 30):
        assert client.get(step_page(event, step).replace(f"/{event.pk}/", f"/{key}/")).status_code == 404


def test_a_contributor_drafts_and_submits_and_an_editor_publishes(client, log_in, page_of, filled_in):
    kind, source = KindFactory(), SourceFactory()
    log_in("Contributors", "anna")
    values = filled_in(client.get(page_of(Event, "add"))) | {
        "title": "Talks", "slug": "talks", "kind": kind.pk, "date": "1973-10", "review_comment": "Is the month right?",
        "claims-0-source": source.pk, "claims-0-stance": "reports", "_review_submit": "",
    }  # fmt: skip
    assert client.post(page_of(Event, "add"), values).status_code == 302
    event = Event.objects.get()
    assert (event.review, Entry.objects.count()) == ("in_review", 0)

    log_in("Editors", "boris")
    page = client.get(page_of(event))
    assert "Is the month right?" in page.content.decode()
    answer = client.post(page_of(event), filled_in(page) | {"title": "Talks in Cairo", "_review_publish": ""})

    assert answer.status_code == 302
    assert Entry.objects.get().slug == "talks"
    assert Event.objects.get().title == "Talks in Cairo"
    assert list(ReviewNote.objects.values_list("author__username", "step")) == [
        ("anna", "submit"), ("boris", "publish"),
    ]  # fmt: skip
    assert "Published." in LogEntry.objects.values_list("change_message", flat=True)


def test_publishing_without_a_claim_saves_nothing_and_says_why(client, log_in, page_of, filled_in, errors_of):
    log_in("Editors")
    event = EventFactory(review="draft", title="As it was")
    values = filled_in(client.get(page_of(event))) | {"title": "Mine", "_review_publish": ""}

    answer = client.post(page_of(event), values)

    assert "Add a claim first" in errors_of(answer)
    assert answer.context["adminform"].form["title"].value() == "Mine"
    event = Event.objects.get()
    assert (event.title, event.review) == ("As it was", "draft")
    assert not ReviewNote.objects.exists()


def test_the_last_claim_of_a_published_event_is_not_taken_out(client, log_in, page_of, filled_in, errors_of):
    log_in("Editors")
    event = EventFactory(claimed=["reports"])
    values = filled_in(client.get(page_of(event))) | {"claims-0-DELETE": "on"}

    assert "without a claim" in errors_of(client.post(page_of(event), values))
    assert Claim.objects.exists()


@pytest.mark.parametrize("smuggled", [{"review": "published"}, {"review": "withdrawn", "withdrawal_reason": "x"}])
def test_the_state_is_no_field_of_the_form(client, log_in, page_of, filled_in, smuggled):
    log_in("Contributors")
    event = EventFactory(review="draft", claimed=["reports"])

    assert client.post(page_of(event), filled_in(client.get(page_of(event))) | smuggled).status_code == 302
    assert Event.objects.get().review == "draft"


@pytest.mark.parametrize("step", ["publish", "withdraw"])
def test_a_button_that_was_not_offered_does_nothing(client, log_in, page_of, filled_in, step):
    log_in("Contributors")
    event = EventFactory(review="draft", claimed=["reports"])
    values = filled_in(client.get(page_of(event))) | {f"_review_{step}": ""}

    answer = client.post(page_of(event), values, follow=True)

    assert answer.status_code == 403
    assert Event.objects.get().review == "draft"


def test_a_withdrawal_saves_the_form_and_then_asks_for_the_reason(client, log_in, page_of, filled_in):
    log_in("Editors")
    event = EventFactory(claimed=["reports"])
    values = filled_in(client.get(page_of(event))) | {"title": "Mine", "_review_withdraw": ""}

    asked = client.post(page_of(event), values)
    assert asked.url == step_page(event, "withdraw")
    assert Event.objects.get().review == "published"

    refused = client.post(asked.url, {"text": " "})
    assert "Say why the event is withdrawn" in refused.content.decode()
    assert client.post(asked.url, {"text": "A hoax."}).status_code == 302
    event = Event.objects.get()
    assert (event.title, event.review, event.withdrawal_reason) == ("Mine", "withdrawn", "A hoax.")
    assert client.get(f"/api/v1/events/{event.slug}/").status_code == 410


def test_the_reason_of_a_withdrawal_can_be_mended_and_not_be_emptied(client, log_in, page_of, filled_in, errors_of):
    log_in("Editors")
    event = event_in("withdrawn")
    values = filled_in(client.get(page_of(event)))

    assert client.post(page_of(event), values | {"withdrawal_reason": "A hoax."}).status_code == 302
    assert Event.objects.get().withdrawal_reason == "A hoax."
    values = filled_in(client.get(page_of(event)))
    assert "Say why" in errors_of(client.post(page_of(event), values | {"withdrawal_reason": ""}))


def test_a_published_event_tells_a_contributor_what_to_do(client, log_in, page_of):
    log_in("Contributors")
    event = EventFactory(claimed=["reports"])

    page = client.get(page_of(event)).content.decode()

    assert "changed by editors" in page
    assert step_page(event, "comment") in page
    assert client.post(step_page(event, "comment"), {"text": "The date is wrong."}).status_code == 302
    assert ReviewNote.objects.get().text == "The date is wrong."


def test_what_was_published_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(
    client, log_in, page_of, filled_in
):
    log_in("Contributors")
    event = EventFactory(review="draft", claimed=["reports"])
    values = filled_in(client.get(page_of(event))) | {"summary": "Half an hour of work"}
    with recording(None, "published meanwhile"):
        event.review = "published"
        event.save()

    page = client.post(page_of(event), values).content.decode()

    assert "Half an hour of work" in page
    assert "published while you worked on it" in page
    assert Event.objects.get().summary == ""


def test_a_contributor_mends_a_source_until_readers_see_it(client, log_in, page_of, filled_in):
    log_in("Contributors")
    claim = ClaimFactory(event=EventFactory(review="draft"))
    values = filled_in(client.get(page_of(claim.source)))

    assert client.post(page_of(claim.source), values | {"title": "Mended"}).status_code == 302
    values = filled_in(client.get(page_of(claim.source)))
    with recording(None, "published"):
        claim.event.review = "published"
        claim.event.save()
    assert client.post(page_of(claim.source), values | {"title": "Changed"}).status_code == 200
    assert Source.objects.get().title == "Mended"


def test_only_one_pair_of_eyes_sees_why_it_cannot_publish(client, log_in, page_of, filled_in, settings):
    settings.SECOND_PAIR_OF_EYES = True
    log_in("Editors")
    values = filled_in(client.get(page_of(Event, "add"))) | {
        "title": "Talks", "slug": "talks", "kind": KindFactory().pk, "date": "1973",
        "claims-0-source": SourceFactory().pk, "claims-0-stance": "reports",
    }  # fmt: skip
    client.post(page_of(Event, "add"), values)
    event = Event.objects.get()

    page = client.get(page_of(event))
    assert "Only you have worked on it" in page.content.decode()
    assert "_review_publish" not in page.content.decode()

    answer = client.post(page_of(event), filled_in(page) | {"_review_publish": ""})
    assert "Only you have worked on it" in str(answer.context["errors"])
    log_in("Editors")
    assert "_review_publish" in client.get(page_of(event)).content.decode()


@pytest.mark.parametrize(("second_pair", "offered"), [(False, {"review", "publish"}), (True, {"review"})])
def test_a_file_is_not_published_by_whoever_imports_it_where_two_have_to_look(
    client, log_in, settings, second_pair, offered
):
    settings.SECOND_PAIR_OF_EYES = second_pair
    log_in("Editors")

    form = client.get(reverse("admin:events_upload_add")).context["adminform"].form

    assert {value for value, _ in form.fields["publishing"].choices} == offered
