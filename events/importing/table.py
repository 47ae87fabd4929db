"""Any table that somebody kept, CSV or XLSX, by a mapping of its columns."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import compress, islice, zip_longest
from pathlib import Path
from typing import Any

from events.importing.addresses import address_of
from events.importing.coded import FINE, ROOT, lost_zeros
from events.importing.drafts import ClaimDraft, Draft, PartyDraft, Row, SourceDraft, digest_of, number, whole
from events.importing.mapping import Moment, Table
from events.importing.problems import Rejected
from events.importing.row_sources import source_of
from events.importing.sheet import MOST_ABOVE, Sheet
from events.importing.spreadsheet import NO_VALUE
from events.importing.values import Cells, Value, without_footnotes
from events.loading.problems import did_you_mean
from events.vocabulary.cameo import kind_for

LOST_ITS_ZERO = "that lost its zero"  #: by these words rejects know themselves, when they are imported again
#: What a person may act for: standing once, it is the same for each of several people.
GO_WITH_EACH = ("country", "organization")
DECIMAL_COMMA = re.compile(r"\A([+-]?[0-9]+),([0-9]+)\Z")  #: of degrees, which have no thousands


class MappedTable(Sheet):
    """The rows of a sheet as events, by a mapping. Each is its own event; its id is the mapping's, or its cells."""

    def __init__(self, path: Path, table: Table) -> None:
        super().__init__(path, table.layout)
        self.table = table

    def options(self) -> dict[str, object]:
        return {"table": repr(self.table)}

    @cached_property
    def columns_read(self) -> list[str]:
        read = (column for value in self.table.all_values() for column in value.columns)
        return list(dict.fromkeys([*self.layout.fill_down, *read]))

    def check_header(self) -> None:
        super().check_header()
        for column in self.columns_read:
            if column not in self.columns:
                raise self.refuse(self._no_column(column))

    def check(self) -> int:
        count = super().check()
        # What is still wrong with one rejected row keeps no other from coming in.
        if self.table.event["kind"].cameo and not self.is_rejects and (why := lost_zeros(self._codes())):
            raise self.refuse(why)
        return count

    def _codes(self) -> Iterator[str]:
        kind = self.table.event["kind"]
        return (kind.filled(cells) for cells in self.whole_rows())

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

    @cached_property
    def _columns_of_parties(self) -> list[str]:
        return [name for party in self.table.participants for value in party.values() for name in value.columns]

    def _check_heading(self, cells: Cells) -> None:
        """Raises Rejected for a row of one cell that names no party, such as the year above the rows of that year."""
        filled = [name for name, cell in cells.items() if cell]
        if len(filled) == 1 and self._columns_of_parties and filled[0] not in self._columns_of_parties:
            alone = cells[filled[0]]
            raise Rejected(f"Nothing but {alone[:40]!r} stands in the row: if it is no heading, fill in the rest.")

    def _no_column(self, column: str) -> str:
        alike = [name for name in self.columns if name.startswith(f"{column} (column ")]
        if alike:
            return f"the mapping names a column {column!r}, and the header several: write which of {', '.join(alike)}."
        sheets = f" of {self.sheet_read} (one of {', '.join(self.sheets)})" if len(self.sheets) > 1 else ""
        why = f"the mapping names a column {column!r}; the header{sheets} has {', '.join(self.named_columns)}."
        return why + (self._where_the_header_is(column) or did_you_mean(column, self.columns))

    def _where_the_header_is(self, column: str) -> str:
        """Whether *column* stands in a later row, in words: there may be a title above the header."""
        for line, cells in islice(self.lines(), MOST_ABOVE):
            if column in self.columns_by(cells):
                return f" Row {line} has it: if that is the header, write header: {line} in the mapping."
        return ""

    def cells(self, row: Row) -> dict[str, str]:
        cells = super().cells(row)
        cells = {name: "" if cell in self.table.missing else cell for name, cell in cells.items()}
        for name in self.columns_read:
            if cells[name] in NO_VALUE:
                raise Rejected(f"{self.place_of(row, name)} {NO_VALUE[cells[name]]}.")
        return cells

    def draft(self, row: Row) -> Draft:
        table, as_written = self.table, self.cells(row)
        cells = without_footnotes(as_written)
        self._check_code(cells)
        self._check_heading(cells)
        event = {name: value.of(cells) for name, value in table.event.items()}
        place = {name: value.of(cells) for name, value in table.place.items()}
        parts: dict[str, Any] = {
            "title": event["title"],
            "summary": table.event["summary"].of(as_written),
            "kind": event["kind"] or table.event["kind"].otherwise or "",
            "date": date_of(table.date, cells),
            "date_reason": event["date_reason"],
            "place_name": place["name"],
            "place_country": place["country"],
            "latitude": number(DECIMAL_COMMA.sub(r"\1.\2", place["latitude"]), "latitude"),
            "longitude": number(DECIMAL_COMMA.sub(r"\1.\2", place["longitude"]), "longitude"),
            "importance": whole(event["importance"], "importance"),
            "parties": tuple(party for each in table.participants for party in parties_of(each, cells)),
            "claims": tuple(self._claims(as_written)),
        }
        if not parts["kind"]:
            raise Rejected(self._no_kind(table.event["kind"].filled(cells)))
        # By what stands in the row, not by what the mapping makes of it: that may be mended.
        said = sorted((name, cell) for name, raw in zip(self.columns, row.raw, strict=False) if (cell := raw.strip()))
        own_id = digest_of(said) & (2**64 - 1)
        external_id = event["id"] or f"{own_id:016x}"
        return Draft(
            dataset=table.dataset.id,
            external_id=external_id,
            digest=digest_of(sorted(parts.items())),
            slug=address_of(table.dataset.id, external_id),
            **parts,
        )

    def _no_kind(self, filled: str) -> str:
        if filled:
            return f"It has no kind: the mapping puts nothing for {filled!r}."
        return "It has no kind: the cells that the mapping takes it from are blank."

    def _claims(self, cells: Cells) -> Iterator[ClaimDraft]:
        """One for each source that the row names; of the table itself where it names none."""
        claim = {name: value.of(cells) for name, value in self.table.claim.items()}
        named = claim.pop("source")
        claim["stance"] = claim["stance"] or "reports"
        for source in [SourceDraft(named)] if named else self._sources(cells):
            yield ClaimDraft(source, **claim)

    def _sources(self, cells: Cells) -> Iterable[SourceDraft]:
        if not self.table.source:
            return [self.table.dataset]
        said = {name: value.of(cells) for name, value in self.table.source.items() if name != "url"}
        urls = list(filter(None, self.table.source["url"].each_of(cells)))
        return dict.fromkeys(source_of(said | {"url": url}, self.table.dataset) for url in urls or [""])


