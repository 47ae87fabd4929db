"""What is asked of events over HTTP: every filter, every mistake, and the question in words."""

import pytest

from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    LeaderFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)
from tests.timeline.api.asking import EVENTS, found, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"from_": "1970", "to": "1979"}, ["troops"]),
        ({"from_": "1973-10-06", "to": "1973-10-25"}, ["troops"]),
        ({"from_": "1973-10-06", "to": "1973-10-25", "match": "certain"}, []),
        ({"from_": "1973", "to": "1973", "match": "within"}, ["troops"]),
        ({"from_": "2030"}, ["visit"]),
        ({"from_": "2018", "match": "certain"}, ["visit", "summit"]),
        ({"to": "1966"}, ["relations"]),
        ({"to": "-0001"}, []),
        ({"country": "USA"}, ["summit"]),
        ({"country": "USA,SYR"}, ["relations", "troops", "visit", "summit"]),
        ({"between": "SYR,PRK"}, ["relations", "troops", "visit"]),
        ({"between": "PRK,SYR", "from_": "1970", "to": "1979"}, ["troops"]),
        ({"kind": "troop-deployment"}, ["troops"]),
        ({"occurrence": "planned"}, ["visit", "summit"]),
        ({"verification": "reported,disputed", "to": "1970"}, ["relations"]),
        ({"precision": "year,month"}, ["relations", "troops"]),
        ({"role": "party"}, ["relations", "troops", "visit", "summit"]),
        ({"role": "host"}, []),
        ({"country": "PRK", "role": "mediator"}, []),
        ({"quad": "verbal-cooperation", "to": "1969"}, ["relations"]),
        ({"category": "ASSAULT"}, []),
        ({"origins_min": "2"}, []),
        ({"ordering": "-date"}, ["summit", "visit", "troops", "relations"]),
        ({"ordering": "-importance", "page_size": "1"}, ["summit"]),
    ],
)
def test_filters_narrow_the_list(client, short_history, asked, expected):
    assert found(client, **asked) == expected


def test_a_role_narrows_the_parties_asked_for(client):
    event = EventFactory(slug="visit")
    ParticipationFactory(event=event, country=CountryFactory(code="PRK"), role="host")
    ParticipationFactory(event=event, leader=LeaderFactory(slug="assad"), country=CountryFactory(code="SYR"),
                         role="visitor")
    ParticipationFactory(event=event, organization=OrganizationFactory(slug="un"), role="observer")

    assert found(client, country="PRK", role="host") == ["visit"]
    assert found(client, country="SYR", role="host") == []
    assert found(client, leader="assad", role="visitor,host") == ["visit"]
    assert found(client, organization="un") == ["visit"]
    assert found(client, between="PRK,SYR", role="host") == []


def test_observers_make_no_pair(client):
    event = EventFactory(slug="talks", between=["PRK"])
    ParticipationFactory(event=event, country=CountryFactory(code="CHN"), role="observer")

    assert found(client, between="PRK,CHN") == []
    assert found(client, country="CHN") == ["talks"]


def test_a_role_that_makes_no_dyad_narrows_pairs_to_none_whatever_else_the_countries_do(client):
    event = EventFactory(slug="talks", between=["PRK", "SYR"])
    for code in ("PRK", "SYR"):
        ParticipationFactory(event=event, country=CountryFactory(code=code), role="subject")

    assert found(client, between="PRK,SYR", role="subject") == []
    assert found(client, between="PRK,SYR", role="subject,party") == ["talks"]
    assert found(client, country="PRK", role="subject") == ["talks"]


def test_a_conference_of_many_countries_is_found_by_any_two_of_them(client):
    with recording(None, "a conference"):
        event = EventFactory(slug="conference")
        codes = [ParticipationFactory(event=event, country=CountryFactory(), role="signatory").country.code
                 for _ in range(31)]

    assert found(client, between=f"{codes[3]},{codes[30]},{codes[0]}") == ["conference"]


def test_sources_and_publishers_are_found_through_the_chain(client):
    trend = SourceFactory(slug="trend-article", publisher=OrganizationFactory(slug="trend"))
    kcna = SourceFactory(slug="kcna-report", publisher=OrganizationFactory(slug="kcna"), via=trend)
    ClaimFactory(event=EventFactory(slug="remarks"), source=kcna)

    for asked in ({"source": "kcna-report"}, {"source": "trend-article"}, {"publisher": "trend,kcna"}):
        assert found(client, **asked) == ["remarks"]


def test_places_are_found_by_country_and_by_box(client):
    EventFactory(slug="singapore", place_country=CountryFactory(code="SGP"), latitude=1.29, longitude=103.85)
    EventFactory(slug="fiji", latitude=-18.1, longitude=178.4)

    assert found(client, place="SGP") == ["singapore"]
    assert found(client, bbox="100,0,110,10") == ["singapore"]
    assert found(client, bbox="170,-20,-170,0") == ["fiji"]


