"""<diplomatic-timeline> on a page of another origin, drawing from the running server."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from events.edtf.calendar import civil_from_days, days_from_civil
from events.loading.applying import load_record
from tests.factories import ClaimFactory, EventFactory, KindFactory, SourceFactory
from timeline.api.timeline import TileFilterSet
from timeline.tiles import DAY, index_of, tile_span

PATH = "/static/timeline/diplomatic-timeline.js"
TIMELINE = "document.querySelector('diplomatic-timeline')"
ACTIVE = f"{TIMELINE}.shadowRoot.activeElement"
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
#: The policy of a page that names the server where it has to, and allows nothing inline.
POLICY = "default-src 'none'; script-src {api}; connect-src {api}; style-src 'none'"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{policy}"><title>A page of another origin</title>
<script type="module" src="{api}{path}"></script>
<main><h1>Diplomacy</h1><diplomatic-timeline src="{api}/api/v1/" {attributes}>{inside}</diplomatic-timeline></main>"""
NASTY = '<img src=x onerror="harmed=1">\u202e</button><script>harmed=1</script>'

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def api(browser, live_server):
    return live_server.url


@pytest.fixture
def record(api):
    """The curated record, with the meeting of 2018 as it came to be."""
    load_record([settings.BASE_DIR / "fixtures", settings.BASE_DIR / "fixtures/examples/trump-kim-2018"])
    return api


def html_of(api: str, attributes: str = "", inside: str = "") -> str:
    return PAGE.format(policy=POLICY.format(api=api), api=api, path=PATH, attributes=attributes, inside=inside)


#: Whether all that a first view takes is there, or was given up.
READY = f"""() => {{
    const root = {TIMELINE}.shadowRoot;
    const isLoading = root.querySelector("[part=caption]").textContent === "Loading …";
    return !isLoading && (root.querySelector("slot").hidden || !root.querySelector("button").hidden);
}}"""


def open_timeline(visitor, api: str, attributes: str = "", inside: str = "", **options) -> Page:
    """A page with the element, once it has drawn what it shows."""
    page = visitor.open(html_of(api, attributes, inside), api=api, **options)
    page.wait_for_function(READY)
    page.wait_for_timeout(100)
    return page


def settled(page: Page, act: Callable[[], Any]) -> None:
    """Act, and wait until the view rests and all of it is there."""
    page.evaluate("window.rest = new Promise((done) => addEventListener('viewchange', () => done(1), { once: true }))")
    act()
    page.evaluate("rest")
    page.wait_for_timeout(100)


def told(page: Page, script: str) -> None:
    """Run *script* with `timeline`, and wait until the view rests."""
    settled(page, lambda: page.evaluate(f"() => {{ const timeline = {TIMELINE}; {script}; }}"))


def events_in(page: Page) -> list[str]:
    """The names of the events in view, as assistive technology reads them, without marks of direction."""
    names = page.locator("diplomatic-timeline [part=event]").evaluate_all("all => all.map((one) => one.ariaLabel)")
    return [re.sub("[\u2066-\u2069]", "", name) for name in names]


def tiles_asked(visitor) -> list[str]:
    return [address for address in visitor.asked if "/timeline/tiles/" in address]


def call(page: Page, script: str, *values):
    """What *script*, a function of the module's exports and *values*, gives."""
    api = page.locator("diplomatic-timeline").get_attribute("src").removesuffix("/api/v1/")
    return page.evaluate(f"async ([path, values]) => ({script})(await import(path), ...values)",
                         [f"{api}{PATH}", list(values)])  # fmt: skip


@pytest.fixture
def pure(visitor, api):
    """Calls functions of the module with values."""
    page = open_timeline(visitor, api)
    return lambda script, *values: call(page, script, *values)


