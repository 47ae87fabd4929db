"""Machine-coded events: what a row becomes, and which rows tell of one event."""

import pytest

from events.importing.problems import ImportRefused
from events.models import Event, Source
from tests.events.importing.files import gdelt, gdelt1, icews, parties

pytestmark = pytest.mark.django_db


def test_a_row_of_gdelt_is_an_event_reported_by_its_dataset(countries, bring_in):
    bring_in("20180605.export.CSV", gdelt(), "gdelt2", publish=True)

    event = Event.objects.get()
    assert (event.slug, event.title) == ("gdelt-700000001", "Talks: North Korea – Syria")
    assert (event.kind.slug, event.date.edtf, event.verification) == ("talks", "2018-06-04", "reported")
    assert (event.place_name, event.place_country.code, event.latitude) == ("Damascus, Syria", "SYR", 33.5)
    assert parties(event) == ["party:North Korea", "party:Syria"]
    claim = event.claims.get()
    assert (claim.source.kind, claim.source.via.slug) == ("dataset", "gdelt")
    assert (claim.locator, claim.note) == ("event 700000001", "https://news.example/a")
    assert event.imported_rows.get().external_id == "700000001"


def test_what_gdelt_added_is_known_since_then(countries, bring_in, client):
    bring_in("e.CSV", gdelt(SQLDATE="20180528"), "gdelt2", publish=True)

    address = "/api/v1/events/gdelt-700000001/?as_of="
    assert client.get(f"{address}2018-06-04").status_code == 404
    assert client.get(f"{address}2018-06-05").status_code == 200


def test_the_dataset_may_have_another_id(countries, bring_in):
    bring_in("e.CSV", gdelt(), "gdelt2", dataset="gdelt-of-ours")

    assert Event.objects.get().slug == "gdelt-of-ours-700000001"
    assert Source.objects.filter(slug="gdelt-of-ours", kind="dataset").exists()


@pytest.mark.parametrize("dataset", ["Our GDELT", "x" * 121])
def test_a_dataset_that_can_have_no_address_is_refused(dataset, countries, bring_in):
    with pytest.raises(ImportRefused, match=r"--dataset: .+ is no id of a source"):
        bring_in("e.CSV", gdelt(), "gdelt2", dataset=dataset)


@pytest.mark.parametrize("columns", [58, 57])
def test_gdelt_1_has_fewer_columns(columns, countries, bring_in):
    assert bring_in("e.csv", gdelt1(columns), "gdelt1").created == 1


def test_a_visit_written_from_both_sides_is_one_event(countries, bring_in):
    host = {"Event ID": "2", "CAMEO Code": "043", "Event Text": "Host a visit",
            "Source Name": "Syria", "Source Country": "Syria", "Source Sectors": "NA",
            "Target Name": "Foreign Affairs (North Korea)", "Target Country": "North Korea",
            "Target Sectors": "Government"}  # fmt: skip

    report = bring_in("e.tab", icews({"CAMEO Code": "042"}, host), "icews")

    assert (report.created, report.merged) == (1, 1)
    event = Event.objects.get()
    assert parties(event) == ["host:Syria", "visitor:North Korea"]
    assert event.claims.count() == 1
    assert event.imported_rows.count() == 2


@pytest.mark.parametrize("in_one_file", [True, False])
def test_a_repeat_in_another_sentence_is_a_further_claim(in_one_file, countries, bring_in):
    mirror = {"Event ID": "3", "Source Name": "Syria", "Source Country": "Syria",
              "Target Name": "Foreign Affairs (North Korea)", "Target Country": "North Korea",
              "Target Sectors": "Government", "Sentence Number": "9"}  # fmt: skip
    repeat = {"Event ID": "2", "Story ID": "12", "Publisher": "Another Example"}
    if in_one_file:
        bring_in("e.tab", icews({}, repeat, mirror), "icews", publish=True)
    else:
        for number, row in enumerate(({}, repeat, mirror)):
            bring_in(f"{number}.tab", icews(row), "icews", publish=True)

    event = Event.objects.get()
    assert [claim.locator for claim in event.claims.order_by("pk")] == [
        "story 11, sentence 2", "story 12, sentence 2", "story 11, sentence 9",
    ]  # fmt: skip
    assert "Another Example" in event.claims.order_by("pk")[1].note
    assert event.verification == "reported"  # the same dataset, however often it says so


def test_an_act_without_a_mirror_is_another_one_the_other_way_round(countries, bring_in):
    accused = {"CAMEO Code": "112"}
    other_way = accused | {"Event ID": "2", "Source Name": "Syria", "Source Country": "Syria", "Source Sectors": "NA",
                           "Target Name": "North Korea", "Target Country": "North Korea"}  # fmt: skip

    assert bring_in("e.tab", icews(accused, other_way), "icews").created == 2
    assert parties(Event.objects.order_by("pk")[0]) == ["accused:Syria", "accuser:North Korea"]


def test_the_same_act_in_another_place_is_marked_and_not_merged(countries, bring_in):
    report = bring_in("e.CSV", gdelt() + gdelt(GLOBALEVENTID="2", ActionGeo_FullName="Pyongyang"), "gdelt2")

    assert (report.created, report.alike) == (2, 1)


def test_an_intent_to_meet_is_planned(countries, bring_in):
    bring_in("e.tab", icews({"CAMEO Code": "036"}), "icews", publish=True)

    assert Event.objects.get().occurrence == "planned"
