"""Density and tiles over HTTP: strict, cached, on both clocks."""

import gzip

import orjson
import pytest

from events.erasing import erase_event
from events.recording import recording
from tests.factories import EventFactory
from tests.shared import shared
from timeline.clock import last_tick
from timeline.tiles import counts

pytestmark = pytest.mark.django_db

DENSITY = "/api/v1/timeline/density/"
TILES = "/api/v1/timeline/tiles/"


@shared
def counted() -> None:
    """Events between North Korea and Syria: of a day, a month, years, a decade, an open end, and before Christ."""
    for date in ("1966", "1966", "1973-10", "1973-10-06", "196X", "2011/..", "-0043-03-15"):
        EventFactory(date=date, between=["PRK", "SYR"], claimed=["reports"])


def test_years_are_counted_and_what_is_no_year_stands_beside(client, counted):
    answer = client.get(f"{DENSITY}?unit=year&from=1960&to=1979").json()

    assert [(bucket["label"], bucket["count"]) for bucket in answer["buckets"]] == [("1966", 2), ("1973", 2)]
    assert [(each["unit"], each["label"], each["count"]) for each in answer["imprecise"]] == [("decade", "1960s", 1)]
    assert answer["total"] == 5
    assert answer["query"]["words"] == "Events that may fall in 1960 to 1979"


