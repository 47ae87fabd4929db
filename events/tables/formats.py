"""CSV, XLSX and JSON of tables: no cell is calculated by a spreadsheet, and no file unpacks to more than fits.

Every cell is a text, coming and going.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import tablib
from import_export.formats import base_formats
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from events.formulas import escaped, unescaped
from events.importing.spreadsheet import NO_VALUE, Unreadable, rows_of, text_of

MOST_ROWS = 1_000  #: of a table; import_events takes any number
LONGEST_CELL = 32_767  #: characters, in a spreadsheet; what is longer would be cut off without a word


def table_of(headers: list[str], rows: list[list[Any]]) -> tablib.Dataset:
    """A table of texts. Raises ValueError where a row is wider than the headers, or there are none."""
    if not headers or not any(headers):
        raise ValueError("The table is empty: its first row names the columns.")
    if len(rows) > MOST_ROWS:
        raise ValueError(f"The table has {len(rows):,} rows, and may have {MOST_ROWS:,}: hand it in in parts.")
    table = tablib.Dataset(headers=headers)
    for line, row in enumerate(rows, 2):
        texts = [cell if isinstance(cell, str) else text_of(cell) for cell in row]
        if any(texts[len(headers) :]):
            raise ValueError(f"Row {line} has {len(texts)} cells; the header has {len(headers)}.")
        if any(texts):
            table.append([*texts, *[""] * len(headers)][: len(headers)])
    return table


def with_cells(table: tablib.Dataset, change: Any) -> tablib.Dataset:
    """A copy of *table* with each cell changed."""
    return tablib.Dataset(*([change(str(cell)) for cell in row] for row in table), headers=table.headers)


class CSV(base_formats.CSV):
    def create_dataset(self, in_stream: bytes | str, **kwargs: Any) -> tablib.Dataset:
        text = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise ValueError(f"This is no CSV: {error}.") from None
        headers, *rows = rows or [[]]
        if len(headers) == 1 and any(mark in headers[0] for mark in ";\t|"):
            raise ValueError("Its cells are parted by something else than commas: save it as CSV with commas.")
        return table_of(headers, [list(map(unescaped, row)) for row in rows])

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        return super().export_data(with_cells(dataset, escaped), **kwargs)


class XLSX(base_formats.XLSX):
    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        """The first sheet. Raises ValueError where it, or the value of a cell, cannot be read."""
        rows: list[list[str]] = []
        try:
            for line, cells in rows_of(io.BytesIO(in_stream)):
                for column, cell in enumerate(cells, 1):
                    if cell in NO_VALUE:
                        # As a blank cell, it would take away what the record has.
                        raise ValueError(f"Cell {get_column_letter(column)}{line} holds {cell}: write a value there.")
                rows.append(list(map(unescaped, cells)))
                if len(rows) > MOST_ROWS + 1:  # one too many, and the header
                    break
        except Unreadable as error:
            raise ValueError(f"The spreadsheet cannot be read: {error}") from None
        headers, *rows = rows or [[]]
        return table_of(headers, rows)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Raises ValueError where a cell is too long for a spreadsheet."""
        for row in dataset.dict:
            for name, cell in row.items():
                if len(str(cell)) >= LONGEST_CELL:
                    raise ValueError(f"{name} of “{row['id']}” is too long for a spreadsheet: export CSV or JSON.")
        # Control characters cannot stand in XML at all.
        safe = with_cells(dataset, lambda text: escaped(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)))
        return super().export_data(safe, **kwargs)


class JSON(base_formats.JSON):
    def create_dataset(self, in_stream: bytes | str, **kwargs: Any) -> tablib.Dataset:
        """A list of objects, each with the same names. Raises ValueError."""
        try:
            rows = json.loads(in_stream)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"This is no JSON: {error}.") from None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError("The file holds no list of objects, one for each record.")
        headers = list(rows[0]) if rows else []
        for place, row in enumerate(rows, 1):
            if row.keys() != rows[0].keys():
                raise ValueError(f"Object {place} has other names than the first one: {', '.join(row)}.")
            if lists := [name for name in headers if isinstance(row[name], dict | list)]:
                raise ValueError(f"Object {place}: {lists[0]} is no text; a list has a line each, as it is exported.")
        return table_of(headers, [[row[name] for name in headers] for row in rows])


FORMATS = [CSV, XLSX, JSON]