def test_days_are_those_of_the_record_in_any_year(pure):
    days = [*range(-750_000, 750_000, 977), -10**7, -719_529, -719_528, -1, 0, 10**7, 36_000_000]

    dates = pure("(module, days) => days.map(module.dateAt)", days)

    assert [tuple(date) for date in dates] == [civil_from_days(day) for day in days]
    months = [(year * 12 + month - 1, days_from_civil(year, month, 1)) for year in (-4801, -1, 0, 1, 1900, 2000, 12_000)
              for month in range(1, 13)]  # fmt: skip
    assert pure("(module, months) => months.map(module.monthStart)", [month for month, _ in months]) == [
        start for _, start in months
    ]


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("1966", (1966, 1, 1), (1967, 1, 1)), ("1973-10", (1973, 10, 1), (1973, 11, 1)),
        ("2018-12", (2018, 12, 1), (2019, 1, 1)), ("2016-02-29", (2016, 2, 29), (2016, 3, 1)),
        ("-0752", (-752, 1, 1), (-751, 1, 1)), ("-000043-03-15", (-43, 3, 15), (-43, 3, 16)),
        ("+012000-01-01", (12000, 1, 1), (12000, 1, 2)), ("Y-12000", (-12000, 1, 1), (-11999, 1, 1)),
        ("2018-05-30T09:00:00", (2018, 5, 30), (2018, 5, 31)),
    ],
)  # fmt: skip
def test_dates_are_read_as_written(pure, text, first, after):
    assert pure("(module, text) => module.daysOf(text)", text) == [days_from_civil(*first), days_from_civil(*after)]


def test_what_is_no_date_is_none(pure):
    for text in ("", "soon", "1966~", "19", "1966/1969", None):
        assert pure("(module, text) => module.daysOf(text)", text) == []


def test_tiles_are_those_of_the_api(pure):
    for tier in range(6):
        for day in (-10**6, -719_528, -1, 0, 17_681, 10**6):
            index = index_of(tier, day * DAY)
            first, last = tile_span(tier, index)
            assert pure("(module, tier, day) => module.tileAt(tier, day)", tier, day) == index
            assert pure("(module, tier, index) => [0, 1].map((n) => module.tileStart(tier, index + n))", tier, index) == [
                first // DAY, last // DAY + 1
            ]  # fmt: skip


def test_at_any_zoom_tiles_are_few_and_the_axis_is_legible(pure):
    for scale in (1 / 160, 0.05, 0.3, 1, 7, 40, 365, 3_000, 40_000):
        for width in (320, 768, 1440, 2560):
            tier = pure("(module, scale, width) => module.tierOf(scale, width)", scale, width)
            length = (365_242.5, 36_524.25, 3_652.4, 365.2, 30.4)[tier]
            assert 2 * width * scale / length <= 31 or tier == 0
            start = 17_681 - width * scale / 2
            ticks = pure("(module, ...values) => module.ticksOf(...values)", start, start + width * scale, scale)
            places = [day / scale for day, _ in ticks]
            assert all(after - before >= 60 for before, after in pairwise(places))
            assert all(words.strip() for _, words in ticks)


def event(**changes):
    """An event as the module keeps it; *changes* are its days, importance and so on."""
    days = dict.fromkeys(("from", "begun", "ending", "to"))
    return {"id": "a", "importance": 50, "at": 0, "lanes": {"quad": "Verbal cooperation"}, **days, **changes}


def test_no_two_events_lie_on_each_other_and_the_most_important_come_first(pure):
    events = [event(id=f"e{n}", importance=n % 97, **{"from": n % 53, "begun": n % 53 + 1, "ending": n % 53, "to": n % 53 + 1})
              for n in range(200)]  # fmt: skip

    placed = pure(
        "(module, events, rows) => module.arrange(events, {scale: 0.1, rows, widthOf: () => 90, before: new Map()}).placed",
        events, 5,
    )  # fmt: skip

    assert len(placed) > 10
    for one in placed:
        assert not any(
            one is not other and one["row"] == other["row"] and one["left"] < other["right"] and other["left"] < one["right"]
            for other in placed
        )
    importances = [each["event"]["importance"] for each in placed]
    assert importances == sorted(importances, reverse=True)


