"""Somebody who reads the pages of the running server, and looks for what is wrong with them."""

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page

WIDTHS = (360, 768, 1440)
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

    def look_at(self, states: Mapping[str, str], scheme: str) -> list[str]:
        """What is wrong with any page of *states*, by name → path, at any width; a screenshot of each is kept."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        faults: list[str] = []
        for width in WIDTHS:
            page = self.open(next(iter(states.values())), width, color_scheme=scheme, reduced_motion="reduce")
            for name, path in states.items():
                page.goto(f"{self.address}{path}", wait_until="networkidle")
                page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
                faults += [f"{name} at {width}: {fault}" for fault in faults_of(page)]
            page.context.close()
        return faults + self.complaints

    def close(self) -> None:
        """Leaves no question behind: the database is emptied next, and one still being answered would hold it."""
        for context in self.browser.contexts:
            context.close()
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(timeout=10)


def faults_of(page: Page) -> Iterable[str]:
    """What axe-core finds, and whether the page has to be scrolled sideways."""
    for violation in Axe().run(page).response["violations"]:
        places = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
        yield f"{violation['id']} ({violation['help']}) {places}"
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield "it is wider than the window"
