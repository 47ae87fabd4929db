"""Cells that are blank because they say what stands above them, as where cells were merged or a page was copied."""

from collections.abc import Iterable, Iterator, Sequence

from events.importing.drafts import Row

#: What says the same as the cell above, where a blank one does.
DITTO = {"", '"', "''", "”", "〃", "ditto", "idem", "dito"}


def filled_down(rows: Iterable[Row], places: Sequence[int]) -> Iterator[Row]:
    """*rows* with what stands above in the cells at *places* that are blank."""
    above = dict.fromkeys(places, "")
    for row in rows:
        raw = [*row.raw]
        for place in places:
            if place < len(raw):
                raw[place] = above[place] = above[place] if is_ditto(raw[place]) else raw[place]
        yield Row(row.line, raw)


def is_ditto(cell: str) -> bool:
    """Whether *cell*, in a column that is filled down, says what stands above it."""
    return cell.strip().lower() in DITTO
