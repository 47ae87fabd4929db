"""GeoJSON, read by the geojson library."""

import geojson
import pytest

from tests.timeline.feeds.examples import FEED, LISTS, event, nasty
from timeline.feeds.geojson import parts

#: The list holds only what has coordinates: its question asks for no others.
PLACED = {name: events for name, events in LISTS.items() if name != "without a place"}


def read(events):
    found = geojson.loads(b"".join(parts(events, FEED)))
    assert found.is_valid, found.errors()
    return found["features"]


@pytest.mark.parametrize("events", PLACED.values(), ids=PLACED)
def test_a_collection_can_be_read_and_holds_all(events):
    assert [feature["id"] for feature in read(events)] == [event["id"] for event in events]


def test_a_feature_is_a_point_with_flat_properties():
    (feature,) = read([event("1973-10")])

    assert feature["geometry"] == {"type": "Point", "coordinates": [125.75, 39.03]}
    assert feature["properties"]["date"] == "1973-10"
    assert feature["properties"]["approximate"] is False
    assert feature["properties"]["url"] == "https://chancery.example/events/talks/"
    assert not any(isinstance(value, list | dict) for value in feature["properties"].values())


def test_hostile_text_stays_text():
    (feature,) = read([nasty()])

    assert feature["properties"]["title"].startswith("</script>")
    assert "\0" not in feature["properties"]["title"]
