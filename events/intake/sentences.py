"""A paragraph → its sentences, as offsets."""

import re

#: Words after which a full stop ends nothing, without it.
ABBREVIATIONS = frozenset(
    """
    adm amb art brig c ca capt cf cmdr co col corp dept dr ed eds e.g esp est etc fig ft gen gov hon i.e inc jr lt ltd
    maj messrs mr mrs ms mt no nos op p para paras pp prof rep res rev sen sgt sr st supt tel univ vol vs
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m
""".split()
)
#: After initials such as "U.S." these begin a new sentence; a name goes on.
OPENERS = frozenset(
    """
    A According After All Although An And As At Before Both But By Despite During For From He However If In It Its
    Later Moreover No On Since She So Some That The Then There These They This Those Though Under Until We When While
""".split()
)

END = re.compile(r"[.!?…]+[\"'”’)\]»]*(?=\s+[\"'“‘(\[«]*[A-Z0-9À-Þ])|[.!?…]+[\"'”’)\]»]*\s*$")
LAST_WORD = re.compile(r"([^\s(\[“\"‘]+?)\.$")
INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
NEXT_WORD = re.compile(r"\s+[\"'“‘(\[«]*([A-Za-z]+)")


def sentences(paragraph: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of *paragraph*, in order, without the blanks between them."""
    found, start = [], 0
    for stop in END.finditer(paragraph):
        if stop.end() < len(paragraph) and not _ends(paragraph, start, stop):
            continue
        found.append((start, stop.end()))
        start = stop.end()
    found.append((start, len(paragraph)))
    trimmed = ((_after_blanks(paragraph, begin, end), end) for begin, end in found)
    return [(begin, begin + len(paragraph[begin:end].rstrip())) for begin, end in trimmed if begin < end]


def _after_blanks(paragraph: str, start: int, end: int) -> int:
    return start + len(paragraph[start:end]) - len(paragraph[start:end].lstrip())


def _ends(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    if not stop[0].startswith(".") or len(stop[0]) > 1:
        return True
    word = LAST_WORD.search(paragraph[max(start, stop.start() - 20) : stop.start() + 1])
    if word is None:
        return True
    following = NEXT_WORD.match(paragraph, stop.end())
    if INITIALS.fullmatch(word[1]):
        return bool(len(word[1]) > 1 and following and following[1] in OPENERS)
    return word[1].lower() not in ABBREVIATIONS
