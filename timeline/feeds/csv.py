"""Events as CSV (RFC 4180, UTF-8): a row an event, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from events.formulas import escaped
from timeline.feeds.feed import Event, Feed

COLUMNS = (
    "id", "title", "summary", "date", "date_label", "precision", "approximate", "uncertain", "date_reason",
    "earliest_start", "latest_start", "earliest_end", "latest_end",
    "kind", "category", "quad", "occurrence", "verification", "status_words", "origins",
    "place", "place_country", "latitude", "longitude",
    "participants", "sources", "publishers", "importance", "modified", "url", "claims",
)  # fmt: skip


def parts(events: Iterable[Event], feed: Feed) -> Iterator[bytes]:
    """The header, and a line for each of *events*."""
    yield line(COLUMNS)
    for event in events:
        yield line(cells(event))


def line(values: Iterable[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(["" if value is None else safe(value) for value in values])
    return text.getvalue().encode()


def safe(value: Any) -> Any:
    """*value*, with an apostrophe before text that a spreadsheet would calculate."""
    if isinstance(value, bool):
        return str(value).lower()
    return escaped(value) if isinstance(value, str) else value


def cells(event: Event) -> list[Any]:
    """The cells of COLUMNS; several values in one are parted by semicolons."""
    date, kind, place = event["date"], event["kind"], event["place"] or {}
    origins = [claim["source"] for claim in event["claims"]]
    return [
        event["id"], event["title"], event["summary"],
        date["edtf"], date["label"], date["precision"],
        date["approximate"], date["uncertain"], date["reason"],
        date["earliest_start"], date["latest_start"], date["earliest_end"], date["latest_end"],
        kind["id"], kind["category"], kind["quad"],
        event["occurrence"], event["verification"], event["status_words"], event["origins"],
        place.get("name"), place.get("country"), place.get("latitude"), place.get("longitude"),
        "; ".join(map(participant, event["participants"])),
        "; ".join(dict.fromkeys(source["id"] for source in origins)),
        "; ".join(dict.fromkeys(source["publisher"]["id"] for source in origins)),
        event["importance"], event["modified"], event["url"],
        "; ".join(dict.fromkeys(f"{claim['stance']}:{claim['source']['id']}" for claim in event["claims"])),
    ]  # fmt: skip


def participant(party: dict[str, Any]) -> str:
    """``role:PRK`` or, for a person who acts for a party, ``role:kim-jong-un@PRK``."""
    ids = [party[kind]["id"] for kind in ("leader", "country", "organization") if party[kind]]
    return f"{party['role']}:{'@'.join(ids)}"
