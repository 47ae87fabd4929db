"""Widgets that nobody here wrote, drawing what they are fed: every sort of event, in every part of the world."""

import re
from dataclasses import replace

import orjson
import pytest

from events.edtf import EDTFDate
from tests.timeline.feeds.examples import ALL, FEED, LISTS, NASTY, event
from timeline.feeds import fullcalendar, timelinejs, vis
from timeline.feeds.feed import Era, cleaned

ZONES = ("America/New_York", "Asia/Tokyo")
FEED_AT = "/feed.json"
CDN = "https://cdn.jsdelivr.net/npm"
TIMELINEJS = f"""<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="{CDN}/@knight-lab/timelinejs@3.9.11/dist/css/timeline.css">
<script src="{CDN}/@knight-lab/timelinejs@3.9.11/dist/js/timeline.js"></script>
<div id="timeline" style="height: 600px"></div>
<script>window.timeline = new TL.Timeline("timeline", "{FEED_AT}", {{duration: 0}});</script>"""
VIS = f"""<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="{CDN}/vis-timeline@8.5.4/styles/vis-timeline-graph2d.min.css">
<script src="{CDN}/vis-timeline@8.5.4/standalone/umd/vis-timeline-graph2d.min.js"></script>
<div id="timeline"></div>
<script>fetch("{FEED_AT}").then((answer) => answer.json()).then((feed) => {{
  const items = new vis.DataSet(feed.items);
  window.timeline = new vis.Timeline(document.getElementById("timeline"), items, feed.groups, feed.window);
  timeline.on("changed", () => {{ window.drawn = true; }});
}});</script>"""
FULLCALENDAR = f"""<!doctype html><meta charset="utf-8">
<script src="{CDN}/fullcalendar@6.1.21/index.global.min.js"></script>
<div id="calendar"></div>
<script>window.calendar = new FullCalendar.Calendar(document.getElementById("calendar"), {{
  initialDate: "2018-06-01", events: "{FEED_AT}", eventsSet: () => {{ window.drawn = true; }},
}}); calendar.render();</script>"""
EVENT_CALENDAR = f"""<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="{CDN}/@event-calendar/build@5.10.1/dist/event-calendar.min.css">
<script src="{CDN}/@event-calendar/build@5.10.1/dist/event-calendar.min.js"></script>
<div id="calendar"></div>
<script>EventCalendar.create(document.getElementById("calendar"), {{
  view: "dayGridMonth", date: "2018-06-01", eventSources: [{{ url: "{FEED_AT}" }}],
}});</script>"""



#: Of the day on which a moment falls for the viewer.
LOCAL_DAY = """(moment) => [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]"""
#: For each event drawn, the day in whose column its middle lies.
COLUMNS = """([events, days, day_of]) => {
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const inside = ([x, y], box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom;
  const cells = [...document.querySelectorAll(days)];
  return [...document.querySelectorAll(events)].map((event) => {
    const cell = cells.find((cell) => inside(middle(event.getBoundingClientRect()), cell.getBoundingClientRect()));
    return [event.textContent.trim(), cell?.dataset.date || cell?.querySelector(day_of)?.getAttribute("datetime")];
  });
}"""


def unharmed(page, visitor):
    """Nothing of what is fed ran, threw, or asked for anything."""
    fonts = "https://cdn.knightlab.com/"  # TimelineJS's own
    return (
        page.evaluate("window.harmed === undefined")
        and not visitor.complaints
        and all(address.startswith(fonts) for address in visitor.elsewhere)
    )


