"""Somebody who opens pages of newsrooms: they load widgets from where they were installed, and reach nothing else."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.test import Client
from playwright.sync_api import Browser, Page, Route
from rjsmin import jsmin

from tests.browser.chromium import ORIGIN
from timeline.static_files import ELEMENT

WIDGETS = Path(__file__).parent / "node_modules"
CDN = "https://cdn.jsdelivr.net/npm/"
LOCKED = json.loads(WIDGETS.with_name("package-lock.json").read_text())["packages"]


def installed(address: str) -> Path:
    """The file that the CDN would send from *address*; the version has to be the one that is tested."""
    name_and_version, _, path = unquote(urlsplit(address).path).removeprefix("/npm/").partition("/")
    if name_and_version.startswith("@"):
        scoped, _, path = path.partition("/")
        name_and_version = f"{name_and_version}/{scoped}"
    name, _, version = name_and_version.rpartition("@")
    assert LOCKED[f"node_modules/{name}"]["version"] == version, address
    return WIDGETS / name / path


def static_file(path: str) -> dict[str, Any]:
    """What the server sends from *path*; the live server's own handler would leave out the headers.

    The element as collectstatic writes it, for that is what pages load.
    """
    answer = Client().get(path, headers={"host": "localhost"})
    body = b"".join(answer)
    if path.endswith(ELEMENT):
        body = jsmin(body.decode()).encode()
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return {"status": answer.status_code, "headers": headers, "body": body}


class Visitor:
    """Opens pages; ``complaints`` are the console's errors and what a page threw."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.asked: list[str] = []

    def open(
        self, html: str, api: str = ORIGIN, feeds: Mapping[str, bytes] | None = None, zone: str = "UTC", **options: Any
    ) -> Page:
        """A page of *html* in the time zone *zone*. *feeds* answer under their paths; else *api* is let through.

        *options* are the browser context's.
        """
        options = {"viewport": {"width": 1200, "height": 900}, **options}
        context = self.browser.new_context(timezone_id=zone, **options)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))

        def answer(route: Route) -> None:
            address = route.request.url
            path = address.removeprefix(ORIGIN).partition("?")[0]
            if address.startswith(CDN):
                route.fulfill(path=installed(address))
            elif address == f"{ORIGIN}/":
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            elif feeds is not None and path in feeds:
                route.fulfill(body=feeds[path], content_type="application/json")
            elif api != ORIGIN and address.startswith(f"{api}/static/"):
                route.fulfill(**static_file(urlsplit(address).path))
            elif api != ORIGIN and address.startswith(f"{api}/"):
                self.asked.append(address)
                route.continue_()
            else:
                self.elsewhere.append(address)
                route.fulfill(body="", content_type="text/plain")

        page.route("**/*", answer)
        page.goto(f"{ORIGIN}/")
        return page
