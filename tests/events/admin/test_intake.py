"""From an article to drafts, in the admin."""

import html
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import Article, Claim, Event, Organization, Proposal, Source
from tests.factories import (
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OfficeFactory,
    OrganizationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

ADD = "admin:events_article_add"
TEXT = (
    "Talks open\n\nFreedonia and Sylvania held talks in 1966. "
    "Freedonia and Sylvania signed an agreement in 1967."
)


@pytest.fixture(autouse=True)
def names():
    CountryFactory(code="FRE", name="Freedonia")
    CountryFactory(code="SYL", name="Sylvania")
    OrganizationFactory(slug="daily-news", name="Daily News", aliases=["The Daily News"])
    KindFactory(slug="talks")
    KindFactory(slug="statement")


@pytest.fixture
def taken_in(editor):
    """A function that sends the form of the intake, and gives the answer."""

    def send(**values):
        return editor.post(reverse(ADD), {"pasted": TEXT, "publisher": "daily news", "published": "2018-06-04",
                                          "kind": "article"} | values)  # fmt: skip

    return send


@pytest.fixture
def article(taken_in):
    assert taken_in().status_code == 302
    return Article.objects.get()


@pytest.fixture
def settled(editor):
    """A function that sends one proposal as its form has it, with a button, and gives the answer."""

    def send(proposal, action, **changes):
        form = form_of(editor, proposal)
        values = {form.add_prefix(name): form[name].value() for name in form.fields}
        values |= {form.add_prefix(name): value for name, value in changes.items()}
        values = {name: value for name, value in values.items() if value not in (None, False)}
        return editor.post(address_of(proposal), values | {"action": action})

    return send


def form_of(client, proposal):
    page = client.get(reverse("admin:events_article_change", args=[proposal.article_id]))
    cards = [card for paragraph in page.context["paragraphs"] for card in paragraph["cards"]]
    return next(card["form"] for card in cards if card["proposal"].pk == proposal.pk)


def address_of(proposal):
    return reverse("admin:events_proposal", args=[proposal.article_id, proposal.pk])


def said(answer):
    return html.unescape(answer.content.decode())


# Taking in


def test_a_pasted_text_makes_its_source_and_proposals_and_no_event(article):
    source = article.source
    assert (source.title, source.publisher.slug, str(source.published)) == ("Talks open", "daily-news", "2018-06-04")
    assert [proposal.date for proposal in article.proposals.all()] == ["1966", "1967"]
    assert not Event.objects.exists()


def test_a_proposal_without_a_cue_says_so_and_is_discarded_at_once(editor, taken_in, settled):
    taken_in(pasted="Freedonia turned on Sylvania in 1966.")
    proposal = Proposal.objects.get()
    page = said(editor.get(reverse("admin:events_article_change", args=[proposal.article_id])))

    assert "A date and a verb, “turned”, which tells no kind of event: choose one, or discard this" in page
    assert "This field is required" in said(settled(proposal, "accept"))
    assert settled(proposal, "discard").status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "discarded"


def test_a_kind_that_is_guessed_from_a_verb_is_said_to_be(editor, taken_in, settled):
    KindFactory(slug="armed-clash")
    taken_in(pasted="Freedonia pounded the harbour of Sylvania in 1966.")
    proposal = Proposal.objects.get()
    page = said(editor.get(reverse("admin:events_article_change", args=[proposal.article_id])))

    assert "The kind is only a guess, from the verb “pounded”: check it, or discard this" in page
    assert settled(proposal, "accept").status_code == 302
    assert Event.objects.get().title == "Freedonia, Sylvania: “pounded the harbour of Sylvania”"


def test_a_source_of_the_record_can_be_chosen(taken_in):
    source = SourceFactory()

    assert taken_in(source=source.pk, publisher="", published="").status_code == 302
    assert Article.objects.get().source == source


def test_a_publisher_that_the_record_lacks_is_added_when_it_is_said_to_be_new(taken_in):
    refused = taken_in(publisher="Dayly News")
    assert "Did you mean “Daily News”?" in said(refused)
    assert TEXT.splitlines()[-1] in said(refused)
    assert taken_in(publisher="Evening Post", publisher_is_new="on").status_code == 302

    assert Organization.objects.get(name="Evening Post").kind == "publisher"
    assert Article.objects.get().source.publisher.name == "Evening Post"


def test_a_text_without_a_date_counts_as_read_today(taken_in):
    assert taken_in(published="").status_code == 302
    assert Source.objects.get().accessed


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"pasted": ""}, "Paste a text"),
    ({"pasted": "<p><script>x</script></p>"}, "no words"),
    ({"published": "yesterday"}, "cannot be read"),
    ({"published": "2018/.."}, "no open end"),
    ({"publisher": ""}, "Name who published"),
    ({"url": "javascript:alert(1)"}, "valid URL"),
    ({"kind": "rumour"}, "valid choice"),
    ({"pasted": "a\0b"}, "Null characters"),
    ({"source": "9" * 30}, "valid choice"),
    ({"title": "x" * 301}, "at most 300"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(taken_in, wrong, sentence):
    answer = taken_in(**{"title": "My title"} | wrong)

    assert answer.status_code == 200
    assert sentence in said(answer)
    assert wrong.get("title", "My title") in said(answer)
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_a_source_is_chosen_or_described_not_both(taken_in):
    assert "clear one" in said(taken_in(source=SourceFactory().pk))


@pytest.mark.parametrize(("name", "data"), [
    ("a.txt", TEXT.encode()),
    ("a.txt", b"\xef\xbb\xbf" + TEXT.encode()),
    ("a.txt", TEXT.encode("utf-16")),
    ("a.htm", f"<h1>Talks open</h1><p>{TEXT.splitlines()[-1]}</p><script>in 1999</script>".encode()),
])  # fmt: skip
def test_a_file_is_read_whatever_its_encoding(taken_in, name, data):
    assert taken_in(pasted="", file=SimpleUploadedFile(name, data)).status_code == 302
    assert [proposal.date for proposal in Proposal.objects.all()] == ["1966", "1967"]


@pytest.mark.parametrize(("data", "word"), [
    ("Né à Zürich in 1966.".encode("windows-1252"), "Né à Zürich"),
    ('<meta charset="iso-8859-2"><p>Łódź in 1966.</p>'.encode("iso-8859-2"), "Łódź"),
])  # fmt: skip
def test_older_encodings_are_told_apart(taken_in, data, word):
    assert taken_in(pasted="", title="A title", file=SimpleUploadedFile("a.html", data)).status_code == 302
    assert word in Article.objects.get().paragraphs[0]


@pytest.mark.parametrize(("name", "data", "sentence"), [
    ("a.pdf", b"%PDF", "neither plain text nor HTML"),
    ("a.txt", b"in 1966\0" * 9, "zero bytes"),
    ("a.txt", b"a" * 2_000_001, "up to 2,000,000 are read"),
    ("a.html", b'<meta charset="utf-8">\xff\xfe\xfd', "cannot be read as utf-8"),
    ("a.txt", b" ", "no words"),
])  # fmt: skip
def test_a_file_that_is_no_text_is_refused_by_name(taken_in, name, data, sentence):
    assert sentence in said(taken_in(pasted="", file=SimpleUploadedFile(name, data)))


def test_a_files_text_stays_when_something_else_is_wrong(taken_in):
    answer = taken_in(pasted="", publisher="", file=SimpleUploadedFile("a.txt", TEXT.encode()))

    assert TEXT.splitlines()[-1] in said(answer)


# The page


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


# Settling


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


# Who is quoted


@pytest.fixture
def quoted(article):
    """A proposal that quotes a news agency."""
    agency = OrganizationFactory(slug="kcna", name="KCNA")
    proposal = article.proposals.first()
    proposal.origin = {"words": "KCNA", "start": 0, "end": 4, "model": "organization", "public_id": agency.slug}
    proposal.save()
    return proposal


def test_an_origin_that_the_record_has_as_a_source_read_here_is_cited(quoted, settled):
    source = SourceFactory(publisher__slug="kcna", via=quoted.article.source)

    settled(quoted, "accept", kind="talks")
    assert (Claim.objects.get().source, Claim.objects.get().note) == (source, "")


def test_an_origin_without_a_source_is_told_in_the_note(quoted, settled):
    settled(quoted, "accept", kind="talks")

    assert (Claim.objects.get().source, Claim.objects.get().note) == (quoted.article.source, "According to KCNA.")


def test_a_source_can_be_added_for_an_origin(quoted, settled):
    settled(quoted, "accept", kind="talks", cites="new")
    source = Claim.objects.get().source

    assert (source.publisher.slug, source.via, Claim.objects.get().note) == ("kcna", quoted.article.source, "")


def test_a_refused_draft_adds_no_source(quoted, settled):
    settled(quoted, "accept", kind="talks", cites="new", date="soon")

    assert not Source.objects.filter(publisher__slug="kcna").exists()


def test_an_origin_that_is_a_person_is_told_in_the_note(article, settled):
    proposal = article.proposals.first()
    proposal.origin = {"words": "Firefly", "start": 0, "end": 7, "model": "", "public_id": ""}
    proposal.save()

    settled(proposal, "accept", kind="talks")
    assert Claim.objects.get().note == "According to Firefly."


# Who may


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


@pytest.fixture
def permitted(client):
    """A function that logs in a user with some permissions."""

    def logged_in(*codenames):
        user = get_user_model().objects.create_user("a-member", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames, content_type__app_label="events"))
        client.force_login(user)
        return client

    return logged_in


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
