"""The page on which an event is erased for ever."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from events.merging import merge_events
from events.models import Event, Version
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def erase_page(event):
    return reverse("admin:events_event_erase", args=[event.pk])


@pytest.fixture
def officer(permitted):
    """A browser in which somebody is logged in who may erase events, and look at them."""
    return permitted("erase_event", "view_event")


def test_an_event_is_erased_by_its_id_and_with_a_reason(officer, client):
    event = EventFactory(slug="told")

    answer = officer.post(erase_page(event), {"public_id": "told", "reason": "A court ordered it."})

    assert answer.status_code == 302
    assert not Event.objects.exists()
    assert not Version.objects.filter(resource="events").exists()
    gone = client.get("/api/v1/events/told/")
    assert (gone.status_code, "A court ordered it." in gone.json()["detail"]) == (410, True)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"public_id": "tol", "reason": "Ordered."}, "That is not its id, which is told."),
        ({"public_id": "", "reason": "Ordered."}, "This field is required."),
        ({"public_id": "told", "reason": " "}, "This field is required."),
    ],
)
def test_it_is_not_erased_by_mistake(officer, values, said):
    event = EventFactory(slug="told")

    assert said in officer.post(erase_page(event), values).content.decode()
    assert Event.objects.filter(pk=event.pk).exists()


def test_what_goes_with_it_is_said(officer):
    event, twin = EventFactory(), EventFactory(title="The twin")
    merge_events(twin, event, None, "The same")

    assert "The twin" in officer.get(erase_page(event)).content.decode()
    refused = officer.post(erase_page(twin), {"public_id": twin.slug, "reason": "Ordered."})
    assert "erase that one" in refused.content.decode()


def test_it_is_a_right_of_its_own(client, page_of):
    user = get_user_model().objects.create_user("no-officer", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename="erase_event"))
    client.force_login(user)
    event = EventFactory(slug="told")

    assert client.get(erase_page(event)).status_code == 403
    assert client.post(erase_page(event), {"public_id": "told", "reason": "Mine"}).status_code == 403
    assert erase_page(event) not in client.get(page_of(event)).content.decode()
    assert Event.objects.exists()


def test_who_may_finds_it_beside_the_form(editor, page_of):
    event = EventFactory()

    assert erase_page(event) in editor.get(page_of(event)).content.decode()


def test_the_log_keeps_who_and_when_only(editor, page_of, filled_in):
    event = EventFactory(slug="told", title="Canary")
    editor.post(page_of(event), filled_in(editor.get(page_of(event))) | {"title": "Canary again"})

    editor.post(erase_page(event), {"public_id": "told", "reason": "Ordered."})

    assert [(entry.object_repr, entry.change_message) for entry in LogEntry.objects.all()] == [("erased", "")]