def test_an_event_stays_in_its_row_and_the_focused_one_is_always_placed(pure):
    events = [event(id=f"e{n}", importance=n, **{"from": 0, "begun": 1, "ending": 0, "to": 1}) for n in range(4)]
    script = """(module, events, before, first) => module.arrange(events,
        {scale: 1, rows: 2, widthOf: () => 50, before: new Map(before), first}).placed.map(({event, row}) => [event.id, row])"""

    assert pure(script, events, [["e0", 1]], None) == [["e0", 1], ["e3", 0]]
    assert pure(script, events, [["e3", 0], ["e2", 1]], "e1")[0] == ["e1", 0]


def test_bars_are_weak_where_they_may_not_reach(pure):
    fades = "(module, event, length, scale) => module.fadesOf(event, length, scale)"
    year = event(**{"from": 0, "begun": 365, "ending": 0, "to": 365}, isMoment=True)
    certain = event(**{"from": 0, "begun": 1, "ending": 9, "to": 10}, isMoment=False)
    open_end = event(**{"from": 0, "begun": 1, "ending": None, "to": None}, isMoment=False)

    assert [strength for _, strength in pure(fades, year, 365, 1)] == [0.1, 1, 1, 0.1]
    assert {strength for _, strength in pure(fades, certain, 10, 1)} == {1}
    assert pure(fades, open_end, 560, 1)[-2:] == [[0.9, 1], [1, 0.1]]


def test_every_filter_of_tiles_is_an_attribute(visitor, api):
    EventFactory(date="1966", between=["PRK", "SYR"], claimed=["reports"])
    page = open_timeline(visitor, api)
    attributes = page.evaluate("customElements.get('diplomatic-timeline').observedAttributes")

    filters = {name.replace("party-", "").replace("-", "_") for name in attributes}
    assert filters - {"src", "from", "to", "lanes", "list", "selected", "page"} == set(TileFilterSet.base_filters) - {"k", "s"}


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


def test_filters_moment_and_opening_view_are_asked_as_attributes_say(visitor, record):
    page = open_timeline(visitor, record, 'between="PRK,SYR" as-of="2018-06-04" party-role="host" from="2018" to="2019"')

    assert all("between=PRK%2CSYR&role=host&as_of=2018-06-04" in address for address in visitor.asked)
    assert page.evaluate(f"{TIMELINE}.view") == {"from": "2018-01-01", "to": "2019-12-31"}
    assert [name.split(",")[0] for name in events_in(page)] == ["on or after 30 May 2018 · Assad's visit to North Korea"]


def test_going_back_to_a_day_shows_what_was_known_by_then(visitor, record):
    page = open_timeline(visitor, record, 'from="2018-05" to="2018-07"')
    assert any("Assad's visit" in name for name in events_in(page))

    told(page, "timeline.asOf = '2018-06-01'")

    assert page.locator("diplomatic-timeline").get_attribute("as-of") == "2018-06-01"
    assert events_in(page)
    assert not any("Assad's visit" in name for name in events_in(page))
    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("as known on 2018-06-01")


def test_the_deployment_of_1973_is_found_by_keyboard_alone(visitor, record):
    page = open_timeline(visitor, record, 'between="PRK,SYR"')
    page.keyboard.press("Tab")
    while page.evaluate(f"{ACTIVE}?.part.value") != "plot":
        page.keyboard.press("Tab")
    names = []
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        name = page.evaluate(f"{ACTIVE}.ariaLabel")
        names.append(name)
        if "sends troops" in name:
            break
    assert "October 1973" in names[-1]
    assert "occurred, reported" in names[-1]

    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Event")
    expect(panel).to_contain_text("North Korea sends troops to Syria")
    expect(panel).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_every_event_of_the_record_is_reached_by_arrows(visitor, record):
    page = open_timeline(visitor, record)
    page.locator("diplomatic-timeline [part=plot]").focus()
    seen = set()
    for _ in range(29):
        page.keyboard.press("ArrowRight")
        seen.add(page.evaluate(f"{ACTIVE}.ariaLabel"))

    assert len(seen) == 29


