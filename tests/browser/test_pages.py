"""The pages of one thing, as they are used: going back in time, on a phone, by keyboard, without scripts, on paper."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import LOOKS, SCREENSHOTS, Reader, leave
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    LeaderFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)

VISIT = "/events/assad-visit-to-north-korea/"
SUMMIT = "/events/example-trump-kim-summit-2018/"
DENIED = "/events/north-korea-syria-chemical-weapons-cooperation/"
STATES = {
    "event-planned": VISIT,
    "event-with-a-history": SUMMIT,
    "event-as-it-was": f"{SUMMIT}?as_of=2018-05-24",
    "event-denied": DENIED,
    "event-not-yet-known": f"{VISIT}?as_of=2018-06-01",
    "country": "/countries/PRK/",
    "country-former": "/countries/SUN/",
    "leader": "/leaders/bashar-al-assad/",
    "organization": "/organizations/kcna/",
    "source": "/sources/al-arabiya-2018-06-assad-kim/",
    "source-of-many": "/sources/trend-2018-06-04-assad-kim/",
    "dyad": "/dyads/PRK/SYR/",
    "dyad-as-it-was": "/dyads/PRK/SYR/?as_of=2018-06-01",
}
#: Hostile, too, is what no line can be broken in, and what turns the direction of the text around it.
HOSTILE = "<script>window.harmed=1</script><img src=x onerror='window.harmed=1'>\u202e" + "w" * 120


@pytest.mark.parametrize("width", LOOKS)
def test_every_page_can_be_read_by_everyone(reader: Reader, width: int) -> None:
    assert reader.look_at(STATES, width) == []


def test_on_1_june_2018_assads_visit_was_not_known(reader: Reader) -> None:
    page = reader.open("/dyads/PRK/SYR/")
    expect(page.locator(".events .title", has_text="Assad's visit to North Korea")).to_have_count(1)
    page.get_by_label("What was known by the end of").fill("2018-06-01")
    page.get_by_role("button", name="Go back").click()
    page.wait_for_url("**/dyads/PRK/SYR/?as_of=2018-06-01")

    expect(page.get_by_text("Assad's visit to North Korea")).to_have_count(0)
    page.get_by_role("link", name="As they are known now").click()
    page.locator(".events").get_by_role("link", name="Assad's visit to North Korea").click()
    page.get_by_label("What was known by the end of").fill("2018-06-01")
    page.get_by_role("button", name="Go back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was known of this by the end of 1 June 2018")
    page.get_by_role("link", name="3 June 2018").click()
    expect(page.locator(".status-words")).to_contain_text("Planned on or after 30 May 2018")
    assert reader.complaints == []


def test_who_denies_what_can_be_read_on_a_phone(reader: Reader) -> None:
    page = reader.open(DENIED, width=360, has_touch=True, is_mobile=True)

    denial = page.locator(".claim", has_text="Denied by")
    expect(denial.get_by_role("heading")).to_have_text("Denied by Government of North Korea, read in Trend")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator(".status-words")).to_contain_text("denied by Government of North Korea, read in Trend")
    denial.get_by_role("heading").get_by_role("link", name="Government of North Korea").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Government of North Korea")


def test_the_slider_goes_back_day_by_day_and_the_keyboard_stays_on_it(reader: Reader) -> None:
    page = reader.open(SUMMIT)
    slider = page.get_by_role("slider", name="Day")
    expect(slider).to_have_attribute("aria-valuetext", "Known by the end of 12 June 2018: occurred, reported")
    slider.focus()
    for day, status in (("1 June", "Planned for"), ("24 May", "Cancelled, by"), ("10 May", "Planned for")):
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".status-words")).to_contain_text(status)
        expect(page.locator(".days .shown .day")).to_have_text(f"{day} 2018")
        expect(slider).to_be_focused()

    assert page.url.endswith(f"{SUMMIT}?as_of=2018-05-10")
    page.keyboard.press("End")
    expect(page.locator(".status-words")).to_contain_text("Reported by one origin")
    assert reader.complaints == []


def test_what_is_copied_after_going_back_is_of_the_day_that_is_shown(reader: Reader) -> None:
    page = reader.open(SUMMIT, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("slider", name="Day").focus()
    page.keyboard.press("Home")
    expect(page.locator(".days .shown .day")).to_have_text("10 May 2018")
    page.get_by_text("Take this along").click()
    page.get_by_role("button", name="Copy Its data in the API").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{reader.address}/api/v1{SUMMIT}?as_of=2018-05-10"
    assert page.request.get(copied).json()["occurrence"] == "planned"

    page.get_by_role("slider", name="Day").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".days .shown .day")).to_have_text("24 May 2018")
    expect(page.get_by_label("Its data in the API", exact=True)).to_have_value(copied.replace("05-10", "05-24"))
    expect(page.get_by_role("button", name="Copy Its data in the API")).to_be_visible()
    assert reader.complaints == []


def test_without_scripts_the_days_are_links_and_the_events_are_there(reader: Reader) -> None:
    page = reader.open(SUMMIT, java_script_enabled=False)
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_role("link", name="24 May 2018").click()
    expect(page.locator(".status-words")).to_contain_text("Cancelled")

    page.goto(f"{reader.address}/countries/PRK/")
    expect(page.locator("diplomatic-timeline .chronology a")).to_have_count(23)


def test_the_timeline_leads_to_the_pages_of_its_events(reader: Reader) -> None:
    page = reader.open("/dyads/PRK/SYR/")
    page.locator("diplomatic-timeline").get_by_role("button", name="List").click()
    expect(page.locator("diplomatic-timeline")).to_contain_text("Syria opens its mission in Pyongyang")

    assert reader.complaints == []


@pytest.mark.django_db(transaction=True)
def test_hostile_text_does_no_harm(browser: Browser, live_server: LiveServer) -> None:
    reader = Reader(browser, live_server.url)
    country = CountryFactory(code="AAA", name=HOSTILE[:100], aliases=[HOSTILE])
    agency = OrganizationFactory(slug="x", name=HOSTILE[:190], country=country)
    source = SourceFactory(slug="x", title=HOSTILE, publisher=agency)
    event = EventFactory(slug="x", title=HOSTILE[:200], summary=HOSTILE, place_name=HOSTILE[:100], between=["PRK"])
    ParticipationFactory(event=event, country=country, leader=LeaderFactory(slug="x", name=HOSTILE[:190]), role="host")
    ClaimFactory(event=event, source=source, note=HOSTILE, locator="<b>", figures=HOSTILE[:100])
    names = {name: f"/{name}/x/" for name in ("events", "leaders", "organizations", "sources")}
    hostile = {f"hostile-{name}": path for name, path in names.items()}
    hostile |= {"hostile-country": "/countries/AAA/", "hostile-dyad": "/dyads/AAA/PRK/"}

    for width in (min(LOOKS), max(LOOKS)):
        assert reader.look_at(hostile, width) == []
    for path in hostile.values():
        page = reader.open(path)
        assert page.evaluate("window.harmed") is None
        assert "\u202e" not in page.content()
    leave(browser)


def test_on_paper_there_is_what_is_to_be_read_and_no_controls(reader: Reader) -> None:
    page = reader.open(SUMMIT)
    page.emulate_media(media="print")
    page.screenshot(path=SCREENSHOTS / "event-printed.png", full_page=True)

    for control in page.get_by_role("button").all() + page.get_by_role("slider").all():
        expect(control).to_be_hidden()
    expect(page.get_by_role("heading", name="Who says so")).to_be_visible()
    expect(page.locator(".days .change").first).to_be_visible()
