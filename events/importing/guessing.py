"""A first mapping of a table, guessed from its header and first rows: a person fills in and corrects the rest."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import yaml

from events.edtf import EDTFDate, InvalidEDTF
from events.folding import fold
from events.importing.coded import slug_of
from events.importing.mapping import OF_A_SPREADSHEET, Cells, Table, day_of
from events.importing.problems import Rejected
from events.importing.separated import SEPARATORS
from events.importing.table import MappedTable
from events.models import Claim

LOOKED_AT = 200  #: rows
MOST_VALUES = 25
LONGEST_WORD = 200  # characters; YAML takes no key of more than a thousand
LONGEST_LOCATOR = Claim._meta.get_field("locator").max_length
#: What a column is, by its folded name; the first pattern that fits a column that is still free takes it.
COLUMNS = {
    "id": r"(.* )?(id|key|number|no|nr)",
    "start": r"(date )?(start|begin|from|since|begins|start date|date start|valid since|valid from)( date)?",
    "end": r"(date )?(end|to|until|ends|end date|date end|valid until|valid to)( date)?",
    "date": r"(.* )?(date|day|when|year)",
    "cameo": r"(cameo|cameo code|event code)",
    "kind": r"(event |visit )?(type|kind|category|class)",
    "latitude": r"lat|latitude",
    "longitude": r"lon|long|lng|longitude",
    "title": r"title|event|headline|event name",
    "summary": r"description|summary|remarks|notes?|details|comments?|text",
    "leader": r"visitor|who|person|leader|president|minister|head of state|delegate",
    "place": r"city|locale|place|location|venue|town",
    "locator": r"page|paragraph|para|locator|reference|source|url",
}
INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
COUNTRY = re.compile(r"(?!.*\b(id|code)\b)(.*\b(country|state|nation|from|host|partner|government)\b.*|party|parties)")
FORMATS = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%d %B %Y",
    "%d %b %Y", "%d-%b-%Y", "%B %d, %Y", "%b %d, %Y", "%B %Y", "%m/%Y",
)  # fmt: skip
PARTED = (";", "|", "/")


def guess(path: Path) -> str:
    """The text of a mapping for the table *path*, with a comment wherever a person has to say more.

    Raises ImportRefused where the file cannot be read.
    """
    separator = _separator(path)
    sheet = MappedTable(path, Table.blank(separator))
    sheet.check()
    return "\n".join(_lines(sheet, list(islice(sheet.whole_rows(), LOOKED_AT)))) + "\n"


def _separator(path: Path) -> str:
    """What most often parts the cells of the first line."""
    sheet = MappedTable(path, Table.blank(","))
    if sheet.is_spreadsheet:
        return sheet.separator
    first = sheet.head().split(b"\n", 1)[0].decode("utf-8", "replace")
    return max(SEPARATORS, key=first.count)


def columns_guessed(columns: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Which column is what, and those that name countries."""
    # {a{b}} would name none, and a name that stands twice either.
    free = [column for column, times in Counter(columns).items() if column and times == 1 and not {*"{}"} & {*column}]
    found: dict[str, str] = {}
    for what, pattern in COLUMNS.items():
        for column in free:
            if re.fullmatch(pattern, words_of(column)):
                found[what] = column
                free.remove(column)
                break
    return found, [column for column in free if COUNTRY.fullmatch(words_of(column))]


def words_of(column: str) -> str:
    """The name of *column*, folded, its words apart: “StateName” is “state name”."""
    return fold(INNER_CAPITAL.sub(" ", column))


def _lines(sheet: MappedTable, rows: list[Cells]) -> Iterator[str]:
    path, separator, columns = sheet.path, sheet.separator, sheet.columns
    found, countries = columns_guessed(columns)
    used = {*found.values(), *countries}
    yield f"# A first mapping of {_text(path.name)}, by its header; ??? wants an answer. See docs/importing.md."
    unused = [_text(column) for column in columns if column and column not in used]
    if unused:
        yield f"# Not mapped: {', '.join(unused)}"
    if len(sheet.sheets) > 1:
        yield f"# ??? Of the sheets {', '.join(map(_text, sheet.sheets))} the first is read: else, say  sheet: …"
    yield "dataset:"
    yield f"  id: {slug_of(path.stem) or 'table'}"
    yield f"  title: {_text(path.stem)}  # ??? what the table is called"
    yield "  publisher: unknown-publisher  # ??? id of the organization that published it"
    yield "  accessed: ''  # ??? the day on which you took it, or published: its date"
    if separator != ",":
        yield f"separator: {'tab' if separator == chr(9) else _text(separator)}"
    if any(cell in ("NA", "NULL", "N/A") for row in rows for cell in row.values()):
        yield "missing: [NA, NULL, N/A]"
    yield from _texts(found, rows)
    yield from _kind(found, rows)
    yield from _date(found, rows)
    yield from _place(found)
    yield "participants:  # ??? the role of each: initiator, recipient, party, host, visitor …"
    for column in countries:
        yield "- role: party"
        yield from _party(column, rows)
        if "leader" in found and column == countries[0]:
            yield f"  leader: {{text: {_cell(found['leader'])}, if_known: yes}}"
    if not countries:
        yield "- role: party"
        yield "  country: ''  # ??? a country, or the column that names it: “{column}”"
    if "locator" in found and all(len(row.get(found["locator"], "")) <= LONGEST_LOCATOR for row in rows):
        yield "claim:"
        yield f"  locator: {_cell(found['locator'])}"


