"""Spreadsheets: their cells as they are shown, what has no value to be read, and their sheets."""

import re
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import Font

from events.importing import spreadsheet
from events.importing.guessing import guess
from events.importing.problems import ImportRefused
from events.models import Claim, Event
from tests.events.importing.files import VISITS, rewritten

pytestmark = pytest.mark.django_db

HEADER = ["no", "start", "end", "who", "from", "to"]
VISIT = [1, "2018-06-04", None, "Somebody", "North Korea", "Syria"]


def parties(event):
    return sorted(f"{party.role}:{party.country.code}" for party in event.participations.select_related("country"))


def test_a_spreadsheet_is_read_as_it_is_shown(sheet, bring, folder):
    (folder / "m.yaml").write_text(VISITS + "sheet: Visits\n")
    path = sheet(HEADER, [7, datetime(2018, 6, 4), date(2018, 6, 6), "Somebody", "North Korea", "Syria"], [None] * 6,
                 [8.0, "2019", None, "Somebody", "Nowhere", "Syria"])  # fmt: skip

    report = bring(path)

    assert (report.read, report.created, report.rejected) == (2, 1, 1)
    assert Event.objects.get().slug == "visits-7"
    assert Event.objects.get().date.edtf == "2018-06-04/2018-06-06"
    mended = folder / "visits.rejects.csv"
    assert mended.read_text().splitlines()[1].startswith("visits.xlsx,4,")
    mended.write_text(mended.read_text().replace("Nowhere,", "North Korea,"))
    assert bring(mended).created == 1
    assert Event.objects.filter(slug="visits-8", date="2019").exists()


def test_a_text_in_runs_is_read_whole_and_not_as_it_is_read_aloud(sheet, bring, folder):
    runs = '<is><r><rPr><b/></rPr><t>Some</t></r><r><t>body Else</t></r><rPh sb="0" eb="1"><t>sambadi</t></rPh></is>'
    path = rewritten(sheet(HEADER, VISIT), lambda text: text.replace("<is><t>Somebody</t></is>", runs))

    assert bring(path).created == 1
    assert Event.objects.get().title == "Visit of Somebody Else to Syria"


@pytest.mark.parametrize(
    ("form", "date"),
    [
        ("mmm-yy", "2018-06"),
        ("[$-409]mmmm yyyy;@", "2018-06"),
        ('"since" yyyy', "2018"),
        ("d mmm yyyy", "2018-06-01"),
        ("dd/mm/yyyy", "2018-06-01"),
        ('yyyy"年"m"月"d"日"', "2018-06-01"),
        ("yyyy-mm-dd h:mm:ss", "2018-06-01T09:30:00"),
        ("m/d/yy h:mm AM/PM", "2018-06-01T09:30:00"),
    ],
)
def test_a_date_of_a_spreadsheet_is_as_fine_as_it_is_shown(form, date, folder, bring):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([1, datetime(2018, 6, 1, 9, 30), None, *VISIT[3:]])
    book.active["B2"].number_format = form
    book.save(folder / "visits.xlsx")

    assert bring(folder / "visits.xlsx").created == 1
    assert str(Event.objects.get().date) == date


@pytest.mark.parametrize(
    ("form", "dates"),
    [
        ("%d.%m.%Y", ["2018-06-04", "2018-06-05", "2018-06-06"]),
        ("%Y", ["2018", "2018"]),
        ("%d.%m.%y", ["1945-06-04", "1945-06-05"]),
    ],
)
def test_a_day_of_a_spreadsheet_is_read_by_any_format_also_when_it_comes_again(form, dates, sheet, bring, folder):
    (folder / "m.yaml").write_text(VISITS.replace("date: {", f"date: {{format: '{form}', "))
    year = int(dates[0][:4])
    path = sheet(HEADER, [1, datetime(year, 6, 4, 9, 30), None, *VISIT[3:]], [2, date(year, 6, 5), None, *VISIT[3:]],
                 [3, "06.06.2018", None, *VISIT[3:]], [4, date(year, 6, 7), None, "x", "Nowhere", "Syria"])  # fmt: skip

    bring(path)
    assert bring(folder / "visits.rejects.csv").reasons[-1].endswith("no country 'Nowhere'.")

    assert [str(event.date) for event in Event.objects.order_by("slug")] == dates


