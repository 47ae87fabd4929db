"""Chromium, the running server of the curated record, and who looks at its pages."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.editing import Editor
from tests.browser.looking import Reader, leave
from tests.browser.visiting import WIDGETS, Visitor
from tests.databases import empty_database
from tests.factories import CountryFactory, KindFactory, OrganizationFactory
from tests.scale.servers import serving

# Much else may be running on the machine.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    for path, whence in ((Path(CHROMIUM), f"apt-get install {Path(CHROMIUM).name}"), (WIDGETS, "make test")):
        if not path.exists():
            pytest.fail(f"{path} is missing: {whence} installs it.")
    # Playwright keeps an event loop in this thread, in which Django would refuse to read its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def record(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server as it is run, of the curated record with the meeting of 2018 as it came to be.

    One for all tests that only read, so that none of them makes the record anew.
    """
    folder = tmp_path_factory.mktemp("record")
    with empty_database(folder) as url:
        environment = {"DATABASE_URL": url}
        subprocess.run(
            [sys.executable, "manage.py", "load_record", "fixtures", "fixtures/examples/trump-kim-2018"],
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
