"""A first mapping of a table, guessed from its header, its first rows and the record: a person corrects the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice
from operator import ne
from pathlib import Path

from events.folding import fold
from events.importing.addresses import slug_of
from events.importing.claim_lines import ClaimLines
from events.importing.date_lines import DateLines
from events.importing.filling import is_ditto
from events.importing.foreign_names import NamesInAnyLanguage
from events.importing.guessed_parties import Naming
from events.importing.guessed_stances import stances_perhaps
from events.importing.heading_words import DATE_IN_PARTS, words_of
from events.importing.headings import DATE, Recognizer
from events.importing.layouts import sheet_of
from events.importing.mapping_texts import LONGEST_WORD, MOST_VALUES, cell_of, comment, list_of, quoted, scalar
from events.importing.packing import stem_of
from events.importing.party_lines import PartyLines
from events.importing.sample import cells_of
from events.importing.sheet import UNNAMED, Layout, Sheet
from events.importing.spreadsheet import NO_VALUE
from events.importing.values import Cells, without_footnotes
from events.importing.workbooks import MERGED
from events.models import Source

LOOKED_AT = 200  #: rows
MOST_COMPARED = 100_000  #: rows, to see whether what stands in a column tells them apart
SAID_ONCE = ("start", "date", "date year", "start year", "kind", "place", "place country")
LONGEST_ADDRESS = 119  # characters of the dataset's id and a row's
BELOW_0 = re.compile("-[0-9]+")
SAME_NAME = re.compile(r" \(column [A-Z]+\)\Z")
MISSING = (
    "NA", "NULL", "N/A", "n/a", "n.a.", "n.d.", "TBD", "TBA", "unknown", "Unknown", "none", "None", "-", "–", "—",
    "--", "---", "?", "...", "…",
)  # fmt: skip


def guess(path: Path) -> str:
    """The text of a mapping for the table *path*, with a comment wherever a person has to say more.

    Raises ImportRefused where the file cannot be read.
    """
    sheet, doubts = sheet_of(path)
    sheet.check()
    return "\n".join(Guess(sheet, doubts).lines()) + "\n"


class Guess:
    """The lines of a mapping of one sheet."""

    def __init__(self, sheet: Sheet, doubts: Sequence[str]) -> None:
        self.sheet = sheet
        self.doubts = [*doubts]
        self.names = NamesInAnyLanguage.of_the_record()
        rows = [self._parted(row) for row in islice(self._all_rows(), LOOKED_AT)]
        there = {cell for row in rows for cell in row.values()}
        #: The words in cells that stand for nothing.
        self.missing = [word for word in MISSING if word in there] + self._no_days(rows)
        self._first_rows = rows
        nothing = {*NO_VALUE, *self.missing}
        rows = [{name: "" if cell in nothing else cell for name, cell in row.items()} for row in rows]
        self.rows = list(filter(self._is_row, rows)) or rows
        self.columns = Recognizer(self._first_table(), self.rows, self.names).recognize()
        self.found = self.columns.found
        self._look_through()
        self._ask_about_namibia()
        if "stance" not in self.found:
            self.doubts += stances_perhaps(self.sheet.columns, self.rows)

    def _no_days(self, rows: Sequence[Cells]) -> list[str]:
        """The numbers below 0, such as -9, in columns of months and days."""
        parts = [parts[name] for parts in DATE_IN_PARTS.values() for name in ("month", "day")]
        columns = [name for name in self.sheet.columns if any(part.match(words_of(name)) for part in parts)]
        return sorted({row[name] for row in rows for name in columns if BELOW_0.fullmatch(row[name])})

    @staticmethod
    def _is_row(row: Cells) -> bool:
        """Whether more than one cell is filled, what stands alone in its row being a heading or a note, and not all say
        what the header does, as at the head of each page.
        """
        said = [(name, cell) for name, cell in row.items() if cell]
        return len(said) > 1 and any(name != cell for name, cell in said)

    @staticmethod
    def _parted(row: Cells) -> Cells:
        """*row* with nothing in the cells that are merged with the one beside them, as those of a heading are."""
        return {name: "" if cell == MERGED else cell for name, cell in row.items()}

    def _first_table(self) -> list[str]:
        """The columns, without those of a second table that stands beside it."""
        columns = self.sheet.columns
        names = [SAME_NAME.sub("", name) for name in columns]
        blank = [place for place, name in enumerate(columns) if self._is_blank(name)]
        second = next((place + 1 for place in blank if {*names[:place]} & {*names[place + 1 :]}), 0)
        if second:
            self.doubts.append(f"{columns[second]} begins a second table: give that a sheet or a file of its own.")
        return columns[: second - 1] if second else columns

    def _all_rows(self) -> Iterator[Cells]:
        return map(without_footnotes, self.sheet.whole_rows())

    def _look_through(self) -> None:
        """See whom the columns name in all rows, for a name that stands in the last is to be answered, too."""
        named: dict[str, dict[str, None]] = {party.column: {} for party in self.columns.parties if party.column}
        for row in filter(self.columns.is_dated, islice(self._all_rows(), MOST_COMPARED)):
            for column, cells in named.items():
                cells[row[column]] = None
        no_names = {"", *NO_VALUE, *named}  # a header may be repeated on each page
        for party in self.columns.parties:
            if party.column:
                Naming(self.names).look(party, [cell for cell in named[party.column] if cell not in no_names])

    def _ask_about_namibia(self) -> None:
        """Let NA that stands among codes of two letters be asked about, for it is one of them; else it is nobody's."""
        parties = [party for party in self.columns.parties if "NA" in party.unknown and "NA" in self.missing]
        for party in parties:
            del party.unknown["NA"]
        if not any(len(name) == 2 for party in parties for name in party.unknown):
            return
        elsewhere = {*self.sheet.columns} - {party.column for party in parties}
        if any(row[name] == "NA" for row in self._first_rows for name in elsewhere):
            self.doubts.append("NA is taken for nothing. Among codes of two letters it may be Namibia: write so there.")
            return
        self.missing.remove("NA")
        for party in parties:
            party.unknown["NA"] = ("Namibia", "nothing, and to be named under missing")

    def lines(self) -> Iterator[str]:
        name, layout = self.sheet.path.name, self.sheet.layout
        yield from comment(f"A first mapping of {scalar(name)}; ??? wants an answer. See docs/importing.md.")
        used = self.columns.used
        unused = [scalar(each) for each in self.sheet.columns if each not in used and not self._is_blank(each)]
        if unused:
            yield from comment(f"Not mapped: {', '.join(unused)}")
        for doubt in self.doubts:
            yield from comment(f"??? {doubt}")
        yield "dataset:"
        yield f"  id: {self.dataset_id}{self._doubt_of_dataset()}"
        yield f"  title: {scalar(self._title())}  # ??? what the table is called"
        yield "  publisher: unknown-publisher  # ??? whose table: id of an organization"
        yield f"  accessed: {date.today().isoformat()}  # when you took it; or published: and its date"
        yield from _layout(layout)
        yield from self._fill_down()
        if self.missing:
            yield f"missing: [{', '.join(map(quoted, self.missing))}]  # cells that say nothing"
        yield from self._id()
        yield from (f"{name}: {cell_of(self.found[name])}" for name in ("title", "summary") if name in self.found)
        yield from self._kind()
        yield from DateLines(self.columns, self.rows, self._titles()).lines()
        yield from self._place()
        yield from ClaimLines(self.columns, self.rows).lines()
        # At the end, where one is added easily.
        yield from PartyLines(self.names, self.rows, self.missing).lines(self.columns.parties)

    def _is_blank(self, column: str) -> bool:
        return bool(UNNAMED.fullmatch(column)) and not cells_of(self.rows, column)

    @cached_property
    def dataset_id(self) -> str:
        return slug_of(stem_of(self.sheet.path)) or "table"

    def _doubt_of_dataset(self) -> str:
        """What is to be asked about the id, by which rows of another table would be taken for those of this one."""
        if not fold(stem_of(self.sheet.path)).isascii():
            return "  # ??? an id of its own, in the letters a to z"
        if Source.objects.filter(slug=self.dataset_id).exists():
            return "  # ??? the record has this one: if that is another table, write another id"
        return ""

    def _title(self) -> str:
        return self._titles()[0]

    def _titles(self) -> list[str]:
        """What stands above the header, what the sheet is called, and the file."""
        top, _ = self.sheet.layout.header
        above = self.sheet.laid_out(replace(self.sheet.layout, header=(0, 0))).lines() if top else ()
        titles = [next(filter(None, cells), "").strip() for line, cells in islice(above, top) if line < top]
        titles = [" ".join(title.split()) for title in titles if 5 < len(title) <= LONGEST_WORD]
        return [*titles, stem_of(self.sheet.path), self.sheet.layout.sheet]

    def _fill_down(self) -> Iterator[str]:
        """Which columns may say a thing once for several rows, as where cells were merged or a page was copied."""
        told = {name for what, name in self.found.items() if what in SAID_ONCE}
        told |= {name for party in self.columns.parties for name in (party.column, party.leader)}
        names = [name for name in self.sheet.columns if name in told and self._is_said_once(name)]
        if names:
            yield f"# fill_down: {list_of(names)}  # ??? does a blank cell say what stands above it? Then without the #"

    def _is_said_once(self, name: str) -> bool:
        """Whether blank cells follow others in the column *name*, and none says what the one before it says; or all are
        blank but those of headings.
        """
        is_date = name in self.columns.dates
        rows = (row for row in self._first_rows if self.columns.is_dated(row) or (is_date and self._is_row(row)))
        cells = [row[name] for row in rows]
        said = [cell for cell in cells if not is_ditto(cell)]
        if cells and not said:
            return any(row[name] and not self._is_row(row) for row in self._first_rows)
        return bool(cells and cells[0]) and len(said) < len(cells) and all(map(ne, said, said[1:]))

    def _id(self) -> Iterator[str]:
        """By what a row is known: a column of ids, or what tells the rows apart whatever else is changed in them."""
        own = self.found.get("id")
        if own and self._tell_apart([own]):
            yield f"id: {cell_of(own)}"
            return
        if own:
            yield f"# {scalar(own)} stands on several rows, so that a row is not known by it alone."
        dates = [name for what, name in self.found.items() if DATE.search(what) and not what.startswith("end")]
        parties = [name for party in self.columns.parties for name in (party.column, party.leader) if name]
        more = [self.found[what] for what in ("kind", "place", "title") if what in self.found]
        for apart in ([*dates, *parties], [*dates, *parties, *more], [*dates, *parties[:2]], [*dates, *more]):
            if len(apart) > 1 and self._tell_apart(apart):
                yield f"id: {scalar(' '.join(f'{{{name}}}' for name in apart))}"
                yield "# By this a row is known again: where one of these changes, it is another."
                return
        yield "# A row is known by all that it says, and any change makes it another: ids would help."

    def _tell_apart(self, columns: list[str]) -> bool:
        """Whether what stands in *columns* tells each row from the others, and is short enough for an address."""
        before: set[str] = set()
        for row in islice(self._all_rows(), MOST_COMPARED):
            text = " ".join(row[name] for name in columns).strip()
            slug = slug_of(text)
            key = slug if text.isascii() else text  # as ``address_of`` tells them apart
            if key in before or len(f"{self.dataset_id}-{slug}-12345678") > LONGEST_ADDRESS:
                return False
            before |= {key} - {""}
        return bool(before)

    def _kind(self) -> Iterator[str]:
        if "cameo" in self.found:
            yield f"kind: {{text: {cell_of(self.found['cameo'])}, cameo: yes}}"
            return
        if "kind" not in self.found:
            yield "kind: ''  # ??? which kind all rows are of, such as official-visit"
        else:
            yield "kind:"
            yield f"  text: {cell_of(self.found['kind'])}"
            yield "  values:  # ??? which kind each is; what is not listed is taken for one"
            words = sorted({word for word in cells_of(self.rows, self.found["kind"]) if len(word) <= LONGEST_WORD})
            kinds = {word: self._kind_of(word) for word in words[:MOST_VALUES]}
            yield from (f"    {scalar(word)}: {kind or quoted(kind)}" for word, kind in kinds.items())
            if all(kinds.values()):
                return
        yield from comment(f"The kinds: {', '.join(self.names.kinds)}")

    def _kind_of(self, word: str) -> str:
        kind = self.names.kind_if_known(word)
        return kind.slug if kind else ""

    def _place(self) -> Iterator[str]:
        parts = {"name": "place", "country": "place country", "latitude": "latitude", "longitude": "longitude"}
        there = {name: self.found[what] for name, what in parts.items() if what in self.found}
        if there:
            yield "place:"
            yield from (f"  {name}: {cell_of(column)}" for name, column in there.items())


def _layout(layout: Layout) -> Iterator[str]:
    first, last = layout.header
    if layout.separator != ",":
        yield f"separator: {'tab' if layout.separator == chr(9) else scalar(layout.separator)}"
    if layout.encoding:
        yield f"encoding: {layout.encoding}"
    if layout.sheet:
        yield f"sheet: {scalar(layout.sheet)}"
    if first:
        yield f"header: {first}{f'-{last}' if last > first else ''}  # its row; what stands above is not read"
