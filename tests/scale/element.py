"""How <diplomatic-timeline> behaves through a long use: `python -m tests.scale.element http://127.0.0.1:8000`.

Opens a page of another origin in Chromium, zooms and drags over the record of a running server, and prints the requests
that a settled view takes, what script, style and layout of a frame of a pan take, the nodes of the shadow tree, and
JavaScript's heap.
"""

import argparse
import json
from statistics import median
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS, ORIGIN

PAGE = """<!doctype html><html lang="en"><title>A long use</title>
<script type="module" src="{server}/static/timeline/diplomatic-timeline.js"></script>
<diplomatic-timeline src="{server}/api/v1/" {attributes}></diplomatic-timeline></html>"""
#: Counts views that came to rest.
WATCH = """() => {
    window.rested = 0;
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


def measure(page: Page, asked: list[str], rounds: int) -> dict[str, Any]:
    """What a use of so many *rounds* costs: in each the view zooms in, is dragged, and zooms out again."""
    requests, frames, nodes, heap = [len(asked)], [], [], [heap_of(page)]
    for number in range(rounds):
        for act in ("timeline.zoom(0.4)", "timeline.zoom(0.4)", "timeline.zoom(0.4)"):
            asked.clear()
            rest(page, act)
            requests.append(len(asked))
        asked.clear()
        frames += page.evaluate(DRAG, 60)
        page.wait_for_timeout(600)
        nodes.append(page.evaluate(NODES))
        asked.clear()
        rest(page, "timeline.zoom(2.5)" if number % 4 else "timeline.showAll()")
        requests.append(len(asked))
        heap.append(heap_of(page))
    return {
        "requests_per_view": {"first": requests[0], "median": median(requests[1:]), "worst": max(requests)},
        "pan_frame_ms": {"median": round(median(frames), 2), "worst": round(max(frames), 2), "frames": len(frames)},
        "nodes": max(each["all"] for each in nodes),
        "elements": max(each["elements"] for each in nodes),
        "heap_mb": {"first": round(heap[0], 2), "last": round(heap[-1], 2), "most": round(max(heap), 2)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server", help="the address of a running server, without a path")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--attributes", default="", help="of the element, as in HTML")
    arguments = parser.parse_args()
    server = arguments.server.rstrip("/")
    asked: list[str] = []

    def answer(route: Route) -> None:
        route.fulfill(body=PAGE.format(server=server, attributes=arguments.attributes), content_type="text/html")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 800})
        page.set_default_timeout(60_000)
        page.on("request", lambda request: "/api/" in request.url and asked.append(request.url))
        page.route(f"{ORIGIN}/", answer)
        page.goto(f"{ORIGIN}/")
        page.evaluate(WATCH)
        page.wait_for_function("() => timeline.shadowRoot.querySelector('slot').hidden")
        print(json.dumps(measure(page, asked, arguments.rounds), indent=2))
        browser.close()


if __name__ == "__main__":
    main()
