"""One sheet of an XLSX file, row by row, as the texts that a CSV file of it would hold."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from textwrap import shorten
from typing import Any, BinaryIO, NamedTuple

import openpyxl
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from events.importing.packing import GZIP
from events.importing.workbooks import MERGED, UNSTORED, Links, Parser, book_of

MOST_UNPACKED = 100 * 2**20  # bytes: 3 MB of XLSX may be 43 MB of XML, and 334 MB of memory
MOST_ROWS = 100_000  # that are not blank; CSV has no end
NO_CODES = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')  #: in a number format: what is shown as it is, and the language
LINK_ID = f"{{{REL_NS}}}id"
#: Texts that stand where a cell has no value to be read, each with what is wrong and would be right. The first two are
#: ours: a blank there would be read as nothing.
NO_VALUE = {
    UNSTORED: "is a formula whose result was never stored: open the file in a spreadsheet program and save it there",
    MERGED: "is merged with the cell beside it, and may mean either column: part the two, and fill in both",
} | {error: f"holds the error value {error}: correct it, or name it under missing in the mapping"
     for error in ERROR_CODES}  # fmt: skip


#: A part of a package, and what stands in it, by which it is something else than the XLSX that is read.
OTHER_PACKAGES = (
    ("mimetype", b"opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    ("mimetype", b"opendocument", "an OpenDocument file, and no spreadsheet"),
    ("xl/workbook.bin", b"", "a binary Excel workbook (.xlsb)"),
    ("xl/workbook.xml", b"http://purl.oclc.org/ooxml/", "a “Strict Open XML” spreadsheet"),
    ("word/document.xml", b"", "a Word document"),
    ("Index/Document.iwa", b"", "a Numbers spreadsheet"),
)


class Unreadable(Exception):
    """The file is no spreadsheet that can be read, is too large, or lacks the sheet; the message says which."""


@dataclass(slots=True)
class Beside:
    """What a sheet says beside its texts: where cells lead that say something else, and which rows are hidden or have
    cells that are struck through.
    """

    links: Links = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)


class Merged(NamedTuple):
    """A range of merged cells, by columns and rows from 1, each included."""

    left: int
    top: int
    right: int
    bottom: int


def rows_of(file: BinaryIO, name: str = "", beside: Beside | None = None) -> Iterator[tuple[int, list[str]]]:
    """The rows of the sheet *name* ("" for the first that is shown) that are not blank, with their numbers, each as
    wide as its last cell at least.

    A cell that is merged downwards stands in each of its rows. What the sheet says beside goes into *beside*. Raises
    Unreadable.
    """
    with _told_as_damage():
        yield from _rows(_sheet_of(_book(file), name), Beside() if beside is None else beside)


def sheets_of(file: BinaryIO) -> dict[str, bool]:
    """The names of its sheets, in order, each with whether it is shown. Raises Unreadable."""
    with _told_as_damage():
        return {sheet.title: sheet.sheet_state == "visible" for sheet in _book(file).worksheets}


@contextmanager
def _told_as_damage() -> Iterator[None]:
    """Whatever openpyxl stumbles over and lets through, in ZIP, XML, numbers or missing parts, is called damage."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        why = shorten(str(error.__cause__ or error) or type(error).__name__, 150)
        raise Unreadable(
            f"the spreadsheet is damaged ({why}): open it in a spreadsheet program and save it anew, or as CSV."
        ) from error


def _book(file: BinaryIO) -> openpyxl.Workbook:
    _check_archive(file)
    return book_of(file)


def _check_archive(file: BinaryIO) -> None:
    start = file.read(2)
    if start == GZIP:
        raise Unreadable("it is a packed spreadsheet: unpack it.")
    if start != b"PK":
        raise Unreadable("it is no XLSX, whatever its name says.")
    with zipfile.ZipFile(file) as packed:
        parts = {part.filename: part for part in packed.infolist()}
        size = sum(part.file_size for part in packed.infolist())
        if size > MOST_UNPACKED:
            raise Unreadable(f"unpacked it has {size >> 20} MB, and may have {MOST_UNPACKED >> 20}: save it as CSV.")
        for name, words, what in OTHER_PACKAGES:
            if name in parts and words in packed.read(name):
                raise Unreadable(f"it is {what}: open it, and save it as XLSX (“Excel Workbook”) or CSV.")
    if "[Content_Types].xml" not in parts:
        raise Unreadable("it is packed, and no XLSX: unpack it, or save the spreadsheet as XLSX or CSV.")


def _sheet_of(book: openpyxl.Workbook, name: str) -> ReadOnlyWorksheet:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not sheets:
        raise Unreadable("it has no sheet with cells.")
    if name and name not in sheets:
        raise Unreadable(f"it has no sheet {name!r}, but {', '.join(sheets)}.")
    return sheets[name] if name else min(sheets.values(), key=lambda sheet: sheet.sheet_state != "visible")


