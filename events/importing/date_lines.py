"""The date of a guessed mapping, as YAML that a person reads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.importing.guessed_dates import forms_of, is_yearless
from events.importing.headings import Columns
from events.importing.mapping_texts import cell_of, comment, list_of, scalar
from events.importing.sample import cells_of
from events.importing.values import Cells
from events.importing.written_dates import is_open_end

ANY_YEAR, UNKNOWN_YEAR = "2000", "????"
YEAR = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class DateLines:
    """Writes the date by the *columns* in which it stands; *titles* may tell the year that it lacks."""

    columns: Columns
    rows: Sequence[Cells]
    titles: Sequence[str]

    def lines(self) -> Iterator[str]:
        found = self.columns.found
        ends = [end for end in ("start", "date", "end") if end in found or f"{end} year" in found]
        columns = [found[end] for end in ends if end in found]
        year = self._year_behind(columns)
        cells = [(row, row[name]) for row in self.rows for name in columns if row[name]]
        dates = {self._with_year(row, cell, year) for row, cell in cells if not is_open_end(cell)}
        forms, doubts = forms_of(dates, is_interval=len(ends) == 2)
        form = f", format: {list_of(forms)}" if forms else ""
        if not ends or ends == ["end"]:
            yield "date: ''  # ??? the column of the date: “{column}”"
        elif len(ends) == 2:
            yield f"date: {{from: {self._end(ends[0], year)}, to: {self._end(ends[1], year)}{form}}}"
        elif form:
            yield f"date: {{text: {self._text(columns[0], year)}{form}}}"
        else:
            yield f"date: {self._end(ends[0], year)}"
        for doubt in [*self._doubts_of_year(year), *doubts]:
            yield from comment(f"??? {' '.join(doubt.split())}")
        yield from self._doubts_of_columns(columns)

    def _doubts_of_year(self, year: str) -> Iterator[str]:
        if year == UNKNOWN_YEAR:
            yield f"The dates have no year: write it for {UNKNOWN_YEAR}."
        elif year.isdecimal():
            yield f"The dates have no year: {year}, which the table is named by, is put behind each."

    def _doubts_of_columns(self, columns: Sequence[str]) -> Iterator[str]:
        if self.columns.are_ends_perhaps:
            yield from comment(
                f"??? {columns[0]} and {columns[1]} are taken for the beginning and the end of one event. If they are "
                "of two, name one of them alone, and bring in the other by a second mapping."
            )
        if others := self.columns.other_dates:
            yield from comment(
                f"??? Dates stand in {', '.join(others)}, too. Is the event's own among them? Then name that. A row is "
                "one event: where it tells of another, bring that in by a second mapping, with a dataset id of its own."
            )

    def _year_behind(self, columns: Sequence[str]) -> str:
        """What is put behind dates that have no year: that of a column, or of the table; "" where they have one."""
        cells = cells_of(self.rows, *columns)
        if not cells or 2 * sum(map(is_yearless, cells)) <= len(cells):
            return ""
        if self.columns.year_beside:
            return f"{{{self.columns.year_beside}}}"
        years = {year for title in self.titles for year in YEAR.findall(title)}
        return years.pop() if len(years) == 1 else UNKNOWN_YEAR

    def _with_year(self, row: Cells, cell: str, year: str) -> str:
        if year.startswith("{"):
            year = row[self.columns.year_beside]
        return f"{cell} {ANY_YEAR if year == UNKNOWN_YEAR else year}".strip()

    def _open_ends(self) -> list[str]:
        """The words that stand for the end of what has none."""
        name = self.columns.found.get("end")
        return sorted({row[name] for row in self.rows if is_open_end(row[name])}) if name else []

    def _text(self, column: str, year: str) -> str:
        return scalar(f"{{{column}}} {year}".strip())

    def _end(self, end: str, year: str) -> str:
        found = self.columns.found
        if end == "end" and (words := self._open_ends()):
            values = ", ".join(f"{scalar(word)}: .." for word in words)
            return f"{{text: {self._text(found[end], year)}, values: {{{values}}}}}"
        if end in found:
            return self._text(found[end], year)
        parts = {part: found.get(f"{end} {part}") for part in ("year", "month", "day")}
        texts = (f"{part}: {cell_of(name)}" for part, name in parts.items() if name)
        return f"{{{', '.join(texts)}}}"
