"""Names at a date. Made of tables alone, without a database."""

import pytest

from events.edtf import EDTFDate
from events.importing.matching import Names
from events.importing.problems import Rejected
from events.models import Country, Kind, Leader, Office, Organization


def country(key, code, name, existence=None, aliases=()):
    return Country(pk=key, code=code, name=name, existence=existence and EDTFDate.parse(existence), aliases=[*aliases])


@pytest.fixture(scope="module")
def names():
    countries = [
        country(1, "RUS", "Russia", "1991-12-26/.."),
        country(2, "SUN", "Soviet Union", "1922-12-30/1991-12-26", ["U.S.S.R."]),
        country(3, "CHN", "China", "1949-10-01/..", ["People's Republic of China"]),
        country(4, "XRC", "Republic of China (to 1949)", "1912-01-01/1949-12-07"),
        country(5, "SYR", "Syria"),
        country(6, "BEN", "Benin", None, ["Dahomey"]),
        country(7, "XGR", "German Reich", "1871-01-18/1945-06-05", ["Germany (to 1945)"]),
        country(8, "DEU", "Germany", "1949-05-23/.."),
        country(9, "LCA", "Saint Lucia"),
        country(10, "OMN", "Oman", None, ["Muscat and Oman"]),
    ]
    leaders = [
        Leader(pk=1, slug="hafez-al-assad", name="Hafez al-Assad", aliases=["President Assad", "Assad"]),
        Leader(pk=2, slug="bashar-al-assad", name="Bashar al-Assad", aliases=["President Assad", "Assad"]),
        Leader(pk=3, slug="some-envoy", name="Some Envoy", aliases=["Envoy"]),
    ]
    found = Names(
        countries={each.code: each for each in countries},
        organizations={"un": Organization(pk=1, slug="un", name="United Nations", aliases=["UN"])},
        leaders={each.slug: each for each in leaders},
        kinds={"talks": Kind(slug="talks", label="Talks")},
    )
    held = {1: "1971-03-12/2000-06-10", 2: "2000-07-17/2024-12-08"}
    for leader in leaders[:2]:
        office = Office(leader=leader, title="President of Syria", country=countries[4],
                        held=EDTFDate.parse(held[leader.pk]))  # fmt: skip
        found.offices[leader.pk].append(office)
    found.predecessors[1].append(countries[1])
    found.index()
    return found


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("U.S.S.R.", "1975-01-01", "SUN"),
        ("USSR", "1975-01-01", "SUN"),
        ("the U. S. S. R", "1975-01-01", "SUN"),
        ("the USSR", "2001-01-01", None),
        ("Russia", "2001-01-01", "RUS"),
        ("Russia", "1975-01-01", None),
        ("U.S.S.R.", "2001-01-01", None),
        ("soviet union", "1991", "SUN"),
        ("Russia", "1991", "RUS"),
        ("China, Republic of", "1945-08-01", "XRC"),
        ("China, People’s Republic of", "1972-02-21", "CHN"),
        ("China", "1945-08-01", None),
        ("Germany", "1938", "XGR"),
        ("Germany", "1947", None),
        ("Germany", "1955", "DEU"),
        ("Dahomey (Benin)", "1965", "BEN"),
        ("Dahomey (Syria)", "1965", None),
        ("syr", "1965", "SYR"),
        ("St. Lucia", "1990", "LCA"),
        ("St Lucia", "1990", "LCA"),
        ("Muscat & Oman", "1965", "OMN"),
        ("Peoples Republic of China", "1972", "CHN"),
        ("People's Republic of China", "1972", "CHN"),
    ],
)
def test_a_country_is_the_one_that_was_so_called_on_that_day(names, text, day, code):
    if code:
        assert names.country(text, EDTFDate.parse(day)).code == code
    else:
        with pytest.raises(Rejected):
            names.country(text, EDTFDate.parse(day))


