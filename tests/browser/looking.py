"""Somebody who reads the pages of the running server, and looks for what is wrong with them."""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.timelines import READY, TIMELINE

COLOURS = ["color-contrast", "link-in-text-block"]
#: What axe-core is asked at each width of each scheme: all it knows where all is shown, else what may differ from that
#: (in the dark only colours do); nothing at the width in between, where the page is only drawn.
LOOKS = {
    360: {"light": {"runOnly": [*COLOURS, "target-size", "scrollable-region-focusable"]}},
    768: {"light": None},
    1440: {"light": {}, "dark": {"runOnly": COLOURS}},
}
ASK = "([within, options]) => axe.run(within ?? document, options)"
#: Kept to be looked at, by a person.
SCREENSHOTS = settings.BASE_DIR / "build" / "screenshots"


class Reader:
    """Opens pages at ``address``; ``complaints`` are the console's errors and what a page threw."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.complaints: list[str] = []

    def open(self, path: str, width: int = 1200, **options: Any) -> Page:
        """The page at *path*, in a context of its own with Playwright's *options*."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.address}{path}")
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        # That a page itself was answered with 400 or 404 is what was asked for.
        # Told by the address: the word of it may come before the page has its own.
        path = message.location.get("url", "").removeprefix(self.address)
        is_of_the_page = not path.startswith(("/static/", "/api/"))
        if message.type == "error" and not (is_of_the_page and "responded with a status of 4" in message.text):
            self.complaints.append(message.text)

    def look_at(self, states: Mapping[str, str], width: int) -> list[str]:
        """What is wrong with any page of *states*, by name → path, at a width of LOOKS; a picture of each is kept."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        faults: list[str] = []
        page = self.open(next(iter(states.values())), width, reduced_motion="reduce")
        for name, path in states.items():
            page.goto(f"{self.address}{path}")
            page.wait_for_function(f"() => {TIMELINE} === null || ({READY})()")
            for scheme, rules in LOOKS[width].items():
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.jpeg", full_page=True, quality=80)
                if rules is not None:
                    faults += [f"{name}, {scheme}: {fault}" for fault in violations(page, **rules)]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                faults.append(f"{name} is wider than the window")
        page.context.close()
        return faults + self.complaints


def leave(browser: Browser) -> None:
    """Leaves no question behind: the database is emptied next, and one still being answered would hold it."""
    for context in browser.contexts:
        context.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


def violations(page: Page, within: str | None = None, **rules: Any) -> Iterator[str]:
    """What axe-core finds by *rules*, its options, in the part that the selector *within* chooses, or in all."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Not preloaded: stylesheets and media are fetched for rules that are not asked.
    options = {**rules, "resultTypes": ["violations"], "preload": False}
    for violation in page.evaluate(ASK, [within, options])["violations"]:
        places = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
        yield f"{violation['id']} ({violation['help']}) {places}"
