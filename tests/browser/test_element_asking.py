"""What <diplomatic-timeline> asks the server for, and how often."""

import pytest
from playwright.sync_api import expect

from tests.browser.timelines import (
    ACTIVE,
    READY,
    TIMELINE,
    events_in,
    open_timeline,
    settled,
    told,
)
from tests.factories import EventFactory, make_many
from timeline.api.tiles import TileFilterSet


def test_every_filter_of_tiles_is_an_attribute(visitor, live_server):
    EventFactory(date="1966", between=["PRK", "SYR"], claimed=["reports"])
    page = open_timeline(visitor, live_server.url)
    attributes = page.evaluate("customElements.get('diplomatic-timeline').observedAttributes")

    filters = {name.replace("party-", "").replace("-", "_") for name in attributes}
    own = {"src", "from", "to", "lanes", "list", "selected", "page"}
    assert filters - own == set(TileFilterSet.base_filters) - {"k", "s"}


def test_a_first_view_takes_two_requests_and_a_later_one_at_most_one(visitor, record):
    page = open_timeline(visitor, record)
    assert len(visitor.asked) == 2

    visitor.asked.clear()
    settled(page, page.get_by_role("button", name="Zoom in").click)
    assert len(visitor.asked) <= 1

    def drag():
        page.mouse.move(600, 300)
        page.mouse.down()
        page.mouse.move(300, 300, steps=20)
        page.mouse.up()

    settled(page, drag)
    assert len(visitor.asked) <= 2
    assert visitor.complaints == []


def test_what_is_done_before_the_first_answer_does_not_lead_astray(visitor, record):
    page = open_timeline(visitor, record)
    opened = page.evaluate(f"{TIMELINE}.view")
    page.evaluate(f"""() => {{
        const timeline = {TIMELINE}.cloneNode();
        {TIMELINE}.replaceWith(timeline);
        timeline.zoom(0.5);
        timeline.showAll();
        timeline.shadowRoot.querySelector("[part=plot]").dispatchEvent(new KeyboardEvent("keydown", {{ key: "Home" }}));
    }}""")
    page.wait_for_function(READY)

    assert page.evaluate(f"{TIMELINE}.view") == opened
    settled(page, page.get_by_role("button", name="Zoom in").click)
    assert page.evaluate(f"{TIMELINE}.view") != opened
    assert visitor.complaints == []


def test_every_event_of_a_crowded_month_can_be_reached(visitor, live_server):
    make_many({"date": f"2018-06-{day:02}"} for day in [*range(1, 31)] * 2)
    EventFactory(date="2018-06-12", between=["USA"], claimed=["reports"])
    page = open_timeline(visitor, live_server.url, 'from="2018-06" to="2018-06" country="PRK"')
    assert len(events_in(page)) <= 40

    link = page.get_by_role("link", name="Events in view")
    asked = "from=2018-06-01&to=2018-06-30&country=PRK"
    assert link.get_attribute("href") == f"{live_server.url}/?{asked}"
    link.click()
    expect(page.get_by_text("60 events", exact=True)).to_be_visible()


def test_arrows_reach_every_event_of_a_crowded_month(visitor, live_server):
    days = [f"2018-06-{day:02}" for day in range(1, 31)]
    dates = [*days, *["2018-06-12"] * 15, "2018-06", "2018-06-15~", "[..2018-06-04]"]
    make_many({"date": date, "title": f"Talks {number}"} for number, date in enumerate(dates))
    page = open_timeline(visitor, live_server.url, 'from="2018-06" to="2018-06"')
    page.locator("diplomatic-timeline [part=plot]").focus()
    told(page, "timeline.showAll()")
    title = f"{ACTIVE}.title.match(/Talks [0-9]+/)?.[0]"

    def walked(key, steps):
        """The events that so many presses of *key* lead to; none of them asks more than the list and the tiles."""
        before = page.evaluate(title) or ""
        for _ in range(steps):
            visitor.asked.clear()
            page.keyboard.press(key)
            page.wait_for_function(f"before => {title} && {title} !== before", arg=before)
            before = page.evaluate(title)
            assert len(visitor.asked) <= 2
            yield before

    titles = {f"Talks {number}" for number in range(len(dates))}
    there = list(walked("ArrowRight", len(dates)))
    assert set(there) == titles
    assert list(walked("ArrowLeft", 5)) == there[-2:-7:-1]
    assert visitor.complaints == []


def test_filters_moment_and_opening_view_are_asked_as_attributes_say(visitor, record):
    asked = 'country="PRK,SYR" as-of="2018-06-04" party-role="host" from="2018" to="2019"'
    page = open_timeline(visitor, record, asked)

    assert all("country=PRK%2CSYR&role=host&as_of=2018-06-04" in address for address in visitor.asked)
    assert page.evaluate(f"{TIMELINE}.view") == {"from": "2018-01-01", "to": "2019-12-31"}
    visit = "on or after 30 May 2018 · Assad's visit to North Korea, planned, reported"
    assert any(name.startswith(visit) for name in events_in(page))


