import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from events.models import Event, Source
from events.overview import CONCERNS
from tests.factories import ClaimFactory, EventFactory, SourceFactory

pytestmark = pytest.mark.django_db


def numbers(page):
    """What the front page counts: label → number and address."""
    rows = re.findall(r'<a href="([^"]+)"><span class="count">([^<]+)</span>([^<]+)</a>', page)
    return {label: (count, address.replace("&amp;", "&")) for address, count, label in rows}


def test_the_front_page_counts_what_needs_doing_and_leads_to_just_those(editor):
    EventFactory(title="Waits", review="draft")
    EventFactory(title="Stands", claimed=["reports", "reports"])
    SourceFactory(title="Undated", published=None, accessed="2018-06-04", url="https://paper.example/")

    shown = numbers(editor.get(reverse("admin:index")).content.decode())

    assert len(shown) == len(CONCERNS)
    assert shown["Drafts"][0] == "1"
    assert shown["In review"][0] == "0"
    assert shown["Sources without a date"][0] == "1"
    for label in ("Drafts", "Sources without a date"):
        page = editor.get(shown[label][1])
        assert page.context["cl"].result_count == 1


@pytest.mark.parametrize("concern", CONCERNS, ids=lambda concern: concern.name)
def test_each_list_shows_as_many_as_the_front_page_counts(editor, concern):
    event = EventFactory(review="draft", claimed=["alleges", "denies"], date="1990")
    ClaimFactory(event=event, date="1991")
    EventFactory(claimed=["announces"], date="1990")
    shown = numbers(editor.get(reverse("admin:index")).content.decode())

    count, address = shown[concern.label]

    assert editor.get(address).context["cl"].result_count == int(count)


def test_beyond_the_most_a_number_is_said_to_be_more(editor, monkeypatch):
    for module in ("events.overview", "events.templatetags.overview"):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 1)
    for _ in range(3):
        EventFactory(review="draft")

    shown = numbers(editor.get(reverse("admin:index")).content.decode())

    assert shown["Drafts"][0] == "1+"


def test_who_may_not_see_events_is_told_nothing_of_them(client):
    user = User.objects.create_user("a-librarian", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_source"))
    client.force_login(user)
    EventFactory(review="draft")

    shown = numbers(client.get(reverse("admin:index")).content.decode())

    assert set(shown) == {concern.label for concern in CONCERNS if concern.model is Source}


def test_who_may_see_nothing_gets_no_list(client):
    client.force_login(User.objects.create_user("a-guest", is_staff=True))

    assert "What needs doing" not in client.get(reverse("admin:index")).content.decode()


def test_an_unknown_need_finds_nothing_and_breaks_nothing(editor, page_of):
    EventFactory()

    page = editor.get(page_of(Event, "changelist") + "?needs=love")

    assert page.context["cl"].result_count == 0
