"""Spreadsheets that are damaged, and files that are none."""

import re
import zipfile

import pytest

from events.importing.guessing import guess
from events.importing.problems import ImportRefused
from events.models import Event, ImportRun
from tests.events.importing.files import rewritten

pytestmark = pytest.mark.django_db

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEADER = ["no", "start", "end", "who", "from", "to"]
VISIT = [1, "2018-06-04", None, "Somebody", "North Korea", "Syria"]


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
