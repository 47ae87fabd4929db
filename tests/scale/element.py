"""How <diplomatic-timeline> behaves through a long use: `python -m tests.scale.element http://127.0.0.1:8000`.

Opens a page of another origin in Chromium, and uses the record of a running server for as long as is asked: it zooms,
drags, goes by arrow keys, changes lanes, goes back in time, opens what is known of an event, lists, and changes the
size of the window. Prints the requests that a settled view takes, and a step by an arrow key; what script, style and
layout of a frame of a pan take; the nodes of the shadow tree; and JavaScript's heap once its garbage is gone.
"""

import argparse
import json
import time
from itertools import count
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Page, Request, Route, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS, ORIGIN

PAGE = """<!doctype html><html lang="en"><title>A long use</title>
<script type="module" src="{server}/static/timeline/diplomatic-timeline.js"></script>
<diplomatic-timeline src="{server}/api/v1/" {attributes}></diplomatic-timeline></html>"""
#: Counts views that came to rest, those included that the server refused as taking too long.
WATCH = """() => {
    window.rested = window.refused = 0;
    addEventListener("timelineerror", () => (rested += 1, refused += 1));
    addEventListener("viewchange", () => (rested += 1));
    window.timeline = document.querySelector("diplomatic-timeline");
    window.plot = timeline.shadowRoot.querySelector("[part=plot]");
}"""
#: Drags so many frames; how many milliseconds of each were gone once the element had drawn it.
DRAG = """async (frames) => {
    const { left, top, width } = plot.getBoundingClientRect();
    const point = (type, x) => plot.dispatchEvent(new PointerEvent(
        type, { pointerId: 1, clientX: left + x, clientY: top + 60, bubbles: true }));
    plot.setPointerCapture = () => {};
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const taken = [];
    point("pointerdown", width * 0.7);
    for (let n = 1; n <= frames; n += 1) {
        await frame();
        point("pointermove", width * 0.7 - n * 6);
        // The element has asked for the next frame by now, so that ours comes after its own.
        taken.push(await new Promise((done) => requestAnimationFrame((start) => {
            plot.getBoundingClientRect();
            done(performance.now() - start);
        })));
    }
    point("pointerup", 0);
    return taken;
}"""
NODES = """() => {
    const walker = document.createTreeWalker(timeline.shadowRoot);
    let all = 0;
    while (walker.nextNode()) all += 1;
    return { elements: timeline.shadowRoot.querySelectorAll("*").length, all };
}"""


def rest(page: Page, act: str) -> None:
    """Run *act*, and wait until the view that it leads to rests."""
    page.evaluate("rested = 0")
    page.evaluate(act)
    page.wait_for_function("() => rested > 0")


def heap_of(page: Page) -> float:
    """MB of JavaScript's heap after its garbage is gone."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used / 1e6


#: What else is done in a round, in turn, by what it is and how it is taken back; each leads to a view at rest.
CHANGES = [
    ("timeline.lanes = 'country'; timeline.reload()", "timeline.lanes = ''; timeline.reload()"),
    ("timeline.asOf = '2015-06-01'", "timeline.asOf = ''"),
    ("timeline.country = 'PRK'", "timeline.country = ''"),
    ("timeline.list = 'list'; timeline.reload()", "timeline.list = ''; timeline.reload()"),
]
CHOOSE = """() => {
    const button = timeline.shadowRoot.querySelector("[part=event]");
    button?.click();
    return Boolean(button);
}"""
WIDTHS = (1440, 768, 360)


def quiet(page: Page, asked: list[Request]) -> int:
    """How much was asked for once all of it is answered, and nothing more has been for half a second."""
    number = -1
    # What is answered late may lead to another request, which would be counted with the next step.
    while number != len(asked) or not all(each.failure or each.timing["responseEnd"] >= 0 for each in asked):
        number = len(asked)
        page.wait_for_timeout(500)
    return number


def use(page: Page, asked: list[Request], number: int) -> tuple[list[int], list[int], list[float]]:
    """Round *number*: requests of each view that came to rest and of each step, milliseconds of each frame of a pan."""
    requests, steps = [], []

    def view(act: str) -> None:
        asked.clear()
        rest(page, act)
        requests.append(len(asked))

    view("timeline.showAll()")
    for factor in (0.4, 0.4, 0.4):
        view(f"timeline.zoom({factor})")
    frames = page.evaluate(DRAG, 60)
    quiet(page, asked)
    page.evaluate("plot.focus({ preventScroll: true })")
    for key in ["ArrowRight"] * 5 + ["ArrowLeft", "End", "Home", "PageDown"]:
        asked.clear()
        page.keyboard.press(key)
        steps.append(quiet(page, asked))
    act, back = CHANGES[number % len(CHANGES)]
    view(act)
    view(back)
    if page.evaluate(CHOOSE):
        panel = page.get_by_role("region", name="Event")
        panel.wait_for()
        page.keyboard.press("Escape")
    page.set_viewport_size({"width": WIDTHS[number % len(WIDTHS)], "height": 800})
    page.wait_for_timeout(200)
    return requests, steps, frames


def measure(page: Page, asked: list[Request], minutes: float) -> dict[str, Any]:
    """What a use of so many *minutes* costs, a round after the other."""
    requests, steps, frames, nodes, heap = [], [], [], [], [heap_of(page)]
    end = time.monotonic() + 60 * minutes
    for number in count():
        of_views, of_steps, of_frames = use(page, asked, number)
        requests += of_views
        steps += of_steps
        frames += of_frames
        nodes.append(page.evaluate(NODES))
        heap.append(heap_of(page))
        if time.monotonic() > end:
            break
    return {
        "rounds": len(nodes),
        "refused": page.evaluate("refused"),
        "requests_per_view": {"median": median(requests), "worst": max(requests), "views": len(requests)},
        "requests_per_step": {"median": median(steps), "worst": max(steps), "steps": len(steps)},
        "pan_frame_ms": {
            "median": round(median(frames), 2), "95 %": round(quantiles(frames, n=20)[-1], 2),
            "worst": round(max(frames), 2), "frames": len(frames),
        },
        "nodes": max(each["all"] for each in nodes),
        "elements": max(each["elements"] for each in nodes),
        "heap_mb": {name: round(value, 2) for name, value in [
            ("first", heap[0]), ("after_a_round", heap[1]), ("last", heap[-1]), ("most", max(heap))]},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server", help="the address of a running server, without a path")
    parser.add_argument("--minutes", type=float, default=10, help="a round that has begun is ended")
    parser.add_argument("--attributes", default="", help="of the element, as in HTML")
    arguments = parser.parse_args()
    server = arguments.server.rstrip("/")
    asked: list[Request] = []
    errors: list[str] = []

    def answer(route: Route) -> None:
        route.fulfill(body=PAGE.format(server=server, attributes=arguments.attributes), content_type="text/html")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 800})
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: "/api/" in request.url and asked.append(request))
        page.route(f"{ORIGIN}/", answer)
        page.goto(f"{ORIGIN}/")
        page.evaluate(WATCH)
        page.wait_for_function("() => timeline.shadowRoot.querySelector('slot').hidden")
        print(json.dumps({**measure(page, asked, arguments.minutes), "errors": errors}, indent=2))
        browser.close()


if __name__ == "__main__":
    main()
