"""Machine-coded events: what their codes, sides and repeats become."""

import pytest

from events.importing.gdelt import BODIES
from events.importing.matching import Names
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event, Source
from events.recording import recording
from tests.events.importing.files import gdelt, gdelt1, icews, parties
from tests.factories import CountryFactory, LeaderFactory, OfficeFactory

pytestmark = pytest.mark.django_db


BANK = {"Actor2Code": "IGOUNODEVWBK", "Actor2Name": "WORLD BANK", "Actor2CountryCode": "", "Actor2Type1Code": "IGO"}


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


@pytest.mark.parametrize(("day", "who"), [("1995-06-04", "hafez-al-assad"), ("2018-06-04", "bashar-al-assad")])
def test_president_assad_is_whoever_was_president(day, who, countries, bring_in):
    from events.models import Country

    for slug, name, held in (("hafez-al-assad", "Hafez al-Assad", "1971-03-12/2000-06-10"),
                             ("bashar-al-assad", "Bashar al-Assad", "2000-07-17/2024-12-08")):  # fmt: skip
        leader = LeaderFactory(slug=slug, name=name, aliases=["President Assad", "Assad"])
        OfficeFactory(leader=leader, title="President of Syria", held=held, country=Country.objects.get(code="SYR"))

    row = {"Event Date": day, "Target Name": "President Assad", "Target Sectors": "Executive"}
    bring_in("e.tab", icews(row), "icews")

    assert Event.objects.get().participations.get(leader__isnull=False).leader.slug == who


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"EventCode": "999"}, "'999' is no CAMEO code"),
        ({"EventCode": "40"}, "EventCode is '40'; it is text of three or four digits"),
        ({"SQLDATE": "20180431"}, "2018-04-31"),
        ({"Actor1Type1Code": "REB"}, "PYONGYANG (PRKGOV) (REB): in that country, but not its state"),
        ({"Actor1CountryCode": ""}, "names no country and no body"),
        ({"Actor2CountryCode": "EUR"}, "no country 'EUR'"),
        ({"Actor2KnownGroupCode": "ALQ"}, "a body (ALQ)"),
        ({"Actor2KnownGroupCode": "NAT", "Actor2CountryCode": "WST"}, "no organization 'NATO'"),
        ({"Actor2KnownGroupCode": "UNO", **BANK}, "no organization 'World Bank'"),
        ({"Actor2KnownGroupCode": "UNO"}, "a body (UNO) and of SYR: which acts is not told"),
        ({"Actor1CountryCode": "SUN"}, "Soviet Union (SUN) existed 30 December 1922 to 26 December 1991, not on"),
        ({"Actor1Religion2Code": "XYZ"}, "PYONGYANG (PRKGOV) (XYZ): in that country, but not its state"),
        ({"Actor1Code": "", "Actor1Name": "", "Actor1CountryCode": ""}, "Actor1 is without a name"),
        ({"ActionGeo_CountryCode": "ZZ"}, "ActionGeo_CountryCode is 'ZZ', which is no FIPS 10-4 code"),
        ({"ActionGeo_CountryCode": "IS"}, "no country 'ISR'"),
        ({"GLOBALEVENTID": "9" * 120}, "is too long"),
        ({"SQLDATE": "20180230"}, "2018-02-30"),
        ({"DATEADDED": "20180631120000"}, "2018-06-31"),
        ({"DATEADDED": "20180603120000"}, "DATEADDED 20180603120000 before it"),
        ({"EventCode": "0400"}, "'0400' is no CAMEO code"),
        ({"ActionGeo_Lat": "95"}, "no place on earth"),
        ({"ActionGeo_Long": "-1e400"}, "no place on earth"),
        ({"ActionGeo_Lat": ""}, "Give both latitude and longitude"),
        ({"ActionGeo_Lat": "x"}, "ActionGeo_Lat is 'x'; it is a number with a point, as in 39.03"),
    ],
)
def test_what_cannot_be_mapped_is_neither_guessed_nor_dropped(cells, reason, countries, bring_in, folder):
    others = "".join(gdelt(GLOBALEVENTID=str(number)) for number in range(3))

    report = bring_in("e.CSV", others + gdelt(**cells), "gdelt2")

    assert (report.read, report.created, report.merged, report.rejected) == (4, 1, 2, 1)
    header, row = (folder / "e.rejects.tsv").read_text().splitlines()
    assert header.split("\t")[:4] == ["rejected_file", "rejected_line", "rejected_because", "GLOBALEVENTID"]
    assert row.split("\t")[:2] == ["e.CSV", "4"]
    assert reason in row.split("\t")[2]
    assert row.split("\t")[3:] == gdelt(**cells).rstrip("\n").split("\t")


