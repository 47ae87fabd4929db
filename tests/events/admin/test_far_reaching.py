"""A change that reaches far is told before it is saved, and again afterwards."""

import pytest
from django.urls import reverse

from events.admin import reach
from events.affected import MOST_AT_ONCE
from events.models import Event, Leader, Participation
from events.recording import recording
from tests.factories import EventFactory, KindFactory, LeaderFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("events", "told"), [(MOST_AT_ONCE, False), (MOST_AT_ONCE + 1, True)])
def test_how_far_a_change_reaches_is_told_before_it_is_saved(admin_client, events, told):
    leader, kind = LeaderFactory(), KindFactory()
    with recording(None, "made for a test"):
        made = Event.objects.bulk_create(
            Event(slug=f"event-{n}", title="Event", kind=kind, date="2018", review="draft") for n in range(events)
        )
        Participation.objects.bulk_create(Participation(event=event, leader=leader, role="host") for event in made)

    page = admin_client.get(reverse("admin:events_leader_change", args=[Leader.objects.get().pk])).content.decode()

    assert ("A change here shows in 1,001 events." in page) is told


def test_a_change_that_reaches_very_far_is_not_counted_to_the_end(admin_client, monkeypatch):
    monkeypatch.setattr(reach, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(reach, "MOST_COUNTED", 3)
    leader, kind = LeaderFactory(), KindFactory()
    for n in range(4):
        EventFactory(slug=f"event-{n}", kind=kind, review="draft", between=[], claimed=[])
    with recording(None, "made for a test"):
        Participation.objects.bulk_create(
            Participation(event=event, leader=leader, role="host") for event in Event.objects.all()
        )

    page = admin_client.get(reverse("admin:events_leader_change", args=[leader.pk])).content.decode()

    assert "A change here shows in at least 3 events." in page
