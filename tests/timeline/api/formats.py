"""The formats of lists of events, and what is read in an answer of each."""

import feedparser
import icalendar
import orjson

from timeline.api.events import EventViewSet

EVENTS = "/api/v1/events/"
FORMATS = {renderer.format: renderer.media_type for renderer in EventViewSet.formats}
FEEDS = [name for name in FORMATS if name not in ("json", "ndjson", "csv")]


def content(answer):
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def ids(name, answer):
    """The public ids, or for Atom and calendars the addresses' last parts, of an answer in the format *name*."""
    read = content(answer)
    match name:
        case "ics":
            addresses = [entry["url"] for entry in icalendar.Calendar.from_ical(read).walk("VEVENT")]
        case "atom":
            addresses = [entry.link for entry in feedparser.parse(read).entries]
        case _:
            found = orjson.loads(read)
            match name:
                case "geojson":
                    return [feature["id"] for feature in found["features"]]
                case "timelinejs":
                    return [slide["unique_id"] for slide in found["events"]]
                case "vis":
                    return [item["id"] for item in found["items"] if item["type"] != "background"]
            return [entry["id"] for entry in found]
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]


def refused(client, address):
    answer = client.get(address)
    assert answer.status_code == 400, answer
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()["errors"][0]
