"""What <diplomatic-timeline> tells of an event that was chosen, and to whom."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.timelines import NASTY, TIMELINE, open_timeline, told
from tests.factories import ClaimFactory, EventFactory, SourceFactory


def test_the_panel_tells_who_says_so_and_through_whom(visitor, record):
    page = open_timeline(visitor, record, 'selected="assad-visit-to-north-korea" from="2018" to="2018"')
    panel = page.get_by_role("region", name="Event")

    text = re.sub("[\u2066-\u2069]", "", panel.inner_text())
    assert "Planned on or after 30 May 2018" in text
    assert "announces: Korean Central News Agency (3 June 2018), read in Al Arabiya, read in Trend (4 June" in text
    assert panel.get_by_role("link").get_attribute("href") == f"{record}/events/assad-visit-to-north-korea/"


def test_the_panel_is_of_the_same_moment_as_the_view(visitor, record):
    open_timeline(visitor, record, 'selected="trump-kim-summit-2018-example" as-of="2018-05-25"')

    (asked,) = (address for address in visitor.asked if "/events/" in address)
    assert asked.endswith("?as_of=2018-05-25")


def test_pages_hear_what_is_seen_and_chosen_and_may_tell_of_it_themselves(visitor, record):
    page = open_timeline(visitor, record)
    page.evaluate("""() => {
        window.heard = [];
        document.addEventListener("viewchange", ({ detail }) => heard.push(detail));
        document.addEventListener("eventselect", (event) => { heard.push(event.detail); event.preventDefault(); });
        const timeline = document.querySelector("diplomatic-timeline");
        timeline.showSpan("1973-10", "1974");
        timeline.select("north-korea-sends-troops-to-syria");
    }""")
    page.wait_for_function("() => heard.length > 1")

    assert page.evaluate("heard") == [
        {"id": "north-korea-sends-troops-to-syria"}, {"from": "1973-10-01", "to": "1974-12-31"}
    ]  # fmt: skip
    expect(page.get_by_role("region", name="Event")).to_be_hidden()
    assert page.locator("diplomatic-timeline").get_attribute("selected") == "north-korea-sends-troops-to-syria"
    with pytest.raises(Exception, match="is no span of years, months or days"):
        page.evaluate(f"{TIMELINE}.showSpan('soon')")


def test_hostile_text_is_text(visitor, live_server):
    made = EventFactory(title=NASTY, summary=NASTY, date="2018-06-12", between=["PRK"])
    ClaimFactory(event=made, source=SourceFactory(title=NASTY, url="https://example.org/"), note=NASTY)
    page = open_timeline(visitor, live_server.url, f'selected="{made.slug}"')

    assert page.evaluate("window.harmed === undefined")
    expect(page.get_by_role("region", name="Event").get_by_role("heading")).to_have_text(NASTY)
    assert page.locator("diplomatic-timeline img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.complaints == []


def test_an_open_panel_goes_along_to_another_moment_and_no_other_filter_asks_for_it(visitor, record):
    page = open_timeline(visitor, record, 'selected="example-trump-kim-summit-2018" as-of="2018-05-25"')
    panel = page.get_by_role("region", name="Event")
    before = panel.inner_text()
    told(page, "timeline.asOf = '2018-06-13'")
    page.wait_for_timeout(100)
    assert panel.inner_text() != before

    visitor.asked.clear()
    told(page, "timeline.country = 'PRK'")
    assert len(visitor.asked) == 2
    expect(panel).to_be_visible()


def test_an_event_that_the_page_chose_does_not_take_the_focus(visitor, record):
    page = open_timeline(visitor, record, 'selected="assad-visit-to-north-korea" from="2018" to="2018"')

    expect(page.get_by_role("region", name="Event")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")


def test_a_closed_panel_leads_back_to_its_event_and_opens_again(visitor, record):
    page = open_timeline(visitor, record, 'from="2018" to="2018"')
    event = page.locator("diplomatic-timeline [part=event]", has_text="Assad's visit")
    panel = page.get_by_role("region", name="Event")
    for _ in range(2):
        event.press("Enter")
        expect(panel).to_be_focused()
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(event).to_be_focused()
