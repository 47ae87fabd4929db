"""Countries, organizations, leaders, sources and kinds over HTTP."""

import pytest

from events.models import Succession
from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OfficeFactory,
    OrganizationFactory,
    SourceFactory,
)
from tests.timeline.api.resources import COLLECTIONS, ROOT, answer

pytestmark = pytest.mark.django_db


def test_the_root_lists_every_collection(client):
    addresses = answer(client, "")

    assert set(addresses) == {*COLLECTIONS, "changes", "density", "tiles", "schema", "docs"}
    assert all(address.startswith("http://testserver/api/v1/") for address in addresses.values())


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_stands_at_the_address_that_its_list_gives(client, linked_records, collection):
    page = answer(client, f"{collection}/")
    listed = page["results"]

    assert set(page) >= {"results", "next", "previous", "snapshot"}
    assert [member["id"] for member in listed] == sorted(member["id"] for member in listed)
    for member in listed:
        assert answer(client, f"{collection}/{member['id']}/") == member
        if collection != "sources":  # whose `url` is where the source itself is
            assert member["url"] == f"{ROOT}{collection}/{member['id']}/"


def test_a_country_tells_its_names_codes_and_successions(client, linked_records):
    sun = answer(client, "countries/SUN/")

    assert sun["existence"]["label"] == "30 December 1922 to 26 December 1991"
    assert sun["existence"]["earliest_start"] == "1922-12-30"
    assert sun["successors"] == [{"id": "RUS", "name": "Russia"}]
    assert answer(client, "countries/RUS/")["predecessors"] == [{"id": "SUN", "name": "Soviet Union"}]
    assert answer(client, "countries/PRK/")["aliases"] == ["DPRK", "Corée du Nord"]
    assert sun["capital"] is sun["alpha_2"] is sun["latitude"] is None


def test_a_source_has_its_whole_chain_both_ways(client, linked_records):
    def ids(sources):
        return [source["id"] for source in sources]

    broadcast = answer(client, "sources/broadcast/")
    assert (ids(broadcast["via"]), ids(broadcast["read_here"])) == (["article"], ["report"])
    assert ids(answer(client, "sources/report/")["via"]) == ["broadcast", "article"]
    assert ids(answer(client, "sources/article/")["read_here"]) == ["broadcast", "report"]


def test_a_source_has_one_form_everywhere(client, linked_records):
    ClaimFactory(event=EventFactory(slug="remarks"), source__slug="report")
    claim = answer(client, "events/remarks/")["claims"][0]
    alone = answer(client, "sources/report/")

    assert claim["source"] == {name: alone[name] for name in claim["source"]}
    assert claim["via"] == alone["via"]


def test_a_leader_has_offices_with_their_sources(client, linked_records):
    assert answer(client, "leaders/kim-jong-un/")["offices"] == [{
        "title": "Supreme leader",
        "country": {"id": "PRK", "name": "North Korea"},
        "organization": None,
        "held": answer(client, "leaders/kim-jong-un/")["offices"][0]["held"],
        "certain": True,
        "source": {"id": "article", "name": "Article"},
        "locator": "para. 9",
    }]


@pytest.mark.parametrize(
    ("on", "offices"),
    [
        ("1991", [("Minister", True)]),
        ("1990-06", [("Minister", False)]),
        ("2007-01-01", [("Secretary-General", False)]),
        ("2010-05-30", [("Secretary-General", True)]),
        ("1992/..", None),
        ("2000", []),
    ],
)
def test_a_leader_on_a_date_keeps_only_offices_that_may_overlap_it(client, linked_records, on, offices):
    if offices is None:
        assert "no interval" in answer(client, "leaders/ban/", 400, on=on)["errors"][0]["expected"]
        return
    held = answer(client, "leaders/ban/", on=on)["offices"]
    assert [(office["title"], office["certain"]) for office in held] == offices


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_never_was_is_not_found(client, collection):
    for odd in ("nothing-of-the-kind", "%00", "a" * 300, "ü", "%2e%2e"):
        response = client.get(f"{ROOT}{collection}/{odd}/")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


def test_unknown_paths_are_problems(client):
    response = client.get(f"{ROOT}treaties/")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("factory", "field", "old", "new", "address"),
    [
        (LeaderFactory, "slug", "bashar", "bashar-al-assad", "leaders/{}/?on=2018"),
        (CountryFactory, "code", "SYA", "SYR", "countries/{}/relations/?as_of=2018"),
    ],
)
def test_an_old_address_leads_on_with_the_question(client, factory, field, old, new, address):
    record = factory(**{field: old})
    with recording(None, "spelt out"):
        setattr(record, field, new)
        record.save()
    response = client.get(ROOT + address.format(old))

    assert response.status_code == 301
    assert response["Location"] == ROOT + address.format(new)


def test_a_record_that_was_taken_out_is_gone(client, linked_records):
    country = CountryFactory(code="ZZZ")
    with recording(None, "never was"):
        country.delete()

    assert "no longer shown" in answer(client, "countries/ZZZ/", 410)["detail"]


def test_pages_lead_through_a_collection_and_back(client):
    codes = [CountryFactory().code for _ in range(5)]
    page = answer(client, "countries/", page_size="2", count="true")
    seen = [country["id"] for country in page["results"]]
    assert page["count"] == 5
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [country["id"] for country in page["results"]]

    assert seen == sorted(codes)
    assert [country["id"] for country in client.get(page["previous"]).json()["results"]] == sorted(codes)[2:4]


@pytest.mark.parametrize(
    ("collection", "queries"),
    [
        ("countries", 6),  # the clock, the page, links to predecessors, they, links to successors, they
        ("organizations", 2),  # the clock, the page with its countries
        ("leaders", 3),  # the clock, the page, its offices
        ("sources", 4),  # the clock, the page, chains onward, chains back; one more for each link that leaves the page
        ("kinds", 2),  # the clock, the page
    ],
)
def test_a_page_of_any_size_is_a_fixed_number_of_queries(
    client, linked_records, django_assert_num_queries, collection, queries
):
    with django_assert_num_queries(queries):
        answer(client, f"{collection}/")
    with recording(None, "many more"):
        for number in range(8):
            country = CountryFactory()
            Succession.objects.create(predecessor=CountryFactory(), successor=country)
            source = SourceFactory(via=SourceFactory(publisher=OrganizationFactory(country=country)))
            OfficeFactory(country=country, source=source)
            KindFactory(slug=f"kind-{number}")
    with django_assert_num_queries(queries):
        answer(client, f"{collection}/", page_size="500")


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_an_answer_that_still_holds_is_not_sent_again(client, linked_records, django_assert_num_queries, collection):
    etag = client.get(f"{ROOT}{collection}/")["ETag"]

    with django_assert_num_queries(1):  # the clock: what changed last is remembered from before
        assert client.get(f"{ROOT}{collection}/", headers={"if-none-match": etag}).status_code == 304

    EventFactory(between=["NEW", "PRK"])
    assert client.get(f"{ROOT}{collection}/", headers={"if-none-match": etag}).status_code == 200