def test_keys_zoom_and_pan(visitor, record):
    page = open_timeline(visitor, record, reduced_motion="reduce")
    view = f"Object.values({TIMELINE}.view).map((day) => +day.slice(0, 4))"
    page.locator("diplomatic-timeline [part=plot]").focus()
    whole = page.evaluate(view)
    page.keyboard.press("+")
    page.wait_for_timeout(50)
    inner = page.evaluate(view)
    assert whole[0] < inner[0] < inner[1] < whole[1]
    page.keyboard.press("End")
    page.wait_for_timeout(50)
    assert page.evaluate(view)[1] == whole[1]
    page.keyboard.press("Home")
    page.wait_for_timeout(50)
    assert page.evaluate(view)[0] == whole[0]
    page.keyboard.press("-")
    page.wait_for_timeout(50)
    assert page.evaluate(view)[1] >= whole[1] - 1
    page.keyboard.press("ArrowDown")
    period = page.evaluate(f"{ACTIVE}.ariaLabel")
    assert re.fullmatch(r"\d{4}s: \d+ events?", period)


def test_the_panel_tells_who_says_so_and_through_whom(visitor, record):
    page = open_timeline(visitor, record, 'selected="assad-visit-to-north-korea" from="2018"')
    panel = page.get_by_role("region", name="Event")

    text = re.sub("[\u2066-\u2069]", "", panel.inner_text())
    assert "Planned on or after 30 May 2018" in text
    assert "announces: Korean Central News Agency (3 June 2018), read in Al Arabiya, read in Trend (4 June 2018)" in text
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
    page.wait_for_function("heard.length > 1")

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


