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

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
COLLECTIONS = ("countries", "events", "kinds", "leaders", "organizations", "sources")


def answer(client, address, status=200, **asked):
    response = client.get(f"{ROOT}{address}", asked)
    assert response.status_code == status, response.content
    return response.json()


def found(client, collection, **asked):
    return [record["id"] for record in answer(client, f"{collection}/", **asked)["results"]]


def refused(client, collection, **asked):
    return answer(client, f"{collection}/", 400, **asked)["errors"][0]


@pytest.fixture
def record():
    """North Korea and the Soviet Union, two who led them, and a report that passed through three hands."""
    with recording(None, "made for a test"):
        prk = CountryFactory(code="PRK", name="North Korea", aliases=["DPRK", "Corée du Nord"])
        sun = CountryFactory(code="SUN", name="Soviet Union", existence="1922-12-30/1991-12-26")
        Succession.objects.create(predecessor=sun, successor=CountryFactory(code="RUS", name="Russia"))
        trend = SourceFactory(slug="article", publisher=OrganizationFactory(slug="trend"), language="en")
        arabiya = SourceFactory(slug="broadcast", kind="broadcast", language="ar", via=trend, published=None)
        kcna = OrganizationFactory(slug="kcna", name="Korean Central News Agency", aliases=["KCNA"], country=prk)
        SourceFactory(slug="report", kind="report", publisher=kcna, via=arabiya, published=None)
        un = OrganizationFactory(slug="un", name="United Nations", kind="international-body")
        kim = LeaderFactory(slug="kim-jong-un", name="Kim Jong-un", aliases=["Kim Jong Un"])
        OfficeFactory(leader=kim, title="Supreme leader", country=prk, held="2011/..", source=trend, locator="para. 9")
        ban = LeaderFactory(slug="ban", name="Ban Ki-moon")
        OfficeFactory(leader=ban, title="Minister", country=prk, held="1990/1992", source=trend)
        OfficeFactory(leader=ban, title="Secretary-General", country=None, organization=un, held="2007/2016",
                      source=trend)
        EventFactory(slug="talks", kind=KindFactory(slug="summit"))


def test_the_root_lists_every_collection(client):
    addresses = answer(client, "")

    assert set(addresses) == {*COLLECTIONS, "changes", "density", "tiles", "schema", "docs"}
    assert all(address.startswith("http://testserver/api/v1/") for address in addresses.values())


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_stands_at_the_address_that_its_list_gives(client, record, collection):
    page = answer(client, f"{collection}/")
    listed = page["results"]

    assert set(page) >= {"results", "next", "previous", "snapshot"}
    assert [member["id"] for member in listed] == sorted(member["id"] for member in listed)
    for member in listed:
        assert answer(client, f"{collection}/{member['id']}/") == member
        if collection != "sources":  # whose `url` is where the source itself is
            assert member["url"] == f"{ROOT}{collection}/{member['id']}/"


def test_a_country_tells_its_names_codes_and_successions(client, record):
    sun = answer(client, "countries/SUN/")

    assert sun["existence"]["label"] == "30 December 1922 to 26 December 1991"
    assert sun["existence"]["earliest_start"] == "1922-12-30"
    assert sun["successors"] == [{"id": "RUS", "name": "Russia"}]
    assert answer(client, "countries/RUS/")["predecessors"] == [{"id": "SUN", "name": "Soviet Union"}]
    assert answer(client, "countries/PRK/")["aliases"] == ["DPRK", "Corée du Nord"]
    assert sun["capital"] is sun["alpha_2"] is sun["latitude"] is None


def test_a_source_has_its_whole_chain_both_ways(client, record):
    def ids(sources):
        return [source["id"] for source in sources]

    broadcast = answer(client, "sources/broadcast/")
    assert (ids(broadcast["via"]), ids(broadcast["read_here"])) == (["article"], ["report"])
    assert ids(answer(client, "sources/report/")["via"]) == ["broadcast", "article"]
    assert ids(answer(client, "sources/article/")["read_here"]) == ["broadcast", "report"]


def test_a_source_has_one_form_everywhere(client, record):
    ClaimFactory(event=EventFactory(slug="remarks"), source__slug="report")
    claim = answer(client, "events/remarks/")["claims"][0]
    alone = answer(client, "sources/report/")

    assert claim["source"] == {name: alone[name] for name in claim["source"]}
    assert claim["via"] == alone["via"]


def test_a_leader_has_offices_with_their_sources(client, record):
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
def test_a_leader_on_a_date_keeps_only_offices_that_may_overlap_it(client, record, on, offices):
    if offices is None:
        assert "no interval" in answer(client, "leaders/ban/", 400, on=on)["errors"][0]["expected"]
        return
    held = answer(client, "leaders/ban/", on=on)["offices"]
    assert [(office["title"], office["certain"]) for office in held] == offices