def test_rejects_are_mended_one_by_one(countries, bring_in, folder):
    good = "".join(gdelt(GLOBALEVENTID=str(number)) for number in range(5))
    wrong = [{"EventCode": "40"}, {"ActionGeo_Lat": "33,5"}, {"SQLDATE": "4/6/2018"}, {"Actor2CountryCode": "EUR"}]
    bring_in("e.CSV", good + "".join(gdelt(**{"EventCode": "112"} | cells) for cells in wrong), "gdelt2")
    rejects = folder / "e.rejects.tsv"
    rejects.write_text(rejects.read_text().replace("\tEUR\t", "\tRUS\t"))

    report = import_events([rejects], "gdelt2")

    assert (report.read, report.created, report.rejected) == (4, 1, 3)


@pytest.mark.parametrize("change", [lambda cells: cells[:5] + cells[6:], lambda cells: cells[:3] + cells[:2:-1]])
def test_rejects_whose_columns_were_changed_are_refused(change, countries, bring_in, folder):
    bring_in("e.CSV", gdelt() + gdelt(GLOBALEVENTID="2", Actor2CountryCode="EUR"), "gdelt2")
    lines = [line.split("\t") for line in (folder / "e.rejects.tsv").read_text().splitlines()]

    with pytest.raises(ImportRefused, match=r"header is not the one under which|it has 60 columns parted by tabs"):
        bring_in("r.tsv", "\n".join("\t".join(change(line)) for line in lines), "gdelt2")


def test_rejects_are_mended_and_imported_again(countries, bring_in, folder):
    bring_in("e.CSV", gdelt() + gdelt(GLOBALEVENTID="2", Actor2CountryCode="EUR", Actor2Name="EUROPE"), "gdelt2")
    rejects = folder / "e.rejects.tsv"
    rejects.write_text(rejects.read_text().replace("\tEUR\t", "\tRUS\t"))

    report = import_events([rejects], "gdelt2")

    assert (report.read, report.created, report.rejected) == (1, 1, 0)
    assert parties(Event.objects.get(slug="gdelt-2")) == ["party:North Korea", "party:Russia"]
    assert not (folder / "e.rejects.rejects.tsv").exists()


def test_a_body_is_a_party(countries, bring_in):
    bring_in("e.CSV", gdelt(Actor2KnownGroupCode="UNO", Actor2CountryCode="", Actor2Name="UNITED NATIONS"), "gdelt2")

    assert parties(Event.objects.get()) == ["party:North Korea", "party:United Nations"]


def test_a_body_of_a_body_is_the_finer_one(countries, bring_in):
    from tests.factories import OrganizationFactory

    OrganizationFactory(slug="world-bank", name="World Bank", kind="international-body")
    bring_in("e.CSV", gdelt(Actor2KnownGroupCode="UNO", **BANK), "gdelt2")

    assert parties(Event.objects.get()) == ["party:North Korea", "party:World Bank"]


def test_an_intent_to_meet_is_planned(countries, bring_in):
    bring_in("e.tab", icews({"CAMEO Code": "036"}), "icews", publish=True)

    assert Event.objects.get().occurrence == "planned"


