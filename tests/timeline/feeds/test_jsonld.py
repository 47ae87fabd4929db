"""JSON-LD, read by pyld without a network: the context is in the document."""

import orjson
import pytest
from pyld import jsonld as processor

from tests.timeline.feeds.examples import FEED, LISTS, event, nasty, participant
from timeline.feeds import jsonld

SCHEMA = "https://schema.org/"
EVENTS = {name: events[0] for name, events in LISTS.items() if events}


def refuse(url, options):
    raise AssertionError(f"{url} was asked for")


def expanded(told):
    (node,) = processor.expand(orjson.loads(jsonld.document(told, FEED)), {"documentLoader": refuse})
    return node


def values(node, name):
    return [member.get("@value", member.get("@id")) for member in node.get(SCHEMA + name, [])]


@pytest.mark.parametrize("told", EVENTS.values(), ids=EVENTS)
def test_a_document_can_be_read(told):
    node = expanded(told)

    assert node["@type"] == [SCHEMA + "Event"]
    assert node["@id"] == FEED.address_of(told)
    assert values(node, "url") == [FEED.page(told)]
    dated = node["https://chancery.example/api/v1/schema/#edtf"]
    assert dated == [{"@type": "http://id.loc.gov/datatypes/edtf/EDTF", "@value": told["date"]["edtf"]}]
    assert processor.to_rdf(orjson.loads(jsonld.document(told, FEED)), {"documentLoader": refuse})


def test_who_acts_organizes_who_takes_part_attends_and_who_is_spoken_of_is_what_it_is_about():
    told = event(participants=[
        participant("host", country={"id": "PRK", "name": "North Korea"}),
        participant("visitor", country={"id": "SYR", "name": "Syria"}, leader={"id": "assad", "name": "Assad"}),
        participant("subject", organization={"id": "un", "name": "United Nations"}),
    ])  # fmt: skip
    node = expanded(told)

    assert [member["@id"] for member in node[SCHEMA + "organizer"]] == [f"{FEED.root}/api/v1/countries/PRK/"]
    (person,) = node[SCHEMA + "attendee"]
    assert person["@type"] == [SCHEMA + "Person"]
    assert values(person[SCHEMA + "affiliation"][0], "name") == ["Syria"]
    assert values(node[SCHEMA + "about"][0], "name") == ["United Nations"]


@pytest.mark.parametrize(
    ("occurrence", "status"),
    [
        ("occurred", ["EventScheduled"]),
        ("planned", ["EventScheduled"]),
        ("postponed", ["EventPostponed"]),
        ("cancelled", ["EventCancelled"]),
        ("unknown", []),
    ],
)
def test_status_is_one_of_schema_org(occurrence, status):
    assert values(expanded(event(occurrence=occurrence)), "eventStatus") == [SCHEMA + each for each in status]


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("1966", ["1966"], []),
        ("1973-10/1974", ["1973-10"], ["1974"]),
        ("2018-06-12T09:00:00+08:00", ["2018-06-12T09:00:00+08:00"], []),
        ("2011/..", ["2011"], []),
        ("1966~", [], []),
        ("196X", [], []),
        ("[2018-05-30..]", [], []),
        ("../2011", [], []),
        ("-0752", [], []),
    ],
)
def test_a_date_that_iso_8601_cannot_write_is_given_as_edtf_alone(edtf, start, end):
    node = expanded(event(edtf))

    assert (values(node, "startDate"), values(node, "endDate")) == (start, end)


def test_sources_are_what_it_is_the_subject_of_each_based_on_the_one_before():
    origin, via = expanded(event())[SCHEMA + "subjectOf"]

    assert origin["@id"] == f"{FEED.root}/api/v1/sources/kcna/"
    assert values(origin, "url") == ["https://kcna.example/1"]
    assert values(via, "isBasedOn") == [origin["@id"]]


def test_a_place_has_its_coordinates():
    (place,) = expanded(event())[SCHEMA + "location"]

    assert values(place, "name") == ["Pyongyang"]
    assert values(place[SCHEMA + "geo"][0], "latitude") == [39.03]


def test_it_may_stand_inside_a_script_element():
    assert b"<" not in jsonld.document(nasty(), FEED)
    assert values(expanded(nasty()), "name")[0].startswith("</script>")