def held_up(page, part, script):
    """The request for *part* of the API that *script* leads to, to be let through; later ones are not held up."""
    held = []
    page.route(f"**/timeline/{part}/**", lambda route: held.append(route), times=1)
    page.evaluate(script)
    while not held:
        page.wait_for_timeout(50)
    return held[0]


def test_filters_changed_while_tiles_are_on_their_way_are_not_answered_with_the_old_ones(visitor, record):
    page = open_timeline(visitor, record)
    held = held_up(page, "tiles", f"{TIMELINE}.reload()")
    told(page, "timeline.asOf = '2018-06-01'")
    # Chromium has given it up by now.
    held.abort()
    page.wait_for_timeout(200)

    assert events_in(page)
    assert not any("Assad's visit" in name for name in events_in(page))


def test_nothing_is_said_to_be_in_view_before_it_has_come(visitor, record):
    page = open_timeline(visitor, record)
    held = held_up(page, "tiles", f"{TIMELINE}.replaceWith({TIMELINE}.cloneNode())")
    page.wait_for_timeout(500)
    caption = page.locator("diplomatic-timeline [part=caption]")
    expect(caption).to_have_text("Loading …")

    settled(page, held.continue_)
    expect(caption).to_contain_text("of 29 events")


def test_what_is_done_while_events_are_counted_does_not_count_them_again(visitor, record):
    page = open_timeline(visitor, record)
    visitor.asked.clear()
    held = held_up(page, "density", f"{TIMELINE}.asOf = '2018-06-01'")
    page.evaluate(f"{TIMELINE}.zoom(0.5)")
    page.wait_for_timeout(600)
    page.evaluate(f"{TIMELINE}.zoom(1.5)")
    page.wait_for_timeout(600)
    settled(page, held.continue_)

    assert [address for address in visitor.asked if "/density/" in address] == []
    assert len(visitor.asked) <= 3


def test_what_is_on_its_way_is_not_asked_for_again(visitor, record):
    page = open_timeline(visitor, record)
    visitor.asked.clear()
    held = held_up(page, "tiles", f"{TIMELINE}.reload()")
    page.evaluate(f"{TIMELINE}.showAll()")
    page.set_viewport_size({"width": 1190, "height": 900})
    page.wait_for_timeout(600)
    settled(page, held.continue_)

    assert len(visitor.asked) == 1


def test_a_step_in_any_crowd_takes_one_page_of_the_list_and_the_tiles(visitor, live_server):
    make_many({"date": "2018", "title": f"Talks {number}", "importance": number % 90} for number in range(260))
    page = open_timeline(visitor, live_server.url, 'from="2018" to="2018"')
    page.locator("diplomatic-timeline [part=plot]").focus()
    before = ""
    for key in [*["ArrowRight"] * 5, *["ArrowLeft"] * 3, *["ArrowRight"] * 3]:
        visitor.asked.clear()
        page.keyboard.press(key)
        page.wait_for_function(f"before => {ACTIVE}.ariaLabel !== before", arg=before)
        before = page.evaluate(f"{ACTIVE}.ariaLabel")
        assert len(visitor.asked) <= 2
    assert "Talks" in before


@pytest.mark.parametrize(
    ("attributes", "first", "last"),
    [
        ('from="2011"', "2011-01-01", None), ('to="1970"', None, "1970-12-31"),
        ('from="2040"', "2040-01-01", "2040-12-31"), ('to="1950"', "1950-01-01", "1950-12-31"),
        ('from="2018" to="2011"', None, None), ('from="soon"', None, None), ('from="2018-21"', None, None),
    ],
)  # fmt: skip
def test_one_end_alone_is_shown_to_the_other_end_of_the_record(visitor, record, attributes, first, last):
    whole = open_timeline(visitor, record).evaluate(f"{TIMELINE}.view")
    view = open_timeline(visitor, record, attributes).evaluate(f"{TIMELINE}.view")

    assert view == {"from": first or whole["from"], "to": last or whole["to"]}


def test_with_both_ends_given_nothing_waits_until_events_are_counted(visitor, record):
    page = open_timeline(visitor, record)
    held = held_up(page, "density", f"""() => {{
        const timeline = {TIMELINE}.cloneNode();
        Object.assign(timeline, {{ from: "2018", to: "2018" }});
        {TIMELINE}.replaceWith(timeline);
    }}""")
    expect(page.locator("diplomatic-timeline [part=event]").first).to_be_visible()
    settled(page, held.continue_)

    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("of 29 events")


def test_a_wider_element_asks_for_what_it_lacks_and_a_hidden_one_for_nothing(visitor, record):
    page = open_timeline(visitor, record, 'from="2018" to="2018"', viewport={"width": 300, "height": 700})
    page.evaluate(f"{TIMELINE}.hidden = true")
    visitor.asked.clear()
    page.evaluate(f"{TIMELINE}.country = 'PRK'")
    page.wait_for_timeout(500)
    assert visitor.asked == []
    told(page, "timeline.hidden = false")
    assert len(visitor.asked) == 2

    visitor.asked.clear()
    settled(page, lambda: page.set_viewport_size({"width": 2500, "height": 700}))
    assert len(visitor.asked) == 1
    assert events_in(page)
