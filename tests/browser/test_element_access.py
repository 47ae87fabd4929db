"""<diplomatic-timeline> by keyboard, wheel and fingers, by its marks, and as axe sees it."""

import base64
import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import violations
from tests.browser.timelines import ACTIVE, TIMELINE, events_in, open_timeline, told
from tests.factories import EventFactory, KindFactory

QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")


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
    before = page.evaluate(view)
    page.keyboard.press("-")
    page.wait_for_timeout(50)
    after = page.evaluate(view)
    assert after[1] - after[0] > 1.5 * (before[1] - before[0])
    page.keyboard.press("ArrowDown")
    period = page.evaluate(f"{ACTIVE}.ariaLabel")
    assert re.fullmatch(r"\d{4}s: \d+ events?", period)


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
    for (let dx = -2; dx <= 2; dx += 1) for (let dy = 0; dy <= 3; dy += 1) inside.push(colored(dx, dy));
    return inside.filter(Boolean).length / inside.length;
}"""


@pytest.mark.parametrize("quad", QUADS)
@pytest.mark.parametrize(
    ("stances", "least", "most"),
    [(["reports"], 1, 1), (["announces"], 0, 0.05), (["alleges"], 0.1, 0.9), (["alleges", "denies"], 0.45, 0.97)],
)  # fmt: skip
def test_how_a_mark_is_filled_tells_what_is_known(visitor, live_server, quad, stances, least, most):
    """Whole where it occurred, hollow where it is planned, hatched where alleged, half of each where disputed."""
    EventFactory(kind=KindFactory(slug=quad, quad=quad), date="2030-06-12", claimed=stances)
    page = open_timeline(visitor, live_server.url)

    assert least <= page.evaluate(MIDDLE) <= most


def test_a_plan_whose_date_has_passed_is_struck_through_and_said_so(visitor, live_server):
    EventFactory(date="2018-06-12", claimed=["announces"])
    page = open_timeline(visitor, live_server.url)
    assert events_in(page)[0].count("no later source") == 1
    assert page.evaluate(MIDDLE.replace("colored(dx, dy)", "at(dx, dy)[0] < 200")) > 0.1

    told(page, "timeline.asOf = '2018-06-05'")
    assert "no later source" not in events_in(page)[0]


#: How much of a screenshot's middle is bright.
BRIGHT = """async (png) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (each) => each.charCodeAt(0))]));
    const ink = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    ink.drawImage(picture, 0, 0);
    const { data } = ink.getImageData(picture.width / 2 - 10, picture.height / 2 - 6, 20, 12);
    return data.filter((value, place) => place % 4 === 0 && value > 127).length / 240;
}"""


def test_under_forced_colors_a_pressed_button_keeps_its_words(visitor, record):
    page = open_timeline(visitor, record, "list", forced_colors="active")
    picture = base64.b64encode(page.get_by_role("button", name="List").screenshot()).decode()

    assert 0.05 < page.evaluate(BRIGHT, picture) < 0.5


STATES = {
    "all": "", "none": 'country="PRK" as-of="1950"', "failed": 'country="PKR"', "lanes": 'lanes="category"',
    "chosen": 'selected="assad-visit-to-north-korea" from="2018" to="2018"', "list": "list",
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(visitor, record, state, scheme):
    page = open_timeline(visitor, record, STATES[state], color_scheme=scheme)

    assert list(violations(page)) == []


def test_axe_finds_nothing_while_it_loads(visitor, record):
    page = open_timeline(visitor, record)
    page.route("**/never/**", lambda route: None)
    page.evaluate(f"{TIMELINE}.remove()")
    page.evaluate("""(address) => {
        const timeline = document.createElement("diplomatic-timeline");
        timeline.src = address;
        document.querySelector("main").append(timeline);
    }""", f"{record}/never/")
    expect(page.locator("diplomatic-timeline [part=caption]")).to_have_text("Loading …")

    assert list(violations(page)) == []
