"""The pages of docs/feeds.md, copied as they are onto a page of another origin, fed by the running server."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from tests.factories import EventFactory

DOCUMENTED = "http://127.0.0.1:8000"
PAGES = re.findall(r"^```html\n(.*?)^```$", (settings.BASE_DIR / "docs/feeds.md").read_text(), re.MULTILINE | re.DOTALL)
CALENDARS = (".fc-daygrid-event", ".ec-event")
#: What each page shows once it is fed, in the order of the document; None: a link to a feed.
SHOWS = (".tl-timemarker-content", ".vis-box", *CALENDARS, None, None, "li", None)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def api(browser, live_server):
    """The address of a server that has an answer for every page."""
    EventFactory(slug="relations", date="1966", between=["PRK", "SYR"], claimed=["reports"], latitude=39.0,
                 longitude=125.7)
    EventFactory(slug="assad-visit-to-north-korea", date="2018-06", between=["PRK", "SYR"], claimed=["announces"])
    return live_server.url


def test_every_page_is_known():
    assert len(PAGES) == len(SHOWS)


@pytest.mark.parametrize(("page", "shown"), [pair for pair in zip(PAGES, SHOWS, strict=False) if pair[1]])
def test_a_documented_page_draws_what_the_server_feeds_it(visitor, api, page, shown):
    opened = visitor.open(page.replace(DOCUMENTED, api), api=api)
    opened.locator(shown).first.wait_for()

    assert visitor.complaints == []
    if shown in CALENDARS:
        assert {"start", "end"} <= parse_qs(urlsplit(visitor.asked[0]).query).keys()


@pytest.mark.parametrize("page", [page for page, shown in zip(PAGES, SHOWS, strict=False) if shown is None])
def test_a_documented_link_leads_to_its_feed(visitor, api, page):
    opened = visitor.open(page.replace(DOCUMENTED, api).replace("webcal://127.0.0.1:8000", api), api=api)
    link = opened.locator("[href]")
    answer = opened.request.get(link.get_attribute("href"))

    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == (link.get_attribute("type") or "text/calendar")


@pytest.mark.parametrize("zone", ["local", "UTC", "America/New_York"])
def test_fullcalendar_asks_for_its_window_in_any_time_zone(visitor, api, zone):
    html = PAGES[2].replace(DOCUMENTED, api).replace("events:", f'timeZone: "{zone}", events:')
    opened = visitor.open(html, api=api, zone="America/New_York")
    opened.locator(".fc-daygrid-event").first.wait_for()
    opened.locator(".fc-next-button").click()
    opened.wait_for_load_state("networkidle")

    assert len(visitor.asked) == 2
    assert visitor.complaints == []
