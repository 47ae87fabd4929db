"""A login that ran out while somebody typed."""

import html

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.logins import typed
from events.models import Event, Participation, ReviewNote
from events.recording import recording
from tests.factories import CountryFactory, EventFactory, KindFactory

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
NEW = "/admin/events/event/add/"


@pytest.fixture
def log_in(browser, account, hidden):
    """A function that fills in the login page that the browser shows, and follows it."""

    def fill_in(page, password="right", name="anna"):
        return browser.post(LOGIN, hidden(page) | {"username": name, "password": password}, follow=True)

    return fill_in


@pytest.fixture
def opened(browser, account, filled_in, hidden):
    """A function that opens a page with a form while logged in; what a browser would send of it."""

    def values(address):
        browser.force_login(account)
        page = browser.get(address)
        return filled_in(page) | {"csrfmiddlewaretoken": hidden(page)["csrfmiddlewaretoken"]}

    return values


def run_out(browser):
    """The login runs out; the cookie of the tokens stays, as it does in a browser."""
    Session.objects.all().delete()


def shown(answer):
    assert answer.status_code == 200
    return answer.context["adminform"].form


def test_what_was_typed_stands_in_the_form_after_the_login_and_is_not_saved(browser, opened, log_in, filled_in):
    values = opened(NEW) | {
        "title": "Talks “in” <Cairo>", "slug": "talks", "kind": KindFactory().pk, "date": "1973-10",
        "summary": "One line\r\nand another", "participations-0-role": "party",
        "participations-0-country": CountryFactory(name="Egypt").pk,
    }  # fmt: skip
    run_out(browser)

    page = browser.post(NEW, values)
    assert "what you had typed then stands in the form again" in page.content.decode()
    assert not Event.objects.exists()
    answer = log_in(page)

    assert not Event.objects.exists()
    form = shown(answer)
    assert form["title"].value() == "Talks “in” <Cairo>"
    assert form["summary"].value() == "One line\r\nand another"
    assert typed.SENTENCE in html.unescape(str(answer.context["errors"]))
    sent = filled_in(answer) | {"csrfmiddlewaretoken": answer.context["csrf_token"]}
    assert browser.post(NEW, sent).status_code == 302
    assert Event.objects.get().title == "Talks “in” <Cairo>"
    assert Participation.objects.get().country.name == "Egypt"


def test_a_mistyped_password_loses_nothing_either(browser, opened, log_in):
    values = opened(NEW) | {"title": "Talks"}
    run_out(browser)

    page = log_in(browser.post(NEW, values), password="wrong")
    assert "correct username and password" in page.content.decode()

    assert shown(log_in(page))["title"].value() == "Talks"


def test_being_locked_loses_nothing_either(browser, opened, log_in):
    values = opened(NEW) | {"title": "Talks"}
    run_out(browser)
    page = browser.post(NEW, values)
    for _ in range(5):
        page = log_in(page, password="wrong")
    assert page.status_code == 429

    from axes.utils import reset

    reset()
    assert shown(log_in(page))["title"].value() == "Talks"


def test_it_is_given_back_once_and_only_to_its_page(browser, opened, log_in):
    event = EventFactory(review="draft")
    address = reverse("admin:events_event_change", args=[event.pk])
    values = opened(address) | {"title": "Mine"}
    run_out(browser)
    page = browser.post(address, values)
    browser.get(LOGIN)

    assert shown(log_in(page))["title"].value() == "Mine"
    assert shown(browser.get(address))["title"].value() == event.title
    assert shown(browser.get(NEW))["title"].value() is None


def test_what_somebody_else_changed_meanwhile_is_told_too(browser, opened, log_in):
    event = EventFactory(review="draft", title="As it was")
    address = reverse("admin:events_event_change", args=[event.pk])
    values = opened(address) | {"title": "Mine"}
    run_out(browser)
    with recording(None, "theirs"):
        event.title = "Theirs"
        event.save()

    answer = log_in(browser.post(address, values))

    errors = html.unescape(str(answer.context["errors"]))
    assert typed.SENTENCE in errors
    assert "yours “Mine”, theirs “Theirs”" in errors
    assert Event.objects.get().title == "Theirs"


def test_a_comment_on_a_review_stands_there_again(browser, account, log_in, hidden):
    browser.force_login(account)
    address = reverse("admin:events_event_review", args=[EventFactory().pk, "withdraw"])
    token = hidden(browser.get(address))
    run_out(browser)

    answer = log_in(browser.post(address, token | {"text": "Half an hour of thought"}))

    assert "Half an hour of thought" in answer.content.decode()
    assert typed.SENTENCE in answer.content.decode()
    assert Event.objects.get().review == "published"
    assert not ReviewNote.objects.exists()


