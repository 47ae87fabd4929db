"""Text folded for comparison, alike on every database."""

import unicodedata
from collections.abc import Iterable

#: What folding comes to without marks and compatibility forms: the same, ten times as fast.
ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


class Letters(dict[int, str | None]):
    """By the code of a character, what folding makes of it: itself, a space or, of a mark, nothing."""

    MOST_KEPT = 10_000  # more than any text is written with, but for one that is written to fill the memory

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept = character if character.isalnum() else " "
        if unicodedata.combining(character):
            kept = None
        if len(self) < self.MOST_KEPT:
            self[code] = kept
        return kept


LETTERS = Letters()


def fold(text: str) -> str:
    """*text* without case, accents or punctuation, its words parted by single spaces.

    "Kim Jong-un" and "KIM JONG UN" fold to the same. SQLite's own case folding knows ASCII only,
    so whatever is compared is folded here before either database sees it.
    """
    if text.isascii():
        return " ".join(text.translate(ASCII).split())
    # Twice: compatibility forms such as bold mathematical letters become capitals only once they are taken apart.
    marked = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(marked.translate(LETTERS).split())


def fold_names(names: Iterable[str]) -> str:
    """Folded names, one a line, for a column that is searched by substring."""
    return "\n".join(dict.fromkeys(filter(None, map(fold, names))))
