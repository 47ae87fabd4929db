"""A paragraph in pieces: the words that led to something are marked, for each proposal, where marks overlap too."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

#: What words led to, in the order in which it is told.
ORDER = ("date", "party", "kind", "verb", "stance", "origin")


@dataclass(frozen=True, slots=True)
class Piece:
    """*text* led to *what* (of ORDER; nothing for plain words) of the proposals with the keys *of*."""

    text: str
    what: tuple[str, ...] = ()
    of: tuple[int, ...] = ()

    @property
    def classes(self) -> str:
        return " ".join(f"mark-{what}" for what in self.what)


def pieces(paragraph: str, marks: Iterable[tuple[int, int, str, int]]) -> list[Piece]:
    """*paragraph*, cut at its *marks*: start, end, what they led to, and the key of the proposal."""
    marks = [(max(0, start), min(len(paragraph), end), what, key) for start, end, what, key in marks]
    cuts = sorted({0, len(paragraph), *(place for mark in marks for place in mark[:2])})
    found = []
    for start, end in pairwise(cuts):
        here = [(what, key) for first, last, what, key in marks if first <= start and end <= last]
        whats = {what for what, _ in here}
        found.append(
            Piece(
                paragraph[start:end],
                tuple(what for what in ORDER if what in whats),
                tuple(sorted({key for _, key in here})),
            )
        )
    return found
