"""What <diplomatic-timeline> asks for, shows and says, on a page of another origin."""

import json
import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser.timelines import (
    ACTIVE,
    INSIDE,
    NASTY,
    PATH,
    READY,
    TIMELINE,
    events_in,
    html_of,
    open_timeline,
    settled,
    told,
)
from tests.factories import ClaimFactory, EventFactory, SourceFactory
from timeline.api.tiles import TileFilterSet

pytestmark = pytest.mark.django_db(transaction=True)


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
    for day in [*range(1, 31)] * 2:
        EventFactory(date=f"2018-06-{day:02}", between=["PRK"], claimed=["reports"])
    EventFactory(date="2018-06-12", between=["USA"], claimed=["reports"])
    page = open_timeline(visitor, live_server.url, 'from="2018-06" country="PRK"')
    assert len(events_in(page)) <= 40

    link = page.get_by_role("link", name="Events in view")
    asked = "from=2018-06-01&to=2018-06-30&country=PRK"
    assert link.get_attribute("href") == f"{live_server.url}/?{asked}"
    link.click()
    expect(page.get_by_text("60 events", exact=True)).to_be_visible()


def test_arrows_reach_every_event_of_a_crowded_month(visitor, live_server):
    days = [f"2018-06-{day:02}" for day in range(1, 31)]
    dates = [*days, *["2018-06-12"] * 15, "2018-06", "2018-06-15~", "[..2018-06-04]"]
    for number, date in enumerate(dates):
        EventFactory(date=date, between=["PRK"], claimed=["reports"], title=f"Talks {number}")
    page = open_timeline(visitor, live_server.url, 'from="2018-06"')
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


def test_going_back_to_a_day_shows_what_was_known_by_then(visitor, record):
    page = open_timeline(visitor, record, 'from="2018-05" to="2018-07"')
    assert any("Assad's visit" in name for name in events_in(page))

    told(page, "timeline.asOf = '2018-06-01'")

    assert page.locator("diplomatic-timeline").get_attribute("as-of") == "2018-06-01"
    assert events_in(page)
    assert not any("Assad's visit" in name for name in events_in(page))
    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("as known on 2018-06-01")


def test_the_panel_tells_who_says_so_and_through_whom(visitor, record):
    page = open_timeline(visitor, record, 'selected="assad-visit-to-north-korea" from="2018"')
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
    page = open_timeline(visitor, record, f'lanes="{lanes}" from="2018"')

    names = {"country": "North Korea", "category": "Consult", "quad": "Verbal cooperation"}
    assert any(name.endswith(names[lanes]) for name in events_in(page))
    assert visitor.complaints == []


def test_what_the_server_wrote_inside_stands_without_the_script_and_until_it_has_drawn(visitor, record):
    page = visitor.open(html_of(record, inside=INSIDE), api=record, java_script_enabled=False)
    expect(page.get_by_text("1966: relations established")).to_be_visible()

    page = open_timeline(visitor, record, inside=INSIDE)
    expect(page.get_by_text("1966: relations established")).to_be_hidden()


def test_a_failure_is_said_kept_content_stays_and_a_retry_mends_it(visitor, record):
    page = open_timeline(visitor, record, 'country="PKR"', INSIDE)
    caption = page.locator("diplomatic-timeline [part=caption]")
    expect(caption).to_have_text("country: expected an ISO 3166 alpha-3 code that the record knows.")
    expect(page.get_by_text("1966: relations established")).to_be_visible()

    page.context.set_offline(True)
    page.evaluate(f"{TIMELINE}.country = 'PRK'")
    expect(caption).to_have_text("You are offline.")
    page.context.set_offline(False)
    expect(caption).to_contain_text("events")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(page.get_by_text("1966: relations established")).to_be_hidden()


