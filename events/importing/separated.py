"""Files of cells, a row a line or more: commas, quotes and a header (CSV), or tabs and no quotes at all."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, TextIO

from events.importing.drafts import Row
from events.importing.formats import REJECTED, Format, is_storable
from events.importing.problems import Rejected

MOST_IN_A_CELL = 1_000_000  # characters
#: How the cells of a column are written, and the same in words.
Form = tuple[re.Pattern[str], str]
DEGREES: Form = (
    re.compile(r"(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)?|NA|NULL"),
    "a number with a point, as in 39.03",
)
SEPARATORS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas"}


class Separated(Format):
    """Cells under a header. Bytes that are no UTF-8 pass through unharmed, and are refused row by row."""

    separator: str = ","
    quoted: ClassVar[bool] = True
    has_header: ClassVar[bool] = True
    forms: ClassVar[dict[str, Form]] = {}  #: of the columns that spreadsheets write anew
    _cut: int = 0  #: the line behind which no line break stands, as one does behind all others without quotes

    def open(self) -> TextIO:
        # Without quotes a lone carriage return ends no row: there it is a letter like any other.
        newline = "" if self.quoted else "\n"
        return io.TextIOWrapper(self.open_bytes(), "utf-8-sig", "surrogateescape", newline)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Every row that is not blank, header included, with the line on which it begins."""
        csv.field_size_limit(MOST_IN_A_CELL)
        with self.open() as file:
            if not self.quoted:
                for line, text in enumerate(file, 1):
                    if not text.endswith(("\n", "\r")):
                        self._cut = line
                    if text.strip("\r\n"):
                        yield line, text.rstrip("\r\n").split(self.separator)
                return
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            line = 1
            try:
                for cells in reader:
                    if any(map(str.strip, cells)):
                        yield line, cells
                    line = reader.line_num + 1
            except csv.Error as error:
                to = f" to {reader.line_num}, a single row," if reader.line_num > line else ""
                raise self.refuse(f"line {line}{to} is no CSV ({error}): see to its quotation marks.") from None

    @cached_property
    def first(self) -> list[str]:
        """The cells of the first row."""
        head = self.head()
        if not self.quoted and b"\r" in head and b"\n" not in head:
            raise self.refuse("its rows end in carriage returns alone: save it with line feeds.")
        return next(([cell.strip() for cell in cells] for _, cells in self.lines()), [])

    @cached_property
    def is_rejects(self) -> bool:
        return are_rejects(self.first)

    @cached_property
    def columns(self) -> list[str]:
        return self.first[len(REJECTED) :] if self.is_rejects else self.columns_by(self.first)

    @property
    def columns_read(self) -> list[str]:
        """Those of its columns from which anything is taken."""
        return self.columns

    def columns_by(self, first: list[str]) -> list[str]:
        """The columns of a file with this *first* row."""
        return first

    def check(self) -> int:
        self.check_header()
        return self.check_rows()

    def check_header(self) -> None:
        """Raises ImportRefused where the columns are not those of the format."""
        if why := self.unfit("".join(self.columns)):
            raise self.refuse(f"the header holds {why}.")
        if not any(self.first):
            raise self.refuse("its header is blank.")
        self._check_separator()
        twice = sorted({name for name in self.columns_read if name and self.columns.count(name) > 1})
        if twice:
            raise self.refuse(f"the header names {', '.join(twice)} twice.")

    def check_rows(self) -> int:
        """How many rows there are. Raises ImportRefused where most are not written as the format writes them.

        Rejected rows were looked at when they came: what is still wrong with one keeps no other from coming in.
        """
        forms = {} if self.is_rejects else self.forms
        placed = [(name, self.columns.index(name), form) for name, (form, _) in forms.items()]
        count, wrong, first = 0, Counter(), {}
        for row in self.rows():
            count += 1
            if placed and len(row.raw) != len(self.columns):
                wrong[""] += 1
                first.setdefault("", f"a row has {len(self.columns)} cells, but {len(row.raw)} on line {row.line}")
                continue
            for name, place, form in placed:
                if not form.fullmatch(cell := row.raw[place].strip()):
                    wrong[name] += 1
                    first.setdefault(name, f"{name} is {forms[name][1]}, but {cell[:40]!r} on line {row.line}")
        for name, times in wrong.most_common(1):
            if times * 2 > count:
                raise self.refuse(f"{first[name]}, and so on in {times} of {count} rows.")
        return count

    def _check_separator(self) -> None:
        if len(self.first) > 1:
            return
        other = max(SEPARATORS, key="".join(self.first).count)
        if other not in "".join(self.first):
            return
        if other == self.separator:
            raise self.refuse("its first line is one cell, in quotation marks: take away those around whole lines.")
        asked = SEPARATORS.get(self.separator, repr(self.separator))
        raise self.refuse(f"its cells are parted by {SEPARATORS[other]}, not by {asked}.")

    def rows(self) -> Iterator[Row]:
        lines = self.lines()
        skipped = len(REJECTED) if self.is_rejects else 0
        if self.has_header or skipped:
            next(lines, None)
        for line, cells in lines:
            yield Row(line, cells[skipped:], "".join(cells[2:skipped]))

    def cells(self, row: Row) -> dict[str, str]:
        """The cells of *row* by column, without blanks around them. Raises Rejected where there are too many or few."""
        if len(row.raw) != len(self.columns):
            why = f"The row has {len(row.raw)} cells; the header has {len(self.columns)}."
            raise Rejected(why + _parted_otherwise(row.raw, len(self.columns)))
        if row.line == self._cut and not self.is_rejects:
            raise Rejected(
                "The file ends in this row, with no line break behind it: was it cut off? Where the row is whole, "
                "import it from here; else fetch the file anew."
            )
        cells = {name: cell.strip() for name, cell in zip(self.columns, row.raw, strict=True)}
        for name, cell in cells.items():
            if ("\0" in cell or not cell.isascii()) and (why := self.unfit(cell)):
                raise Rejected(f"{name} holds {why}.")
        return cells

    def unfit(self, text: str) -> str:
        """What keeps *text* from being stored, and what would be right; "" where nothing does."""
        return unfit(text)

    def rejects_header(self) -> bytes:
        return self.line([*REJECTED, *self.columns])

    def rejected(self, row: Row, reason: str) -> bytes:
        return self.line([self.path.name, str(row.line), reason, *row.raw])

    def line(self, cells: list[str]) -> bytes:
        if not self.quoted:
            text = self.separator.join(cells[:3]).replace("\n", " ") + self.separator + self.separator.join(cells[3:])
            return f"{text}\n".encode("utf-8", "surrogateescape")
        # Before 3.13 Python leaves a carriage return outside quotes, where it ends the row.
        quoting = csv.QUOTE_ALL if any("\r" in cell for cell in cells) else csv.QUOTE_MINIMAL
        text = io.StringIO()
        csv.writer(text, delimiter=self.separator, lineterminator="\n", quoting=quoting).writerow(cells)
        return text.getvalue().encode("utf-8", "surrogateescape")


def _parted_otherwise(cells: list[str], count: int) -> str:
    """What parts the only one of *cells* into as many as *count*, in words."""
    marks = (name for mark, name in SEPARATORS.items() if len(cells) == 1 and cells[0].count(mark) == count - 1)
    return next((f" Here {name} part them." for name in marks), "")


def are_rejects(first: list[str]) -> bool:
    """Whether the cells of the *first* row are those of a file of rejected rows."""
    return tuple(cell.strip() for cell in first[: len(REJECTED)]) == REJECTED


def unfit(text: str) -> str:
    """What keeps *text* from being stored, and what would be right; "" where nothing does."""
    if "\0" in text:
        return "a NUL character: take it out"
    return "" if is_storable(text) else "bytes that are no UTF-8: save the file as UTF-8"