@pytest.mark.parametrize(("cap", "why"), [("MOST_ROWS", "may have 2 rows: save"), ("MOST_UNPACKED", "have 0: save")])
def test_a_spreadsheet_has_its_caps(sheet, bring, monkeypatch, cap, why):
    monkeypatch.setattr(spreadsheet, cap, 2)

    with pytest.raises(ImportRefused, match=why):
        bring(sheet(["no"], [1], [2]))


def test_a_text_that_many_rows_share_counts_in_each(sheet, bring, monkeypatch):
    rows = ([n, "2018"] for n in range(2, 100))
    path = sheet(HEADER, [*VISIT[:3], "x" * 30_000, *VISIT[4:]], *rows, merged=["D2:D99"])
    monkeypatch.setattr(spreadsheet, "MOST_UNPACKED", 2**20)

    for read in (bring, guess):
        with pytest.raises(ImportRefused, match="make it more than 1 MB: save it as CSV"):
            read(path)


def test_blank_rows_do_not_count_toward_the_cap(sheet, bring, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    path = rewritten(sheet(HEADER, [None], VISIT, [" "]), lambda text: text.replace(
        "</sheetData>", '<row r="1048576"><c r="A1048576" /></row></sheetData>'))  # fmt: skip

    assert bring(path).created == 1


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("=D2", "from (cell E2) is a formula whose result was never stored"),
        ("#N/A", "from (cell E2) holds the error value #N/A"),
        ("#REF!", "from (cell E2) holds the error value #REF!"),
    ],
)
def test_a_cell_without_a_value_is_rejected_by_its_address(sheet, bring, folder, cell, why):
    report = bring(sheet(HEADER, [*VISIT[:4], cell, "Syria"]))

    assert (report.created, report.rejected) == (0, 1)
    assert why in report.reasons[0]
    mended = folder / "visits.rejects.csv"
    assert bring(mended).rejected == 1  # nothing was mended yet
    mended.write_text(re.sub("#[^,]+[!A],Syria", "North Korea,Syria", mended.read_text()))
    assert bring(mended).created == 1


def test_a_cell_without_a_value_is_no_matter_where_the_mapping_does_not_read_it(sheet, bring):
    assert bring(sheet([*HEADER, "hours"], [*VISIT, "=C2-B2"])).created == 1


def test_an_error_value_may_be_named_as_missing(sheet, bring, folder):
    (folder / "m.yaml").write_text(VISITS + "missing: ['#N/A']\n")

    assert bring(sheet(HEADER, [*VISIT[:2], "#N/A", *VISIT[3:]])).created == 1


@pytest.mark.parametrize(
    ("stored", "end"),
    [(r' t="str"><f>A2</f><v></v>', "2018-06-04"), (r' t="str"><f>A2</f><v>2018-06-05</v>', "2018-06-04/2018-06-05")],
)
def test_the_stored_result_of_a_formula_is_read_an_empty_text_too(sheet, bring, stored, end):
    path = rewritten(sheet(HEADER, [*VISIT[:2], "=A2", *VISIT[3:]]), lambda text: re.sub(
        r'(<c r="C2")[^>]*>.*?</c>', rf"\1{stored}</c>", text))  # fmt: skip

    assert bring(path).created == 1
    assert Event.objects.get().date.edtf == end