@pytest.mark.parametrize(
    ("asked", "parameter", "expected"),
    [
        ({"county": "PRK"}, "county", "one of the parameters"),
        ({"country": ""}, "country", "a value"),
        ({"country": "PRK,"}, "country", "single commas"),
        ({"from_": "yesterday"}, "from", ""),
        ({"from_": "1966~"}, "from", "without"),
        ({"from_": "1966/1970"}, "from", "no interval"),
        ({"from_": "1970", "to": "1969"}, "from", "not after `to`"),
        ({"from_": "[..1970]"}, "from", "a date with a beginning"),
        ({"to": "[1970..]"}, "to", "a date with an end"),
        ({"between": "PRK"}, "between", "two or more"),
        ({"match": "perhaps"}, "match", "possible"),
        ({"match": "certain"}, "match", "beside it a span, by from or to"),
        ({"page_size": "0"}, "page_size", "1 to 500"),
        ({"page_size": "٣"}, "page_size", "1 to 500"),
        ({"page_size": "9" * 5000}, "page_size", ""),
        ({"origins_min": "1.5"}, "origins_min", "whole number"),
        ({"bbox": "1,2,3"}, "bbox", "west,south,east,north"),
        ({"bbox": "nan,0,1,1"}, "bbox", ""),
        ({"bbox": "1,50,2,40"}, "bbox", "south before north"),
        ({"cursor": "made-up"}, "cursor", "earlier answer"),
        ({"count": "yes"}, "count", "true or false"),
        ({"fields": "id,colour"}, "fields", "names from"),
        ({"format": "xml"}, "format", "formats"),
        ({"ordering": "title"}, "ordering", "date"),
        ({"as_of": "2018/.."}, "as_of", "no interval"),
        ({"as_of": "2018-06-12T10:00:00 09:00"}, "as_of", "T10:00:00%2B09:00"),
        ({"snapshot": "2018-06-12T10:00:00 09:00"}, "snapshot", "T10:00:00%2B09:00"),
        ({"snapshot": "99999"}, "snapshot", "a number from 0"),
        ({"snapshot": "2018-06-02"}, "snapshot", "or a time such as"),
        ({"snapshot": "0001-01-01T00:00:00+08:00"}, "snapshot", "or a time such as"),
        ({"q": "!!!"}, "q", "a letter or digit"),
        ({"kind": "troops\0"}, "kind", "NUL"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(client, short_history, asked, parameter, expected):
    error = refused(client, **asked)

    assert error["parameter"] == parameter
    assert expected in error["expected"]


def test_part_of_a_name_in_the_place_of_an_id_is_met_with_the_id_of_the_only_one_so_called(client, short_history):
    LeaderFactory(slug="kim-jong-un", name="Kim Jong Un")

    assert refused(client, leader="Jong-Un")["suggestion"] == "kim-jong-un"
    LeaderFactory(slug="kim-jong-il", name="Kim Jong Il")
    assert "suggestion" not in refused(client, leader="Jong")


def test_of_very_many_ids_those_that_begin_alike_are_compared(client, short_history, monkeypatch):
    for slug in ("kim-jong-un", "kim-jong-il", "assad-bashar"):
        LeaderFactory(slug=slug)
    assert refused(client, leader="xim-jong-un")["suggestion"] == "kim-jong-un"

    monkeypatch.setattr("timeline.api.record_fields.MOST_COMPARED", 2)

    assert refused(client, leader="kim-jnog-un")["suggestion"] == "kim-jong-un"
    assert "suggestion" not in refused(client, leader="xim-jong-un")


def test_a_slip_in_a_code_is_met_with_a_suggestion(client, short_history):
    assert refused(client, country="PKR") == {
        "parameter": "country",
        "value": "PKR",
        "expected": "an ISO 3166 alpha-3 code that the record knows",
        "suggestion": "PRK",
    }
    assert refused(client, country="prk")["suggestion"] == "PRK"


def test_a_slip_in_the_name_of_a_country_is_met_with_the_country_not_with_a_code_like_it(client, short_history):
    CountryFactory(code="NOR", name="Norway")
    CountryFactory(code="ESH", name="Western Sahara")

    assert refused(client, country="Nrway")["suggestion"] == "NOR"
    assert refused(client, country="Western Sahra")["suggestion"] == "ESH"
    assert "suggestion" not in refused(client, country="Nowhere")


def test_a_repeated_parameter_is_refused(client, short_history):
    assert client.get(f"{EVENTS}?country=PRK&country=SYR").json()["errors"][0]["parameter"] == "country"


def test_words_say_the_question(client, short_history):
    CountryFactory(code="PRK")
    words = client.get(f"{EVENTS}?between=PRK,SYR&from=1970&to=1979").json()["query"]

    assert words == {
        "words": "Events between Country PRK and Country SYR that may fall in 1970 to 1979, in order of date",
        "from": "1970-01-01",
        "to": "1979-12-31",
    }


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("source=a-report", "Events resting on “He said: “wait””"),
        ("source=a-report,another", "Events resting on “Another” or “He said: “wait””"),
        ("source=a-report&publisher=kcna", "Events resting on “He said: “wait”” resting on what KCNA published"),
        ("occurrence=occurred", "Events held to have occurred"),
        ("occurrence=planned,occurred", "Events held to be planned or to have occurred"),
        ("origins_min=1", "Events with at least 1 independent origin"),
        ("origins_min=2", "Events with at least 2 independent origins"),
    ],
)
def test_words_are_a_sentence_whatever_they_name(client, asked, words):
    SourceFactory(slug="a-report", title="He said: “wait”", publisher__slug="kcna", publisher__name="KCNA")
    SourceFactory(slug="another")

    assert client.get(f"{EVENTS}?{asked}").json()["query"]["words"] == f"{words}, in order of date"