@pytest.mark.parametrize("code", ["OS", "YI", ""])
def test_a_place_that_belongs_to_no_country_has_its_name_alone(code, countries, bring_in):
    bring_in("e.CSV", gdelt(ActionGeo_CountryCode=code, ActionGeo_FullName="Indian Ocean"), "gdelt2")

    event = Event.objects.get()
    assert (event.place_name, event.place_country) == ("Indian Ocean", None)


def test_an_actor_by_its_country_code_alone_is_a_party(countries, bring_in):
    bring_in("e.CSV", gdelt(Actor1Code="", Actor1Name="", Actor1Type1Code=""), "gdelt2")

    assert parties(Event.objects.get()) == ["party:North Korea", "party:Syria"]


@pytest.mark.parametrize(
    ("day", "place", "country"),
    [
        ("19850604", "RS", "SUN"),
        ("20180604", "RS", "RUS"),
        ("19850604", "UR", "SUN"),
        ("19990604", "KV", "YUG"),
        ("20050604", "KV", "SCG"),
        ("19850604", "YM", None),
        ("19850604", "YS", "YMD"),
    ],
)
def test_a_place_lay_in_the_country_of_its_day(day, place, country, countries, bring_in):
    from events.models import Country, Succession

    before = {"RUS": ["SUN"], "SCG": ["YUG"], "SRB": ["SCG"], "XKX": ["SRB"], "YEM": ["YMD", "XNY"]}
    existed = {"YUG": "1918-12-01/2003-02-04", "SCG": "2003-02-04/2006-06-05", "SRB": "2006-06-05/..",
               "XKX": "2008-02-17/..", "YMD": "1967-11-30/1990-05-22", "XNY": "1962/1990-05-22",
               "YEM": "1990-05-22/.."}  # fmt: skip
    for code, existence in existed.items():
        CountryFactory(code=code, name=f"Country {code}", existence=existence)
    of = {each.code: each for each in Country.objects.all()}
    with recording(None, "made for a test"):
        for code, predecessors in before.items():
            for each in predecessors:
                Succession.objects.create(predecessor=of[each], successor=of[code])

    row = gdelt(SQLDATE=day, ActionGeo_CountryCode=place)
    report = bring_in("e.CSV", row, "gdelt2")

    assert (report.created, report.rejected) == ((1, 0) if country else (0, 1))
    assert country is None or Event.objects.get().place_country.code == country
    if country is None:
        assert "Of the place: Country YEM (YEM) existed since 22 May 1990" in report.reasons[0]
        assert "Was it Country YMD (YMD) or Country XNY (XNY)?" in report.reasons[0]


@pytest.mark.parametrize(("code", "country"), [("IMY", "IMN"), ("MTN", "MNE"), ("ROM", "ROU"), ("WSB", "PSE")])
def test_cameos_own_codes_of_countries_are_those_countries(code, country, countries, bring_in):
    CountryFactory(code=country, name="Elsewhere")

    bring_in("e.CSV", gdelt(Actor2CountryCode=code, Actor2Code=code, Actor2Name="ELSEWHERE"), "gdelt2")

    assert parties(Event.objects.get()) == ["party:Elsewhere", "party:North Korea"]


def test_a_carriage_return_in_a_cell_ends_no_row(countries, bring_in, folder):
    rows = gdelt(GLOBALEVENTID="1") + gdelt(GLOBALEVENTID="2", ActionGeo_FullName="Dama\rscus", EventCode="999")

    report = bring_in("e.CSV", rows.replace("\n", "\r\n"), "gdelt2")

    assert (report.read, report.created, report.rejected) == (2, 1, 1)
    rejects = folder / "e.rejects.tsv"
    rejects.write_bytes(rejects.read_bytes().replace(b"\t999\t", b"\t112\t"))
    assert import_events([rejects], "gdelt2").created == 1
    assert Event.objects.get(slug="gdelt-2").place_name == "Dama\rscus"


def test_the_curated_record_knows_each_body_of_which_gdelt_has_a_code(curated_record):
    names = Names.of_the_record()

    found = [names.organization(name) for name in BODIES.values()]
    assert len(set(found)) == len(BODIES)
