"""Who takes part by a row of a table: several names in one cell, and people beside the countries they act for."""

import re

import pytest

from events.importing.problems import ImportRefused
from events.models import Country, Event, Leader, Organization
from tests.events.importing.files import table
from tests.factories import LeaderFactory, OfficeFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

MAPPING = """\
dataset: {id: meetings, title: Meetings, publisher: historians, publisher_name: Historians, accessed: '2020-01-01'}
id: '{no}'
kind: talks
date: '{day}'
participants:
- {role: party, country: {text: '{states}', split: /}, leader: {text: '{people}', split: /}}
"""


@pytest.fixture
def meet(countries, folder, bring_in):
    """A function that imports a meeting of states and people, in June 2018, and returns its parties or the reason."""
    for slug, name, code in (("kim-jong-un", "Kim Jong Un", "PRK"), ("bashar-al-assad", "Bashar al-Assad", "SYR")):
        leader, country = LeaderFactory(slug=slug, name=name), Country.objects.get(code=code)
        OfficeFactory(leader=leader, country=country, held="2011/..")
    LeaderFactory(slug="an-envoy", name="Some Envoy")

    def import_row(states, people, mapping=MAPPING):
        (folder / "m.yaml").write_text(mapping)
        rows = table(("no", "day", "states", "people"), ("1", "2018-06-04", states, people))
        report = bring_in("meetings.csv", rows, "table", mapping=folder / "m.yaml")
        if report.rejected:
            return report.reasons[0]
        return sorted(
            f"{party.leader or '-'}/{party.country or '-'}" for party in Event.objects.get().participations.all()
        )

    return import_row


@pytest.mark.parametrize(
    ("states", "people", "parties"),
    [
        ("North Korea / Syria", "", ["-/North Korea", "-/Syria"]),
        ("North Korea / Syria", "Kim Jong Un / Bashar al-Assad", ["Bashar al-Assad/Syria", "Kim Jong Un/North Korea"]),
        ("North Korea", "Kim Jong Un / Some Envoy", ["Kim Jong Un/North Korea", "Some Envoy/North Korea"]),
        ("", "Kim Jong Un / Some Envoy", ["Kim Jong Un/-", "Some Envoy/-"]),
        ("North Korea", "Kim Jong Un / / Some Envoy", ["Kim Jong Un/North Korea", "Some Envoy/North Korea"]),
        ("North Korea / / Syria /", "", ["-/North Korea", "-/Syria"]),
        ("North Korea / Russia / Syria", "Kim Jong Un / / Bashar al-Assad",
         ["-/Russia", "Bashar al-Assad/Syria", "Kim Jong Un/North Korea"]),
        ("North Korea / Syria", "/ Bashar al-Assad", ["-/North Korea", "Bashar al-Assad/Syria"]),
    ],
)  # fmt: skip
def test_names_in_one_cell_are_parties_each(states, people, parties, meet):
    assert meet(states, people) == parties


@pytest.mark.parametrize("extra", ["", ", if_known: yes"])
def test_one_person_beside_two_countries_acts_for_neither_by_guess(extra, meet):
    reason = meet("North Korea / Syria", "Kim Jong Un", MAPPING.replace("'{people}', split: /", f"'{{people}}'{extra}"))

    assert "country 'North Korea' and 'Syria', leader 'Kim Jong Un'" in reason
    assert not Event.objects.exists()


@pytest.mark.parametrize(("states", "people"), [("/ Syria", "Some Envoy /"), ("Syria / Russia / PRK", "A / B")])
def test_names_that_cannot_be_paired_are_rejected(states, people, meet):
    assert "one for each is wanted" in meet(states, people)


def test_a_name_that_the_mapping_leaves_out_is_no_party(meet):
    mapping = MAPPING.replace("'{states}', split: /", "'{states}', split: /, values: {Unknown: ''}")

    assert meet("North Korea / Unknown", "", mapping) == ["-/North Korea"]


def test_a_person_beside_a_country_that_the_offices_are_not_of_is_another_or_a_slip(meet):
    assert "no such office of Syria" in meet("Syria", "Kim Jong Un")


def test_who_is_only_named_if_known_is_left_out_beside_another_country(meet):
    assert meet("Syria", "Kim Jong Un", MAPPING.replace("split: /}}", "if_known: yes}}")) == ["-/Syria"]