def fits(page):
    """No text makes the page wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def without_spaces(text):
    """*text* as far as it is the same in all widgets."""
    return "".join(cleaned(text).split())


def open_timelinejs(visitor, events, zone="UTC", **changes):
    page = visitor.open(TIMELINEJS, feeds={FEED_AT: timelinejs.document(events, replace(FEED, **changes))}, zone=zone)
    page.wait_for_function("window.timeline?._loaded?.storyslider")
    return page


@pytest.mark.parametrize("zone", ZONES)
def test_timelinejs_draws_every_event_at_its_date_as_curated(visitor, zone):
    page = open_timelinejs(visitor, ALL, zone)

    assert page.locator(".tl-timemarker").count() == len(ALL)
    dates = page.locator(".tl-headline-date:not(:empty)").all_text_contents()
    assert sorted(dates) == sorted(event["date"]["label"] for event in ALL)
    drawn = page.evaluate(f"""Object.fromEntries(timeline.config.events.map((slide) =>
        [slide.unique_id, ({LOCAL_DAY})(slide.start_date.data.date_obj)]))""")
    for told in ALL:
        # A year alone is drawn at its first day; years before Christ count as on its own axis.
        expected = timelinejs.slide(told, None)["start_date"]
        assert drawn[told["id"]] == [expected["year"], expected.get("month", 1), expected.get("day", 1)]
    assert unharmed(page, visitor)


def test_timelinejs_shows_hostile_text_as_text(visitor):
    page = open_timelinejs(visitor, LISTS["hostile"], group="country", words=NASTY)
    page.evaluate("timeline.goToNext()")
    page.wait_for_timeout(300)

    label = page.locator(".tl-timegroup-message").first.text_content()
    assert without_spaces(label) == without_spaces(NASTY)
    assert page.locator(".tl-text-content a").count() == 1
    assert fits(page)
    assert unharmed(page, visitor)


def test_timelinejs_draws_terms_of_office_and_lanes(visitor):
    page = open_timelinejs(visitor, [event("1973-10"), event("2018-06-12", slug="summit")], group="country",
                           eras=(Era("Hafez al-Assad: President", "1971-03/2000-06-10"),))

    assert page.locator(".tl-timeera").count() == 1
    assert page.locator(".tl-timegroup-message").all_text_contents() == ["North Korea"]
    assert unharmed(page, visitor)


def test_timelinejs_says_that_nothing_matches(visitor):
    page = visitor.open(TIMELINEJS, feeds={FEED_AT: timelinejs.document([], FEED)})
    page.get_by_text("Timeline configuration has no events").wait_for()

    assert unharmed(page, visitor)


def open_vis(visitor, events, zone="UTC", **changes):
    page = visitor.open(VIS, feeds={FEED_AT: vis.document(events, replace(FEED, **changes))}, zone=zone)
    page.wait_for_function("window.drawn")
    return page


@pytest.mark.parametrize("zone", ZONES)
def test_vis_draws_every_event_on_its_day(visitor, zone):
    page = open_vis(visitor, ALL, zone, group="category")

    drawn = page.evaluate(f"""Object.fromEntries(timeline.itemsData.get().map((item) =>
        [item.id, ({LOCAL_DAY})(timeline.itemSet.items[item.id].data.start)]))""")
    for item in vis_items(ALL):
        sign, year, month, day = re.fullmatch(r"([+-]?)(\d+)-(\d\d)-(\d\d)", item["start"]).groups()
        assert drawn[item["id"]] == [int(sign + year), int(month), int(day)]
    assert page.locator(".vis-label").all_text_contents() == ["Consult", "No category"]
    assert unharmed(page, visitor)


def vis_items(events):
    return orjson.loads(vis.document(events, FEED))["items"]


@pytest.mark.parametrize("zone", ZONES)
def test_vis_shows_the_window_that_was_asked_for(visitor, zone):
    june = EDTFDate.parse("2018-06")
    events = [event("2018-06-12"), event("[2018-05-30..]", slug="visit"), event("2018", slug="year")]
    page = open_vis(visitor, events, zone, begin=june, end=june)

    begin, end = page.evaluate(f"[timeline.getWindow().start, timeline.getWindow().end].map({LOCAL_DAY})")
    assert (begin, end) == ([2018, 6, 1], [2018, 7, 1])
    assert page.locator(".vis-item.vis-box").count() == 2
    assert page.locator(".vis-item.vis-background.uncertain").count() == 2
    assert unharmed(page, visitor)


def test_vis_shows_hostile_text_as_text(visitor):
    page = open_vis(visitor, LISTS["hostile"], group="country")

    for words in (page.locator(".vis-box .vis-item-content"), page.locator(".vis-label .vis-inner")):
        assert without_spaces(words.first.text_content()) == without_spaces(NASTY)
    assert fits(page)
    assert unharmed(page, visitor)


def test_vis_shows_an_empty_list_as_empty(visitor):
    page = visitor.open(VIS, feeds={FEED_AT: vis.document([], FEED)})
    page.wait_for_function("window.timeline?.getWindow?.()")

    assert page.locator(".vis-item").count() == 0
    assert unharmed(page, visitor)


CALENDARS = {
    "fullcalendar": (FULLCALENDAR, ".fc-daygrid-event", ".fc-daygrid-day", ""),
    "event-calendar": (EVENT_CALENDAR, ".ec-event", ".ec-day", "time"),
}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("name", CALENDARS)
def test_calendars_draw_every_event_on_its_day(visitor, zone, name):
    html, events, days, day_of = CALENDARS[name]
    june = [event("2018-06-12", title="held"), event("2018-06-30T23:30:00-08:00", slug="late", title="late"),
            event("[2018-06-03..]", slug="visit", title="visit")]  # fmt: skip
    page = visitor.open(html, feeds={FEED_AT: fullcalendar.document(june, FEED)}, zone=zone)
    page.locator(events).nth(2).wait_for()

    assert sorted(page.evaluate(COLUMNS, [events, days, day_of])) == [
        ["held", "2018-06-12"], ["late", "2018-06-30"], ["visit – on or after 3 June 2018", "2018-06-03"],
    ]  # fmt: skip
    assert unharmed(page, visitor)


@pytest.mark.parametrize("name", CALENDARS)
def test_calendars_take_every_sort_of_event_and_show_hostile_text_as_text(visitor, name):
    html, events, *_ = CALENDARS[name]
    page = visitor.open(html, feeds={FEED_AT: fullcalendar.document(ALL, FEED)})
    page.locator(events).nth(8).wait_for()

    assert without_spaces(NASTY) in map(without_spaces, page.locator(events).all_text_contents())
    assert fits(page)
    assert unharmed(page, visitor)
