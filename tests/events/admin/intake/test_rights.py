"""Who may take in articles, and what they may do with the proposals."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from events.models import Article, Claim, Event, Proposal
from tests.events.admin.intake.desk import ADD, TEXT, address_of, said
from tests.factories import (
    CountryFactory,
    EventFactory,
)

pytestmark = pytest.mark.django_db


def test_contributors_take_in_draft_and_join_what_no_reader_sees_yet(client, member, taken_in, settled):
    client.force_login(member("Contributors"))
    assert taken_in(publisher="Evening Post", publisher_is_new="on").status_code == 302
    first, second = Proposal.objects.all()
    published, draft = EventFactory(claimed=["reports"]), EventFactory(review="draft")
    settled(first, "accept", kind="talks")

    assert Event.objects.get(proposals=first).review == "draft"
    assert "You may not change" in said(settled(second, f"join-{published.pk}", kind="talks"))
    assert settled(second, f"join-{draft.pk}", kind="talks").status_code == 302
    assert draft.claims.get().locator == "para. 1"


def test_a_text_that_was_pasted_when_the_login_had_run_out_stands_in_the_form_again(client, taken_in):
    get_user_model().objects.create_user("again", password="a-password", is_staff=True, is_superuser=True)
    client.logout()
    login = taken_in()
    assert "Log in again" in said(login)
    carried = re.search(r'name="typed" value="([^"]+)"', said(login))[1]
    page = {"username": "again", "password": "a-password", "typed": carried, "next": reverse(ADD)}

    assert TEXT.splitlines()[-1] in said(client.post(reverse("admin:login"), page, follow=True))
    assert not Article.objects.exists()


def test_who_may_not_add_events_sees_nothing_of_it(article, permitted):
    browser = permitted("view_event", "change_event", "add_article", "view_article")
    proposal = article.proposals.first()

    for page in (reverse(ADD), reverse("admin:events_article_changelist"),
                 reverse("admin:events_article_change", args=[article.pk])):  # fmt: skip
        assert browser.get(page).status_code == 403
    assert browser.post(address_of(proposal), {"action": "discard"}).status_code == 403
    assert browser.post(reverse("admin:events_article_again", args=[article.pk])).status_code == 403
    assert Proposal.objects.get(pk=proposal.pk).is_waiting


def test_who_may_only_add_events_chooses_a_source_and_drafts(article, permitted, settled):
    browser = permitted("add_event")
    source = article.source
    sent = {"pasted": TEXT, "publisher": "daily news", "published": "2018", "kind": "article"}

    assert "Choose the source" in said(browser.post(reverse(ADD), sent))
    assert browser.post(reverse(ADD), {"pasted": TEXT, "source": source.pk}).status_code == 302
    assert settled(article.proposals.first(), "accept", kind="talks").status_code == 302
    assert Event.objects.get().review == "draft"


def test_who_may_only_add_events_does_not_change_those_of_others(article, permitted, settled):
    event = EventFactory()
    permitted("add_event")

    assert "You may not change" in said(settled(article.proposals.first(), f"join-{event.pk}", kind="talks"))
    assert not Claim.objects.exists()


def test_a_stranger_is_sent_to_log_in(article, client):
    client.logout()
    for page in (reverse(ADD), address_of(article.proposals.first())):
        assert client.get(page).status_code == 302
        assert "Log in | Chancery" in said(client.post(page, {"action": "discard"}))
    assert {proposal.state for proposal in Proposal.objects.all()} == {"waiting"}


@pytest.mark.parametrize("key", ["0", "99999999999999999999999", "x"])
def test_no_page_fails_whatever_its_address(editor, article, key):
    base = reverse("admin:events_article_changelist")
    for page in (f"{base}{key}/change/", f"{base}{article.pk}/proposals/{key}/", f"{base}{key}/again/"):
        assert editor.get(page).status_code in (302, 404)
        assert editor.post(page, {"action": "accept"}).status_code in (302, 404)


def test_reading_again_finds_names_that_were_added_since(editor, article):
    article.text = article.text.replace("Sylvania", "Klopstokia")
    article.save()
    CountryFactory(code="KLO", name="Klopstokia")

    editor.post(reverse("admin:events_article_again", args=[article.pk]))
    assert {party["public_id"] for party in article.proposals.first().parties} == {"FRE", "KLO"}