def test_who_names_a_country_before_its_time_is_told_what_was_there(names):
    with pytest.raises(Rejected, match=r"Russia \(RUS\) existed since .*, not on 1975.*Was it Soviet Union"):
        names.country("Russia", EDTFDate.parse("1975"))


@pytest.mark.parametrize(
    ("text", "day", "who"),
    [
        ("President Assad", "1974-06-15", "hafez-al-assad"),
        ("President Assad", "2000-06-09", "hafez-al-assad"),
        ("President Assad", "2000-07-01", None),
        ("President Assad", "2001-01-01", "bashar-al-assad"),
        ("Assad", "2018", "bashar-al-assad"),
        ("Assad", "2000", None),
        ("Bashar al-Assad", "1994", "bashar-al-assad"),
        ("President Bashar al-Assad", "2010", "bashar-al-assad"),
        ("President Bashar al-Assad", "1994", None),
        ("King Assad", "2010", None),
        ("Nobody", "2010", None),
        ("H.E. Mr. Bashar al-Assad", "2010", "bashar-al-assad"),
        ("His Excellency Dr. Bashar al-Assad", "1994", "bashar-al-assad"),
        ("H.E. President Assad", "1974-06-15", "hafez-al-assad"),
        ("Mr Assad", "2018", "bashar-al-assad"),
        ("He Assad", "2018", None),
        ("al-Assad, Bashar (President)", "2010", "bashar-al-assad"),
        ("Bashar al-Assad, President", "1994", None),
        ("Bashar al-Assad (King)", "2010", None),
    ],
)
def test_a_person_is_the_one_who_held_the_office_on_that_day(names, text, day, who):
    found = names.leader_if_known(text, EDTFDate.parse(day), names.countries["SYR"])

    assert (found and found.slug) == who
    if who is None:
        with pytest.raises(Rejected):
            names.leader(text, EDTFDate.parse(day), names.countries["SYR"])


def test_a_person_acts_for_the_country_of_the_office(names):
    assert names.leader_if_known("President Assad", EDTFDate.parse("2010"), names.countries["RUS"]) is None


@pytest.mark.parametrize(
    ("text", "code", "who"),
    [
        ("Bashar al-Assad", "SYR", "bashar-al-assad"),
        ("Bashar al-Assad", "RUS", None),
        ("Bashar al-Assad", None, "bashar-al-assad"),
        ("Some Envoy", "RUS", "some-envoy"),
        ("Some Envoy", "SYR", "some-envoy"),
        ("Envoy", "RUS", None),
    ],
)
def test_a_whole_name_acts_for_a_country_of_the_offices_or_any_where_none_is_known(names, text, code, who):
    day, country = EDTFDate.parse("1994"), names.countries.get(code)
    found = names.leader_if_known(text, day, country)

    assert (found and found.slug) == who
    if who is None:
        with pytest.raises(Rejected):
            names.leader(text, day, country)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Nobody Known, Russia", ("Nobody Known", "Russia")),
        ("Known, Nobody, Russia", ("Known, Nobody", "Russia")),
        ("A Minister of Trade and Industry (Russia)", ("A Minister of Trade and Industry", "Russia")),
        ("al-Assad, Bashar, Syria", ("al-Assad, Bashar", "Syria")),
        ("Benin, Syria, Russia", ("", "")),
        ("Benin; Oman, Russia", ("", "")),
        ("Benin (2 days), Russia", ("", "")),
        ("Nobody, Benin; Nobody Known, Russia", ("", "")),
        ("Assad and Nobody (Russia)", ("", "")),
        ("Nobody (Benin) and Another, Russia", ("", "")),
    ],
)
def test_who_stands_with_a_country_is_one_and_no_list(names, text, who):
    assert names.person_with_whom(text) == who


def test_organizations_and_kinds_go_by_name_or_id(names):
    assert names.organization("un").slug == names.organization("the united nations").slug == "un"
    assert names.kind("talks") is names.kind("TALKS")
    with pytest.raises(Rejected, match="no organization 'NATO'"):
        names.organization("NATO")
