"""A table as somebody kept it, CSV or XLSX: its cells as texts, under the header that stands somewhere in it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO, ClassVar, NamedTuple, TextIO

from openpyxl.utils import get_column_letter

from events.importing.drafts import Draft, Row
from events.importing.encodings import ESCAPED, UTF_16
from events.importing.filling import filled_down
from events.importing.formats import REJECTED, is_storable
from events.importing.packing import ZIP
from events.importing.problems import Rejected
from events.importing.separated import MOST_IN_A_CELL, Separated, are_rejects
from events.importing.spreadsheet import Beside, Unreadable, rows_of, sheets_of
from events.importing.workbooks import MERGED

Line = tuple[int, list[str]]
CHUNK = 2**20  # bytes
MOST_ABOVE = 30  #: rows that may stand above a header
#: How files begin that are taken for tables, such as the .xls of a web application, and what they are.
NO_TABLES = {b"<": "a web page or XML", b"%PDF": "a PDF", b"[{": "JSON", b'{"': "JSON"}
UNNAMED = re.compile("column [A-Z]+")
#: Blanks, and marks that nobody sees, such as those of a text's direction: what is copied from a page has them.
UNSEEN = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
AROUND = re.compile(rf"\A{UNSEEN}|{UNSEEN}\Z")
NO_BRACES = str.maketrans("{}", "()")  # in a mapping, they stand around a column's name


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table lies in its file. ``header``: its first and last row, counted as the file does; 0 for the first that
    is not blank. ``encoding`` is that of a CSV file that is no UTF-8. ``fill_down``: columns in which a blank cell says
    what stands above it.
    """

    separator: str = ","
    sheet: str = ""
    encoding: str = ""
    header: tuple[int, int] = (0, 0)
    fill_down: tuple[str, ...] = ()


class Unpacked(NamedTuple):
    """The rows of a spreadsheet as CSV, each behind its number, how wide the widest is, and what it says beside."""

    file: IO[str]
    width: int
    beside: Beside


