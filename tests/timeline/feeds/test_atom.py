"""Atom, read by feedparser."""

from dataclasses import replace

import feedparser
import pytest

from tests.timeline.feeds.examples import ALL, FEED, LISTS, event, nasty
from timeline.feeds import atom


def read(events, **changes):
    found = feedparser.parse(atom.document(events, replace(FEED, **changes)), sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("events", LISTS.values(), ids=LISTS)
def test_a_feed_can_be_read_and_holds_all(events):
    assert len(read(events).entries) == len(events)


def test_an_entry_tells_what_when_and_on_whose_word():
    (entry,) = read([event("1973-10", occurrence="planned")]).entries

    assert entry.title == "Talks in Pyongyang (planned) – October 1973"
    assert entry.link == "https://chancery.example/events/talks/"
    assert entry.updated == "2026-11-23T12:00:00.123456+00:00"
    assert "; read in Trend, <a href=" in entry.summary
    assert entry.tags[0].term == "talks"


def test_the_id_outlives_a_new_id_and_no_two_share_one():
    assert read([event(slug="old")]).entries[0].id == read([event(slug="new", title="Other")]).entries[0].id
    ids = [entry.id for entry in read(ALL).entries]
    assert len(set(ids)) == len(ALL)
    assert all(each.startswith("urn:uuid:") for each in ids)


def test_the_feed_is_as_new_as_its_newest_event_and_an_empty_one_is_not_new():
    newer = event(modified="2026-11-24T12:00:00.000001Z")

    assert read([event(), newer]).feed.updated == "2026-11-24T12:00:00.000001+00:00"
    assert read([]).feed.updated == "1970-01-01T00:00:00+00:00"


def test_the_pages_beside_it_are_linked():
    links = {link.rel: link.href for link in read(ALL, next="https://x.example/n", previous="https://x.example/p").feed.links}

    assert links["next"] == "https://x.example/n"
    assert links["previous"] == "https://x.example/p"
    assert links["self"] == FEED.address
    assert not {"next", "previous"} & {link.rel for link in read(ALL).feed.links}


def test_hostile_text_stays_text():
    (entry,) = read([nasty()]).entries

    assert "<script" not in entry.summary
    assert "<img" not in entry.summary
