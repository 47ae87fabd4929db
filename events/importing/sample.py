"""The first rows of a table, by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from events.importing.heading_words import words_of
from events.importing.values import Cells

URL = re.compile(r"https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Sample:
    """*rows*, what their columns are called (*words*), and what stands in each, without blanks (*cells*)."""

    rows: Sequence[Cells]
    words: dict[str, str]
    cells: dict[str, list[str]]

    @classmethod
    def of(cls, columns: Iterable[str], rows: Sequence[Cells]) -> Sample:
        words = {name: words_of(name) for name in columns}
        return cls(rows, words, {name: cells_of(rows, name) for name in words})

    def mostly(self, name: str, is_it: Callable[[str], object], share: float = 0.5) -> bool:
        """Whether that is so of at least this *share* of what stands in the column *name*."""
        cells = self.cells[name]
        return bool(cells) and sum(1 for cell in cells if is_it(cell)) >= share * len(cells)


def cells_of(rows: Iterable[Cells], *columns: str) -> list[str]:
    """What stands in *columns* of *rows*, row by row, without blanks."""
    return [cell for row in rows for name in columns if (cell := row[name])]