@pytest.mark.parametrize("address", [f"{TILES}?z=2&from=1900&to=2019", f"{TILES}2/196/", f"{DENSITY}?by=quad"])
def test_what_timelines_load_is_compressed_for_whoever_takes_it(client, counted, address):
    plain, packed = client.get(address), client.get(address, headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert orjson.loads(gzip.decompress(packed.content)) == plain.json()
    assert packed["ETag"] == plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    again = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for refusal in ("gzip;q=0", "br, gzip ; q=0.000, identity", "GZIP;Q=0"):
        assert "Content-Encoding" not in client.get(address, headers={"accept-encoding": refusal})
    assert "Content-Encoding" in client.get(address, headers={"accept-encoding": "identity;q=0.5, gzip;q=0.1"})


@pytest.mark.parametrize("address", [f"{TILES}?z=2&from=1900&to=2019", f"{DENSITY}?by=quad", "/api/v1/dyads/PRK/SYR/"])
def test_what_an_answer_was_made_of_goes_with_it(client, counted, address):
    """REST framework's own answers hold themselves, and would be gone only when the collector comes by."""
    answer = client.get(address)

    assert answer.status_code == 200
    assert not hasattr(answer, "renderer_context")


def test_density_says_between_which_days_all_of_it_lies(client, counted):
    answer = client.get(f"{DENSITY}?unit=month&from=1966&to=1979").json()

    assert answer["extent"] == {"from": "1960-01-01", "to": "1973-10-31"}
    assert client.get(f"{DENSITY}?from=2012").json()["extent"] is None


def test_items_name_the_lanes_that_they_are_drawn_in(client, counted):
    (item,) = client.get(f"{TILES}3/1973/?k=1").json()["items"]

    assert item["lanes"] == {"country": "Country PRK", "category": "Consult", "quad": "Verbal cooperation"}


def test_so_many_buckets_choose_the_finest_unit_that_fits(client, counted):
    for buckets, unit in ((20, "year"), (240, "month"), (2, "decade"), (1, "century")):
        assert client.get(f"{DENSITY}?buckets={buckets}&from=1960&to=1979").json()["unit"] == unit


def test_years_are_counted_where_nothing_else_is_asked_for_or_what_is_coarser_where_they_are_too_many(client, counted):
    assert client.get(f"{DENSITY}?from=1960&to=1979").json()["unit"] == "year"
    assert client.get(f"{DENSITY}?from=1973-10-06&to=1973-10-06").json()["unit"] == "year"
    assert client.get(DENSITY).json()["unit"] == "decade"


def test_values_are_counted_apart(client, counted):
    answer = client.get(f"{DENSITY}?unit=decade&by=quad&country=PRK").json()

    assert answer["buckets"][-1] == {
        "start": "1970-01-01", "label": "1970s", "count": 2, "by": {"verbal-cooperation": 2}
    }  # fmt: skip


def test_years_before_christ_are_counted_where_they_are(client, counted):
    answer = client.get(f"{DENSITY}?unit=century").json()

    assert answer["buckets"][0] == {"start": "-000100-01-01", "label": "101–2 BCE", "count": 1}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        (f"{DENSITY}?unit=day", "unit"), (f"{DENSITY}?unit=week", "unit"), (f"{DENSITY}?buckets=2001", "buckets"),
        (f"{DENSITY}?buckets=5&unit=year", "buckets"), (f"{DENSITY}?buckets=1&from=0900&to=1100", "buckets"),
        (f"{DENSITY}?by=country", "by"), (f"{DENSITY}?match=within", "match"),
        (f"{DENSITY}?ordering=date", "ordering"), (f"{DENSITY}?country=PKR", "country"),
        (f"{TILES}?z=3&from=1966", "to"),
        (f"{TILES}?z=3&from=1966&to=[1966..]", "to"), (f"{TILES}?z=3&from=1900&to=1999", "from"),
        (f"{TILES}?z=5&from=1966&to=1967", "z"),
        (f"{TILES}2/196/?k=201", "k"), (f"{TILES}2/196/?from=1966", "from"), (f"{TILES}info/?country=PRK", "country"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(client, counted, asked, parameter):
    answer = client.get(asked)

    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


def test_a_tile_shows_what_lies_in_it_and_what_crosses_it(client, counted):
    tile = client.get(f"{TILES}3/1973/").json()

    assert [item["date"]["edtf"] for item in tile["items"]] == ["1973-10", "1973-10-06"]
    assert (tile["total"], tile["imprecise"]) == (2, 1)
    assert tile["spans"] == []
    assert tile["density"]["counts"] == [[278, 1, 1, 0, 0, 0]]
    assert tile["links"] == {
        "self": f"{TILES}3/1973/", "previous": f"{TILES}3/1972/", "next": f"{TILES}3/1974/", "parent": f"{TILES}2/197/",
        "children": f"{TILES}?z=4&from=1973-01-01&to=1973-12-31",
    }  # fmt: skip
    assert client.get(f"{TILES}3/2015/").json()["spans"][0]["date"]["edtf"] == "2011/.."


def test_tiles_side_by_side_are_those_asked_for_one_by_one(client, counted):
    batch = client.get(f"{TILES}?z=2&from=1960&to=1979&country=PRK&k=1").json()["tiles"]

    alone = [client.get(f"{TILES}2/{index}/?country=PRK&k=1").json() for index in (196, 197)]
    for tile in alone:
        del tile["snapshot"]
    assert batch == alone


def test_the_links_to_children_lead_to_them_before_christ_too(client, counted):
    tile = client.get(f"{TILES}2/-5/").json()

    children = client.get(tile["links"]["children"]).json()["tiles"]
    assert [child["label"] for child in children][:2] == ["51 BCE", "50 BCE"]
    assert sum(child["total"] for child in children) == tile["total"] == 1


def test_there_is_no_tile_of_no_tier(client):
    for address in ("9/1", "0/999999999999", "5/1"):
        assert client.get(f"{TILES}{address}/").status_code == 404


def test_the_links_of_the_furthest_tiles_lead_no_further(client, counted):
    first, last = client.get(f"{TILES}0/-100/").json()["links"], client.get(f"{TILES}3/99999/").json()["links"]

    assert first["previous"] is None
    assert last["next"] is None
    assert client.get(first["children"]).status_code == client.get(last["children"]).status_code == 200


def test_info_says_what_there_is(client, counted):
    info = client.get(f"{TILES}info/").json()

    assert info["total"] == 7
    assert info["from"] == "-000043-03-01"
    assert info["limits"] == {"tiles": 32, "k": 200, "s": 50}
    assert client.get(f"{TILES}info/?fields=total").json() == {"total": 7}


def test_what_was_corrected_or_erased_stretches_the_span_no_longer(client, counted):
    spans = {}
    for name in ("corrected", "erased"):
        event = EventFactory(date="0966", claimed=["reports"])
        spans[name] = client.get(f"{TILES}info/").json()["from"]
        if name == "erased":
            erase_event(event, None, "a request")
        else:
            with recording(None, "a slip"):
                event.date = "1966"
                event.save()
    number = last_tick().number

    assert spans == dict.fromkeys(spans, "-000043-03-01")
    assert client.get(f"{TILES}info/").json()["to"] == "2011-01-31"
    assert client.get(f"{DENSITY}?unit=decade&from=1500").json()["total"] == 7
    assert client.get(f"{TILES}info/?snapshot={number}").json()["from"] == "-000043-03-01"


def test_a_tile_without_its_counts_is_kept_by_nobody(client, counted, monkeypatch):
    address = f"{TILES}2/196/?kind=talks"
    with monkeypatch.context() as impatient:
        impatient.setattr(counts, "PATIENCE", 0)
        without = client.get(address)

    assert without.json()["density"] is None
    assert without["Cache-Control"] == "no-store"
    assert "ETag" not in without
    assert client.get(address)["Cache-Control"] == "public, max-age=300"


def test_a_tile_of_the_past_is_kept_and_a_change_elsewhere_leaves_it_as_it_is(client, counted):
    tile = client.get(f"{TILES}2/196/")
    assert tile["Cache-Control"] == "public, max-age=300"

    EventFactory(date="2018-06-12", claimed=["reports"])
    assert client.get(f"{TILES}2/196/", headers={"If-None-Match": tile["ETag"]}).status_code == 304

    EventFactory(date="1969", claimed=["reports"])
    assert client.get(f"{TILES}2/196/", headers={"If-None-Match": tile["ETag"]}).status_code == 200


def test_a_tile_that_is_not_over_yet_is_asked_for_again(client):
    assert client.get(f"{TILES}1/20/")["Cache-Control"] == "public, no-cache"


def test_a_snapshot_counts_what_was_there_then(client, counted):
    before = last_tick().number
    EventFactory(date="1966", between=["PRK", "SYR"], claimed=["reports"])

    then = client.get(f"{TILES}3/1966/?snapshot={before}")
    assert then.json()["total"] == 2
    assert then["Cache-Control"] == "public, max-age=86400"
    assert client.get(f"{TILES}3/1966/").json()["total"] == 3
    assert client.get(f"{DENSITY}?unit=decade&country=PRK&snapshot={before}").json()["total"] == 7
    assert client.get(f"{DENSITY}?unit=decade&as_of=2017").json()["total"] == 0


def test_kept_counts_answer_without_reading_an_event(client, counted, django_assert_num_queries):
    with django_assert_num_queries(5):  # the clock, the last change, the first and the last event, the counts
        client.get(f"{DENSITY}?unit=century")
