"""The list of what waits for review, and steps that are taken for many events at once."""

import pytest

from events.models import Event
from events.recording import record_changed
from events.review import submit
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
QUEUES = ["?review__exact=in_review", "?needs=in-review"]  #: by the filter beside the list, and from the front page


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("queue", QUEUES)
def test_the_queue_shows_who_submitted_what_and_the_oldest_first(client, log_in, member, page_of, queue):
    EventFactory(title="Imported", review="in_review", claimed=["reports"])
    EventFactory(title="A draft", review="draft")
    anna = member("Contributors", "anna")
    for title in ("First", "Second"):
        submit(EventFactory(title=title, review="draft", claimed=["reports"]), anna)
    log_in("Editors")

    answer = client.get(page_of(Event, "changelist") + queue)

    assert [event.title for event in answer.context["cl"].result_list] == ["First", "Second", "Imported"]
    page = answer.content.decode()
    assert "anna" in page
    assert "imported" in page
    for column in range(1, 7):
        assert client.get(f"{page_of(Event, 'changelist')}{queue}&o={column}.-2").status_code == 200


def test_many_are_published_at_once_and_what_cannot_be_is_listed(client, log_in, page_of):
    heard = []

    def hear(**told):
        heard.append((len(told["events"]), told["unit"].reason))

    log_in("Editors")
    events = [EventFactory(review="in_review", claimed=["reports"]) for _ in range(3)]
    events.append(EventFactory(title="Bare", review="in_review"))
    record_changed.connect(hear)
    try:
        chosen = {"action": "publish_selected", "_selected_action": [event.pk for event in events]}
        answer = client.post(page_of(Event, "changelist"), chosen, follow=True)
    finally:
        record_changed.disconnect(hear)

    assert said(answer)[0] == "3 events published."
    assert said(answer)[1].startswith("Add a claim first")
    assert said(answer)[1].endswith("Left as it was: “Bare”.")
    assert Event.objects.published().count() == 3
    assert [reason for _, reason in heard] == ["Published"]


def test_many_are_withdrawn_at_once_for_a_reason(client, log_in, page_of):
    log_in("Editors")
    events = [EventFactory(claimed=["reports"]), EventFactory(claimed=["reports"]), EventFactory(review="draft")]
    chosen = {"action": "withdraw_selected", "_selected_action": [event.pk for event in events]}
    address = page_of(Event, "changelist")

    page = client.post(address, chosen)
    assert 'name="text"' in page.content.decode()
    assert page.content.decode().count('name="_selected_action"') == 3
    for wrong in ("", "x" * 501):
        assert client.post(address, chosen | {"text": wrong}).context["form"].errors
    assert Event.objects.published().count() == 2

    answer = client.post(address, chosen | {"text": "A hoax."}, follow=True)

    assert said(answer)[0] == "2 events withdrawn."
    assert "Only a published event" in said(answer)[1]
    assert list(Event.objects.filter(review="withdrawn").values_list("withdrawal_reason", flat=True)) == ["A hoax."] * 2


@pytest.mark.parametrize(("role", "offered"), [
    ("Contributors", {"submit_selected"}),
    (
        "Editors",
        {
            "submit_selected", "publish_selected", "return_selected", "withdraw_selected", "merge_two",
            "delete_selected",
        },
    ),
])  # fmt: skip
def test_the_list_offers_each_role_its_steps(client, log_in, page_of, role, offered):
    log_in(role)
    EventFactory()

    choices = client.get(page_of(Event, "changelist")).context["action_form"].fields["action"].choices
    assert {name for name, _ in choices if name} == offered


def test_a_step_of_many_that_is_not_ones_own_does_nothing(client, log_in, page_of):
    log_in("Contributors")
    event = EventFactory(review="draft", claimed=["reports"])

    client.post(page_of(Event, "changelist"), {"action": "publish_selected", "_selected_action": [event.pk]})

    assert Event.objects.get().review == "draft"


def test_too_many_at_once_are_refused(client, log_in, page_of, monkeypatch):
    monkeypatch.setattr("events.admin.review_queue.MOST_AT_ONCE", 1)
    log_in("Editors")
    events = [EventFactory(review="draft", claimed=["reports"]) for _ in range(2)]
    chosen = {"action": "publish_selected", "_selected_action": [event.pk for event in events]}

    assert said(client.post(page_of(Event, "changelist"), chosen, follow=True)) == [
        "Choose at most 1 events at a time."
    ]
    assert not Event.objects.published().exists()
