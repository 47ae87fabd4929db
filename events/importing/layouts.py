"""How a table lies in its file, found by looking: what parts its cells, which sheet and which row the header is."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median

from events.importing.encodings import UTF_16
from events.importing.guessed_dates import NUMBER, looks_like_date
from events.importing.heading_words import is_heading
from events.importing.packing import open_unpacked
from events.importing.sample import URL
from events.importing.separated import SEPARATORS, unfit
from events.importing.sheet import MOST_ABOVE, Layout, Line, Sheet
from events.importing.workbooks import MERGED

LOOKED_AT = 60  #: rows, in which the header is looked for
YEAR = re.compile("1[5-9][0-9]{2}|20[0-9]{2}")
SPARSE = 0.6  #: of the cells that rows have: what has fewer is a title, not a header
#: What Excel writes where it says CSV, by the language that it speaks; the first where nothing tells them apart.
ENCODINGS = ("windows-1252", "windows-1251", "windows-1256", "gb18030", "windows-1250", "macintosh",
             "windows-1254", "windows-1253", "shift_jis", "euc-kr")  # fmt: skip


def sheet_of(path: Path) -> tuple[Sheet, list[str]]:
    """The table *path* as it seems to lie in its file, and what is doubtful about that, in words.

    Raises ImportRefused where the file cannot be read.
    """
    sheet = Sheet(path, Layout(encoding=encoding_of(path)))
    if sheet.is_spreadsheet:
        sheet, doubts = _with_table(sheet)
    else:
        sheet = sheet.laid_out(replace(sheet.layout, separator=_separator(sheet)))
        doubts = _doubts_of_encoding(sheet)
    sheet = sheet.laid_out(replace(sheet.layout, header=_header(list(islice(sheet.lines(), LOOKED_AT)))))
    doubts += _doubts_of_misreading(sheet)
    for rows, what in ((sheet.hidden_rows, "Rows are hidden"), (sheet.struck_rows, "Rows are struck through")):
        if rows:
            which = f"{', '.join(map(str, rows[:3]))}{' …' if len(rows) > 3 else ''}"
            doubts.append(f"{what} ({which}) and read like the others: take out of the sheet what is not meant.")
    years = [name for name in sheet.named_columns if YEAR.fullmatch(name)]
    if len(years) > 2:
        doubts.append(f"Columns are called {', '.join(years[:2])} …: where they tell of events, give each event a row.")
    elif any(map(_is_data, sheet.named_columns)):
        doubts.append(
            "The header looks like a row of the table. If there is none, put a row with the columns' names above it."
        )
    return sheet, doubts


def encoding_of(path: Path) -> str:
    """Of a CSV file that is no UTF-8 what it seems to be, else ""."""
    sheet = Sheet(path, Layout())
    start = sheet.beginning()
    if sheet.is_spreadsheet or sheet.is_utf8:
        return ""
    if start.startswith(UTF_16):
        return "utf-16"
    return "" if b"\0" in start else max(ENCODINGS, key=lambda encoding: _headings_in(path, encoding))


def _headings_in(path: Path, encoding: str) -> int:
    """How many names of columns that are known stand in the first lines, if they are of this *encoding*."""
    with io.TextIOWrapper(open_unpacked(path), encoding, "replace") as file:
        cells = (cell.strip('" ') for line in islice(file, MOST_ABOVE) for cell in re.split("[;,\t|\n]", line))
        return sum(1 for cell in cells if cell and is_heading(cell))


def _doubts_of_encoding(sheet: Sheet) -> list[str]:
    encoding = sheet.layout.encoding
    if encoding not in ENCODINGS:
        return []
    words = (word for _, cells in sheet.lines() for cell in cells for word in cell.split() if not word.isascii())
    word = next((word for word in words if any(each.isalpha() and not each.isascii() for each in word)), "")
    if not word or unfit(word):
        return []
    others = ", ".join(each for each in ENCODINGS if each != encoding)
    return [f"The file is no UTF-8. Is “{word}” written so? If not, its encoding is another: {others} …"]


def _doubts_of_misreading(sheet: Sheet) -> list[str]:
    """What is to be asked where texts were read in a wrong encoding and saved so: “CÃ´te” for “Côte”."""
    words = (word for _, cells in sheet.lines() for cell in cells if not cell.isascii() for word in cell.split())
    for word in words:
        with suppress(UnicodeError):
            right = word.encode("windows-1252").decode()
            if right != word:
                return [f"“{word}” seems to be “{right}”, spoilt by a wrong encoding: take the file from before that."]
    return []


def _separator(sheet: Sheet) -> str:
    """What parts the first lines into the most cells, as many in each; of several, what is in the very first."""
    sheet.head()
    with sheet.open() as file:
        lines = list(islice(file, LOOKED_AT))
    first = "".join(lines[:1])
    return max(SEPARATORS, key=lambda mark: (_cells_alike(lines, mark), mark in first, mark == ","))


def _cells_alike(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """In how many of *lines* as many cells are parted by *separator*, if more than one, and how many cells that is."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator) if len(cells) > 1)
    except csv.Error:
        return 0, 0
    return max(((times, width) for width, times in widths.items()), default=(0, 0))


