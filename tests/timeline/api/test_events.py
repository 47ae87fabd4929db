"""Events over HTTP: every filter, page, order, format and mistake."""

import orjson
import pytest

from events.models import Event
from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)
from tests.shared import shared

pytestmark = pytest.mark.django_db
EVENTS = "/api/v1/events/"
COLLECTIONS = ("countries", "kinds", "leaders", "organizations", "sources")


def found(client, **asked):
    answer = client.get(EVENTS, {name.removesuffix("_"): value for name, value in asked.items()})
    assert answer.status_code == 200, answer.content
    return [event["id"] for event in answer.json()["results"]]


def refused(client, **asked):
    answer = client.get(EVENTS, {name.removesuffix("_"): value for name, value in asked.items()})
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()["errors"][0]


@shared
def short_history():
    EventFactory(slug="relations", date="1966", between=["PRK", "SYR"], claimed=["reports"])
    EventFactory(slug="troops", date="1973-10", between=["PRK", "SYR"], claimed=["reports"],
                 kind=KindFactory(slug="troop-deployment"))
    EventFactory(slug="visit", date="[2018-05-30..]", between=["PRK", "SYR"], claimed=["announces"])
    EventFactory(slug="summit", date="2018-06-12", between=["PRK", "USA"], claimed=["announces"], importance=90)


def test_events_come_in_order_of_date_in_one_envelope(client, short_history):
    answer = client.get(EVENTS).json()

    assert [event["id"] for event in answer["results"]] == ["relations", "troops", "visit", "summit"]
    assert answer["next"] is answer["previous"] is None
    assert answer["snapshot"] > 0
    assert answer["query"] == {"words": "Events, in order of date", "from": None, "to": None}


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
        ({"between": "PRK"}, "between", "two or more"),
        ({"match": "perhaps"}, "match", "possible"),
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
        ({"snapshot": "99999"}, "snapshot", "a number from 0"),
        ({"snapshot": "2018-06-02"}, "snapshot", "or a time such as"),
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


def test_a_slip_in_a_code_is_met_with_a_suggestion(client, short_history):
    assert refused(client, country="PKR") == {
        "parameter": "country",
        "value": "PKR",
        "expected": "an ISO 3166 alpha-3 code that the record knows",
        "suggestion": "PRK",
    }
    assert refused(client, country="prk")["suggestion"] == "PRK"


def test_a_repeated_parameter_is_refused(client, short_history):
    assert client.get(f"{EVENTS}?country=PRK&country=SYR").json()["errors"][0]["parameter"] == "country"


