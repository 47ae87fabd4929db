"""Whether what a client or a cache holds is still the answer (RFC 9110, RFC 9111)."""

import pytest

from tests.timeline.api.formats import EVENTS

pytestmark = pytest.mark.django_db
ADDRESSES = (
    EVENTS, f"{EVENTS}relations/", f"{EVENTS}?format=csv", "/api/v1/countries/", "/api/v1/countries/PRK/",
    "/api/v1/timeline/density/", "/api/v1/timeline/tiles/2/196/", "/api/v1/timeline/tiles/?z=2&from=1960&to=1979", "/",
    "/events/relations/",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_etag_is_known_again_whether_it_comes_back_weak_or_strong(client, short_history, address):
    etag = client.get(address)["ETag"]

    for held in (etag, etag.removeprefix("W/"), f'"another", {etag}'):
        assert client.get(address, headers={"if-none-match": held}).status_code == 304
    assert client.get(address, headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_wants_no_answer_if_there_is_any_gets_none(client, short_history, address):
    whole = client.get(address)
    for ask in (client.get, client.head):
        answer = ask(address, headers={"if-none-match": "*"})

        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == whole["ETag"]


def test_who_wants_no_answer_if_there_is_any_is_told_where_there_is_none(client, short_history):
    wanting_none = {"headers": {"if-none-match": "*"}}

    assert client.get(f"{EVENTS}nowhere/", **wanting_none).status_code == 404
    assert client.get(f"{EVENTS}?country=PKR", **wanting_none).status_code == 400
    assert client.post(EVENTS, **wanting_none).status_code == 405


def test_a_page_of_another_origin_may_ask_whether_what_it_holds_is_still_the_answer(client):
    asking = {"origin": "https://news.example", "access-control-request-method": "GET",
              "access-control-request-headers": "if-none-match"}
    allowed = client.options(EVENTS, headers=asking)

    assert allowed["Access-Control-Allow-Origin"] == "*"
    assert "if-none-match" in allowed["Access-Control-Allow-Headers"].split(", ")


def test_of_a_stream_there_is_an_answer_too(client, short_history, monkeypatch):
    monkeypatch.setattr("timeline.api.pagination.MOST_IN_ONE_PIECE", 1)
    answer = client.get(f"{EVENTS}?format=csv", headers={"if-none-match": "*"})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_cache_is_told_alike_what_an_answer_depends_on_and_how_long_it_keeps(client, short_history, address):
    packing = {"accept-encoding": "gzip", "origin": "https://news.example"}
    whole = client.get(address, headers=packing)
    again = client.get(address, headers={**packing, "if-none-match": whole["ETag"]})

    assert again.status_code == 304
    assert set(again["Vary"].split(", ")) == set(whole["Vary"].split(", "))
    for name in ("Cache-Control", "ETag"):
        assert again[name] == whole[name]
    # A cache may take over what a 304 says of its body, which has none.
    assert "Content-Type" not in again
