"""Machine-coded rows that cannot be mapped: they come back as they were, to be mended."""

import pytest

from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import BANK, gdelt, parties

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"EventCode": "999"}, "'999' is no CAMEO code"),
        ({"ActionGeo_FullName": '"Hama, Syria"'}, "is '\"Hama, Syria\"'; it is text without quotation marks around it"),
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


def test_a_first_row_that_is_cut_keeps_no_other_from_coming_in(countries, bring_in, folder):
    cut = gdelt(GLOBALEVENTID="1")[40:]

    report = bring_in("e.CSV", cut + gdelt(), "gdelt2")

    assert (report.created, report.rejected) == (1, 1)
    assert (folder / "e.rejects.tsv").read_text().splitlines()[1].endswith(cut.rstrip("\n"))


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


def test_a_carriage_return_in_a_cell_ends_no_row(countries, bring_in, folder):
    rows = gdelt(GLOBALEVENTID="1") + gdelt(GLOBALEVENTID="2", ActionGeo_FullName="Dama\rscus", EventCode="999")

    report = bring_in("e.CSV", rows.replace("\n", "\r\n"), "gdelt2")

    assert (report.read, report.created, report.rejected) == (2, 1, 1)
    rejects = folder / "e.rejects.tsv"
    rejects.write_bytes(rejects.read_bytes().replace(b"\t999\t", b"\t112\t"))
    assert import_events([rejects], "gdelt2").created == 1
    assert Event.objects.get(slug="gdelt-2").place_name == "Dama\rscus"
