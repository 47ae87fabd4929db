"""Chromium, and pages in it that load widgets from where they were installed and reach nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from rjsmin import jsmin

from tests.browser.chromium import CHROMIUM, FLAGS, ORIGIN
from tests.browser.editing import Editor
from tests.browser.looking import Reader, leave
from tests.factories import CountryFactory, KindFactory, OrganizationFactory
from tests.scale.servers import serving
from timeline.static_files import ELEMENT

HERE = Path(__file__).parent
CDN = "https://cdn.jsdelivr.net/npm/"
# Much else may be running on the machine.
expect.set_options(timeout=20_000)
LOCKED = json.loads((HERE / "package-lock.json").read_text())["packages"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    for path, whence in ((Path(CHROMIUM), "apt-get install chromium"), (HERE / "node_modules", "make test")):
        if not path.exists():
            pytest.fail(f"{path} is missing: {whence} installs it.")
    # Playwright keeps an event loop in this thread, in which Django would refuse to read its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def installed(address: str) -> Path:
    """The file that the CDN would send from *address*; the version has to be the one that is tested."""
    name_and_version, _, path = unquote(urlsplit(address).path).removeprefix("/npm/").partition("/")
    if name_and_version.startswith("@"):
        scoped, _, path = path.partition("/")
        name_and_version = f"{name_and_version}/{scoped}"
    name, _, version = name_and_version.rpartition("@")
    assert LOCKED[f"node_modules/{name}"]["version"] == version, address
    return HERE / "node_modules" / name / path


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


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server as it is run, of the curated record with the meeting of 2018 as it came to be.

    One for all tests that only read, so that none of them makes the record anew.
    """
    folder = tmp_path_factory.mktemp("record")
    environment = {"DATABASE_URL": f"sqlite:///{folder}/record.sqlite3"}
    for command in ("migrate --verbosity 0", "load_record fixtures fixtures/examples/trump-kim-2018"):
        subprocess.run(
            [sys.executable, "manage.py", *command.split()],
            cwd=settings.BASE_DIR, env=os.environ | environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    with serving("tests.settings", environment, workers=1, log=folder / "server.log") as server:
        yield f"http://localhost:{server.port}"


@pytest.fixture
def reader(browser: Browser, record: str) -> Iterator[Reader]:
    """Somebody before the curated record."""
    yield Reader(browser, record)
    leave(browser)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    yield Visitor(browser)
    leave(browser)


@pytest.fixture
def editor(browser: Browser, live_server: object) -> Iterator[Editor]:
    CountryFactory(code="FRE", name="Freedonia")
    CountryFactory(code="SYL", name="Sylvania")
    OrganizationFactory(slug="daily-news", name="Daily News")
    KindFactory(slug="talks", label="Talks")
    KindFactory(slug="statement", label="Statement")
    editor = Editor(browser, live_server.url)
    yield editor
    leave(browser)
    assert editor.complaints == []