INSIDE = "<ul><li><a href='/events/one/'>1966: relations established</a></li></ul>"


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
    expect(page.locator("diplomatic-timeline [part=caption]")).to_have_text("The server cannot be reached.")
    assert events_in(page)

    page.unroute("**/timeline/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("of 29 events")


def test_nothing_found_says_what_was_asked(visitor, record):
    page = open_timeline(visitor, record, 'country="PRK" kind="sanctions-imposed" as-of="1960"')

    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("Nothing to show: Events")


def test_hostile_text_is_text(visitor, api):
    made = EventFactory(title=NASTY, summary=NASTY, date="2018-06-12", between=["PRK"])
    ClaimFactory(event=made, source=SourceFactory(title=NASTY, url="https://example.org/"), note=NASTY)
    page = open_timeline(visitor, api, f'selected="{made.slug}"')

    assert page.evaluate("window.harmed === undefined")
    expect(page.get_by_role("region", name="Event").get_by_role("heading")).to_have_text(NASTY)
    assert page.locator("diplomatic-timeline img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.complaints == []


def test_a_hundred_events_take_few_nodes_and_one_or_none_are_drawn_too(visitor, api):
    page = open_timeline(visitor, api)
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


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held_or_the_focus_is_here(visitor, record):
    page = open_timeline(visitor, record, viewport={"width": 900, "height": 400})
    scale = f"{TIMELINE}.view.from"
    before = page.evaluate(scale)
    page.mouse.move(400, 300)
    page.mouse.wheel(0, 100)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0
    assert page.evaluate(scale) == before

    page.evaluate("scrollTo(0, 0)")
    page.locator("diplomatic-timeline [part=plot]").focus()
    page.mouse.move(400, 300)
    page.mouse.wheel(0, -100)
    page.wait_for_timeout(300)
    assert page.evaluate(scale) != before


def test_two_fingers_zoom(visitor, record):
    page = open_timeline(visitor, record, has_touch=True)
    spread = """() => {
        const timeline = document.querySelector("diplomatic-timeline");
        const plot = timeline.shadowRoot.querySelector("[part=plot]");
        const { left, top } = plot.getBoundingClientRect();
        plot.setPointerCapture = () => {};
        const touch = (type, pointerId, x) => plot.dispatchEvent(
            new PointerEvent(type, { pointerId, clientX: left + x, clientY: top + 50, bubbles: true }));
        const years = () => Object.values(timeline.view).map((day) => +day.slice(0, 4));
        const before = years();
        touch("pointerdown", 1, 400), touch("pointerdown", 2, 600);
        for (let by = 0; by <= 150; by += 10) touch("pointermove", 1, 400 - by), touch("pointermove", 2, 600 + by);
        touch("pointerup", 1, 250), touch("pointerup", 2, 750);
        const after = years();
        return [before[1] - before[0], after[1] - after[0]];
    }"""

    before, after = page.evaluate(spread)

    assert after < before / 2


def test_without_motion_the_view_is_there_at_once(visitor, record):
    for motion, is_there in (("reduce", True), ("no-preference", False)):
        page = open_timeline(visitor, record, reduced_motion=motion)
        page.evaluate(f"{TIMELINE}.showSpan('1973')")
        view = page.evaluate(f"{TIMELINE}.view")
        assert (view == {"from": "1973-01-01", "to": "1973-12-31"}) is is_there


MIDDLE = """() => {
    const root = document.querySelector("diplomatic-timeline").shadowRoot;
    const [canvas, button] = [root.querySelector("canvas"), root.querySelector("[part=event]")];
    const [frame, box] = [canvas.getBoundingClientRect(), button.getBoundingClientRect()];
    const [x, y] = [box.left - frame.left + 11, box.top - frame.top + 13];
    const at = (dx, dy) => [...canvas.getContext("2d").getImageData(Math.round(x + dx), Math.round(y + dy), 1, 1).data];
    const colored = (dx, dy) => { const [r, g, b] = at(dx, dy); return Math.max(r, g, b) - Math.min(r, g, b) > 60; };
    const inside = [];
    for (let dx = -3; dx <= 3; dx += 1) for (let dy = -2; dy <= 2; dy += 1) inside.push(colored(dx, dy));
    return inside.filter(Boolean).length / inside.length;
}"""


@pytest.mark.parametrize("quad", QUADS)
@pytest.mark.parametrize(
    ("stances", "least", "most"),
    [(["reports"], 1, 1), (["announces"], 0, 0.05), (["alleges"], 0.1, 0.9), (["alleges", "denies"], 0.5, 0.97)],
)  # fmt: skip
def test_how_a_mark_is_filled_tells_what_is_known(visitor, api, quad, stances, least, most):
    """Whole where it occurred, hollow where it is planned, hatched where alleged, half of each where disputed."""
    EventFactory(kind=KindFactory(slug=quad, quad=quad), date="2030-06-12", claimed=stances)
    page = open_timeline(visitor, api)

    assert least <= page.evaluate(MIDDLE) <= most


def test_a_plan_whose_date_has_passed_is_struck_through_and_said_so(visitor, api):
    EventFactory(date="2018-06-12", claimed=["announces"])
    page = open_timeline(visitor, api)
    assert events_in(page)[0].count("no later source") == 1
    assert page.evaluate(MIDDLE.replace("colored(dx, dy)", "at(dx, dy)[3] && at(dx, dy)[0] < 90")) > 0.1

    told(page, "timeline.asOf = '2018-06-05'")
    assert "no later source" not in events_in(page)[0]


def test_the_file_may_be_used_by_pages_of_any_origin_and_is_small(client):
    answer = client.get(PATH, headers={"origin": "https://news.example"})
    script = b"".join(answer)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"].startswith("text/javascript")
    assert not re.search(rb"innerHTML|insertAdjacent|new Date|import ", script)


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


STATES = {
    "all": "", "none": 'country="PRK" as-of="1950"', "failed": 'country="PKR"', "lanes": 'lanes="category"',
    "chosen": 'selected="assad-visit-to-north-korea" from="2018"', "list": "list",
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(visitor, record, state, scheme):
    page = open_timeline(visitor, record, STATES[state], color_scheme=scheme)
    found = Axe().run(page).response["violations"]

    assert json.dumps(found, indent=1) == "[]"


def test_axe_finds_nothing_while_it_loads(visitor, record):
    page = visitor.open(html_of(record, inside=INSIDE), api="http://nowhere.localhost")
    page.unroute_all()
    assert Axe().run(page).response["violations"] == []