def _rows(sheet: ReadOnlyWorksheet, beside: Beside) -> Iterator[tuple[int, list[str]]]:
    beginning = _merged(sheet)
    links = beside.links
    links |= _links(sheet)
    reaching: list[tuple[Merged, str]] = []  # into the row, each with the text of its first cell
    count = width = size = 0
    for line, cells in _cells(sheet, beside):
        texts = {cell["column"]: text for cell in cells if (text := text_of(_value(sheet, cell)))}
        for column, text in texts.items():
            if links and links.get((line, column)) == text:
                del links[line, column]
        if not texts:
            continue
        reaching = [(merged, text) for merged, text in reaching if line <= merged.bottom]
        reaching += [(merged, texts[merged.left]) for merged in beginning.get(line, ()) if merged.left in texts]
        for merged, text in reaching:
            texts[merged.left] = text
            right = min(merged.right, max(width, merged.left + 1, *texts))  # of a title, it may be the last of all
            texts |= dict.fromkeys(range(merged.left + 1, right + 1), MERGED)
        width = max(width, *texts)
        count += 1
        size += sum(map(len, texts.values()))
        if size > MOST_UNPACKED:
            much = f"more than {MOST_UNPACKED >> 20} MB"
            raise Unreadable(f"texts that many cells share, or that are merged, make it {much}: save it as CSV.")
        if count > MOST_ROWS:
            raise Unreadable(f"a spreadsheet may have {MOST_ROWS} rows: save it as CSV, which has no end.")
        yield line, [texts.get(column, "") for column in range(1, max(texts) + 1)]


def _merged(sheet: ReadOnlyWorksheet) -> dict[int, list[Merged]]:
    """The merged cells of *sheet* by the rows in which they begin. They stand behind the rows: it is read twice."""
    found = defaultdict(list)
    if not _names_any(sheet, b"mergeCell"):
        return found
    with sheet._get_source() as source:
        for _, element in iterparse(source):
            if element.tag == f"{{{SHEET_MAIN_NS}}}mergeCell":
                merged = Merged(*range_boundaries(element.get("ref")))
                found[merged.top].append(merged)
            element.clear()
    return found


def _links(sheet: ReadOnlyWorksheet) -> Links:
    """Where the cells of *sheet* lead, but for those with formulas: this, too, stands behind the rows."""
    found: Links = {}
    book, targets_path = sheet.parent._archive, get_rels_path(sheet._worksheet_path)
    if targets_path not in book.namelist() or not _names_any(sheet, b"hyperlink "):
        return found
    targets = {each.Id: each.Target for each in get_dependents(book, targets_path)}
    with sheet._get_source() as source:
        for _, element in iterparse(source):
            target = targets.get(element.get(LINK_ID), "") if element.tag == f"{{{SHEET_MAIN_NS}}}hyperlink" else ""
            if target.startswith(("https://", "http://")):
                left, top, _, bottom = range_boundaries(element.get("ref"))
                found |= {(line, left): target for line in range(top, min(bottom, top + MOST_ROWS) + 1)}
            element.clear()
    return found


def _names_any(sheet: ReadOnlyWorksheet, word: bytes) -> bool:
    """Whether *word* stands anywhere in the XML of *sheet*: found in a tenth of the time in which that is parsed."""
    before = b""
    with sheet._get_source() as source:
        while part := source.read(2**20):
            if word in before + part:
                return True
            before = part[-len(word) :]
    return False


def _cells(sheet: ReadOnlyWorksheet, beside: Beside) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Every row that stands in the file, with its number."""
    book = sheet.parent
    struck = {number for number, style in enumerate(book._cell_styles) if book._fonts[style.fontId].strike}
    with sheet._get_source() as source:
        parser = Parser(
            source, sheet._shared_strings, beside.links, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for line, cells in parser.parse():
            if parser.row_dimensions.pop(str(line), {}).get("hidden") in ("1", "true"):
                beside.hidden.append(line)
            if struck and any(cell["style_id"] in struck and cell["value"] is not None for cell in cells):
                beside.struck.append(line)
            yield line, cells


def _value(sheet: ReadOnlyWorksheet, cell: dict[str, Any]) -> Any:
    """The value of *cell*; of a date, as much as is shown. Who types June 2018 has the first of June stored."""
    moment = cell["value"]
    if not isinstance(moment, datetime):
        return moment
    codes = NO_CODES.sub("", ReadOnlyCell(sheet, **cell).number_format.lower().split(";")[0])
    if "h" in codes or "s" in codes:
        return moment
    if "d" in codes:
        return moment.date()
    return f"{moment:%Y-%m}" if "m" in codes else f"{moment:%Y}" if "y" in codes else moment


def text_of(cell: Any) -> str:
    """A spreadsheet's cell as it would stand in a CSV file: days as 2018-06-12, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()
