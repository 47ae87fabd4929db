"""The pages of docs/feeds.md, copied as they are onto a page of another origin, fed by the running server."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

DOCUMENTED = "http://127.0.0.1:8000"
PAGES = re.findall(r"^```html\n(.*?)^```$", (settings.BASE_DIR / "docs/feeds.md").read_text(), re.MULTILINE | re.DOTALL)
CALENDARS = (".fc-daygrid-event", ".ec-event")
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
