"""Cells that are blank because they say what stands above them, as where cells were merged or a page was copied."""

from collections.abc import Iterable, Iterator, Sequence

from events.importing.drafts import Row
from events.importing.workbooks import MERGED

#: What says the same as the cell above, where a blank one does.
DITTO = {"", '"', "''", "”", "〃", "ditto", "idem", "dito"}


def filled_down(rows: Iterable[Row], places: Sequence[int]) -> Iterator[Row]:
    """*rows* with what stands above in the cells at *places* that are blank.

    A row in which one of these cells stands alone is the heading of a group: it stays as it is, and what stands to the
    right of that cell begins anew.
    """
    above = dict.fromkeys(places, "")
    for row in rows:
        raw = [*row.raw]
        filled = [place for place, cell in enumerate(raw) if cell.strip() and cell != MERGED]
        if len(filled) == 1 and filled[0] in above and len(raw) > len(places) and not is_ditto(raw[filled[0]]):
            above |= {place: "" for place in places if place > filled[0]} | {filled[0]: raw[filled[0]]}
            yield row
            continue
        for place in places:
            if place < len(raw):
                raw[place] = above[place] = above[place] if is_ditto(raw[place]) else raw[place]
        yield Row(row.line, raw)


def is_ditto(cell: str) -> bool:
    """Whether *cell*, in a column that is filled down, says what stands above it."""
    return cell.strip().lower() in DITTO
