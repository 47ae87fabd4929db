"""Any table that somebody kept, CSV or XLSX, by a mapping of its columns."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cached_property
from itertools import compress, zip_longest
from pathlib import Path
from typing import Any, ClassVar

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from events.importing.coded import FINE, ROOT, lost_zeros, slug_of
from events.importing.drafts import ClaimDraft, Draft, PartyDraft, Row, SourceDraft, digest_of, number
from events.importing.mapping import Cells, Table, Value
from events.importing.problems import Rejected
from events.importing.separated import Separated
from events.loading.problems import did_you_mean
from events.vocabulary.cameo import kind_for

MOST_UNPACKED = 100 * 2**20  # bytes: 3 MB of XLSX may be 43 MB of XML, and 334 MB of memory
MOST_ROWS = 100_000  # of a spreadsheet; CSV has no end
LOST_ITS_ZERO = "that lost its zero"  #: by these words rejects know themselves, when they are imported again
#: What a person may act for: standing once, it is the same for each of several people.
GO_WITH_EACH = ("country", "organization")


class Sheet(Separated):
    """The cells of a CSV file or a spreadsheet, as texts."""

    name: ClassVar[str] = "table"
    rejects_suffix = ".csv"

    def __init__(self, path: Path, separator: str = ",", sheet: str = "") -> None:
        super().__init__(path)
        self.separator = separator
        self.sheet = sheet
        self.is_spreadsheet = path.suffix.lower() == ".xlsx"

    def head(self) -> bytes:
        if not self.is_spreadsheet:
            return super().head()
        try:
            with zipfile.ZipFile(self.path) as packed:
                size = sum(each.file_size for each in packed.infolist())
        except (OSError, zipfile.BadZipFile) as error:
            raise self.refuse(f"the spreadsheet cannot be read: {error}.") from None
        if size > MOST_UNPACKED:
            raise self.refuse(f"unpacked it has {size >> 20} MB, and may have {MOST_UNPACKED >> 20}: save it as CSV.")
        return b""

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        if not self.is_spreadsheet:
            yield from super().lines()
            return
        try:
            book = openpyxl.load_workbook(self.path, read_only=True, data_only=True)
        except (InvalidFileException, KeyError, ValueError) as error:
            raise self.refuse(f"the spreadsheet cannot be read: {error}.") from None
        try:
            yield from self._cells_of(book)
        finally:
            book.close()

    def _cells_of(self, book: openpyxl.Workbook) -> Iterator[tuple[int, list[str]]]:
        if self.sheet and self.sheet not in book.sheetnames:
            raise self.refuse(f"it has no sheet {self.sheet!r}, but {', '.join(book.sheetnames)}.")
        sheet = book[self.sheet] if self.sheet else book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        width = 0
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if line > MOST_ROWS:
                raise self.refuse(f"a spreadsheet may have {MOST_ROWS} rows: save it as CSV, which has no end.")
            texts = [text_of(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                width = width or len(texts)
                yield line, texts + [""] * (width - len(texts))


class MappedTable(Sheet):
    """The rows of a sheet as events, by a mapping. Each is its own event; its id is the mapping's, or its cells."""

    def __init__(self, path: Path, table: Table) -> None:
        super().__init__(path, table.separator, table.sheet)
        self.table = table

    def options(self) -> dict[str, object]:
        return {"table": repr(self.table)}

    def check(self) -> int:
        count = super().check()
        for value in self.table.all_values():
            for column in value.columns:
                if column not in self.columns:
                    raise self.refuse(self._no_column(column))
        if self.table.event["kind"].cameo and (why := lost_zeros(self._codes())):
            raise self.refuse(why)
        return count

    def _codes(self) -> Iterator[str]:
        kind = self.table.event["kind"]
        return (kind.filled(cells) for cells in self._whole_rows())

    @cached_property
    def has_fine_codes(self) -> bool:
        """Whether codes of three or four digits stand in the file, or stood in the one whose rejects it holds."""
        return any(map(FINE.fullmatch, self._codes())) or (
            self.is_rejects and any(LOST_ITS_ZERO in "".join(cells[2:3]) for _, cells in self.lines())
        )

    def _check_code(self, cells: Cells) -> None:
        """Raises Rejected where the row's code may be another one that was taken for a number."""
        kind = self.table.event["kind"]
        if kind.cameo and ROOT.fullmatch(code := kind.filled(cells)) and self.has_fine_codes:
            other = f"0{code} ({kind_for(f'0{code}')}) {LOST_ITS_ZERO}"
            raise Rejected(f"The code {code!r} is the root of {kind_for(code)}, or {other}: write three digits.")

    def _no_column(self, column: str) -> str:
        why = f"the mapping names a column {column!r}; the header has {', '.join(self.columns)}."
        return why + did_you_mean(column, self.columns)

    def _whole_rows(self) -> Iterator[Cells]:
        for row in self.rows():
            try:
                yield self.cells(row)
            except Rejected:
                continue

    def cells(self, row: Row) -> dict[str, str]:
        cells = super().cells(row)
        return {name: "" if cell in self.table.missing else cell for name, cell in cells.items()}

    def draft(self, row: Row) -> Draft:
        table, cells = self.table, self.cells(row)
        self._check_code(cells)
        event = {name: value.of(cells) for name, value in table.event.items()}
        place = {name: value.of(cells) for name, value in table.place.items()}
        parts: dict[str, Any] = {
            "title": event["title"],
            "summary": event["summary"],
            "kind": event["kind"] or table.event["kind"].otherwise or "",
            "date": date_of(table.date, cells),
            "date_reason": event["date_reason"],
            "place_name": place["name"],
            "place_country": place["country"],
            "latitude": number(place["latitude"], "latitude"),
            "longitude": number(place["longitude"], "longitude"),
            "importance": whole(event["importance"]),
            "parties": tuple(party for each in table.participants for party in parties_of(each, cells)),
            "claims": (self._claim(cells),),
        }
        if not parts["kind"]:
            raise Rejected("It has no kind: the cells that the mapping takes it from are blank.")
        # By what stands in the row, not by what the mapping makes of it: that may be mended.
        own_id = digest_of([cell.strip() for cell in row.raw]) & (2**64 - 1)
        external_id = event["id"] or f"{own_id:016x}"
        slug = address_of(table.dataset.id, external_id)
        if len(external_id) > 200 or len(slug) > 120:
            raise Rejected(f"The id {external_id!r} is too long: with the dataset's it has at most 119 characters.")
        row_digest = digest_of(sorted(parts.items()))
        return Draft(dataset=table.dataset.id, external_id=external_id, digest=row_digest, slug=slug, **parts)

    def _claim(self, cells: Cells) -> ClaimDraft:
        claim = {name: value.of(cells) for name, value in self.table.claim.items()}
        source = SourceDraft(claim.pop("source")) if claim["source"] else self.table.dataset
        claim.pop("source", None)
        claim["stance"] = claim["stance"] or "reports"
        return ClaimDraft(source, **claim)


