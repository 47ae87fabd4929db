"""What all formats say of an event."""

import pytest

from tests.timeline.feeds.examples import NASTY, claim, event, nasty, participant, source
from timeline.feeds.feed import cleaned
from timeline.feeds.groups import group_of
from timeline.feeds.words import dated_title, html, markup, party, text, title, web_address


@pytest.mark.parametrize(
    ("occurrence", "verification", "mark"),
    [
        ("occurred", "confirmed", ""),
        ("occurred", "reported", ""),
        ("occurred", "alleged", " (alleged)"),
        ("occurred", "disputed", " (disputed)"),
        ("planned", "reported", " (planned)"),
        ("cancelled", "disputed", " (cancelled, disputed)"),
        ("unknown", "retracted", " (unknown, retracted)"),
    ],
)
def test_a_title_says_what_is_not_an_established_fact(occurrence, verification, mark):
    assert title(event(occurrence=occurrence, verification=verification)) == f"Talks in Pyongyang{mark}"


def test_a_title_has_the_date_where_a_calendar_would_show_days_that_the_record_does_not_know():
    assert dated_title(event("2018-06-12")) == "Talks in Pyongyang"
    assert dated_title(event("1973-10")) == "Talks in Pyongyang – October 1973"
    assert dated_title(event("[2018-05-30..]")) == "Talks in Pyongyang – on or after 30 May 2018"


def test_a_claim_is_told_with_its_chain():
    told = text(event(claims=[claim("alleges", via=[source("arabiya"), source("trend", url=None)])]))

    assert told.endswith(
        "Alleges: Kcna, “kcna of that day” <https://kcna.example/1>, 4 June 2018, para. 3; "
        "read in Arabiya, “arabiya of that day” <https://arabiya.example/1>, 4 June 2018; "
        "read in Trend, “trend of that day”, 4 June 2018"
    )


def test_a_person_is_told_with_office_and_country():
    parties = event()["participants"]

    assert [party(each) for each in parties] == [
        "host: North Korea", "visitor: Bashar al-Assad, President of Syria (Syria)",
    ]  # fmt: skip


def test_html_holds_no_markup_but_ours():
    written = html(nasty())

    assert "<script" not in written
    assert "<img" not in written
    assert "javascript:" not in written
    assert 'href="https://x.example/%22%3E%3Cscript%3Ewindow.harmed=1%3C/script%3E"' in written


def test_a_long_word_can_be_broken_without_adding_a_letter():
    assert markup("w" * 70) == f"{'w' * 30}<wbr>{'w' * 30}<wbr>{'w' * 10}"
    assert markup("short words, a & b") == "short words, a &amp; b"
    assert markup("a  b") == "a  b"
    assert markup("") == ""


def test_what_no_reader_can_take_is_left_out_and_all_else_kept():
    assert cleaned({"a": ["x\0\x1b\ufffe\u202ey\u2066", 1, None]}) == {"a": ["xy", 1, None]}
    assert cleaned("tab\t line\n، עברית, 한국, 😀, \u200e") == "tab\t line\n، עברית, 한국, 😀, \u200e"
    assert "\0" not in str(cleaned(NASTY))


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "ftp://x/", "/here", "https://[", "data:text/html,x"])
def test_only_addresses_in_the_web_become_links(url):
    assert web_address(url) is None


def test_an_address_is_encoded():
    assert web_address('https://x.example/a b"<>é') == "https://x.example/a%20b%22%3C%3E%C3%A9"


def test_an_event_is_of_one_group():
    assert group_of(event(), "country") == ("PRK", "North Korea")
    assert group_of(event(), "category") == ("CONSULT", "Consult")
    assert group_of(event(), "quad") == ("verbal-cooperation", "Verbal cooperation")
    nobody = event(participants=[participant(leader={"id": "x", "name": "X"})])
    assert group_of(nobody, "country") == ("none", "No country")
    assert group_of(nasty(), "category") == ("none", "No category")
