"""Rows of ICEWS: whom their names and sectors stand for, and from which side they are written."""

import pytest

from events.models import Event
from tests.events.importing.files import icews, parties
from tests.factories import LeaderFactory, OfficeFactory

pytestmark = pytest.mark.django_db

NO_STATE = [
    ("Popular Movement", "Opposition Major Party (Out Of Government),Parties"),
    ("Popular Movement", "(National) Major Party,Parties,Government Major Party (In Government)"),
    ("Youth League", "Party (Centre, Out Of Government)"),
    ("Member of Parliament", "Legislative / Parliamentary,Government,Opposition Major Party (Out Of Government)"),
    ("Morning Paper", "Media,News,State Media,Government"),
    ("National Steel", "State-Owned Enterprises,Government,Business"),
    ("Free Army", "Rebel,Dissident"),
    ("Volunteers", "Non-State Armed Groups"),
    ("Volunteers", "Pro-Government Militia"),
    ("National Congress", "Parties,Ideological"),
    ("Aid for All", "Nongovernmental Organizations / Activists,Human Rights NGOs"),
    ("Clerics", "Government Religious,International Religious"),
    ("Press Corps", "NA"),
]


@pytest.mark.parametrize(("name", "sectors"), NO_STATE)
@pytest.mark.parametrize("form", ["{}", "{} (North Korea)"])
def test_who_only_lives_in_a_country_is_not_its_state(name, sectors, form, countries, bring_in, folder):
    row = {"Source Name": form.format(name), "Source Sectors": sectors}

    report = bring_in("e.tab", icews(row), "icews")

    assert (report.created, report.rejected) == (0, 1)
    reason = (folder / "e.rejects.tsv").read_text().splitlines()[1].split("\t")[2]
    assert name in reason
    assert form == "{}" or sectors in reason or sectors == "NA"


@pytest.mark.parametrize("role", ["Rebel Army", "State Media", "Pro-Government Militia", "Former Foreign Minister",
                                  "Opposition Legislator", "Citizen"])  # fmt: skip
def test_a_role_is_the_state_by_all_of_its_words(role, countries, bring_in):
    assert bring_in("e.tab", icews({"Source Name": f"{role} (North Korea)", "Source Sectors": "NA"}), "icews").rejected


@pytest.mark.parametrize(
    ("name", "sectors"),
    [
        ("Foreign Affairs (North Korea)", "NA"),
        ("Police (North Korea)", "Government,Police"),
        ("Head of Government (North Korea)", "NA"),
        ("Member of Parliament (North Korea)", "NA"),
        ("Cabinet / Council of Ministers / Advisors (North Korea)", "Cabinet,Executive,Government"),
        ("Tank Division", "Army Mechanized (Ships, Tanks, Planes),Army,Military"),
        ("Tank Division", "Army Mechanized (Ships, Tanks, Planes), Military"),
        ("Somebody", "Elite,Parties,(National) Major Party,Executive Office,Government Major Party (In Government)"),
        ("Somebody", "Finance / Economy / Commerce / Trade Ministry"),
        ("Somebody", "National / Supreme Court"),
        ("Somebody", "Upper House"),
    ],
)
def test_an_organ_of_the_state_and_who_serves_in_it_act_for_it(name, sectors, countries, bring_in):
    bring_in("e.tab", icews({"Source Name": name, "Source Sectors": sectors}), "icews")

    assert parties(Event.objects.get()) == ["party:North Korea", "party:Syria"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Event ID": "9" * 120}, "is too long"),
        ({"Event ID": "x1"}, "Event ID is 'x1'; it is a whole number"),
        ({"Event Date": "2018-02-30"}, "2018-02-30"),
        ({"Event Date": "NULL"}, "Event Date is missing"),
        ({"CAMEO Code": "40"}, "CAMEO Code is '40'"),
        ({"Source Name": "NA"}, "Source Name is missing"),
        ({"Target Country": "Atlantis", "Target Name": "Atlantis"}, "no country 'Atlantis'"),
        ({"Target Country": "Soviet Union", "Target Name": "Soviet Union"}, "existed 30 December 1922"),
        ({"Latitude": "NA"}, "Give both latitude and longitude"),
        ({"Latitude": "-133"}, "no place on earth"),
        ({"City": "NA", "Province": "Syria", "Country": "NA", "Latitude": "NA", "Longitude": ""}, "have the cells"),
    ],
)
def test_a_row_of_icews_that_cannot_be_mapped_is_rejected(cells, reason, countries, bring_in, folder):
    report = bring_in("e.tab", icews({"Event ID": "5"}, cells), "icews")

    assert (report.created, report.rejected) == (1, 1)
    assert reason in (folder / "e.rejects.tsv").read_text().splitlines()[1].split("\t")[2]