def address_of(dataset: str, external_id: str) -> str:
    """The address of a row's event. Other letters than a to z are lost in it: there a number tells ids apart."""
    slug = slug_of(f"{dataset}-{external_id}")
    return slug if external_id.isascii() else f"{slug}-{digest_of(external_id) & (2**32 - 1):08x}"


def parties_of(party: dict[str, Value], cells: Cells) -> Iterator[PartyDraft]:
    """The parties that one item of the mapping stands for in a row: none where its cells are blank.

    Several names in one cell are several parties. A country or organization that stands once goes with each; for
    which of several countries one person acts, nobody can tell. Raises Rejected.
    """
    role = party["role"].of(cells)
    named = {name: value.each_of(cells) for name, value in party.items() if name != "role"}
    count = max(len(names) for names in named.values())
    for name, names in named.items():
        if len(names) not in (0, count) and (len(names) > 1 or name not in GO_WITH_EACH):
            raise Rejected(f"{_listed(named)}: {len(names)} beside {count}, and of {name} one for each is wanted.")
    columns = [names * count if len(names) == 1 else names for names in named.values()]
    own = [len(names) == count for names in named.values()]  # what goes with each makes no party by itself
    if_known = party["leader"].if_known or party["name"].if_known
    for names in zip_longest(*columns, fillvalue=""):
        if any(compress(names, own)):
            yield PartyDraft(role, **dict(zip(named, names, strict=True)), if_known=if_known)


def _listed(named: dict[str, list[str]]) -> str:
    return ", ".join(f"{name} {' and '.join(map(repr, names))}" for name, names in named.items() if names)


def date_of(ends: tuple[Value, Value | None], cells: Cells) -> str:
    """The date, or the interval from one to the other where they differ."""
    start, end = (value.of(cells) if value else "" for value in ends)
    return f"{start}/{end}" if end and end != start else start


def whole(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit()):
        raise Rejected(f"importance is {text!r}; it is a whole number from 0 to 100.")
    return int(text) if text else None


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
