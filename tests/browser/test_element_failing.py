"""<diplomatic-timeline> where the server fails: what it says, what it shows all the same, and how that is mended."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import violations
from tests.browser.timelines import INSIDE, READY, TIMELINE, events_in, open_timeline, settled

NEITHER = "Cannot load the number of events and what is in view: "
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}
#: Whether anything is drawn.
PAINTED = """() => {
    const canvas = document.querySelector("diplomatic-timeline").shadowRoot.querySelector("canvas");
    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
}"""

def test_a_failure_is_said_kept_content_stays_and_a_retry_mends_it(visitor, record):
    page = open_timeline(visitor, record, 'country="PKR"', INSIDE)
    caption = page.locator("diplomatic-timeline [part=caption]")
    expect(caption).to_have_text(f"{NEITHER}country: expected an ISO 3166 alpha-3 code that the record knows.")
    expect(page.get_by_text("1966: relations established")).to_be_visible()

    page.context.set_offline(True)
    page.evaluate(f"{TIMELINE}.country = 'PRK'")
    expect(caption).to_have_text(f"{NEITHER}You are offline.")
    page.context.set_offline(False)
    expect(caption).to_contain_text("of 23 events")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(page.get_by_text("1966: relations established")).to_be_hidden()


def test_a_server_that_cannot_be_reached_is_said_and_asked_again(visitor, record):
    page = open_timeline(visitor, record)
    page.route("**/timeline/**", lambda route: route.abort())
    page.evaluate(f"{TIMELINE}.reload()")
    expect(page.locator("diplomatic-timeline [part=caption]")).to_have_text(
        f"{NEITHER}The server cannot be reached. What is shown came before."
    )
    assert events_in(page)

    page.unroute("**/timeline/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("diplomatic-timeline [part=caption]")).to_contain_text("of 29 events")


def refuse(page, part):
    """Answer all that is asked of *part* of the API as where a question takes too long."""
    problem = {"status": 503, "detail": "This question takes longer than one may."}
    page.route(f"**/timeline/{part}/**", lambda route: route.fulfill(status=503, json=problem, headers=ANY_ORIGIN))


def reopen(page):
    """The same element anew: nothing has come before."""
    page.evaluate(f"{TIMELINE}.replaceWith({TIMELINE}.cloneNode())")
    page.wait_for_function(READY)


@pytest.mark.parametrize(
    ("part", "words"), [("density", "the number of events"), ("tiles", "what is in view")]
)
def test_one_of_two_answers_is_enough_to_go_on(visitor, record, part, words):
    page = open_timeline(visitor, record)
    events = events_in(page)
    refuse(page, part)
    reopen(page)
    caption = page.locator("diplomatic-timeline [part=caption]")
    expect(caption).to_have_text(f"Cannot load {words}: This question takes longer than one may.")
    if part == "density":
        expect(page.locator("diplomatic-timeline [part=event]").first).to_be_visible()
        settled(page, page.get_by_role("button", name="Zoom in").click)
    assert page.evaluate(PAINTED)

    page.unroute(f"**/timeline/{part}/**")
    settled(page, page.get_by_role("button", name="Try again").click)
    expect(caption).to_contain_text("of 29 events")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(page.locator("diplomatic-timeline [part=plot]")).to_be_focused()
    if part == "tiles":
        assert events_in(page) == events


#: How many pixels of the bars above the axis are of the color that tells no quad class apart, and of what others.
BARS = """() => {
    const canvas = document.querySelector("diplomatic-timeline").shadowRoot.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, canvas.height - 42, canvas.width, 16);
    const pixels = Array.from({ length: data.length / 4 }, (_, place) => data.slice(4 * place, 4 * place + 4).join());
    const of = (...colors) => pixels.filter((pixel) => colors.includes(pixel)).length;
    return [of("99,96,90,255"), of("0,114,178,255", "0,115,91,255")];
}"""


def uncounted(route):
    """Tiles that could not be counted in time."""
    answer = route.fetch()
    tiles = [tile | {"density": None, "total": None, "imprecise": None} for tile in answer.json()["tiles"]]
    route.fulfill(response=answer, json={"tiles": tiles})


def test_without_the_counts_of_tiles_the_bars_are_those_of_the_overview(visitor, record):
    page = open_timeline(visitor, record)
    plain, told_apart = page.evaluate(BARS)
    assert (plain, told_apart > 0) == (0, True)

    refuse(page, "tiles")
    reopen(page)
    page.wait_for_function(f"() => ({BARS})()[0]")
    assert page.evaluate(BARS)[1] == 0

    page.unroute("**/timeline/tiles/**")
    page.route("**/timeline/tiles/**", uncounted)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("diplomatic-timeline [part=event]").first).to_be_visible()
    plain, told_apart = page.evaluate(BARS)
    assert (plain > 0, told_apart) == (True, 0)


def test_a_question_that_cannot_be_counted_is_asked_once(visitor, record):
    page = open_timeline(visitor, record)
    times = []
    page.on("request", lambda request: "/density/" in request.url and times.append(request.url))
    refuse(page, "density")
    settled(page, lambda: page.evaluate(f"{TIMELINE}.reload()"))
    for _ in range(2):
        settled(page, page.get_by_role("button", name="Zoom in").click)

    assert len(times) == 1


def test_on_a_phone_trying_again_stands_beside_what_failed_and_all_tools_in_one_line(visitor, record):
    # As wide as on the pages of the record, where the window has 360 pixels.
    page = open_timeline(visitor, record, viewport={"width": 344, "height": 900})
    refuse(page, "tiles")
    reopen(page)
    toolbar = page.locator("diplomatic-timeline [part=toolbar]")
    tops = {round(each.bounding_box()["y"]) for each in toolbar.locator("span > *").all()}
    caption = toolbar.locator("[part=caption]").bounding_box()
    retry = toolbar.get_by_role("button", name="Try again").bounding_box()

    assert len(tops) == 1
    assert caption["y"] <= retry["y"] + retry["height"] / 2 <= caption["y"] + caption["height"]


@pytest.mark.parametrize("part", ["density", "tiles"])
def test_axe_finds_nothing_where_one_of_two_answers_is_missing(visitor, record, part):
    page = open_timeline(visitor, record)
    refuse(page, part)
    reopen(page)

    assert list(violations(page)) == []


def test_an_event_not_known_by_then_closes_its_panel_and_is_said(visitor, record):
    page = open_timeline(visitor, record, 'selected="assad-visit-to-north-korea" from="2018" to="2018"')
    panel = page.get_by_role("region", name="Event")
    expect(panel).to_be_visible()
    page.evaluate(f"{TIMELINE}.asOf = '2018-06-01'")

    expect(panel).to_be_hidden()
    caption = page.locator("diplomatic-timeline [part=caption]")
    expect(caption).to_contain_text("Cannot load the chosen event: not-yet-known")
    page.evaluate(f"{TIMELINE}.asOf = ''")
    expect(panel).to_contain_text("Planned on or after 30 May 2018")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
