"""An editor at the desk, in a browser."""

from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import SCREENSHOTS


class Editor:
    """A browser in which an editor is logged in; ``complaints`` are its console's errors and what a page threw."""

    def __init__(self, browser: Browser, server: str) -> None:
        user = get_user_model().objects.create_superuser("an-editor", password="a-password")
        client = Client()
        client.force_login(user)
        self.complaints: list[str] = []
        self.server = server
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.context.set_default_timeout(30_000)
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
        self.page = self.context.new_page()
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.server}{path}")
        return self.page

    def take_in(self, text: str) -> Page:
        """Paste *text*, say who published it and when, all by keyboard; the page of its proposals."""
        page = self.open("/admin/events/article/add/")
        expect(page.locator("#id_pasted")).to_be_focused()
        page.keyboard.insert_text(text)
        page.locator("#id_publisher").focus()
        page.keyboard.type("Daily News")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("2018-06-04")
        expect(page.locator(".edtf-meaning")).to_have_text("on 4 June 2018")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/change/")
        return page


def photograph(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width in (768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), width
