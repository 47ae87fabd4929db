"""What an article becomes when it is pasted or handed in as a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import Article, Event, Organization, Proposal, Source
from tests.events.admin.intake.desk import TEXT, said
from tests.factories import (
    KindFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


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