def test_a_server_that_cannot_be_reached_is_said_and_asked_again(visitor, record):
    page = open_timeline(visitor, record)
    page.route("**/timeline/**", lambda route: route.abort())
    page.evaluate(f"{TIMELINE}.reload()")
    expect(page.locator("diplomatic-timeline [part=caption]")).to_have_text(
        "The server cannot be reached. What is shown came before."
    )
    assert events_in(page)

    page.unroute("**/timeline/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("of 29 events")


def test_nothing_found_says_what_was_asked(visitor, record):
    page = open_timeline(visitor, record, 'country="PRK" kind="sanctions-imposed" as-of="1960"')

    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("Nothing to show: Events")


def test_hostile_text_is_text(visitor, live_server):
    made = EventFactory(title=NASTY, summary=NASTY, date="2018-06-12", between=["PRK"])
    ClaimFactory(event=made, source=SourceFactory(title=NASTY, url="https://example.org/"), note=NASTY)
    page = open_timeline(visitor, live_server.url, f'selected="{made.slug}"')

    assert page.evaluate("window.harmed === undefined")
    expect(page.get_by_role("region", name="Event").get_by_role("heading")).to_have_text(NASTY)
    assert page.locator("diplomatic-timeline img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.complaints == []


def test_a_hundred_events_take_few_nodes_and_one_or_none_are_drawn_too(visitor, live_server):
    page = open_timeline(visitor, live_server.url, 'from="1900" to="1999"')
    assert events_in(page) == []

    for number in range(100):
        EventFactory(date=f"{1900 + number}", between=["PRK"], claimed=["reports"], title="A very long name " * 7)
    told(page, "timeline.reload()")

    nodes = """() => {
        const walker = document.createTreeWalker(document.querySelector("diplomatic-timeline").shadowRoot);
        let number = 0;
        while (walker.nextNode()) number += 1;
        return number;
    }"""
    assert 20 < len(events_in(page)) <= 40
    assert page.evaluate(nodes) < 150


def test_taken_off_the_page_it_does_nothing_more_and_put_back_it_goes_on(visitor, record):
    page = open_timeline(visitor, record)
    page.evaluate("""() => {
        window.timeline = document.querySelector("diplomatic-timeline");
        timeline.showSpan("1966");
        timeline.remove();
    }""")
    visitor.asked.clear()
    page.wait_for_timeout(600)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(200)
    assert visitor.asked == []

    settled(page, lambda: page.evaluate("document.querySelector('main').append(timeline)"))
    assert len(visitor.asked) == 2
    assert events_in(page)
    assert visitor.complaints == []


def test_filters_changed_while_tiles_are_on_their_way_are_not_answered_with_the_old_ones(visitor, record):
    page = open_timeline(visitor, record)
    held = []
    page.route("**/timeline/tiles/**", lambda route: held.append(route), times=1)
    page.evaluate(f"{TIMELINE}.reload()")
    while not held:
        page.wait_for_timeout(50)
    told(page, "timeline.asOf = '2018-06-01'")
    # Chromium has given it up by now.
    held[0].abort()
    page.wait_for_timeout(200)

    assert events_in(page)
    assert not any("Assad's visit" in name for name in events_in(page))


def test_timelines_that_follow_each_other_come_to_rest(visitor, record):
    """Handlers that set attributes, ask again and choose: none of it may call itself without end."""
    page = open_timeline(visitor, record)
    page.evaluate(f"""() => {{
        document.querySelector("main").append({TIMELINE}.cloneNode());
        const all = [...document.querySelectorAll("diplomatic-timeline")];
        window.times = 0;
        document.addEventListener("eventselect", ({{ detail }}) => {{
            times += 1;
            for (const each of all) each.select(detail.id);
        }});
        all[0].addEventListener("viewchange", ({{ detail }}) => Object.assign(all[1], detail));
        document.addEventListener("focusin", () => (all[1].lanes = "quad"));
        all[0].showSpan("2018");
        all[0].select("assad-visit-to-north-korea");
    }}""")
    page.wait_for_function("""() => [...document.querySelectorAll("diplomatic-timeline")].every(({ view, selected }) =>
        view.from === "2018-01-01" && view.to === "2018-12-31" && selected === "assad-visit-to-north-korea")""")
    for key in ("ArrowRight", "+", "End", "ArrowLeft", "Home"):
        page.locator("diplomatic-timeline [part=plot]").first.press(key)
    page.wait_for_timeout(1000)

    assert page.evaluate("times") == 2
    assert visitor.complaints == []


@pytest.mark.parametrize("width", [360, 1200])
def test_no_words_are_cut_at_the_edge_of_the_view(visitor, live_server, width):
    for day in range(1, 31):
        EventFactory(date=f"2018-06-{day:02}", between=["PRK"], claimed=["reports"], title="A long name of talks")
    page = open_timeline(visitor, live_server.url, 'from="2018-06"', viewport={"width": width, "height": 900})

    edges = """() => {
        const root = document.querySelector("diplomatic-timeline").shadowRoot;
        const { right } = root.querySelector("[part=plot]").getBoundingClientRect();
        return [...root.querySelectorAll("[part=event]")].map((one) => right - one.getBoundingClientRect().right);
    }"""
    assert min(page.evaluate(edges)) > -1


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_no_time_zone_shifts_a_day(visitor, live_server, zone):
    EventFactory(date="2018-06-12", between=["PRK"], claimed=["reports"], title="A summit")
    page = open_timeline(visitor, live_server.url, 'from="2018-06-12"', zone=zone)

    assert page.evaluate(f"{TIMELINE}.view") == {"from": "2018-06-12", "to": "2018-06-12"}
    assert [name.split(" · ")[0] for name in events_in(page)] == ["12 June 2018"]
    expect(page.locator("diplomatic-timeline [part=caption]")).to_have_text("12 June 2018: 1 of 1 event")


def test_the_file_may_be_used_by_pages_of_any_origin_and_is_small(client):
    answer = client.get(PATH, headers={"origin": "https://news.example"})
    script = b"".join(answer)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"].startswith("text/javascript")
    assert not re.search(rb"innerHTML|insertAdjacent|import ", script)
    # A date asked in the reader's time zone would be another day in America.
    assert not re.search(rb"\.[gs]et(?!UTC)(FullYear|Month|Date|Day|Hours)|toLocaleDateString", script)


def test_what_collectstatic_writes_is_small_and_the_same_but_for_comments(settings, tmp_path, visitor, record):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "timeline.static_files.StaticFilesStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    collected = (tmp_path / "timeline/diplomatic-timeline.js").read_text()
    hashed = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]["timeline/diplomatic-timeline.js"]

    assert len(collected.encode()) < 30_000
    assert (tmp_path / hashed).read_text() == collected
    assert "/**" not in collected
    page = visitor.open(html_of(record).replace(PATH, "/collected.js"), api=record)
    page.route("**/collected.js", lambda route: route.fulfill(
        body=collected, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"}))
    page.reload()
    page.wait_for_function(READY)
    page.wait_for_timeout(100)
    assert events_in(page)
