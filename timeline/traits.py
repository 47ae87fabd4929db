"""Closed code lists as bits of one integer: any of several values is one AND, answered inside an index.

The places are for ever, because rows of the past keep theirs: new values go behind the last of their list.
"""

from collections.abc import Collection
from functools import lru_cache

from events.edtf.bounds import PRECISIONS
from events.vocabulary.plover import PloverCategory, QuadClass
from events.vocabulary.status_terms import Occurrence, Verification

#: Column → its first bit and its values in order; each list has room to grow up to the next.
CLOSED_LISTS = {
    "category": (0, ("", *PloverCategory.values)),
    "quad": (24, tuple(QuadClass.values)),
    "occurrence": (30, tuple(Occurrence.values)),
    "verification": (38, tuple(Verification.values)),
    "precision": (48, PRECISIONS),
}
BITS = {
    column: {value: 1 << first + place for place, value in enumerate(values)}
    for column, (first, values) in CLOSED_LISTS.items()
}


@lru_cache(maxsize=4_096)
def traits_of(**values: str) -> int:
    """The bits of one value of each column: ``traits_of(category="CONSULT", quad=…, …)``."""
    return sum(BITS[column][value] for column, value in values.items())


def mask(column: str, values: Collection[str]) -> int:
    """The bits of any of *values* of *column*."""
    return sum(BITS[column][value] for value in set(values))
