"""The pages of docs/feeds.md, copied as they are onto a page of another origin, fed by the running server."""

import re
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import expect

DOCUMENTED = "http://127.0.0.1:8000"
FEEDS = (settings.BASE_DIR / "docs/feeds.md").read_text()
PAGES = re.findall(r"^```html\n(.*?)^```$", FEEDS, re.MULTILINE | re.DOTALL)
CALENDARS = (".fc-daygrid-event", ".ec-event")
#: Formats and the examples of their own parameters.
EXAMPLES = [
    (re.search(r"\?format=(\w+)", section)[1], example)
    for section in re.split(r"^## ", FEEDS, flags=re.MULTILINE)[1:]
    for example in re.findall(r"^\| `.* \| `(\w+=[^`]+)` \|$", section, re.MULTILINE)
]
#: What each page shows once it is fed, in the order of the document; None: a link to a feed.
SHOWS = (".tl-timemarker-content", ".vis-box", *CALENDARS, None, None, "li", None)


def test_every_page_is_known():
    assert len(PAGES) == len(SHOWS)


@pytest.mark.parametrize(("page", "shown"), [pair for pair in zip(PAGES, SHOWS, strict=False) if pair[1]])
def test_a_documented_page_draws_what_the_server_feeds_it(visitor, record, page, shown):
    opened = visitor.open(page.replace(DOCUMENTED, record), api=record)
    opened.locator(shown).first.wait_for()

    assert visitor.complaints == []
    if shown in CALENDARS:
        assert {"start", "end"} <= parse_qs(urlsplit(visitor.asked[0]).query).keys()


def test_what_is_planned_or_in_doubt_looks_so_in_vis_and_no_title_leaves_its_box(visitor, record):
    opened = visitor.open(PAGES[1].replace(DOCUMENTED, record), api=record)
    planned, disputed = (opened.locator(f".vis-box.{name}").first for name in ("planned", "disputed"))

    expect(planned).to_have_css("border-top-style", "dashed")
    expect(disputed).to_have_css("border-top-style", "dotted")
    assert opened.locator(".vis-item-content").evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth)")


@pytest.mark.parametrize(("form", "example"), EXAMPLES)
def test_a_documented_example_is_answered_by_the_curated_record(record, form, example):
    with urlopen(f"{record}/api/v1/events/?format={form}&{example}") as answer:
        assert answer.read()


@pytest.mark.parametrize("page", [page for page, shown in zip(PAGES, SHOWS, strict=False) if shown is None])
def test_a_documented_link_leads_to_its_feed(visitor, record, page):
    opened = visitor.open(page.replace(DOCUMENTED, record).replace("webcal://127.0.0.1:8000", record), api=record)
    link = opened.locator("[href]")
    answer = opened.request.get(link.get_attribute("href"))

    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == (link.get_attribute("type") or "text/calendar")


@pytest.mark.parametrize("zone", ["local", "UTC", "America/New_York"])
def test_fullcalendar_asks_for_its_window_in_any_time_zone(visitor, record, zone):
    html = PAGES[2].replace(DOCUMENTED, record).replace("events:", f'timeZone: "{zone}", events:')
    opened = visitor.open(html, api=record, zone="America/New_York")
    opened.locator(".fc-daygrid-event").first.wait_for()
    with opened.expect_response(f"{record}/api/**"):
        opened.locator(".fc-next-button").click()

    assert len(visitor.asked) == 2
    assert visitor.complaints == []
