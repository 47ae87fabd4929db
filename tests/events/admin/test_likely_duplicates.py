import pytest
from django.urls import reverse

from events.models import LikelyDuplicate
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def test_a_pair_waits_in_the_admin_until_it_is_dismissed(editor):
    pair = LikelyDuplicate.objects.create(
        event=EventFactory(title="Talks, imported"), other=EventFactory(title="Talks, curated")
    )
    address = reverse("admin:events_likelyduplicate_changelist")

    page = editor.get(address).content.decode()
    assert "Talks, imported" in page
    assert reverse("admin:events_event_change", args=[pair.other.pk]) in page

    editor.post(address, {"action": "dismiss", "_selected_action": [pair.pk]})
    assert "Talks, imported" not in editor.get(address).content.decode()
    assert LikelyDuplicate.objects.get().dismissed


def test_a_pair_of_which_one_was_withdrawn_waits_no_more():
    LikelyDuplicate.objects.create(
        event=EventFactory(), other=EventFactory(review="withdrawn", withdrawal_reason="never happened")
    )

    assert not LikelyDuplicate.objects.open().exists()


def test_imports_are_looked_at_and_not_changed(editor):
    assert editor.get(reverse("admin:events_importrun_changelist")).status_code == 200
    assert editor.get(reverse("admin:events_importrun_add")).status_code == 403
