"""Text → the words by which it is found: cut here, before either database sees it, so that both find the same."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from events.folding import fold

#: Characters of a word that count, in what is indexed and in what is looked for: PostgreSQL's lexemes end at 2 kB.
LONGEST_WORD = 100
#: PostgreSQL counts positions to 16,383, and 256 for one word.
MOST_WORDS = 16_000
MOST_REPEATED = 255
#: Takes the place of a word and is none: words have letters and digits only.
FILLER = "_"


@lru_cache(maxsize=8_192)  # names of countries come again with every event
def cut(text: str) -> tuple[str, ...]:
    """The words of *text*, without case, accents and punctuation, in order."""
    return tuple(word[:LONGEST_WORD] for word in fold(text).split())


def indexed_text(fields: Iterable[str]) -> str:
    """The words of *fields*, parted by spaces; a filler keeps a phrase from reaching from one field into the next."""
    words: list[str] = []
    for field in fields:
        words += cut(field)
        words.append(FILLER)
    if len(words) > MOST_REPEATED:
        seen: Counter[str] = Counter()
        for place, word in enumerate(words):
            seen[word] += 1
            if seen[word] > MOST_REPEATED:
                words[place] = FILLER
    return " ".join(words[:MOST_WORDS])
