"""The files that tables come in: what a spreadsheet makes of a cell, and what is no table."""

import io

import openpyxl
import pytest

from events.models import Country
from events.tables import formats
from tests.events.tabling import brought_in, exported, refusals
from tests.factories import (
    CountryFactory,
    EventFactory,
    OrganizationFactory,
)

pytestmark = pytest.mark.django_db


def book(*rows, merged=""):
    """The bytes of a spreadsheet."""
    made = openpyxl.Workbook()
    for place, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            made.active.cell(place, column, cell)
    if merged:
        made.active.merge_cells(merged)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-cmd", "@sum", "'=1+1", "''@x", "'quoted'", "plain"])
@pytest.mark.parametrize("file_format", [formats.CSV, formats.XLSX])
def test_no_cell_is_a_formula_and_every_text_comes_back(text, file_format):
    OrganizationFactory(slug="a-body", name=text)
    content = exported("organizations", file_format)

    table = file_format().create_dataset(content)

    assert table.dict[0]["name"] == text
    if file_format is formats.XLSX:
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
    else:
        assert all(f'{mark}{text}' not in content for mark in ',"' if text[0] in "=+-@")


def test_numbers_and_dates_before_christ_have_no_apostrophe():
    CountryFactory(code="ROM", existence="-0752/0476", latitude=-41.9, longitude=12.5)

    content = exported("countries")

    assert ",-41.9," in content
    assert ",-0752/0476," in content


def test_a_spreadsheet_may_hold_real_numbers_and_days():
    content = book(["id", "name", "latitude", "longitude", None], ["SYR", "Syria", 33.5, 36, None])

    result = brought_in("countries", content, formats.XLSX)

    assert refusals(result) == []
    assert (Country.objects.get().latitude, Country.objects.get().longitude) == (33.5, 36)


@pytest.mark.parametrize(
    ("file_format", "content", "words"),
    [
        (formats.XLSX, b"no zip", "The spreadsheet cannot be read"),
        (formats.CSV, "", "The table is empty"),
        (formats.CSV, "id;name\nSYR;Syria\n", "parted by something else than commas"),
        (formats.CSV, "id,name\nSYR,Syria,more\n", "Row 2 has 3 cells; the header has 2."),
        (formats.CSV, "id\n" + "x\n" * 1_001, "may have 1,000"),
        (formats.JSON, "{", "This is no JSON"),
        (formats.JSON, "{}", "no list of objects"),
        (formats.JSON, '[{"id": "SYR"}, {"id": "PRK", "name": "K"}]', "Object 2 has other names than the first one"),
        (formats.JSON, '[{"id": "SYR", "aliases": ["Sham"]}]', "Object 1: aliases is no text"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(file_format, content, words):
    with pytest.raises(ValueError, match=words.split("(")[0]):
        file_format().create_dataset(content)


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("events.importing.spreadsheet.MOST_UNPACKED", 100)

    with pytest.raises(ValueError, match="unpacked it has"):
        formats.XLSX().create_dataset(exported("countries", formats.XLSX))


@pytest.mark.parametrize("cell", ["=A2", "#N/A"])
def test_a_cell_without_a_value_is_not_taken_for_a_blank_one(cell):
    CountryFactory(code="SYR", name="Syria", capital="Damascus")

    with pytest.raises(ValueError, match=r"Cell B3 holds #.+: write a value there"):
        formats.XLSX().create_dataset(book(["id", "capital"], [], ["SYR", cell]))


def test_a_cell_that_is_merged_downwards_stands_in_each_of_its_rows():
    rows = formats.XLSX().create_dataset(book(["id", "capital"], ["SYR", "Damascus"], ["PRK"], merged="B2:B3")).dict

    assert [row["capital"] for row in rows] == ["Damascus", "Damascus"]


def test_a_damaged_spreadsheet_is_refused():
    content = book(["id", "name"], ["SYR", "Syria"])

    with pytest.raises(ValueError, match="The spreadsheet cannot be read: the spreadsheet is damaged"):
        formats.XLSX().create_dataset(content[: len(content) // 2])


def test_a_cell_that_a_spreadsheet_would_cut_off_is_not_exported_to_one():
    EventFactory(slug="talks-held", summary="x" * 40_000)

    with pytest.raises(ValueError, match="summary of “talks-held” is too long"):
        exported("events", formats.XLSX)
    assert "x" * 40_000 in exported("events")


def test_control_characters_do_not_break_a_spreadsheet():
    OrganizationFactory(slug="a-body", name="Bell\x07")

    assert formats.XLSX().create_dataset(exported("organizations", formats.XLSX)).dict[0]["name"] == "Bell\ufffd"
