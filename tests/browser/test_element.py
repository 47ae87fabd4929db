"""What <diplomatic-timeline> shows and says, on a page of another origin."""

import pytest
from playwright.sync_api import expect

from tests.browser.timelines import INSIDE, TIMELINE, events_in, html_of, open_timeline, told
from tests.factories import EventFactory, make_many


def test_going_back_to_a_day_shows_what_was_known_by_then(visitor, record):
    page = open_timeline(visitor, record, 'from="2018-05" to="2018-07"')
    assert any("Assad's visit" in name for name in events_in(page))

    told(page, "timeline.asOf = '2018-06-01'")

    assert page.locator("diplomatic-timeline").get_attribute("as-of") == "2018-06-01"
    assert events_in(page)
    assert not any("Assad's visit" in name for name in events_in(page))
    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("as known by 2018-06-01")


def test_the_list_says_dates_and_status_in_words(visitor, record):
    page = open_timeline(visitor, record)
    page.get_by_role("button", name="List").click()
    page.wait_for_timeout(100)

    rows = page.locator("diplomatic-timeline [part=event]").all_inner_texts()
    assert any("1966" in row and "occurred, reported" in row for row in rows)
    assert any("on or after 30 May 2018" in row and "planned, reported" in row for row in rows)
    assert page.locator("diplomatic-timeline").get_attribute("list") == ""


@pytest.mark.parametrize("lanes", ["country", "category", "quad"])
def test_lanes_part_events_as_other_feeds_do(visitor, record, lanes):
    page = open_timeline(visitor, record, f'lanes="{lanes}" from="2018" to="2018"')

    names = {"country": "North Korea", "category": "Consult", "quad": "Verbal cooperation"}
    assert any(name.endswith(names[lanes]) for name in events_in(page))
    assert visitor.complaints == []


def test_what_the_server_wrote_inside_stands_without_the_script_and_until_it_has_drawn(visitor, record):
    page = visitor.open(html_of(record, inside=INSIDE), api=record, java_script_enabled=False)
    expect(page.get_by_text("1966: relations established")).to_be_visible()

    page = open_timeline(visitor, record, inside=INSIDE)
    expect(page.get_by_text("1966: relations established")).to_be_hidden()


def test_nothing_found_says_what_was_asked(visitor, record):
    page = open_timeline(visitor, record, 'country="PRK" kind="sanctions-imposed" as-of="1960"')

    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("Nothing to show: Events")


def test_a_hundred_events_take_few_nodes_and_one_or_none_are_drawn_too(visitor, live_server):
    page = open_timeline(visitor, live_server.url, 'from="1900" to="1999"')
    assert events_in(page) == []

    make_many({"date": f"{1900 + number}", "title": "A very long name " * 7} for number in range(100))
    told(page, "timeline.reload()")

    nodes = """() => {
        const walker = document.createTreeWalker(document.querySelector("diplomatic-timeline").shadowRoot);
        let number = 0;
        while (walker.nextNode()) number += 1;
        return number;
    }"""
    assert 20 < len(events_in(page)) <= 40
    assert page.evaluate(nodes) < 150


@pytest.mark.parametrize("width", [360, 1200])
def test_no_words_are_cut_at_the_edge_of_the_view(visitor, live_server, width):
    make_many({"date": f"2018-06-{day:02}", "title": "A long name of talks"} for day in range(1, 31))
    viewport = {"width": width, "height": 900}
    page = open_timeline(visitor, live_server.url, 'from="2018-06" to="2018-06"', viewport=viewport)

    edges = """() => {
        const root = document.querySelector("diplomatic-timeline").shadowRoot;
        const { right } = root.querySelector("[part=plot]").getBoundingClientRect();
        return [...root.querySelectorAll("[part=event]")].map((one) => right - one.getBoundingClientRect().right);
    }"""
    assert min(page.evaluate(edges)) > -1


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_no_time_zone_shifts_a_day(visitor, live_server, zone):
    EventFactory(date="2018-06-12", between=["PRK"], claimed=["reports"], title="A summit")
    page = open_timeline(visitor, live_server.url, 'from="2018-06-12" to="2018-06-12"', zone=zone)

    assert page.evaluate(f"{TIMELINE}.view") == {"from": "2018-06-12", "to": "2018-06-12"}
    assert [name.split(" · ")[0] for name in events_in(page)] == ["12 June 2018"]
    expect(page.locator("diplomatic-timeline [part=caption]")).to_have_text("12 June 2018: 1 of 1 event")


