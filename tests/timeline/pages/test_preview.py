import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.factories import ClaimFactory, EventFactory, SourceFactory
from timeline.models import Entry
from timeline.pages.preview import as_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("an-editor"))
    return client


def page_of(event):
    return reverse("event-preview", args=[event.pk])


def test_a_published_event_is_previewed_as_the_api_gives_it(client, editor):
    event = EventFactory(between=["PRK", "SYR"], claimed=["alleges", "denies"])

    assert as_shown(event) == client.get(f"/api/v1/events/{event.slug}/").json()


def test_a_draft_is_previewed_and_stays_unseen(client, editor):
    event = EventFactory(title="A draft", review="draft", between=["PRK"], claimed=["announces"])
    page = editor.get(page_of(event))

    assert "A draft" in page.content.decode()
    assert "No reader sees this" in page.content.decode()
    assert client.get(f"/api/v1/events/{event.slug}/").status_code == 404
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("review", "is_linked"), [("published", True), ("draft", False), ("withdrawn", False)])
def test_the_list_links_the_page_that_readers_have_and_no_other(editor, review, is_linked):
    event = EventFactory(between=["PRK"], claimed=["reports"], review=review, withdrawal_reason="Untrue.")
    text = editor.get(page_of(event)).content.decode()

    assert (f'href="{reverse("event-page", args=[event.slug])}"' in text) is is_linked


def test_it_is_never_cached(editor):
    control = editor.get(page_of(EventFactory(review="draft"))).headers["Cache-Control"]

    assert "no-store" in control
    assert "private" in control


def test_it_says_what_a_claim_says_and_through_whom(editor):
    source = SourceFactory(publisher__name="KCNA", via=SourceFactory(publisher__name="Trend"))
    claim = ClaimFactory(event=EventFactory(review="draft"), note="Of the ambassador.", source=source)
    text = editor.get(page_of(claim.event)).content.decode()

    assert "KCNA" in text
    assert "Trend" in text
    assert "Of the ambassador." in text


def test_only_staff_who_may_look_at_events_see_it(client):
    event = EventFactory(review="draft")
    assert "/login/" in client.get(page_of(event)).url
    for is_staff, status in ((True, 403), (False, 302)):
        client.force_login(get_user_model().objects.create_user(f"user-{is_staff}", is_staff=is_staff))
        assert client.get(page_of(event)).status_code == status


def test_an_event_that_is_not_there_is_not_found(editor):
    assert editor.get(reverse("event-preview", args=[999_999])).status_code == 404
    assert editor.get("/preview/99999999999999999999999/").status_code == 404


def test_nothing_in_it_is_inline_or_unescaped(editor):
    event = EventFactory(title="<script>alert(1)</script>", summary="</pre><style>", review="draft")
    text = editor.get(page_of(event)).content.decode()

    assert "<script>alert" not in text
    assert "<style>" not in text
    assert " style=" not in text
