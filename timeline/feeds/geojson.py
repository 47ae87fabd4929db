"""Events as GeoJSON (RFC 7946): a point for each that has coordinates."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from timeline.feeds import csv
from timeline.feeds.feed import Event, Feed


def parts(events: Iterable[Event], feed: Feed) -> Iterator[bytes]:
    """A FeatureCollection, piece by piece."""
    yield b'{"type":"FeatureCollection","features":['
    for number, event in enumerate(events):
        yield (b",\n" if number else b"\n") + orjson.dumps(feature(event, feed))
    yield b"]}"


def feature(event: Event, feed: Feed) -> dict[str, Any]:
    """Its properties are flat, the columns of CSV, for maps and their tables know no others."""
    place = event["place"]
    properties = dict(zip(csv.COLUMNS, csv.cells(event), strict=True))
    del properties["latitude"], properties["longitude"]
    return {
        "type": "Feature",
        "id": event["id"],
        "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
        "properties": properties | {"url": feed.page(event)},
    }