#: Whether ink touches the left or the right end of the words below the axis, and whether there are any.
AXIS = """() => {
    const canvas = document.querySelector("diplomatic-timeline").shadowRoot.querySelector("canvas");
    const ink = canvas.getContext("2d");
    const isInked = (x, width) => ink.getImageData(x, canvas.height - 14, width, 14).data.some(Boolean);
    return [isInked(0, 2), isInked(canvas.width - 2, 2), isInked(0, canvas.width)];
}"""


def test_no_year_below_the_axis_is_cut_into_another(visitor, record):
    page = open_timeline(visitor, record, 'from="1955" to="2055"', viewport={"width": 360, "height": 900})

    assert page.evaluate(AXIS) == [False, False, True]


def test_no_words_stand_where_their_mark_is_out_of_view(visitor, record):
    page = open_timeline(visitor, record, 'from="2011"', viewport={"width": 360, "height": 900})

    names = events_in(page)
    assert any(name.startswith("2011") for name in names)
    assert not any(name.startswith("19") for name in names)
    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text(f": {len(names)} of 29 events")


@pytest.mark.parametrize(
    ("date", "earliest", "first", "last", "latest"),
    [
        ("2018-06-12", "2018-05-20", "2018-06-11", "2018-06-14", "2018-07-20"),
        ("1966", "1964-01-01", "1965-12-31", "1967-01-01", "1969-12-31"),
        ("[..2018-06-12]", "2018-05-20", "2018-06-11", "2018-06-14", "2018-07-20"),
        ("[2018-06-12..]", "2018-05-20", "2018-06-11", "2018-06-14", "2018-07-20"),
        ("1990/..", "1988-01-01", "1989-12-31", "1991-01-01", "1993-12-31"),
    ],
)  # fmt: skip
def test_a_single_event_has_room_around_it_as_long_as_it_is(visitor, live_server, date, earliest, first, last, latest):
    for other in ("1850", "1999"):
        EventFactory(date=other, between=["USA"], claimed=["reports"])
    EventFactory(date=date, between=["PRK"], claimed=["reports"])
    page = open_timeline(visitor, live_server.url, 'country="PRK"')

    view = page.evaluate(f"{TIMELINE}.view")
    assert earliest < view["from"] < first
    assert last < view["to"] < latest
    assert len(events_in(page)) == 1
    page.wait_for_timeout(500)
    assert len(visitor.asked) <= 2


WORDS = """() => {
    const root = document.querySelector("diplomatic-timeline").shadowRoot;
    const isCut = (one) => one.scrollWidth > one.clientWidth;
    return [...root.querySelectorAll("[part=event]")].map((one) => [one.textContent, isCut(one)]);
}"""


def test_words_take_the_room_that_is_free_and_no_more(visitor, live_server):
    EventFactory(date="2018-06-02", between=["PRK"], claimed=["reports"], title="A very long name of talks " * 3)
    page = open_timeline(visitor, live_server.url, 'from="2018-06" to="2018-06"')
    assert [is_cut for _, is_cut in page.evaluate(WORDS)] == [False]

    make_many({"date": f"2018-06-{day:02}", "title": "A very long name " * 9} for day in range(1, 31))
    told(page, "timeline.reload()")
    boxes = page.locator("diplomatic-timeline [part=event]").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().toJSON())")  # fmt: skip
    assert len(boxes) > 10
    for one in boxes:
        beside = [other for other in boxes if other is not one and other["top"] == one["top"]]
        assert not any(one["left"] < other["right"] and other["left"] < one["right"] for other in beside)


def test_what_goes_on_for_years_leaves_room_for_what_happens(visitor, live_server):
    make_many({"date": "1990/..", "title": f"War {number}", "importance": 90} for number in range(20))
    make_many({"date": f"2018-06-{day:02}", "title": "Talks", "importance": 10} for day in range(1, 31))
    page = open_timeline(visitor, live_server.url, 'from="2018-06" to="2018-06"')

    names = events_in(page)
    assert sum("War" in name for name in names) >= 4
    assert sum("Talks" in name for name in names) == 30


def test_a_few_imprecise_events_do_not_open_it_on_a_millennium(visitor, live_server):
    make_many({"date": f"{year}-05-01"} for year in range(1900, 2000))
    EventFactory(date="1890/1910", between=["PRK"], claimed=["reports"], title="A long one")
    page = open_timeline(visitor, live_server.url)

    view = page.evaluate(f"{TIMELINE}.view")
    assert "1890" < view["from"] < "1900"
    assert "2000" < view["to"] < "2040"