def test_what_is_missing_all_over_is_left_out(countries, bring_in):
    missing = ("Source Sectors", "Event Text", "Intensity", "Target Sectors", "Story ID", "Sentence Number",
               "Publisher", "City", "Country", "Latitude", "Longitude")  # fmt: skip
    bring_in("e.tab", icews(dict.fromkeys(missing, "NULL")), "icews")

    event = Event.objects.get()
    assert event.summary == "Coded 040: Foreign Affairs (North Korea) – Syria."
    assert (event.place_name, event.place_country, event.latitude) == ("", None, None)
    claim = event.claims.get()
    assert (claim.locator, claim.note) == ("event 1", "")


HOSTED = {"Event ID": "2", "CAMEO Code": "043", "Event Text": "Host a visit",
          "Source Name": "Syria", "Source Country": "Syria", "Source Sectors": "NA",
          "Target Name": "Foreign Affairs (North Korea)", "Target Country": "North Korea",
          "Target Sectors": "Government"}  # fmt: skip


@pytest.mark.parametrize("rows", [[HOSTED], [HOSTED, {"CAMEO Code": "042"}]])
def test_a_visit_is_the_same_from_whichever_side_it_is_written_first(rows, countries, bring_in):
    report = bring_in("e.tab", icews(*rows), "icews")

    assert (report.created, report.merged) == (1, len(rows) - 1)
    assert parties(Event.objects.get()) == ["host:Syria", "visitor:North Korea"]


@pytest.mark.parametrize(("country", "created"), [("Syria", 1), ("Russia", 0)])
def test_a_name_without_sectors_is_whoever_held_an_office_of_that_country(country, created, countries, bring_in):
    from events.models import Country

    leader = LeaderFactory(slug="bashar-al-assad", name="Bashar al-Assad", aliases=["Assad"])
    OfficeFactory(leader=leader, held="2000-07-17/..", country=Country.objects.get(code="SYR"))

    row = {"Target Name": "Assad", "Target Country": country}

    assert bring_in("e.tab", icews(row), "icews").created == created


def test_a_country_may_stand_by_another_of_its_names(countries, bring_in):
    bring_in("e.tab", icews({"Target Name": "DPRK", "Target Country": "North Korea", "Source Name": "Syria",
                             "Source Country": "Syria"}), "icews")  # fmt: skip

    assert parties(Event.objects.get()) == ["party:North Korea", "party:Syria"]


def test_one_name_in_two_countries_is_two_parties(countries, bring_in):
    ministry = {"Source Name": "Ministry of Defence", "Source Sectors": "Government,Defence Ministry"}

    report = bring_in("e.tab", icews(ministry, ministry | {"Event ID": "2", "Source Country": "Russia"}), "icews")

    assert (report.created, report.merged) == (2, 0)
    assert parties(Event.objects.get(slug="icews-2-2018-06-04")) == ["party:Russia", "party:Syria"]


@pytest.mark.parametrize("degrees", ["-0", "-0.0", "-1e-400"])
def test_a_zero_below_zero_is_not_taken_for_a_correction(degrees, countries, bring_in):
    bring_in("e.tab", icews({"Latitude": degrees}), "icews")
    report = bring_in("e.tab", icews({"Latitude": degrees, "City": "Homs"}), "icews")

    assert (report.updated, report.left_alone) == (1, {})
