from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordsRow:
    """What an index is told: a primary key, the position in time (seconds since 1970), words parted by spaces, and the
    parties, as postings name them.
    """

    key: int
    position: int
    words: str
    parties: Collection[str] = ()
