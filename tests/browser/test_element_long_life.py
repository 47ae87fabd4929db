"""<diplomatic-timeline> taken off and put back, beside another, and driven to every limit."""

import pytest

from tests.browser.timelines import TIMELINE, events_in, open_timeline, settled


def test_taken_off_the_page_it_does_nothing_more_and_put_back_it_goes_on(visitor, record):
    page = open_timeline(visitor, record)
    page.evaluate("""() => {
        window.timeline = document.querySelector("diplomatic-timeline");
        timeline.showSpan("1966");
        timeline.remove();
    }""")
    visitor.asked.clear()
    page.wait_for_timeout(600)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(200)
    assert visitor.asked == []

    settled(page, lambda: page.evaluate("document.querySelector('main').append(timeline)"))
    assert len(visitor.asked) == 2
    assert events_in(page)
    assert visitor.complaints == []


def test_timelines_that_follow_each_other_come_to_rest(visitor, record):
    """Handlers that set attributes, ask again and choose: none of it may call itself without end."""
    page = open_timeline(visitor, record)
    page.evaluate(f"""() => {{
        document.querySelector("main").append({TIMELINE}.cloneNode());
        const all = [...document.querySelectorAll("diplomatic-timeline")];
        window.times = 0;
        document.addEventListener("eventselect", ({{ detail }}) => {{
            times += 1;
            for (const each of all) each.select(detail.id);
        }});
        all[0].addEventListener("viewchange", ({{ detail }}) => Object.assign(all[1], detail));
        document.addEventListener("focusin", () => (all[1].lanes = "quad"));
        all[0].showSpan("2018");
        all[0].select("assad-visit-to-north-korea");
    }}""")
    page.wait_for_function("""() => [...document.querySelectorAll("diplomatic-timeline")].every(({ view, selected }) =>
        view.from === "2018-01-01" && view.to === "2018-12-31" && selected === "assad-visit-to-north-korea")""")
    for key in ("ArrowRight", "+", "End", "ArrowLeft", "Home"):
        page.locator("diplomatic-timeline [part=plot]").first.press(key)
    page.wait_for_timeout(1000)

    assert page.evaluate("times") == 2
    assert visitor.complaints == []


def test_properties_that_were_set_before_the_script_ran_hold(visitor, record):
    page = open_timeline(visitor, record)
    page.evaluate("""() => {
        const early = document.createElement("diplomatic-early");
        Object.assign(early, { src: document.querySelector("diplomatic-timeline").src, country: "SYR" });
        document.querySelector("main").append(early);
        customElements.define("diplomatic-early", class extends customElements.get("diplomatic-timeline") {});
        window.early = early;
    }""")

    assert page.evaluate("early.getAttribute('country')") == "SYR"
    page.evaluate("early.country = 'PRK'")
    assert page.evaluate("early.getAttribute('country')") == "PRK"


#: Scripts with `timeline`; each is followed by a moment in which it may ask and draw.
LIMITS = [
    "Object.assign(timeline, { from: '-9999999', to: '9999999' })",
    "Object.assign(timeline, { from: '9999999', to: '' })",
    "Object.assign(timeline, { from: '', to: '-9999999' })",
    "Object.assign(timeline, { from: '2018', to: '1066' })",
    "Object.assign(timeline, { from: '2018-06-12', to: '2018-06-12' })",
    "Object.assign(timeline, { from: 'Y-300000', to: 'Y-290000' })",
    "Object.assign(timeline, { from: '0000', to: '-0001' })",
    "for (let n = 0; n < 40; n += 1) timeline.zoom(0.1)",
    "for (let n = 0; n < 40; n += 1) timeline.zoom(10)",
    "for (const factor of [0, -1, NaN, Infinity, 'x', undefined]) timeline.zoom(factor)",
    "timeline.zoom(0.5, -1e9); timeline.zoom(0.5, 1e9)",
    "for (let year = 1900; year < 2030; year += 1) timeline.from = `${year}`",
    "for (const name of ['PRK', 'SYR', '']) { timeline.country = name; timeline.asOf = '2018'; timeline.asOf = '' }",
    "for (const lanes of ['country', 'toString', '__proto__', 'quad', '']) timeline.lanes = lanes",
    "timeline.style.width = '0'", "timeline.style.width = '1px'", "timeline.style.width = '5000px'",
    "timeline.style.setProperty('--timeline-height', '0')", "timeline.style.setProperty('--timeline-height', '3000px')",
    "timeline.removeAttribute('style')", "timeline.hidden = true; timeline.showAll(); timeline.zoom(0.5)",
    "timeline.hidden = false",
    "timeline.toggleAttribute('list'); timeline.zoom(0.2)", "timeline.removeAttribute('list')",
    "const main = timeline.parentNode; for (let n = 0; n < 9; n += 1) { timeline.remove(); main.append(timeline) }",
    "timeline.reload(); timeline.remove(); setTimeout(() => document.querySelector('main').append(timeline), 20)",
    "for (const id of ['a', 'assad-visit-to-north-korea', null, '../', '%', 'a']) timeline.select(id)",
    "timeline.select(null); timeline.reload(); timeline.reload()",
    "Object.assign(timeline, { country: 'PRK', kind: 'sanctions-imposed', asOf: '1960' })",
    "Object.assign(timeline, { country: '', kind: '', asOf: '', from: '', to: '' })",
]
KEYS = ["+", "-", "Home", "End", "PageUp", "PageDown", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]


def test_at_every_limit_it_throws_nothing_and_comes_back(visitor, record):
    page = open_timeline(visitor, record)
    whole = page.evaluate(f"{TIMELINE}.view")
    page.evaluate(f"window.timeline = {TIMELINE}")
    for script in LIMITS:
        page.evaluate(f"() => {{ {script} }}")
        page.wait_for_timeout(60)
        page.evaluate("timeline.isConnected && timeline.shadowRoot.querySelector('[part=plot]').focus()")
        for key in KEYS:
            page.keyboard.press(key)
        page.wait_for_timeout(100)
    # What is refused, as an event of a made-up id is, Chromium itself reports.
    thrown = [complaint for complaint in visitor.complaints if "Failed to load resource" not in complaint]
    assert thrown == []

    settled(page, lambda: page.evaluate("timeline.reload(); timeline.showAll()"))
    page.wait_for_timeout(300)
    assert page.evaluate("timeline.view") == whole
    assert events_in(page)


@pytest.mark.parametrize("attributes", ['from="-9999999" to="9999999"', 'from="Y-300000"', 'to="0001" lanes="country"'])
def test_a_page_may_open_it_at_any_limit(visitor, record, attributes):
    page = open_timeline(visitor, record, attributes)
    settled(page, page.get_by_role("button", name="Show all").click)

    assert events_in(page)
    assert visitor.complaints == []