def _with_table(book: Sheet) -> tuple[Sheet, list[str]]:
    """The first sheet that is shown and has a table: some rows of two cells or more."""
    if len(book.sheets) < 2:
        return book, []
    shown = [name for name, is_shown in book.sheets.items() if is_shown]
    hidden = [name for name in book.sheets if name not in shown]
    sheets = [book.laid_out(Layout(sheet=name)) for name in [*shown, *hidden]]
    sheet = next(filter(_has_table, sheets), sheets[0])
    names = [name if name in shown else f"{name} (hidden)" for name in book.sheets]
    return sheet, [f"Of the sheets {', '.join(names)} this is {sheet.layout.sheet}: each has a mapping of its own."]


def _has_table(sheet: Sheet) -> bool:
    return sum(1 for _, cells in islice(sheet.lines(), LOOKED_AT) if _filled(cells) > 1) > 1


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip() and cell != MERGED)


def _header(lines: Sequence[Line]) -> tuple[int, int]:
    """The first and last row of the header among *lines*: (0, 0) where it is the first of them, alone."""
    filled = [_filled(cells) for _, cells in lines]
    usual = median([count for count in filled if count > 1] or [0])
    place = next((place for place, count in enumerate(filled[:MOST_ABOVE]) if count >= SPARSE * usual), 0)
    first = last = place
    if _is_continued(lines[place : place + 2]):
        last = place + 1
    elif place and filled[place - 1] > 1 and _is_continued(lines[place - 1 : place + 1]):
        first = place - 1
    if first == last == 0:
        return 0, 0
    return lines[first][0], lines[last][0]


def _is_continued(lines: Sequence[Line]) -> bool:
    """Whether the second of two rows is the lower half of a header: it says more below cells that are merged, or names
    the same below several of the upper one, which leaves blank what is beside each.
    """
    if len(lines) < 2 or lines[1][0] != lines[0][0] + 1:
        return False
    (_, above), (_, below) = lines
    pairs = [(upper.strip(), lower.strip()) for upper, lower in zip(above, below, strict=False)]
    beside = any(lower and upper in ("", MERGED) for upper, lower in pairs)
    under = any(upper and lower and lower != upper for upper, lower in pairs)
    names = [lower for upper, lower in pairs if lower and lower != upper]
    is_parted = MERGED in above or len(set(names)) < len(names)
    return beside and under and is_parted and not any(_is_data(lower) for _, lower in pairs)


def _is_data(cell: str) -> bool:
    """Whether *cell* is a date, a number or an address, which the names of columns are not."""
    text = cell.strip()
    return bool(URL.match(text) or NUMBER.fullmatch(text)) or looks_like_date(text)
