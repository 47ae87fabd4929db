"""The language of ``q``: words, "phrases", -without and prefix*."""

import re
from dataclasses import dataclass

from timeline.search.cutting import cut

LONGEST_TEXT = 200  #: characters
MOST_TERMS = 10
#: A term begins where text or white space ends: the hyphen in “Jong-un” takes nothing away.
TERM = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)(?:"|\Z)|(?P<word>[^\s"]+))(?P<prefix>\*?)')
QUOTES = str.maketrans("“”„«»", '"""""')


class BadText(ValueError):
    """A text in which nothing can be looked for; ``expected`` says what would be right."""

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(f"{text[:LONGEST_TEXT]!r}: expected {expected}")
        self.expected = expected


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Words that follow one another; with ``is_prefix`` the last one is the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def __str__(self) -> str:
        text = " ".join(self.words)
        return (f'"{text}"' if len(self.words) > 1 else text) + "*" * self.is_prefix

    @property
    def quoted(self) -> str:
        return f"“{' '.join(self.words)}{'…' * self.is_prefix}”"


@dataclass(frozen=True, slots=True)
class TextQuery:
    """All of ``positive`` have to be there and none of ``negative``; not both are empty. Each in order, once.

    ``parties``: lists, with names as in postings; a row has to have one of each list. Whoever asks narrows the rows by
    them, too: they only spare an index that knows parties what would be turned down.
    """

    positive: tuple[Term, ...] = ()
    negative: tuple[Term, ...] = ()
    parties: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def parse(cls, text: str) -> "TextQuery":
        """Read what somebody typed; raises BadText where it has no word in it, or too much."""
        if len(text) > LONGEST_TEXT:
            raise BadText(text, f"at most {LONGEST_TEXT} characters")
        found: dict[bool, set[Term]] = {False: set(), True: set()}
        for match in TERM.finditer(text.translate(QUOTES)):
            word = match["word"]
            words = cut(match["phrase"] if word is None else word)
            if words:
                is_prefix = bool(match["prefix"]) or (word or "").endswith("*")
                found[bool(match["without"])].add(Term(tuple(words), is_prefix))
        terms = len(found[False]) + len(found[True])
        if not terms:
            raise BadText(text, "text with a letter or digit in it")
        if terms > MOST_TERMS:
            raise BadText(text, f"at most {MOST_TERMS} words or phrases")
        return cls(tuple(sorted(found[False])), tuple(sorted(found[True])))

    def __str__(self) -> str:
        return " ".join([*map(str, self.positive), *(f"-{term}" for term in self.negative)])

    @property
    def words(self) -> str:
        """As a part of a sentence: "that mention “kim jong un” and “sanction…” but not “talks”"."""
        wanted = " and ".join(term.quoted for term in self.positive)
        unwanted = " or ".join(term.quoted for term in self.negative)
        if not wanted:
            return f"that do not mention {unwanted}"
        return f"that mention {wanted}" + (f" but not {unwanted}" if unwanted else "")