def test_where_no_form_can_be_filled_in_again_the_words_are_shown(browser, account, log_in, hidden):
    browser.force_login(account)
    address = reverse("admin:auth_group_add")
    token = hidden(browser.get(address))
    run_out(browser)

    answer = log_in(browser.post(address, token | {"name": "<b>Stringers</b>"}))

    assert "&lt;b&gt;Stringers&lt;/b&gt;" in answer.content.decode()
    assert browser.get(address).context["title"] == "Add group"


def test_passwords_are_not_carried(browser, account, log_in, hidden):
    browser.force_login(account)
    address = reverse("admin:auth_user_add")
    token = hidden(browser.get(address))
    run_out(browser)

    answer = log_in(browser.post(address, token | {"username": "boris", "password1": "s3cret", "password2": "s3cret"}))

    assert "boris" in answer.content.decode()
    assert "s3cret" not in answer.content.decode()
    assert "s3cret" not in str([session.get_decoded() for session in Session.objects.all()])


def test_a_file_has_to_be_chosen_again_and_that_is_said(browser, opened, log_in):
    values = opened(NEW) | {"title": "Talks", "scan": SimpleUploadedFile("scan.txt", b"kanarienvogel")}
    run_out(browser)

    page = browser.post(NEW, values)
    assert typed.FILES in page.content.decode()
    answer = log_in(page)

    assert typed.FILES in html.unescape(str(answer.context["errors"]))
    assert "kanarienvogel" not in answer.content.decode()


def test_what_is_too_long_to_be_carried_is_sent_again_by_the_browser(browser, opened, monkeypatch, account):
    monkeypatch.setattr(typed, "LONGEST", 100)
    values = opened(NEW) | {"title": "Talks", "summary": "a" * 1_000}
    run_out(browser)
    assert "reload this page" in browser.post(NEW, values).content.decode()

    # In another window; the page that is reloaded carries the token of before.
    browser.post(LOGIN, {"username": "anna", "password": "right", "next": "/admin/",
                         "csrfmiddlewaretoken": browser.cookies["csrftoken"].value})  # fmt: skip
    answer = browser.post(NEW, values, follow=True)

    assert shown(answer)["title"].value() == "Talks"
    assert not Event.objects.exists()


def test_a_login_in_another_window_voids_no_form(browser, opened, account):
    values = opened(NEW) | {"title": "Talks"}
    browser.cookies["csrftoken"] = "x" * 32

    answer = browser.post(NEW, values, follow=True)

    assert shown(answer)["title"].value() == "Talks"
    assert typed.SENTENCE in html.unescape(str(answer.context["errors"]))


def test_two_login_pages_with_something_typed_lose_neither(browser, opened, log_in):
    event = EventFactory(review="draft")
    address = reverse("admin:events_event_change", args=[event.pk])
    forms = {NEW: opened(NEW) | {"title": "First"}, address: opened(address) | {"title": "Second"}}
    run_out(browser)
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    pages = [browser.post(where, values | token) for where, values in forms.items()]

    assert shown(log_in(pages[0]))["title"].value() == "First"
    assert shown(log_in(pages[1]))["title"].value() == "Second"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_a_foreign_page_fills_in_nothing(browser, opened, origin):
    values = opened(NEW) | {"title": "Smuggled", "csrfmiddlewaretoken": "x" * 64}
    headers = {"origin": origin} if origin else {"origin": ""}
    if origin is None:
        del browser.defaults["HTTP_ORIGIN"]
        headers = {}

    assert browser.post(NEW, values, headers=headers).status_code == 403
    assert shown(browser.get(NEW))["title"].value() is None


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "\0", "x" * 100_000])
def test_what_was_not_carried_by_us_is_not_given_back(client, account, value):
    answer = client.post(LOGIN, {"username": "anna", "password": "right", "next": NEW, "typed": value}, follow=True)

    assert shown(answer)["title"].value() is None


def test_whoever_is_not_logged_in_stores_nothing(client):
    answer = client.post(NEW, {"title": "x" * 10_000})

    assert answer.status_code == 200
    assert not Session.objects.exists()


def test_logging_out_twice_is_no_form(client):
    assert client.post(reverse("admin:logout")).status_code == 302


def test_who_logs_out_is_told_that_what_is_still_open_is_not_lost(browser, account, hidden):
    browser.force_login(account)
    token = hidden(browser.get("/admin/"))["csrfmiddlewaretoken"]

    page = browser.post("/admin/logout/", {"csrfmiddlewaretoken": token}).content.decode()

    assert "nothing that you typed is lost" in page
    assert '<a href="/admin/">Log in again</a>' in page
