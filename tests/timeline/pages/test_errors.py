"""What goes wrong at the address of a page is told on a page; programs get problem documents as before."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from timeline.pages import explorer

pytestmark = pytest.mark.django_db
HTML = "text/html; charset=utf-8"


def test_an_address_of_nothing_answers_with_a_page(client: Client) -> None:
    answer = client.get("/nothing/")

    assert (answer.status_code, answer["Content-Type"]) == (404, HTML)
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "<h1>There is nothing here</h1>" in answer.content.decode()


def test_whoever_prefers_problem_documents_gets_one(client: Client) -> None:
    for address, accept in (("/nothing/", "application/problem+json"), ("/api/v1/nothing/", "text/html")):
        answer = client.get(address, headers={"accept": accept})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_what_cannot_be_read_of_accept_is_passed_over(client: Client) -> None:
    answer = client.get("/nothing/", headers={"accept": "text/html; charset*=martian''%41"})

    assert (answer.status_code, answer["Content-Type"]) == (404, HTML)


@pytest.mark.parametrize("address", ["/events/nothing/", "/countries/XXX/", "/sources/nothing/", "/dyads/AAA/BBB/"])
def test_browsers_which_take_compressed_answers_are_refused_on_a_page_too(client: Client, address: str) -> None:
    answer = client.get(f"{address}?as_of=june&snapshot=soon", headers={"accept-encoding": "gzip, deflate, br"})

    assert (answer.status_code, answer["Content-Type"]) == (400, HTML)
    assert "Content-Encoding" not in answer
    assert "<h1>This address cannot be read</h1>" in answer.content.decode()


def test_what_is_not_understood_of_an_address_is_told_once_with_the_page_without_it(client: Client) -> None:
    page = client.get("/countries/PRK/?as_of=1970s").content.decode().partition("<main")[2]

    assert page.count("a date such as 1966, 1973-10 or 2018-05-30: X stands for an unknown digit") == 1
    assert 'href="/countries/PRK/">The page without it' in page


def test_an_address_that_is_too_long_answers_with_a_page(client: Client) -> None:
    answer = client.get(f"/?q={'a' * 9_000}")

    assert (answer.status_code, answer["Content-Type"]) == (414, HTML)


def test_a_database_that_is_away_is_a_page_with_a_retry(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: explorer.ExplorerPage) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(explorer.ExplorerPage, "listing", away)

    answer = client.get("/")

    assert (answer.status_code, answer["Content-Type"]) == (503, HTML)
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("5", "no-store")
    assert "Try again" in answer.content.decode()


def test_an_error_at_the_desk_leads_back_to_the_desk(client: Client, django_user_model: type[User]) -> None:
    client.force_login(django_user_model.objects.create_user("eve", is_staff=True))

    refused = client.get("/admin/events/event/")
    page = refused.content.decode()

    assert refused.status_code == 403
    assert "Your login does not have the right to it" in page
    assert '<a href="/admin/">Back to the desk</a>' in page
    assert "Back to the desk" not in client.get("/nothing/").content.decode()


def test_what_an_address_says_is_shown_as_text(client: Client) -> None:
    page = client.get("/nothing/?<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page


def test_what_may_be_done_at_an_address_can_be_asked(client: Client) -> None:
    for address in ("/", "/leaders/none/", "/api/v1/events/", "/api/v1/events/none/", "/api/v1/leaders/none/"):
        answer = client.options(address)
        assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS"), address
    assert client.post("/").status_code == 405


def test_where_something_moved_nothing_is_said_to_have_gone_wrong(client: Client) -> None:
    answer = client.get("/?utm_source=elsewhere", headers={"accept-encoding": "gzip"})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert "went wrong" not in answer.content.decode()
