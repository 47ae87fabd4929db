"""Whole lists: one piece where they are short, which may be kept; a stream where they are long, which may not."""

import pytest
from django.test import Client

from tests.factories import EventFactory
from tests.timeline.api.formats import EVENTS, content
from tests.timeline.api.test_too_slow import endless_entries

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/changes/"
#: Every list that is sent whole, each with as many rows in ``history_with_places``.
WHOLE = {f"{EVENTS}?format={name}": 3 for name in ("ndjson", "csv", "ics")}
WHOLE |= {f"{EVENTS}?format=geojson": 2, f"{CHANGES}?format=ndjson": 3}


@pytest.fixture
def in_one_piece(monkeypatch):
    """Sets how many rows of a whole list leave in one piece."""
    return lambda rows: monkeypatch.setattr("timeline.api.pagination.MOST_IN_ONE_PIECE", rows)


@pytest.fixture(params=WHOLE)
def address(request, history_with_places, in_one_piece):
    """That of a whole list, which just leaves in one piece."""
    in_one_piece(WHOLE[request.param])
    return request.param


def test_a_whole_list_that_is_short_is_one_answer_like_any_other(client, address):
    answer = client.get(address)
    again = client.get(address, headers={"if-none-match": answer["ETag"]})

    assert not answer.streaming
    assert int(answer["Content-Length"]) == len(answer.content) > 0
    assert answer["Cache-Control"] == "public, no-cache"
    assert "Link" not in answer
    assert (again.status_code, again.content) == (304, b"")


def test_a_whole_list_that_is_long_is_streamed_and_kept_by_nobody(client, address, in_one_piece):
    whole = client.get(address)
    in_one_piece(WHOLE[address] - 1)
    answer = client.get(address)

    assert answer.streaming
    assert content(answer) == whole.content
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    assert "Link" not in answer
    assert answer["Snapshot"] == whole["Snapshot"]


def test_head_tells_whether_it_may_be_kept(client, address, in_one_piece):
    whole, short = client.get(address), client.head(address)
    in_one_piece(WHOLE[address] - 1)
    streamed = client.head(address)

    assert (short["ETag"], short["Content-Length"]) == (whole["ETag"], str(len(whole.content)))
    assert (streamed["Cache-Control"], "ETag" in streamed) == ("no-store", False)


@pytest.mark.parametrize("form", ["ndjson", "csv", "geojson", "ics"])
def test_a_list_of_a_moment_is_kept_for_a_day_unless_it_is_streamed(client, history_with_places, in_one_piece, form):
    asked = {"snapshot": client.get(EVENTS)["Snapshot"], "format": form}
    EventFactory()
    short = client.get(EVENTS, asked)
    again = client.get(EVENTS, asked, headers={"if-none-match": short["ETag"]})
    in_one_piece(1)
    long = client.get(EVENTS, asked)

    assert short["Cache-Control"] == "public, max-age=86400"
    assert (again.status_code, again["Cache-Control"]) == (304, "public, max-age=86400")
    assert (long["Cache-Control"], "ETag" in long) == ("no-store", False)


@pytest.mark.django_db(transaction=True)
def test_what_was_broken_off_is_not_confirmed(monkeypatch, in_one_piece):
    EventFactory(slug="troops", date="1973-10", between=["PRK", "SYR"])
    EventFactory(slug="later", date="1974")
    in_one_piece(1)
    client, address = Client(), f"{EVENTS}?format=ics"
    broken_off = client.get(address)
    with monkeypatch.context() as impatient, endless_entries():
        impatient.setattr("timeline.consistency.PATIENCE", 0.2)
        assert content(broken_off).endswith(b"}\n")
    kept = {"if-none-match": broken_off["ETag"]} if "ETag" in broken_off else {}

    assert b"/events/later/" in content(client.get(address, headers=kept))
