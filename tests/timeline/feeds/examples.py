"""Events as the projection keeps them, one for each thing that a format may stumble over."""

from types import SimpleNamespace
from typing import Any

import orjson

from events.edtf import EDTFDate
from timeline.feeds.feed import Event, Feed, read_event
from timeline.rendering import date_json

ROOT = "https://chancery.example"
FEED = Feed(ROOT, f"{ROOT}/api/v1/events/?format=any", 7, words="Events, in order of date", group="quad")
NASTY = (
    '</script><script>window.harmed=1</script><img src=x onerror="window.harmed=1">'
    "&lt;img src=x onerror=window.harmed=1&gt;"
    "\0\u202e\u2067=HYPERLINK(1)\r\nDTSTART:19700101\n " + "w" * 400
)


def source(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": name, "url": f"https://{name}.example/1", "title": f"{name} of that day",
        "publisher": {"id": name, "name": name.capitalize()}, "kind": "article", "language": "en",
        "published": "2018-06-04", "published_label": "4 June 2018", "accessed": None, "archive_url": None,
    } | changes  # fmt: skip


def participant(role: str = "party", **parties: Any) -> dict[str, Any]:
    return {"role": role, "country": None, "organization": None, "leader": None, "office": None} | parties


def claim(stance: str = "reports", **changes: Any) -> dict[str, Any]:
    return {
        "stance": stance, "date": None, "figures": "", "locator": "para. 3", "note": "",
        "known": "2018-06-04T23:59:59Z", "source": source("kcna"), "via": [source("trend")],
    } | changes  # fmt: skip


def body(date: str = "2018-06-12", slug: str = "talks", **changes: Any) -> bytes:
    """The JSON of an event on *date*, with *changes* to it."""
    return orjson.dumps({
        "id": slug, "url": f"/api/v1/events/{slug}/", "title": "Talks in Pyongyang", "summary": "They talked.",
        "date": date_json(EDTFDate.parse(date)) | {"reason": ""},
        "kind": {"id": "talks", "label": "Talks", "category": "CONSULT", "quad": "verbal-cooperation"},
        "occurrence": "occurred", "verification": "reported", "status_words": "Reported by one origin.",
        "assessment": None, "origins": 1,
        "place": {"name": "Pyongyang", "country": "PRK", "latitude": 39.03, "longitude": 125.75},
        "participants": [
            participant("host", country={"id": "PRK", "name": "North Korea"}),
            participant("visitor", country={"id": "SYR", "name": "Syria"},
                        leader={"id": "bashar-al-assad", "name": "Bashar al-Assad"},
                        office={"title": "President of Syria", "held": "2000/.."}),
        ],
        "claims": [claim()],
        "importance": 60, "modified": "2026-11-23T12:00:00.123456Z",
    } | changes)  # fmt: skip


def event(date: str = "2018-06-12", slug: str = "talks", key: int = 1, number: int = 5, **changes: Any) -> Event:
    return read_event(SimpleNamespace(body=body(date, slug, **changes), key=key, recorded_from=number))


def hundred() -> Event:
    countries = [{"id": f"A{n:02d}", "name": f"Country {n}"} for n in range(100)]
    return event(slug="conference", participants=[participant("signatory", country=country) for country in countries])


def nasty() -> Event:
    """Hostile in every text that somebody can write."""
    return event(
        slug="nasty", title=NASTY, summary=NASTY, status_words=NASTY,
        place={"name": NASTY, "country": "PRK", "latitude": 39.03, "longitude": 125.75},
        participants=[participant("host", country={"id": "PRK", "name": NASTY},
                                  leader={"id": "x", "name": NASTY}, office={"title": NASTY, "held": "2000"})],
        claims=[
            claim(locator=NASTY, note=NASTY, figures=NASTY,
                  source=source("x", title=NASTY, url='https://x.example/"><script>window.harmed=1</script>',
                                publisher={"id": "x", "name": NASTY}, published_label=NASTY),
                  via=[source("y", url="javascript:window.harmed=1"), source("z", url="https://[")]),
        ],
        kind={"id": "talks", "label": NASTY, "category": None, "quad": "verbal-conflict"},
    )  # fmt: skip


#: What every format is fed, by the sentence of the test.
LISTS: dict[str, list[Event]] = {
    "one": [event()],
    "of a hundred participants": [hundred()],
    "without a place": [event(place=None)],
    "without participants, category, claims or summary": [
        event(participants=[], claims=[], summary="",
              kind={"id": "talks", "label": "Talks", "category": None, "quad": "verbal-cooperation"})
    ],
    "going on": [event("2011/..")],
    "of unknown end": [event("1973-10/")],
    "on or after a day": [event("[2018-05-30..]")],
    "on or before a day": [event("[..2018-06-04]")],
    "of unknown beginning": [event("/2018-06")],
    "before Christ": [event("-0752")],
    "in the far future": [event("Y17000")],
    "at a time": [event("2018-06-12T09:00:00+08:00")],
    "hostile": [nasty()],
    "none": [],
}  # fmt: skip
ALL = [
    event | {"id": f"e{number}", "key": number}
    for number, event in enumerate(event for events in LISTS.values() for event in events)
]
