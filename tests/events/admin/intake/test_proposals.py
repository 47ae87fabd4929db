"""Proposals beside their text: made drafts, joined to events, left out."""

import pytest
from django.urls import reverse

from events.models import Article, Claim, Event, Proposal
from tests.events.admin.intake.desk import ADD, address_of, form_of, said
from tests.factories import (
    CountryFactory,
    EventFactory,
    LeaderFactory,
    OfficeFactory,
)

pytestmark = pytest.mark.django_db


def test_proposals_stand_beside_their_paragraph_with_the_words_marked(editor, article):
    page = said(editor.get(reverse("admin:events_article_change", args=[article.pk])))

    assert f'data-of="{article.proposals.first().pk}" title="party">Freedonia</mark>' in page
    assert ">1966</mark>" in page
    assert "2 of 2 wait" in page.replace('<span id="number-waiting">2</span>', "2")


def test_nothing_in_the_pages_is_inline(editor, article):
    for page in (reverse(ADD), reverse("admin:events_article_change", args=[article.pk])):
        text = editor.get(page).content.decode()
        assert " style=" not in text
        assert "<style" not in text
        assert text.count("<script") == text.count("<script src=") + text.count("<script id=")


def test_the_list_says_how_many_wait(editor, article):
    assert "2 of 2" in said(editor.get(reverse("admin:events_article_changelist")))


def test_markup_in_a_text_is_shown_as_text(editor, taken_in):
    taken_in(pasted="&lt;img src=x onerror=alert(1)&gt; said Freedonia in 1966.<p>")
    page = editor.get(reverse("admin:events_article_change", args=[Article.objects.get().pk])).content.decode()

    assert "<img src=x" not in page


def test_accepting_makes_a_draft_and_moves_on_to_the_next(editor, article, settled):
    first, second = article.proposals.all()
    answer = settled(first, "accept", kind="talks", title="Talks in Geneva")

    assert answer.url.endswith(f"#proposal-{second.pk}")
    event = Event.objects.get()
    assert (event.title, event.slug, str(event.date), event.review) == (
        "Talks in Geneva", "talks-in-geneva", "1966", "draft",
    )  # fmt: skip
    assert {(p.role, p.country.code) for p in event.participations.all()} == {("party", "FRE"), ("party", "SYL")}
    assert (event.claims.get().source, event.claims.get().locator) == (article.source, "para. 1")


def test_parties_are_left_out_added_and_given_roles(article, settled):
    leader = LeaderFactory(slug="firefly", name="Rufus T. Firefly")
    OfficeFactory(leader=leader, country=CountryFactory(code="FRE"), held="1960/1970")

    settled(article.proposals.first(), "accept", kind="talks", keep0=None, role1="host", more="rufus t firefly",
            more_role="visitor")  # fmt: skip

    kept = article.proposals.first().parties[1]["public_id"]
    parties = {
        (p.role, p.country and p.country.code, p.leader and p.leader.slug)
        for p in Event.objects.get().participations.all()
    }
    assert parties == {("host", kept, None), ("visitor", "FRE", "firefly")}


def test_accepting_and_opening_leads_to_the_form(article, settled, page_of):
    answer = settled(article.proposals.first(), "mend", kind="talks")

    assert answer.url == page_of(Event.objects.get())


def test_the_form_of_a_draft_leads_back_to_its_paragraph(editor, article, settled, page_of):
    first, _ = article.proposals.all()
    settled(first, "accept", kind="talks")
    page = said(editor.get(page_of(Event.objects.get())))

    assert f"#proposal-{first.pk}" in page
    assert "where 1 more waits" in page


def test_after_a_draft_is_saved_the_way_leads_back_to_what_else_is_proposed(
    editor, article, settled, page_of, filled_in
):
    first, second = article.proposals.all()
    settled(first, "accept", kind="talks")
    page = page_of(Event.objects.get())
    answer = editor.post(page, filled_in(editor.get(page)) | {"_save": "Save"}, follow=True)
    assert f'#proposal-{second.pk}">1 more</a> proposed from “Talks open”.' in said(answer)

    settled(second, "discard")
    answer = editor.post(page, filled_in(editor.get(page)) | {"_save": "Save"}, follow=True)
    assert "proposed from" not in said(answer)


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"date": "soon"}, "cannot be read"),
    ({"title": ""}, "required"),
    ({"kind": ""}, "required"),
    ({"more": "Ruritania"}, "knows no party “Ruritania”"),
    ({"more": "Freedonia"}, "stands above already"),
    ({"cites": "source-1"}, "valid choice"),
    ({"note": "a\0b"}, "Null"),
])  # fmt: skip
def test_what_is_refused_is_said_and_nothing_typed_is_lost(article, settled, wrong, sentence):
    answer = settled(article.proposals.first(), "accept", **{"kind": "talks", "title": "As I typed it"} | wrong)

    assert answer.status_code == 200
    assert sentence in said(answer)
    assert wrong.get("title", "As I typed it") in said(answer)
    assert not Event.objects.exists()
    assert article.proposals.first().is_waiting


def test_joining_adds_the_claim_and_likely_duplicates_are_offered(editor, article, settled):
    event = EventFactory(title="Talks as recorded", date="1966", between=["FRE", "SYL"])
    proposal = article.proposals.first()
    page = said(editor.get(reverse("admin:events_article_change", args=[article.pk])))
    assert f'value="join-{event.pk}"' in page

    assert settled(proposal, f"join-{event.pk}", kind="talks").status_code == 302
    assert Claim.objects.get().event == event
    assert Proposal.objects.get(pk=proposal.pk).state == "joined"


def test_any_other_event_can_be_looked_up_and_joined(article, settled):
    event = EventFactory(date="1800")

    settled(article.proposals.first(), "join", kind="talks", other=event.pk)
    assert Claim.objects.get().event == event


@pytest.mark.parametrize("action", ["join", "join-0", "join-x", "nonsense", ""])
def test_joining_nothing_is_refused(article, settled, action):
    assert "Choose the event to join" in said(settled(article.proposals.first(), action, kind="talks"))


def test_discarding_can_be_undone(article, settled, editor):
    proposal = article.proposals.first()
    settled(proposal, "discard")
    assert Proposal.objects.get(pk=proposal.pk).state == "discarded"
    editor.post(address_of(proposal), {"action": "back"})

    assert Proposal.objects.get(pk=proposal.pk).is_waiting


def test_what_another_editor_settled_meanwhile_is_told(article, settled, editor):
    proposal = article.proposals.first()
    form = form_of(editor, proposal)
    settled(proposal, "accept", kind="talks")
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value is not None}

    answer = editor.post(address_of(proposal), values | {"action": "accept", "part": "card"})
    assert "accepted by an-editor meanwhile" in said(answer)
    assert Event.objects.count() == 1


def test_a_script_gets_the_one_card(article, settled, editor):
    proposal = article.proposals.first()
    answer = editor.post(address_of(proposal), {"action": "discard", "part": "card"})

    assert said(answer).strip().startswith("<article")
    assert 'data-state="discarded"' in said(answer)
