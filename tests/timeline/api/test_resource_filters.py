"""What is asked of countries, kinds, leaders, organizations and sources over HTTP, and what is refused."""

import pytest

from tests.timeline.api.resources import COLLECTIONS, answer, found, refused

pytestmark = pytest.mark.django_db


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
def test_filters_narrow_the_list(client, linked_records, collection, asked, expected):
    assert found(client, collection, **asked) == expected


@pytest.mark.parametrize("asked", [{"category": "CONSULT"}, {"quad": "material-conflict"}, {"effect": "lowers"}])
def test_kinds_are_found_by_their_place_in_plover_and_by_their_effect(client, asked):
    (name, value), = asked.items()
    kinds = answer(client, "kinds/", page_size="500")["results"]

    assert found(client, "kinds", page_size="500", **asked) == [kind["id"] for kind in kinds if kind[name] == value]
    assert found(client, "kinds", **asked)


@pytest.mark.parametrize("part", ["state visit", "State-Visit", "TATE V"])
def test_kinds_are_found_by_a_part_of_their_label(client, part):
    assert found(client, "kinds", name=part) == ["state-visit"]


def test_a_label_that_no_kind_has_finds_none(client):
    assert found(client, "kinds", name="coronation") == []


def test_a_leader_in_a_list_on_a_date_keeps_only_offices_of_then(client, linked_records):
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
def test_every_list_refuses_what_it_cannot_read(client, linked_records, collection, asked, expected):
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
def test_a_filter_refuses_what_it_cannot_read(client, linked_records, collection, asked, expected, suggestion):
    error = refused(client, collection, **asked)

    assert error["parameter"] == next(iter(asked))
    assert expected in error["expected"]
    assert suggestion is None or error["suggestion"] == suggestion


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_single_record_takes_no_filters(client, linked_records, collection):
    member = found(client, collection)[0]

    assert answer(client, f"{collection}/{member}/", fields="id") == {"id": member}
    assert answer(client, f"{collection}/{member}/", 400, page_size="5")["errors"][0]["parameter"] == "page_size"
