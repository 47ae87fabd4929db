"""How tables spell names: in short or in full, turned round, and with whom the person acts for."""

import re
from functools import lru_cache

from events.folding import fold

folded = lru_cache(maxsize=50_000)(fold)

TURNED = re.compile(r"([^,]+), ([^,]+)")
BOTH_NAMES = re.compile(r"([^()]+?) ?\(([^()]+)\)")
WITH_COUNTRY = (BOTH_NAMES, re.compile(r"(.+), ([^,]+)"))
BETWEEN_NAMES = re.compile(r"\s*(?:[,;/|&→()\n]|\band\b| \+ )\s*")

_ARTICLE = re.compile(r"\A[Tt]he\s+")
_SAINT = re.compile(r"\bSt\b\.?")
_INITIALS = re.compile(r"\b[A-Z](?:\. ?[A-Z])+\b\.?")
_AND_NO_APOSTROPHES = str.maketrans({"&": " and ", "'": "", "’": ""})


def respelled(text: str) -> str:
    """*text* with its words in full, and without “the” before and dots in initials: “Muscat & Oman”, “St. Lucia”,
    “Peoples Republic”, “the U.S.S.R.” and “D.P.R. of Korea” are common in tables.
    """
    plain = _SAINT.sub("Saint", _ARTICLE.sub("", text).translate(_AND_NO_APOSTROPHES))
    return _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", ""), plain)


def turned(text: str) -> str:
    """ "Korea, Republic of" and "Putin, Vladimir" with what stands behind the comma before it; "" of anything else."""
    found = TURNED.fullmatch(text)
    return f"{found[2]} {found[1]}" if found else ""