def test_a_cell_that_is_merged_downwards_stands_in_each_of_its_rows(sheet, bring):
    path = sheet(HEADER, VISIT, [2, "2018-06-05", None, "Else", None, "Russia"], [3, "2018-06-06", None, "Else"],
                 [4, "2018-06-07", None, None, None, "Russia"], merged=["E2:E4", "F3:F4", "D6:D9"])  # fmt: skip

    report = bring(path)

    assert (report.created, report.rejected) == (4, 0)
    assert [parties(Event.objects.get(slug=f"visits-{number}")) for number in (1, 2, 3, 4)] == [
        ["host:SYR", "visitor:PRK"], ["host:RUS", "visitor:PRK"], ["host:RUS", "visitor:PRK"], ["host:RUS"],
    ]  # fmt: skip


def test_a_cell_that_is_merged_sideways_is_rejected(sheet, bring, folder):
    report = bring(sheet(HEADER, [*VISIT[:4], "Syria"], [2, *VISIT[1:]], merged=["E2:F2"]))

    assert (report.created, report.rejected) == (1, 1)
    assert "to (cell F2) is merged with the cell beside it" in report.reasons[0]
    assert "Syria,#MERGED!" in (folder / "visits.rejects.csv").read_text()


def test_a_header_may_be_merged_with_a_blank_cell_beside_it(sheet, bring):
    assert bring(sheet([*HEADER, "notes"], [*VISIT, "a"], merged=["G1:H1"])).created == 1


def test_a_guess_tells_of_rows_that_are_hidden_or_struck_through(sheet, countries):
    path = sheet(HEADER, *([number, *VISIT[1:]] for number in range(5)))
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = book.active.row_dimensions[5].hidden = True
    book.active["A4"].font = Font(strike=True)
    book.save(path)

    assert "# ??? Rows are hidden (3, 5) and read like the others" in guess(path)
    assert "# ??? Rows are struck through (4) and read like the others" in guess(path)


def test_where_the_cells_of_a_column_lead_is_a_column_of_its_own(sheet, bring, folder):
    link = '=HYPERLINK("https://news.example/a", "KCNA")'
    path = sheet([*HEADER, "read in"], [*VISIT, link], [2, *VISIT[1:], "Yonhap"], [3, *VISIT[1:], "https://news.example/c"])
    book = openpyxl.load_workbook(path)
    for cell, address in (("G3", "https://news.example/b"), ("G4", "https://news.example/c"), ("F2", "#Sheet1!A1")):
        book.active[cell].hyperlink = address
    book.save(path)
    claim = "claim: {locator: '{read in}', source: {url: '{read in (link)}'}}"
    (folder / "m.yaml").write_text(VISITS.replace("claim: {locator: 'visit {no}'}", claim))

    assert "read in (link)" in guess(path)
    assert "are hidden" not in guess(path)
    assert bring(path).created == 3
    read = Claim.objects.order_by("event__slug").values_list("locator", "source__url")
    assert [*read] == [("KCNA", "https://news.example/a"), ("Yonhap", "https://news.example/b"),
                       ("https://news.example/c", "")]  # fmt: skip


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(sheet, bring, folder):
    (folder / "m.yaml").write_text(VISITS + "sheet: Trips\n")

    with pytest.raises(ImportRefused, match="no sheet 'Trips', but Visits"):
        bring(sheet(HEADER, VISIT))


def test_of_several_sheets_the_first_is_read_and_the_others_are_named(bring, folder):
    book = openpyxl.Workbook()
    book.active.append(["Visits of our desk"])
    for row in (HEADER, VISIT):
        (book["Visits"] if "Visits" in book else book.create_sheet("Visits")).append(row)
    book.save(folder / "visits.xlsx")

    with pytest.raises(ImportRefused, match=r"the header of Sheet \(one of Sheet, Visits\) has Visits of"):
        bring(folder / "visits.xlsx")
    assert "# ??? Of the sheets Sheet, Visits this is Visits" in guess(folder / "visits.xlsx")
    (folder / "m.yaml").write_text(VISITS + "sheet: Visits\n")
    assert bring(folder / "visits.xlsx").created == 1