class Sheet(Separated):
    """The cells of a CSV file or a spreadsheet, as texts."""

    name: ClassVar[str] = "table"
    rejects_suffix = ".csv"

    def __init__(self, path: Path, layout: Layout) -> None:
        super().__init__(path)
        self.layout = layout
        self.separator = layout.separator

    @cached_property
    def is_spreadsheet(self) -> bool:
        return self.is_called_one or self.beginning().startswith(ZIP)

    @property
    def is_called_one(self) -> bool:
        return self.path.suffix.lower() == ".xlsx"

    def open_bytes(self) -> BinaryIO:
        # A damaged one is still a spreadsheet, and is called so.
        return self.path.open("rb") if self.is_called_one else super().open_bytes()

    @cached_property
    def is_utf8(self) -> bool:
        """Whether the whole file is UTF-8, as one with rejected rows always is. What has NULs is UTF-16."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self.open_bytes() as file:
            try:
                while chunk := file.read(CHUNK):
                    if "\0" in decoder.decode(chunk):
                        return False
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return False
        return True

    @cached_property
    def is_encoded_otherwise(self) -> bool:
        """Whether it is of the encoding that the layout names. Rejected rows are not, whatever bytes had them rejected:
        they begin as UTF-8.
        """
        is_named = bool(self.layout.encoding) and not self.is_spreadsheet
        return is_named and not self.is_utf8 and not self.beginning().startswith(codecs.BOM_UTF8)

    def head(self) -> bytes:
        start = self.beginning()
        if self.is_spreadsheet:
            return start
        for mark, what in NO_TABLES.items():
            if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(mark):
                raise self.refuse(f"it is {what}, and no table: save it as XLSX or CSV.")
        if start.startswith(UTF_16) and not self.layout.encoding:
            raise self.refuse("it is UTF-16, as a spreadsheet's “Unicode text”: write encoding: utf-16 in the mapping.")
        return start if self.is_encoded_otherwise else super().head()

    def open(self) -> TextIO:
        if not self.is_encoded_otherwise:
            return super().open()
        return io.TextIOWrapper(self.open_bytes(), self.layout.encoding, ESCAPED, "")

    def lines(self) -> Iterator[Line]:
        """The header in one line, and every row below it that is not blank. Raises ImportRefused."""
        lines = self._lines_of_spreadsheet() if self.is_spreadsheet else self._lines_of_csv()
        top, bottom = self.layout.header
        first = next(lines, None)
        if first is None:
            return
        if not top or are_rejects(first[1]):
            yield first[0], self._with_links(first[1])
        else:
            header = []
            for line, cells in chain([first], lines):
                if top <= line <= bottom:
                    header.append(cells)
                elif line > bottom:
                    lines = chain([(line, cells)], lines)
                    break
            if not header:
                raise self.refuse(f"the mapping says that its header is row {top}, which is blank or not there.")
            yield top, self._with_links(joined(header))
        yield from lines

    def _lines_of_csv(self) -> Iterator[Line]:
        try:
            yield from super().lines()
        except UnicodeError:  # of UTF-16, the mark that it begins with
            raise self.refuse(f"it is no {self.layout.encoding}: name another encoding in the mapping.") from None

    def _with_links(self, header: list[str]) -> list[str]:
        """*header* with names for the columns that hold where the cells of others lead: “Source (link)”."""
        linked = self._linked_columns
        names = [header[column - 1] for column in linked]
        return header[: len(header) - len(linked)] + [name and f"{name} (link)" for name in names]

    @property
    def _linked_columns(self) -> list[int]:
        return sorted({column for _, column in self._unpacked.beside.links}) if self.is_spreadsheet else []

    def _lines_of_spreadsheet(self) -> Iterator[Line]:
        unpacked, width, beside = self._unpacked
        linked = self._linked_columns
        csv.field_size_limit(MOST_IN_A_CELL)
        with Path(unpacked.name).open(encoding="utf-8", errors="surrogatepass", newline="") as file:
            for line, *cells in csv.reader(file):
                links = [beside.links.get((int(line), column), "") for column in linked]
                yield int(line), [*cells, *[""] * (width - len(cells)), *links]

    @cached_property
    def _unpacked(self) -> Unpacked:
        """To parse a spreadsheet takes longer than all the rest, and it is read several times."""
        unpacked = NamedTemporaryFile("w", encoding="utf-8", errors="surrogatepass", newline="", suffix=".csv")  # noqa: SIM115
        writer, width = csv.writer(unpacked, quoting=csv.QUOTE_ALL), 0
        beside = Beside()
        try:
            with self.path.open("rb") as file:
                for line, cells in rows_of(file, self.layout.sheet, beside):
                    writer.writerow([line, *cells])
                    width = max(width, len(cells))
        except Unreadable as error:
            raise self.refuse(str(error)) from None
        unpacked.flush()
        return Unpacked(unpacked, width, beside)

    @property
    def hidden_rows(self) -> list[int]:
        """The rows of a spreadsheet that are hidden, as by a filter: they are read like the others."""
        return self._unpacked.beside.hidden if self.is_spreadsheet else []

    @property
    def struck_rows(self) -> list[int]:
        """The rows of a spreadsheet in which cells are struck through: they are read like the others."""
        return self._unpacked.beside.struck if self.is_spreadsheet else []

    def laid_out(self, layout: Layout) -> Sheet:
        """The same file by another *layout*; a sheet that was unpacked is not unpacked again."""
        other = Sheet(self.path, layout)
        if "_unpacked" in vars(self) and layout.sheet == self.layout.sheet:
            vars(other)["_unpacked"] = self._unpacked
        return other

    @cached_property
    def sheets(self) -> dict[str, bool]:
        """The names of a spreadsheet's sheets, each with whether it is shown; a CSV file has none."""
        if not self.is_spreadsheet:
            return {}
        try:
            with self.path.open("rb") as file:
                return sheets_of(file)
        except Unreadable as error:
            raise self.refuse(str(error)) from None

    @property
    def sheet_read(self) -> str:
        """The name of the sheet that is read; "" of a CSV file."""
        return self.layout.sheet or next((name for name, is_shown in self.sheets.items() if is_shown), "")

    @cached_property
    def columns(self) -> list[str]:
        return self.columns_by(self.first[len(REJECTED) :] if self.is_rejects else self.first)

    @property
    def named_columns(self) -> list[str]:
        return [name for name in self.columns if not UNNAMED.fullmatch(name)]

    def columns_by(self, first: list[str]) -> list[str]:
        """The names of the columns. One without a name, or with one that another has, has its letter in it."""
        names = ["" if name == MERGED else " ".join(trimmed(name).translate(NO_BRACES).split()) for name in first]
        times = Counter(names)
        return [
            name if name and times[name] == 1 else f"{name} (column {letter})" if name else f"column {letter}"
            for name, letter in zip(names, map(get_column_letter, range(1, len(names) + 1)), strict=True)
        ]

    def cells(self, row: Row) -> dict[str, str]:
        """The cells of *row* by column, without what nobody sees around them. Raises Rejected as ``Separated`` does."""
        if len(row.raw) > len(self.columns) and not any(row.raw[len(self.columns) :]):
            row = Row(row.line, row.raw[: len(self.columns)])
        return {name: trimmed(cell.replace("\r\n", "\n")) for name, cell in super().cells(row).items()}

    def rows(self) -> Iterator[Row]:
        """With what stands above in the blank cells of the columns that are filled down, so that a row is known, and
        rejected, as it is meant.
        """
        rows = super().rows()
        if self.is_rejects or not self.layout.fill_down:
            return rows
        return filled_down(rows, [self.columns.index(name) for name in self.layout.fill_down])

    def whole_rows(self) -> Iterator[dict[str, str]]:
        """The cells of the rows that can be read."""
        for row in self.rows():
            try:
                yield self.cells(row)
            except Rejected:
                continue

    def draft(self, row: Row) -> Draft:
        raise Rejected("What its columns mean is not said: it has no mapping.")

    def unfit(self, text: str) -> str:
        why = super().unfit(text)
        if is_storable(text):
            return why
        if self.is_encoded_otherwise:
            return f"bytes that are no {self.layout.encoding}: name another encoding in the mapping"
        return f"{why}, or name its encoding in the mapping"

    def rejects_header(self) -> bytes:
        """With a mark before it, by which a spreadsheet program knows the file for UTF-8."""
        return codecs.BOM_UTF8 + super().rejects_header()

    def place_of(self, row: Row, column: str) -> str:
        """Where the cell of *column* stands in *row*, in words: in a spreadsheet by its address."""
        if not self.is_spreadsheet:
            return column
        before = len(REJECTED) if self.is_rejects else 0
        return f"{column} (cell {get_column_letter(before + self.columns.index(column) + 1)}{row.line})"


def trimmed(text: str) -> str:
    return text if text.isascii() else AROUND.sub("", text)


def joined(header: list[list[str]]) -> list[str]:
    """A header of several rows in one: “Visitor” above “Name” and “Country” is “Visitor Name”, “Visitor Country”.

    What stands above several columns stands in the first of them alone, whether or not its cells are merged.
    """
    *above, lowest = [["" if cell == MERGED else cell.strip() for cell in cells] for cells in header]
    spread = []
    for cells in above:
        over = ""
        spread.append([over := cell or over for cell in cells])
    columns = zip_longest(*spread, lowest, fillvalue="")
    return [" ".join(dict.fromkeys(filter(None, names))) for names in columns]
