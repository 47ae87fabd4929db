"""Spreadsheets: their cells as they are shown, what has no value to be read, and files that are damaged."""

import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from events.importing import spreadsheet
from events.importing.guessing import guess
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event, ImportRun
from tests.events.importing.files import VISITS

pytestmark = pytest.mark.django_db

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEADER = ["no", "start", "end", "who", "from", "to"]
VISIT = [1, "2018-06-04", None, "Somebody", "North Korea", "Syria"]


@pytest.fixture
def sheet(folder):
    """A function that writes rows to the sheet Visits of a new visits.xlsx; merged cells are ranges such as E2:E4."""

    def write(*rows, merged=()):
        book = openpyxl.Workbook()
        book.active.title = "Visits"
        for row in rows:
            book.active.append(row)
        for cells in merged:
            book.active.merge_cells(cells)
        book.save(folder / "visits.xlsx")
        return folder / "visits.xlsx"

    return write


@pytest.fixture
def bring(folder, countries):
    """A function that imports a spreadsheet."""
    (folder / "m.yaml").write_text(VISITS)
    return lambda path, **options: import_events([path], "table", mapping=folder / "m.yaml", **options)


def rewritten(path, change):
    """The spreadsheet *path* with the text of its sheet changed by hand."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, change(content.decode()) if name.endswith("sheet1.xml") else content)
    return path


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


def cut(path, tenth):
    content = path.read_bytes()
    return content[: len(content) * tenth // 10]


def with_part(path, change):
    return rewritten(path, change).read_bytes()


def flipped(path, name):
    """The spreadsheet with one byte of the packed part *name* turned."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        at = packed.getinfo(name)
    content[at.header_offset + 30 + len(name) + at.compress_size // 2] ^= 0xFF
    return bytes(content)


DAMAGES = {
    **{f"cut at {tenth} tenths": lambda path, tenth=tenth: cut(path, tenth) for tenth in range(1, 10)},
    "the sheet's XML ends early": lambda path: with_part(path, lambda text: text[: len(text) // 2]),
    "a number that is none": lambda path: with_part(path, lambda text: text.replace("<v>1</v>", "<v>one</v>")),
    "a text that is not there": lambda path: with_part(path, lambda text: text.replace(
        "</row>", '<c r="G1" t="s"><v>999</v></c></row>', 1)),
    "a byte of the sheet": lambda path: flipped(path, "xl/worksheets/sheet1.xml"),
    "a byte of the styles": lambda path: flipped(path, "xl/styles.xml"),
    "a byte of the contents": lambda path: flipped(path, "[Content_Types].xml"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_spreadsheet_is_refused(sheet, bring, damage):
    path = sheet(HEADER, VISIT, *([n, *VISIT[1:3], f"Person {n}", *VISIT[4:]] for n in range(2, 200)))
    path.write_bytes(DAMAGES[damage](path))

    for read in (bring, guess):
        with pytest.raises(ImportRefused, match=r"visits\.xlsx is not what .+ spreadsheet is damaged \(.+\): open it"):
            read(path)
    assert not Event.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xls", OLD, "an old spreadsheet (.xls) or has a password"),
        ("a.xlsx", OLD, "an old spreadsheet (.xls) or has a password"),
        ("a.xlsx", b"no,start\n1,2018\n", "it is no XLSX, whatever its name says"),
        ("a.xlsx", b"", "it is empty"),
    ],
)
def test_what_is_no_spreadsheet_is_called_what_it_is(folder, bring, name, content, why):
    (folder / name).write_bytes(content)

    with pytest.raises(ImportRefused, match=re.escape(why)):
        bring(folder / name)


def test_a_spreadsheet_is_known_by_what_it_is_and_not_by_its_name(sheet, bring, folder):
    assert bring(sheet(HEADER, VISIT).rename(folder / "visits.csv")).created == 1


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


PACKAGES = {
    "an OpenDocument spreadsheet (.ods): open it, and save it as XLSX": {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
    "an OpenDocument file, and no spreadsheet": {"mimetype": "application/vnd.oasis.opendocument.text"},
    "a binary Excel workbook (.xlsb)": {"[Content_Types].xml": "", "xl/workbook.bin": "x"},
    "a Word document": {"[Content_Types].xml": "", "word/document.xml": "x"},
    "a Numbers spreadsheet": {"Index/Document.iwa": "x"},
    "a “Strict Open XML” spreadsheet": {
        "[Content_Types].xml": "", "xl/workbook.xml": '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'},
}  # fmt: skip


@pytest.mark.parametrize("what", PACKAGES)
def test_what_is_packed_and_no_xlsx_is_called_what_it_is(what, folder, bring):
    for name in ("t.xlsx", "t.ods"):
        with zipfile.ZipFile(folder / name, "w") as packed:
            for part, content in PACKAGES[what].items():
                packed.writestr(part, content)
        for read in (bring, guess):
            with pytest.raises(ImportRefused, match=re.escape(f"it is {what}")):
                read(folder / name)


@pytest.mark.parametrize(
    "content", ["<html><table>", "\ufeff <?xml version='1.0'?><Workbook>", "%PDF-1.7\n%âãÏÓ", '[{"a": 1}]']
)
def test_what_is_no_table_at_all_is_called_what_it_is(content, folder, bring):
    (folder / "t.xls").write_text(content)

    for read in (bring, guess):
        with pytest.raises(ImportRefused, match=r"it is (a web page or XML|a PDF|JSON), and no table: "):
            read(folder / "t.xls")