def parties_of(party: dict[str, Value], cells: Cells) -> Iterator[PartyDraft]:
    """The parties that one item of the mapping stands for in a row: none where its cells are blank.

    Several names in one cell are several parties. A country or organization that stands once goes with each; for
    which of several countries one person acts, nobody can tell. Raises Rejected.
    """
    role = party["role"].of(cells)
    named = {name: value.each_of(cells) for name, value in party.items() if name != "role"}
    named["party"] = list(map(party["party"].with_country, named["party"]))
    count = max(len(names) for names in named.values())
    for name, names in named.items():
        if len(names) not in (0, count) and (len(names) > 1 or name not in GO_WITH_EACH):
            raise Rejected(f"{_listed(named)}: {len(names)} beside {count}, and of {name} one for each is wanted.")
    columns = [names * count if len(names) == 1 else names for names in named.values()]
    own = [len(names) == count for names in named.values()]  # what goes with each makes no party by itself
    if_known = any(party[name].if_known for name in ("leader", "name", "party"))
    for names in zip_longest(*columns, fillvalue=""):
        if any(compress(names, own)):
            yield PartyDraft(role, **dict(zip(named, names, strict=True)), if_known=if_known)


def _listed(named: dict[str, list[str]]) -> str:
    return ", ".join(f"{name} {' and '.join(map(repr, names))}" for name, names in named.items() if names)


def date_of(ends: tuple[Moment, Moment | None], cells: Cells) -> str:
    """The date, or the interval from one to the other where they differ. Raises Rejected."""
    start, end = (moment.of(cells) if moment else "" for moment in ends)
    if not (start or end):
        raise Rejected("It has no date: the cells that the mapping takes it from are blank.")
    return f"{start}/{end}" if end and end != start else start
