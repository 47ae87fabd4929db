"""XLSX as openpyxl opens and parses it, but for what it passes over, and for what takes it needlessly long."""

import re
from typing import Any, BinaryIO

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

TEXT_TAG, RUN_TAG = f"{{{SHEET_MAIN_NS}}}t", f"{{{SHEET_MAIN_NS}}}r"
UNSTORED, MERGED = "#FORMULA!", "#MERGED!"  #: stand where a blank cell would be read as nothing
#: Addresses to which cells lead, by row and column from 1.
Links = dict[tuple[int, int], str]
HYPERLINK = re.compile(r'\s*HYPERLINK\(\s*"(https?://[^"]+)"\s*(?:[,;]\s*"([^"]*)"\s*)?\)\s*\Z', re.IGNORECASE)


def book_of(file: BinaryIO) -> openpyxl.Workbook:
    """The book in *file*, with the results of formulas, and sheets that are parsed once their rows are asked for."""
    reader = Reader(file, read_only=True, data_only=True)
    reader.read()
    return reader.wb


class Parser(WorkSheetParser):
    """Tells a formula without a result from a blank cell. One whose result is an empty text has the type ``str``.

    Of HYPERLINK("https://…", "KCNA") both are taken: where it leads, into *links*, and what stands in the cell.
    """

    def __init__(self, source: Any, strings: Any, links: Links, **how: Any) -> None:
        super().__init__(source, strings, **how)
        self._links = links

    def parse_cell(self, element: Any) -> dict[str, Any]:
        inline = element.find(INLINE_STRING)
        if inline is not None:
            element.remove(inline)  # of which openpyxl would make objects of six classes
        cell = super().parse_cell(element)
        if inline is not None:
            cell["value"] = _text_of_inline(inline)
        formula = element.find(FORMULA_TAG)
        if formula is None:
            return cell
        if led := HYPERLINK.match(formula.text or ""):
            self._links[cell["row"], cell["column"]] = led[1]
            cell["value"] = cell["value"] or led[2] or led[1]
        elif cell["value"] is None and element.get("t") != "str":
            cell["value"] = UNSTORED
        return cell


def _text_of_inline(inline: Any) -> str:
    """A text that stands in its cell, whole or in runs that look otherwise each; not how it is read aloud."""
    parts = (part.find(TEXT_TAG) if part.tag == RUN_TAG else part for part in inline)
    return "".join(part.text or "" for part in parts if part is not None and part.tag == TEXT_TAG)


class UnsizedSheet(ReadOnlyWorksheet):
    """A sheet whose size is not looked for: where its file does not tell it, all of its rows would be parsed for it."""

    def _get_size(self) -> None:
        """Leave it unknown."""


class Reader(ExcelReader):
    """Opens a book of such sheets."""

    def read_worksheets(self) -> None:
        for sheet, target in self.parser.find_sheets():
            if target.target not in self.valid_files:
                continue
            if "chartsheet" in target.Type:
                self.read_chartsheet(sheet, target)
                continue
            found = UnsizedSheet(self.wb, sheet.name, target.target, self.shared_strings)
            found.sheet_state = sheet.state
            self.wb._sheets.append(found)
