"""What vis-timeline is sent; that it draws it, in any time zone, is for tests/browser."""

from dataclasses import replace

import orjson
import pytest

from events.edtf import EDTFDate
from tests.timeline.feeds.examples import ALL, FEED, LISTS, event, nasty
from timeline.feeds import vis


def document(events, **changes):
    return orjson.loads(vis.document(events, replace(FEED, **changes)))


def span(first, last):
    return {"begin": EDTFDate.parse(first), "end": EDTFDate.parse(last)}


@pytest.mark.parametrize(
    ("edtf", "drawn"),
    [
        ("2018-06-12", [("box", "2018-06-12")]),
        ("2018-06-12T09:00:00+08:00", [("box", "2018-06-12")]),
        ("1973-10", [("box", "1973-10-01"), ("background", "1973-10-01", "1973-11-01")]),
        ("1966~", [("box", "1966-01-01"), ("background", "1965-01-01", "1968-01-01")]),
        ("1966/1969", [("range", "1966-12-31", "1969-01-02"), ("background", "1966-01-01", "1970-01-01")]),
        ("2018-06-12/2018-06-14", [("range", "2018-06-12", "2018-06-15"), ("background", "2018-06-12", "2018-06-15")]),
        ("2011/..", [("range", "2011-12-31", "2031-01-01"), ("background", "2011-01-01", "2031-01-01")]),
        ("2011/", [("box", "2011-01-01"), ("background", "2011-01-01", "2031-01-01")]),
        ("[2018-05-30..]", [("box", "2018-05-30"), ("background", "2018-05-30", "2031-01-01")]),
        ("[..2018-06-04]", [("box", "2018-06-04"), ("background", "-001000-01-01", "2018-06-05")]),
        ("-0752", [("box", "-000752-01-01"), ("background", "-000752-01-01", "-000751-01-01")]),
    ],
)
def test_a_date_is_a_box_or_a_range_before_all_the_days_that_may_be_meant(edtf, drawn):
    items = document([event(edtf)], **span("-1000", "2030"))["items"]

    assert [(item["type"], *(item[side] for side in ("start", "end") if side in item)) for item in items] == drawn


@pytest.mark.parametrize("events", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("by", ["country", "category", "quad"])
def test_every_item_is_of_a_group_and_there_is_a_window(events, by):
    found = document(events, group=by)

    groups = [group["id"] for group in found["groups"]]
    assert len(set(groups)) == len(groups)
    assert {item["group"] for item in found["items"]} == set(groups)
    assert len({item["id"] for item in found["items"]}) == len(found["items"])
    assert found["window"]["start"]
    assert found["window"]["end"]
    for item in found["items"]:
        assert "end" in item or item["type"] == "box"


def test_the_window_is_the_span_asked_for_or_holds_all_named_days():
    assert document(ALL, **span("1966", "1970-06"))["window"] == {"start": "1966-01-01", "end": "1970-07-01"}
    assert document([event("2018-06-12")])["window"] == {"start": "2018-05-28", "end": "2018-06-28"}
    assert document([])["window"] == {"start": "1900-01-01", "end": "2100-01-01"}


def test_no_text_of_a_user_becomes_markup_or_a_class():
    found = document([nasty()], group="country")

    item = found["items"][0]
    assert item["className"] == "verbal-conflict occurred reported"
    for words in (item["content"], item["title"], found["groups"][0]["content"]):
        assert "<script" not in words
        assert "<img" not in words


def test_the_answer_says_that_it_was_cut():
    assert document([event()])["truncated"] is False
    cut = document([event()], next="https://chancery.example/next")
    assert (cut["truncated"], cut["next"], cut["snapshot"]) == (True, "https://chancery.example/next", 7)
