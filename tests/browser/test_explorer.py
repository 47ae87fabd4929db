"""The front page and the embedded timeline, as they are used: by keyboard, by touch, without scripts, in a frame."""

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.looking import LOOKS, Reader
from tests.browser.timelines import READY

#: How far all that was already shown has moved, in parts of the window: web.dev/articles/cls.
LISTEN_FOR_SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
#: What has the focus is called so.
FOCUSED = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
PAIR = "/?between=PRK,SYR&from=1970&to=1979"
STATES = {
    "front": "/",
    "pair": PAIR,
    "as-of": "/?as_of=2018-06-02&occurrence=planned",
    "empty": f"{PAIR}&match=within&occurrence=planned",
    "pages": "/?page_size=5&ordering=-date",
    "refused": "/?country=PKR&from=1970s",
    "missing": "/nothing-of-the-kind/",
    "embed": "/embed/?between=PRK,SYR",
    "embed-refused": "/embed/?country=PKR",
}


def tab_to(page: Page, name: str, most: int) -> None:
    """Press Tab until the focus is on what is called *name*, *most* times at most."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
    pytest.fail(f"{name} cannot be reached with {most} times the Tab key: {passed}")


def test_the_deployment_of_1973_is_found_by_keyboard_alone(reader: Reader) -> None:
    page = reader.open("/")
    tab_to(page, "Words in title, summary and names", most=5)
    page.keyboard.type("troops")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=troops")
    page.wait_for_function(READY)  # what is drawn takes the place of the list in it, and the focus with it
    tab_to(page, "Skip to the events", most=2)
    page.keyboard.press("Enter")
    tab_to(page, "North Korea sends troops to Syria", most=3)
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/north-korea-deploys-troops-to-syria-1973/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("North Korea sends troops to Syria")
    assert reader.complaints == []


def test_names_become_an_address_that_can_be_passed_on(reader: Reader) -> None:
    page = reader.open("/")
    page.get_by_label("All of these countries").fill("North Korea, Syria")
    page.get_by_label("From", exact=True).fill("1970")
    page.get_by_label("To the end of").fill("1979")
    page.get_by_role("button", name="Show events").click()
    page.wait_for_url("**/?*between=PRK,SYR*")

    assert set(page.url.partition("?")[2].split("&")) == {"between=PRK,SYR", "from=1970", "to=1979"}
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Events between North Korea and Syria that may fall in 1970 to 1979"
    )


def test_known_names_are_suggested_while_typing(reader: Reader) -> None:
    page = reader.open("/")
    page.get_by_label("All of these countries").press_sequentially("Syria, north kor")

    option = page.locator("#ask-between-known option").first
    expect(option).to_have_attribute("value", "Syria, PRK")
    page.get_by_label("Kind", exact=True).press_sequentially("visit")

    expect(page.locator("#ask-kind-known option")).to_have_text(["Official visit", "State visit"])
    page.get_by_text("On whose word", exact=True).click()
    page.get_by_label("Resting on the source").press_sequentially("trend")
    page.wait_for_load_state("networkidle")
    assert reader.complaints == []


def test_without_scripts_everything_is_there_and_the_form_works(reader: Reader) -> None:
    page = reader.open("/", java_script_enabled=False)
    expect(page.locator(".chronology a")).to_have_count(29)
    page.get_by_label("Any of these countries").fill("Russia")
    page.get_by_label("Planned").check()
    page.get_by_role("button", name="Show events").click()

    assert page.url.endswith("/?country=RUS&occurrence=planned")
    expect(page.locator(".events .title")).to_have_text(["Meeting of the leaders of Russia and North Korea"])
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_filters_are_behind_one_button_on_a_phone(reader: Reader) -> None:
    page = reader.open(PAIR, width=360)
    expect(page.get_by_label("From", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Filters (3)").click()
    expect(page.get_by_label("From", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("From", exact=True)).to_be_hidden()


def test_going_back_in_time_leaves_out_what_was_not_known_yet(reader: Reader) -> None:
    page = reader.open("/?leader=bashar-al-assad")
    expect(page.locator(".events .title")).to_contain_text(["Assad's visit to North Korea"])
    page.get_by_label("As known by the end of").fill("2018-06-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**as_of=2018-06-01*")

    expect(page.get_by_text("Assad's visit to North Korea")).to_have_count(0)


def test_the_code_of_the_frame_works_on_a_page_of_another_origin(reader: Reader, visitor: object) -> None:
    page = reader.open("/?between=PRK,SYR", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy The timeline in a page of yours, in a frame").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    code = page.evaluate("navigator.clipboard.readText()")

    host = visitor.open(f"<!doctype html><title>News</title>{code}", api=reader.address)
    frame = host.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Events between North Korea and Syria")
    frame.get_by_role("button", name="North Korea sends troops to Syria").first.click()
    with host.context.expect_page() as opened:
        frame.get_by_role("link", name="All that is known of it").click()
    assert opened.value.url == f"{reader.address}/events/north-korea-deploys-troops-to-syria-1973/"
    assert visitor.complaints == []


def test_no_other_page_lets_itself_be_framed(reader: Reader, visitor: object) -> None:
    host = visitor.open(f"<!doctype html><title>News</title><iframe src='{reader.address}/'></iframe>", reader.address)

    expect(host.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)
    assert "frame-ancestors" in visitor.complaints[0]


def test_planned_events_can_be_subscribed_to(reader: Reader) -> None:
    page = reader.open("/")
    page.get_by_role("link", name="What was planned", exact=True).click()
    link = page.get_by_role("link", name="ics", exact=True)
    answer = page.request.get(link.get_attribute("href"))
    calendar = Calendar.from_ical(answer.text())

    assert answer.headers["content-type"].startswith(link.get_attribute("type"))
    subscribed = page.get_by_role("link", name="subscribe").get_attribute("href")
    assert subscribed == link.get_attribute("href").replace("http:", "webcal:")
    planned = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert planned
    assert all("(planned" in summary for summary in planned)
    assert any("Assad's visit to North Korea" in summary for summary in planned)


def test_where_the_timeline_cannot_be_had_the_list_in_its_place_stays(reader: Reader) -> None:
    page = reader.open("/nothing-of-the-kind/")
    page.route("**/api/v1/timeline/**", lambda route: route.abort())
    page.goto(f"{reader.address}{PAIR}")

    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect(page.locator(".chronology a").first).to_be_visible()
    reader.complaints.clear()  # of what was not to be had


def test_a_plan_is_struck_through_once_its_last_day_has_passed_without_a_word(reader: Reader) -> None:
    page = reader.open("/nothing-of-the-kind/")
    planned, struck = (page.locator(f".events .mark[data-{name}]") for name in ("until", "overdue"))
    for now, asked, plans, past in (
        ("2018-06-12", "", 1, 0), ("2018-06-13", "", 1, 1), ("2026-01-01", "&as_of=2018-06-11", 2, 0),
    ):  # fmt: skip
        page.clock.set_fixed_time(f"{now}T12:00:00Z")
        page.goto(f"{reader.address}/?q=Singapore{asked}")
        expect(planned).to_have_count(plans)
        expect(struck).to_have_count(past)


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_jumps_when_the_timeline_is_drawn(reader: Reader, width: int) -> None:
    page = reader.open("/nothing-of-the-kind/", width)
    page.add_init_script(LISTEN_FOR_SHIFTS)
    for path in ("/", "/leaders/bashar-al-assad/", "/dyads/PRK/SYR/", "/embed/?between=PRK,SYR"):
        page.goto(f"{reader.address}{path}")
        page.wait_for_function(READY)
        assert page.evaluate("window.shifted") < 0.05, path  # 0.1 is what readers begin to mind


def test_a_frame_is_filled_and_not_scrolled(reader: Reader) -> None:
    for width in (360, 700):
        page = reader.open("/embed/?between=PRK,SYR", width)
        page.set_viewport_size({"width": width, "height": 560})
        page.wait_for_function(READY)
        assert page.evaluate("document.documentElement.scrollHeight") == 560
        assert page.locator("diplomatic-timeline").bounding_box()["height"] > 350


def test_a_tall_frame_has_the_events_in_words_below_its_timeline(reader: Reader) -> None:
    page = reader.open("/embed/?between=PRK,SYR", 700)
    in_words = page.locator(".in-words")
    for height, is_tall in ((560, False), (735, False), (736, True), (1200, True)):
        page.set_viewport_size({"width": 700, "height": height})
        page.wait_for_function(READY)
        assert in_words.is_visible() is is_tall
        assert page.evaluate("document.documentElement.scrollHeight") == height
    assert in_words.get_by_role("link", name="Assad's visit to North Korea").is_visible()
    assert in_words.bounding_box()["height"] > 600


@pytest.mark.parametrize("width", LOOKS)
def test_every_state_is_sound_light_and_dark(reader: Reader, width: int) -> None:
    assert reader.look_at(STATES, width) == []
