"""What TimelineJS 3 is sent; that it draws it is for tests/browser."""

from dataclasses import replace

import orjson
import pytest

from tests.timeline.feeds.examples import ALL, FEED, LISTS, event, nasty
from timeline.feeds import timelinejs
from timeline.feeds.feed import Era


def document(events, **changes):
    return orjson.loads(timelinejs.document(events, replace(FEED, **changes)))


@pytest.mark.parametrize(
    ("edtf", "start", "end", "words"),
    [
        ("1966", {"year": 1966}, None, "1966"),
        ("1973-10", {"year": 1973, "month": 10}, None, "October 1973"),
        ("2018-06-12", {"year": 2018, "month": 6, "day": 12}, None, "12 June 2018"),
        ("2018-06-12T09:00:00+08:00", {"year": 2018, "month": 6, "day": 12}, None, "12 June 2018, 09:00 (UTC+08:00)"),
        ("1966~", {"year": 1966}, None, "about 1966"),
        ("196X", {"year": 1960}, None, "1960s"),
        ("2018-34", {"year": 2018, "month": 4}, None, "second quarter of 2018"),
        ("1966/1969", {"year": 1966}, {"year": 1969, "month": 12, "day": 31}, "1966 to 1969"),
        ("1966/1969-05", {"year": 1966}, {"year": 1969, "month": 5, "day": 31}, "1966 to May 1969"),
        ("1966?/1969~", {"year": 1966}, {"year": 1969, "month": 12, "day": 31}, "perhaps 1966 to about 1969"),
        ("2011/..", {"year": 2011}, None, "since 2011"),
        ("../2011", {"year": 2011}, None, "until 2011"),
        ("[2018-05-30..]", {"year": 2018, "month": 5, "day": 30}, None, "on or after 30 May 2018"),
        ("[..2018-06-04]", {"year": 2018, "month": 6, "day": 4}, None, "on or before 4 June 2018"),
        ("0000", {"year": -1}, None, "1 BCE"),
        ("-0752", {"year": -753}, None, "753 BCE"),
        ("-0001/0001", {"year": -2}, {"year": 1, "month": 12, "day": 31}, "2 BCE to 1 CE"),
    ],
)
def test_a_date_is_drawn_no_more_precisely_than_it_was_curated(edtf, start, end, words):
    slide = timelinejs.slide(event(edtf), None)

    assert (slide["start_date"], slide.get("end_date"), slide["display_date"]) == (start, end, words)


@pytest.mark.parametrize("events", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("by", [None, "country", "category", "quad"])
def test_no_key_is_empty(events, by):
    def check(value):
        for member in value.values() if isinstance(value, dict) else value:
            assert member is not None
            assert member != ""
            if isinstance(member, dict | list):
                check(member)

    found = document(events, group=by)
    check({name: member for name, member in found.items() if name != "events"})
    for slide in found["events"]:
        check(slide)
        assert ("group" in slide) == (by is not None)


def test_what_is_decoded_before_it_is_written_is_escaped_twice():
    slide = timelinejs.slide(nasty(), "country")

    assert slide["group"].startswith("&amp;lt;/script&amp;gt;")
    assert slide["text"]["headline"].startswith("&lt;/script&gt;")


def test_status_and_sources_stand_in_the_text():
    slide = timelinejs.slide(event(occurrence="planned", status_words="Planned, by what KCNA reported."), None)

    assert slide["text"]["headline"].endswith("(planned)")
    assert "<p>Planned, by what KCNA reported.</p>" in slide["text"]["text"]
    assert '“kcna of that day”</a>, 4 June 2018, para. 3; read in Trend, <a href=' in slide["text"]["text"]


def test_the_title_tells_the_question_and_that_the_answer_was_cut():
    assert document(ALL)["title"]["text"] == {"headline": "Events, in order of date"}
    cut = document(ALL, next="https://chancery.example/next")["title"]["text"]["text"]
    assert cut == f"<p>Only {len(ALL)} of the events that match are shown. Narrow the question to see others.</p>"


def test_terms_of_office_are_eras_and_one_that_goes_on_ends_with_the_events():
    eras = (Era("A: President", "1971-03/2000-06-10"), Era("B: President", "2000-07-17/.."),
            Era("C: President", "2031/.."), Era("D: Minister", "1970/"))  # fmt: skip

    found = document([event("1966"), event("2018-06-12")], eras=eras)["eras"]

    assert found == [
        {"start_date": {"year": 1971, "month": 3}, "end_date": {"year": 2000, "month": 6, "day": 10},
         "text": {"headline": "A: President"}},
        {"start_date": {"year": 2000, "month": 7, "day": 17}, "end_date": {"year": 2018, "month": 6, "day": 12},
         "text": {"headline": "B: President"}},
        {"start_date": {"year": 1970}, "end_date": {"year": 2018, "month": 6, "day": 12},
         "text": {"headline": "D: Minister"}},
    ]  # fmt: skip
    assert "eras" not in document([], eras=eras)