def _texts(found: dict[str, str], rows: list[Cells]) -> Iterator[str]:
    for name in ("id", "title", "summary"):
        if name == "id" and "id" in found and len({row.get(found["id"], "") for row in rows}) < len(rows):
            yield f"# {_text(found['id'])} stands on several rows, so that a row is known by all that it says."
        elif name in found:
            yield f"{name}: {_cell(found[name])}"


def _kind(found: dict[str, str], rows: list[Cells]) -> Iterator[str]:
    if "cameo" in found:
        yield f"kind: {{text: {_cell(found['cameo'])}, cameo: yes}}"
        return
    if "kind" not in found:
        yield "kind: ''  # ??? a kind's id, such as official-visit, for all rows"
        return
    words = sorted({word for row in rows if 0 < len(word := row[found["kind"]]) <= LONGEST_WORD})
    yield "kind:"
    yield f"  text: {_cell(found['kind'])}"
    yield "  values:  # ??? which kind each is; what stands elsewhere in the table is taken for a kind's id"
    for word in words[:MOST_VALUES]:
        yield f"    {_text(word)}: ''"


def _date(found: dict[str, str], rows: list[Cells]) -> Iterator[str]:
    start = found.get("start") or found.get("date")
    if start is None:
        yield "date: ''  # ??? the column of the date: “{column}”"
        return
    ends = [start, found["end"]] if "end" in found and "start" in found else [start]
    dates = {row[column] for row in rows for column in ends} - {""}
    by_any = {date for date in dates if any(_reads(date, form) for form in OF_A_SPREADSHEET)}
    fitting = _fitting(dates - by_any)
    form = max(fitting, key=lambda form: len(fitting[form]))
    if not form and len(ends) == 2 and any("T" in date for date in by_any):
        form = OF_A_SPREADSHEET[0]  # an interval has no times
    if len(ends) == 2:
        yield f"date: {{from: {_cell(start)}, to: {_cell(ends[1])}{form and f', format: {_text(form)}'}}}"
    elif form:
        yield f"date: {{text: {_cell(start)}, format: {_text(form)}}}"
    else:
        yield f"date: {_cell(start)}"
    yield from _doubts(dates - by_any, fitting, form)


def _fitting(dates: set[str]) -> dict[str, set[str]]:
    """Which *dates* have which form; "" is EDTF, which includes 1966 and 2018-06."""
    return {form: {date for date in dates if _reads(date, form)} for form in ("", *FORMATS)}


def _doubts(dates: set[str], fitting: dict[str, set[str]], form: str) -> Iterator[str]:
    """What is to be asked about *dates* where *form* is taken to be theirs."""
    sure = fitting.get(form, set())
    for other, found in fitting.items():
        if other != form and not found <= sure:
            of = f"one of the format {_text(other)}" if other else "one without a format"
            yield f"# ??? {_text(min(found - sure))} is no such date, but {of}"
        elif other != form and found == sure != set():
            yield f"# ??? {_text(min(found))} may be of the format {_text(other)}, too: say which it is"
    if strange := dates.difference(*fitting.values()):
        yield f"# ??? {_text(min(strange))} is of no format that was tried: say which it is"


def _reads(date: str, form: str) -> bool:
    try:
        EDTFDate.parse(day_of(date, form) if form else date)
    except (InvalidEDTF, Rejected):
        return False
    return True


def _place(found: dict[str, str]) -> Iterator[str]:
    parts = {"name": "place", "latitude": "latitude", "longitude": "longitude"}
    there = {name: found[what] for name, what in parts.items() if what in found}
    if there:
        yield "place:"
        for name, column in there.items():
            yield f"  {name}: {_cell(column)}"


def _party(column: str, rows: list[Cells]) -> Iterator[str]:
    cells = [row.get(column, "") for row in rows]
    parted = next((mark for mark in PARTED if any(mark in cell for cell in cells)), None)
    if parted:
        yield f"  country: {{text: {_cell(column)}, split: {_text(parted)}}}  # ??? several in one cell"
    elif any(" and " in cell for cell in cells):  # as in Trinidad and Tobago
        yield f"  country: {_cell(column)}  # ??? where “and” parts two: {{text: {_cell(column)}, split: ' and '}}"
    else:
        yield f"  country: {_cell(column)}"


def _cell(column: str) -> str:
    return _text(f"{{{column}}}")


def _text(text: str) -> str:
    """*text* as YAML on one line, in quotes where it needs them; line breaks and the like are written as \\n."""
    style = '"' if not text.isprintable() else "'" if text != text.strip() else None
    dumped = yaml.safe_dump(text, default_style=style, allow_unicode=True, width=math.inf)
    return dumped.removesuffix("\n...\n").rstrip("\n")