@pytest.mark.parametrize(
    ("collection", "asked", "expected"),
    [
        ("countries", {"name": "coree DU nord"}, ["PRK"]),
        ("countries", {"name": "prk"}, ["PRK"]),
        ("countries", {"former": "true"}, ["SUN"]),
        ("countries", {"former": "false"}, ["PRK", "RUS"]),
        ("countries", {"former": "false", "name": "soviet"}, []),
        ("organizations", {"name": "kcna"}, ["kcna"]),
        ("organizations", {"kind": "international-body,alliance"}, ["un"]),
        ("organizations", {"country": "PRK"}, ["kcna"]),
        ("leaders", {"name": "kim jong un"}, ["kim-jong-un"]),
        ("leaders", {"country": "PRK"}, ["ban", "kim-jong-un"]),
        ("leaders", {"organization": "un"}, ["ban"]),
        ("leaders", {"on": "2012"}, ["ban", "kim-jong-un"]),
        ("leaders", {"on": "2012", "country": "PRK"}, ["kim-jong-un"]),
        ("leaders", {"on": "1991"}, ["ban"]),
        ("leaders", {"country": "PRK", "organization": "un"}, []),
        ("sources", {"publisher": "kcna"}, ["report"]),
        ("sources", {"kind": "report,broadcast"}, ["broadcast", "report"]),
        ("sources", {"language": "en"}, ["article"]),
        ("sources", {"language": "en,ar"}, ["article", "broadcast"]),
        ("sources", {"via": "article"}, ["broadcast", "report"]),
        ("sources", {"via": "broadcast"}, ["report"]),
        ("sources", {"via": "report"}, []),
    ],
)
def test_filters_narrow_the_list(client, record, collection, asked, expected):
    assert found(client, collection, **asked) == expected


@pytest.mark.parametrize("asked", [{"category": "CONSULT"}, {"quad": "material-conflict"}, {"effect": "lowers"}])
def test_kinds_are_found_by_their_place_in_plover_and_by_their_effect(client, asked):
    (name, value), = asked.items()
    kinds = answer(client, "kinds/", page_size="500")["results"]

    assert found(client, "kinds", page_size="500", **asked) == [kind["id"] for kind in kinds if kind[name] == value]
    assert found(client, "kinds", **asked)


def test_a_leader_in_a_list_on_a_date_keeps_only_offices_of_then(client, record):
    ban = answer(client, "leaders/", on="2012", organization="un")["results"][0]

    assert [office["title"] for office in ban["offices"]] == ["Secretary-General"]


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"colour": "red"}, "one of the parameters"),
        ({"page_size": "501"}, "1 to 500"),
        ({"page_size": ""}, "a value"),
        ({"cursor": "WzAsIDFd"}, "earlier answer"),
        ({"count": "1"}, "true or false"),
        ({"fields": "colour"}, "names from"),
        ({"fields": "id,"}, "names from"),
        ({"format": "xlsx"}, "formats"),
    ],
)
def test_every_list_refuses_what_it_cannot_read(client, record, collection, asked, expected):
    error = refused(client, collection, **asked)

    assert error["parameter"] == next(iter(asked))
    assert expected in error["expected"]


@pytest.mark.parametrize(
    ("collection", "asked", "expected", "suggestion"),
    [
        ("countries", {"former": "yes"}, "true or false", None),
        ("countries", {"name": "--"}, "a letter or digit", None),
        ("countries", {"name": "k" * 201}, "at most 200", None),
        ("countries", {"name": "k\0"}, "NUL", None),
        ("countries", {"on": "2012"}, "one of the parameters", None),
        ("organizations", {"kind": "news-agncy"}, "any of", "news-agency"),
        ("organizations", {"country": "PKR"}, "alpha-3", "PRK"),
        ("organizations", {"country": ",".join(["PRK"] * 51)}, "at most 50", None),
        ("leaders", {"on": "yesterday"}, "", None),
        ("leaders", {"on": "2012~"}, "without", None),
        ("leaders", {"organization": "u-n"}, "an organization", "un"),
        ("sources", {"publisher": "kncа"}, "an organization", None),
        ("sources", {"language": "xx"}, "ar, en", None),
        ("sources", {"via": "articel"}, "a source", "article"),
        ("kinds", {"category": "consult"}, "any of", None),
        ("kinds", {"effect": "war,,peace"}, "single commas", None),
    ],
)
def test_a_filter_refuses_what_it_cannot_read(client, record, collection, asked, expected, suggestion):
    error = refused(client, collection, **asked)

    assert error["parameter"] == next(iter(asked))
    assert expected in error["expected"]
    assert suggestion is None or error["suggestion"] == suggestion


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_single_record_takes_no_filters(client, record, collection):
    member = found(client, collection)[0]

    assert answer(client, f"{collection}/{member}/", fields="id") == {"id": member}
    assert answer(client, f"{collection}/{member}/", 400, page_size="5")["errors"][0]["parameter"] == "page_size"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_never_was_is_not_found(client, collection):
    for odd in ("nothing-of-the-kind", "%00", "a" * 300, "ü", "%2e%2e"):
        response = client.get(f"{ROOT}{collection}/{odd}/")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


def test_unknown_paths_are_problems(client):
    response = client.get(f"{ROOT}treaties/")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_an_old_address_leads_on_with_the_question(client, record):
    leader = LeaderFactory(slug="bashar")
    with recording(None, "spelt out"):
        leader.slug = "bashar-al-assad"
        leader.save()
    response = client.get(f"{ROOT}leaders/bashar/?on=2018")

    assert response.status_code == 301
    assert response["Location"] == f"{ROOT}leaders/bashar-al-assad/?on=2018"


def test_a_record_that_was_taken_out_is_gone(client, record):
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
    client, record, django_assert_num_queries, collection, queries
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
def test_an_answer_that_still_holds_is_not_sent_again(client, record, django_assert_num_queries, collection):
    etag = client.get(f"{ROOT}{collection}/")["ETag"]

    with django_assert_num_queries(1):  # the clock: what changed last is remembered from before
        assert client.get(f"{ROOT}{collection}/", headers={"if-none-match": etag}).status_code == 304

    EventFactory(between=["NEW", "PRK"])
    assert client.get(f"{ROOT}{collection}/", headers={"if-none-match": etag}).status_code == 200