ANY = MAPPING.replace(
    "country: {text: '{states}', split: /}, leader: {text: '{people}', split: /}",
    "party: {text: '{states}', split: [/, ' and ']}",
)


def test_a_party_is_a_country_a_body_or_a_person(meet):
    assert meet("PRK / Kim Jong Un and United Nations", "", ANY) == ["-/-", "-/North Korea", "Kim Jong Un/-"]
    assert Event.objects.get().participations.filter(organization__slug="united-nations").exists()


def test_a_party_is_of_its_date_and_one_alone(meet):
    OrganizationFactory(slug="a-club", name="Syria")

    assert "existed" in meet("Soviet Union", "", ANY)
    assert "'Syria' may be a country or Syria (a-club): write the id of which" in meet("Syria", "", ANY)
    assert "no country, organization or person 'Sirya' at that date. Did you mean “Syria”?" in meet("Sirya", "", ANY)


def test_a_party_stands_alone(meet):
    with pytest.raises(ImportRefused, match="participant 1 has a party, which stands alone"):
        meet("Syria", "", ANY.replace("party: {", "country: PRK, party: {"))


@pytest.mark.parametrize(
    ("cell", "party"),
    [
        ("Kim Jong Un (North Korea)", "Kim Jong Un/North Korea"),
        ("Kim Jong Un(DPRK)", "Kim Jong Un/North Korea"),
        ("Chairman Kim Jong Un, North Korea", "Kim Jong Un/North Korea"),
        ("North Korea (Kim Jong Un)", "Kim Jong Un/North Korea"),
        ("Envoy, Some (Syria)", "Some Envoy/Syria"),
        ("al-Assad, Bashar", "Bashar al-Assad/-"),
    ],
)
def test_a_person_and_a_country_in_one_cell_are_one_party(cell, party, meet):
    OfficeFactory(
        leader=Leader.objects.get(slug="kim-jong-un"), country=Country.objects.get(code="PRK"), title="Chairman",
        held="2016/..",
    )  # fmt: skip

    assert meet(cell, "", ANY) == [party]


@pytest.mark.parametrize("if_known", ["", ", if_known: yes"])
@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("Kim Jong Un (Syria)", "'Kim Jong Un' may be .*, of whom the record knows no such office of Syria"),
        ("Some Envoy (Soviet Union)", "existed .*, not on 2018-06-04"),
        ("Syria (Arab Rep.)", "no country, organization or person 'Syria .Arab Rep..'"),
        ("Some Envoy (Syria), Russia", "no country, organization or person"),
    ],
)
def test_a_person_who_contradicts_the_country_in_one_cell_is_rejected(cell, why, if_known, meet):
    assert re.search(why, meet(cell, "", ANY.replace("split: [/, ' and ']", "split: /" + if_known)))
    assert not Event.objects.exists()


def test_who_is_unknown_beside_a_country_in_one_cell_is_left_out_where_the_mapping_says_so(meet):
    assert "The record knows no person 'A Minister'" in meet("A Minister (Syria)", "", ANY)
    assert meet("A Minister (Syria)", "", ANY.replace("'{states}',", "'{states}', if_known: yes,")) == ["-/Syria"]


def test_a_person_may_act_for_a_body(meet):
    body = Organization.objects.get(slug="united-nations")
    OfficeFactory(leader__name="Some Secretary", country=None, organization=body, title="Secretary", held="2017/..")
    assert "no such office of United Nations" in meet("Kim Jong Un (United Nations)", "", ANY)
    assert meet("Secretary Some Secretary (United Nations)", "", ANY) == ["Some Secretary/-"]
    assert Event.objects.get().participations.get().organization.slug == "united-nations"
    assert meet("Guterres (United Nations)", "", ANY.replace("'{states}',", "'{states}', if_known: yes,")) == ["-/-"]


def test_values_are_put_in_for_the_person_and_the_country_of_one_cell(meet):
    mapping = ANY.replace("'{states}',", "'{states}', values: {Nordkorea: PRK, Kim: Kim Jong Un},")

    assert meet("KIM (Nordkorea)", "", mapping) == ["Kim Jong Un/North Korea"]
    assert meet("Kim, Nordkorea", "", mapping) == ["Kim Jong Un/North Korea"]