@pytest.mark.parametrize("ordering", ["date", "-date", "importance", "-importance", "-modified"])
def test_pages_lead_through_everything_and_back_under_every_ordering(client, ordering):
    for number in range(7):
        EventFactory(slug=f"e{number}", date="1966" if number % 2 else "1966-05", importance=number // 3)
    whole = found(client, ordering=ordering)
    there, pages, url = [], [], f"{EVENTS}?page_size=2&ordering={ordering}"
    while url:
        page = client.get(url).json()
        pages.append(page)
        there += [event["id"] for event in page["results"]]
        url = page["next"]
    back = [pages[-1]]
    while back[0]["previous"]:
        back.insert(0, client.get(back[0]["previous"]).json())

    assert there == whole
    assert [event["id"] for page in back for event in page["results"]] == whole


def test_a_cursor_is_good_for_its_own_question_only(client, short_history):
    link = client.get(f"{EVENTS}?page_size=1").json()["next"]

    assert client.get(link).status_code == 200
    assert client.get(f"{link}&country=PRK").json()["errors"][0]["parameter"] == "cursor"


def test_count_and_fields_on_request(client, short_history):
    answer = client.get(f"{EVENTS}?count=true&fields=id,date&page_size=1").json()

    assert answer["count"] == 4
    assert set(answer["results"][0]) == {"id", "date"}


def test_words_say_the_question(client, short_history):
    CountryFactory(code="PRK")
    words = client.get(f"{EVENTS}?between=PRK,SYR&from=1970&to=1979").json()["query"]

    assert words == {
        "words": "Events between Country PRK and Country SYR that may fall in 1970 to 1979, in order of date",
        "from": "1970-01-01",
        "to": "1979-12-31",
    }


@pytest.mark.parametrize(
    ("asked", "queries"), [("", 3), ("?between=PRK,SYR", 5), ("?page_size=500&ordering=-importance", 3)]
)
def test_a_page_of_any_size_is_a_fixed_number_of_queries(
    client, short_history, asked, queries, django_assert_num_queries
):
    # The clock, the last changes, the page; of a pair, the codes with their countries, and whether any event has more
    # countries than pairs are kept of. Whoever asks next, before anything changes, asks for the clock and the page.
    with django_assert_num_queries(queries):
        client.get(EVENTS + asked)
    with django_assert_num_queries(2):
        client.get(EVENTS + asked)


def test_one_event_in_three_queries(client, short_history, django_assert_num_queries):
    with django_assert_num_queries(3):  # the clock, the last change there, the entry
        event = client.get(f"{EVENTS}relations/").json()

    assert event["date"]["label"] == "1966"
    assert event["url"] == f"{EVENTS}relations/"


def test_an_answer_that_still_holds_is_not_read_again(client, short_history, django_assert_num_queries):
    etag = client.get(EVENTS)["ETag"]

    with django_assert_num_queries(1):  # the clock: the last changes are remembered from before
        again = client.get(EVENTS, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""

    EventFactory()
    assert client.get(EVENTS, headers={"if-none-match": etag}).status_code == 200


def test_ndjson_streams_every_event_with_the_snapshot_in_a_header(client, short_history):
    answer = client.get(f"{EVENTS}?format=ndjson")
    lines = b"".join(answer.streaming_content).splitlines()

    assert [orjson.loads(line)["id"] for line in lines] == ["relations", "troops", "visit", "summit"]
    assert int(answer["Snapshot"]) > 0
    assert client.get(EVENTS, headers={"accept": "application/x-ndjson"})["Content-Type"].startswith(
        "application/x-ndjson"
    )


def test_a_page_of_ndjson_links_to_the_next(client, short_history):
    answer = client.get(f"{EVENTS}?format=ndjson&page_size=3")

    assert len(answer.content.splitlines()) == 3
    assert 'rel="next"' in answer["Link"]


def test_csv_defuses_formulae_and_leaves_dates_alone(client):
    EventFactory(slug="odd", title="=HYPERLINK(1)", date="-0752")
    text = b"".join(client.get(f"{EVENTS}?format=csv").streaming_content).decode()

    assert "'=HYPERLINK(1)" in text
    assert ",-0752," in text


def test_an_old_address_leads_to_the_new_one_and_a_withdrawn_one_says_why(client):
    event = EventFactory(slug="old")
    with recording(None, "renamed"):
        event.slug = "new"
        event.save()
    assert client.get(f"{EVENTS}old/")["Location"] == f"{EVENTS}new/"

    with recording(None, "withdrawn"):
        event.review, event.withdrawal_reason = "withdrawn", "It was a hoax."
        event.save()
    gone = client.get(f"{EVENTS}new/")
    assert (gone.status_code, "hoax" in gone.json()["detail"]) == (410, True)
    assert client.get(f"{EVENTS}never/").status_code == 404


def test_a_draft_changes_no_byte_of_any_answer(client, short_history):
    addresses = [EVENTS, f"{EVENTS}?count=true", f"{EVENTS}?format=csv", f"{EVENTS}relations/", f"{EVENTS}draft/",
                 f"{EVENTS}?country=PRK", f"{EVENTS}?ordering=-modified",
                 *(f"/api/v1/{name}/?count=true" for name in COLLECTIONS)]

    def answers():
        return [(answer.status_code, sorted(answer.headers.items()), body_of(answer))
                for answer in map(client.get, addresses)]

    before = answers()
    with recording(None, "a draft"):
        draft = EventFactory(slug="draft", review="draft", kind=Event.objects.first().kind, title="CANARY")
        ParticipationFactory(event=draft, country=CountryFactory(code="PRK"))
        ClaimFactory(event=draft, source=Event.objects.first().claims.first().source)
    assert answers() == before


def body_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_matches_are_counted_no_further_than_a_limit(client, short_history, monkeypatch):
    def counted(query):
        answer = client.get(f"{EVENTS}?count=true&page_size=1{query}").json()
        return answer["count"], answer["count_is_exact"]

    monkeypatch.setattr("timeline.api.pagination.MOST_COUNTED", 4)
    assert counted("") == (4, True)
    monkeypatch.setattr("timeline.api.pagination.MOST_COUNTED", 3)
    assert counted("") == (3, False)
    assert counted("&as_of=2020") == (3, False)  # two tables
    assert counted("&country=PRK") == (3, False)
    assert counted("&between=PRK,SYR") == (3, True)
    assert counted("&q=PRK") == (3, False)
    assert counted("&q=SYR") == (3, True)
    assert "count_is_exact" not in client.get(EVENTS).json()


def test_an_address_of_more_than_eight_kilobytes_is_refused(client):
    assert client.get(f"{EVENTS}?country={'A' * 9000}").status_code == 414


def test_writing_is_refused_as_a_problem(client):
    answer = client.post(EVENTS, {})

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert "GET" in answer["Allow"]
