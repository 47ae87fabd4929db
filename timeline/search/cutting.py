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


def cut(text: str) -> tuple[str, ...]:
    """The words of *text*, without case, accents and punctuation, in order."""
    words = fold(text).split()
    if max(map(len, words), default=0) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return tuple(words)


#: Names of countries and people come again with every event.
cut_name = lru_cache(maxsize=32_768)(cut)


def indexed_text(texts: Iterable[str], names: Iterable[str] = ()) -> str:
    """The words of *texts* and *names*, parted by spaces; a filler keeps a phrase from reaching from one of them into
    the next.
    """
    words: list[str] = []
    for cut_words in (*map(cut, texts), *map(cut_name, names)):
        words += cut_words
        words.append(FILLER)
    if len(words) > MOST_REPEATED:
        seen: Counter[str] = Counter()
        for place, word in enumerate(words):
            seen[word] += 1
            if seen[word] > MOST_REPEATED:
                words[place] = FILLER
    return " ".join(words[:MOST_WORDS])
