"""<diplomatic-timeline> on a page of another origin, drawing from the running server."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

PATH = "/static/timeline/diplomatic-timeline.js"
TIMELINE = "document.querySelector('diplomatic-timeline')"
ACTIVE = f"{TIMELINE}.shadowRoot.activeElement"
#: The policy of a page that names the server where it has to, and allows nothing inline.
POLICY = "default-src 'none'; script-src {api}; connect-src {api}; style-src 'none'"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{policy}"><title>A page of another origin</title>
<script type="module" src="{api}{path}"></script>
<main><h1>Diplomacy</h1><diplomatic-timeline src="{api}/api/v1/" {attributes}>{inside}</diplomatic-timeline></main>"""
#: What a server writes inside.
INSIDE = "<ul><li><a href='/events/one/'>1966: relations established</a></li></ul>"
NASTY = '<img src=x onerror="harmed=1">\u202e</button><script>harmed=1</script>'


def html_of(api: str, attributes: str = "", inside: str = "") -> str:
    return PAGE.format(policy=POLICY.format(api=api), api=api, path=PATH, attributes=attributes, inside=inside)


#: Whether all that a first view takes is there, or was given up.
READY = f"""() => {{
    const root = {TIMELINE}.shadowRoot;
    const isLoading = root.querySelector("[part=caption]").textContent === "Loading …";
    return !isLoading && (root.querySelector("slot").hidden || !root.querySelector("button").hidden);
}}"""


def open_timeline(visitor, api: str, attributes: str = "", inside: str = "", **options) -> Page:
    """A page with the element, once it has drawn what it shows."""
    page = visitor.open(html_of(api, attributes, inside), api=api, **options)
    page.wait_for_function(READY)
    page.wait_for_timeout(100)
    return page


def settled(page: Page, act: Callable[[], Any]) -> None:
    """Act, and wait until the view rests and all of it is there."""
    page.evaluate("""() => {
        window.isAtRest = false;
        addEventListener("viewchange", () => (window.isAtRest = true), { once: true });
    }""")
    act()
    page.wait_for_function("() => isAtRest")
    page.wait_for_timeout(100)


def told(page: Page, script: str) -> None:
    """Run *script* with `timeline`, and wait until the view rests."""
    settled(page, lambda: page.evaluate(f"() => {{ const timeline = {TIMELINE}; {script}; }}"))


def events_in(page: Page) -> list[str]:
    """The names of the events in view, as assistive technology reads them, without marks of direction."""
    names = page.locator("diplomatic-timeline [part=event]").evaluate_all("all => all.map((one) => one.ariaLabel)")
    return [re.sub("[\u2066-\u2069]", "", name) for name in names]


def call(page: Page, script: str, *values):
    """What *script*, a function of the module's exports and *values*, gives."""
    api = page.locator("diplomatic-timeline").get_attribute("src").removesuffix("/api/v1/")
    return page.evaluate(f"async ([path, values]) => ({script})(await import(path), ...values)",
                         [f"{api}{PATH}", list(values)])  # fmt: skip
