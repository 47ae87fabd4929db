"""An article's proposals in a browser without scripts, which sends the whole page whichever button is pressed."""

import html
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from events.drafting import take_in
from events.models import Article, Event
from events.recording import recording
from tests.factories import CountryFactory, KindFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def take():
    """A function that takes in an article which tells of talks in some years."""
    CountryFactory(code="FRE", name="Freedonia")
    CountryFactory(code="SYL", name="Sylvania")
    KindFactory(slug="talks")

    def of_years(*years):
        text = "\n\n".join(f"Freedonia and Sylvania held talks in {year}." for year in years)
        article = Article(source=SourceFactory(published="2018-06-04"), text=text)
        with recording(None, "Taken in"):
            take_in(article)
        return article

    return of_years


@pytest.fixture
def press(editor):
    """A function that sends the page of an article, with what was typed into it, by one of its buttons."""

    def send(article, button, of=None, typed=None, client=editor):
        fields = {}
        for card in cards(client.get(page_of(article))):
            if form := card.get("form"):
                values = {form.add_prefix(name): form[name].value() for name in form.fields}
                fields |= {name: value for name, value in values.items() if value not in (None, False)}
        for proposal, changes in (typed or {}).items():
            fields |= {f"p{proposal.pk}-{name}": value for name, value in changes.items()}
        address = reverse("admin:events_proposal", args=[article.pk, of.pk]) if of else page_of(article)
        return client.post(address, fields | ({"action": button} if button else {}))

    return send


def page_of(article):
    return reverse("admin:events_article_change", args=[article.pk])


def cards(answer):
    return [card for paragraph in answer.context["paragraphs"] for card in paragraph["cards"]]


def said(answer):
    return html.unescape(answer.content.decode())


def titles(answer):
    return [card["form"]["title"].value() for card in cards(answer) if card.get("form")]


@pytest.mark.parametrize("button", ["accept", "mend", "discard"])
def test_what_was_typed_into_others_stays_when_one_is_settled(take, press, button):
    first, second, third = (article := take(1966, 1967, 1968)).proposals.all()
    answer = press(article, button, first, {second: {"title": "As I typed it"}, third: {"date": "1968-1"}})

    assert not article.proposals.get(pk=first.pk).is_waiting
    assert "As I typed it" in titles(answer)
    assert 'value="1968-1"' in said(answer)
    assert "is-refused" not in said(answer)
    assert re.search(rf'id="proposal-{second.pk}"[^>]*autofocus', said(answer))


def test_the_draft_to_be_opened_is_linked_where_something_else_is_typed(take, press):
    first, second = (article := take(1966, 1967)).proposals.all()
    answer = press(article, "mend", first, {second: {"title": "As I typed it"}})

    address = reverse("admin:events_event_change", args=[Event.objects.get().pk])
    assert f'A draft was made: <a href="{address}">' in said(answer)


def test_what_was_typed_is_what_the_next_button_sends(take, press):
    first, second = (article := take(1966, 1967)).proposals.all()
    press(article, "accept", first, {second: {"title": "As I typed it"}})
    press(article, "accept", second, {second: {"title": "As I typed it"}})

    assert Event.objects.filter(title="As I typed it").exists()


def test_a_refused_one_and_the_others_come_back_as_they_were_typed(take, press):
    first, second = (article := take(1966, 1967)).proposals.all()
    answer = press(article, "accept", first, {first: {"date": "soon"}, second: {"title": "As I typed it"}})

    assert titles(answer)[1] == "As I typed it"
    assert [bool(card["form"].errors) for card in cards(answer)] == [True, False]
    assert not Event.objects.exists()


def test_a_party_that_was_unticked_stays_so(take, press):
    first, second = (article := take(1966, 1967)).proposals.all()
    answer = press(article, "accept", first, {second: {"keep0": "", "title": "As I typed it"}})

    assert cards(answer)[1]["form"]["keep0"].value() is False


def test_enter_in_a_field_settles_nothing(take, press):
    first, _ = (article := take(1966, 1967)).proposals.all()
    answer = press(article, None, typed={first: {"title": "As I typed it"}})

    assert "Nothing is settled yet" in said(answer)
    assert titles(answer)[0] == "As I typed it"
    assert not Event.objects.exists()


def test_the_first_button_of_the_page_belongs_to_no_proposal(take, editor):
    buttons = re.findall(r"<button[^>]*>", said(editor.get(page_of(take(1966)))).split('id="proposals"')[1])

    assert "formaction" not in buttons[0]
    assert all("formaction" in button for button in buttons[1:])


@pytest.mark.parametrize("button", ["accept", None])
def test_what_was_typed_when_the_login_had_run_out_stands_there_again(take, client, button):
    get_user_model().objects.create_superuser("again", password="a-password")
    first, second = (article := take(1966, 1967)).proposals.all()
    fields = {f"p{second.pk}-title": "As I typed it", f"p{first.pk}-title": first.title}
    address = reverse("admin:events_proposal", args=[article.pk, first.pk]) if button else page_of(article)
    carried = re.search(r'name="typed" value="([^"]+)"', said(client.post(address, fields | {"action": button or ""})))
    login = {"username": "again", "password": "a-password", "typed": carried[1], "next": address}
    answer = client.post(reverse("admin:login"), login, follow=True)

    assert "Your login had run out" in said(answer)
    assert titles(answer)[1] == "As I typed it"
    assert not Event.objects.exists()


def test_a_long_article_costs_one_query_more_for_each_proposal(take, editor, django_assert_max_num_queries):
    article = take(*range(1950, 1990))
    assert article.proposals.count() == 40

    # The session and the user, the article and all that its forms look up; then the likely duplicates of each.
    with django_assert_max_num_queries(20 + 40):
        editor.get(page_of(article))


def test_a_long_article_is_sent_whole(take, press):
    article = take(*range(1900, 1990))
    last = article.proposals.last()
    assert press(article, "accept", last).status_code == 302

    assert Event.objects.count() == 1
