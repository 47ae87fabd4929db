"""People whom the record lacks: of which country they are, as far as the text has said or lets it be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from events.intake import offices

PART = (
    r"(?:(?:al|el|bin|ben|ibn|van|von|de|del|della|da|dos|du|la|le|der|ter|ten|abu|ould)[ -])?"
    r"(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'-]*\w)"
)
#: "Walid al-Moallem", "P. W. Botha", "Sheikh Tamim bin Hamad Al Thani": up to five parts of a name.
NAME = rf"{PART}(?:[ ]{PART}){{0,4}}"
NO_SURNAME = frozenset(
    "Government Ministry Minister Administration Republic Council Union Party Congress Office State States Nations "
    "Assembly Court Embassy House Palace Treaty Agreement University Army Navy Front League Committee Commission "
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday East West North South General Affairs The Conference Summit".split()
)
#: After "Kuwait's foreign minister" or "Syrian President": the name, with or without a comma.
AFTER_TITLE = re.compile(rf",? (?:(?:Mr|Mrs|Ms|Dr|Sheikh|Sir|Lord|General|Colonel)\.? )*(?P<name>{NAME})")
#: "Jeremiah Manele, " before "the Solomon Islands' foreign minister".
BEFORE_COUNTRY = re.compile(rf"(?P<name>{NAME}), (?:the |who is |then )?(?:[\w-]+ of )?(?:the )?$")
TITLE = (
    r"(?:(?:Vice |Deputy |Acting |Former |Crown )?(?:President|Prime Minister|Premier|Chancellor|"
    r"(?:Foreign|Defen[cs]e|Interior|Finance|Trade|Energy|Oil|Agriculture|Justice|Economy) (?:Minister|Secretary)|"
    r"Secretary of (?:State|Defen[cs]e)|Minister|Ambassador|King|Queen|Emperor|Emir|Sultan|Shah|Prince|"
    r"General|Marshal|Field Marshal|Admiral|Colonel|Major|Captain|Governor|Senator|Secretary|Chairman|Sheikh))"
)
#: "President Sukarno", "Prime Minister Scott Morrison": a title with a name and no country.
TITLED = re.compile(rf"\b(?P<title>{TITLE}) (?P<name>{NAME})")
#: "Jeremy Hunt, the Foreign Secretary": the title that follows, and no country.
TITLE_FOLLOWS = re.compile(
    rf"(?P<name>{NAME}), (?:the|its|their) (?P<title>(?i:president|prime minister|premier|chancellor|foreign minister|"
    r"foreign secretary|defen[cs]e minister|defen[cs]e secretary|secretary of state|king|emir|ambassador|envoy))\b"
)
#: Whose titles need no country.
TITLES = {"Secretary of State": "USA", "Secretary of Defense": "USA", "Foreign Secretary": "GBR", "Senator": "USA"}


#: "Presidents Olusegun Obasanjo and Paul Biya".
BOTH_TITLED = re.compile(
    rf"\b(?:Presidents|Prime Ministers|Premiers|Foreign Ministers|Ministers|Kings|Ambassadors) {NAME} and {NAME}"
)
ENDS_WITH_TITLE = re.compile(rf"\b(?:{offices.RANK})$", re.IGNORECASE)
OF_A_COUNTRY = re.compile(r" of (?:the )?$")
WORD = re.compile(r"[A-ZÀ-Þ][\w’'-]*\w")
#: What stands before a surname: courtesy, title and first names.
BEFORE_SURNAME = re.compile(rf"(?:(?:Mr|Mrs|Ms|Dr|Sheikh|Sir|Lord)\.? |{TITLE} )?(?:{PART} ){{0,3}}$")

Span = tuple[int, int]


class Strangers:
    """Surname → code of the country, of people whom a text named with a title. Filled as the text is read."""

    def __init__(self) -> None:
        self.countries: dict[str, str] = {}
        self._guessed: set[str] = set()

    def note(self, name: str, code: str, *, guessed: bool = False) -> None:
        """Remember of which country *name* is; what was only guessed gives way to what was said."""
        last = surname(name)
        if len(last) < 3 or last in NO_SURNAME or guessed and last in self.countries:
            return
        self.countries[last] = code
        self._guessed = self._guessed | {last} if guessed else self._guessed - {last}

    def forget_guesses(self) -> None:
        for name in self._guessed:
            del self.countries[name]
        self._guessed = set()

    def named(self, sentence: str, taken: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
        """Start, end and country of each whom the text named before, outside of what is *taken*."""
        for match in WORD.finditer(sentence) if self.countries else ():
            word = surname(match[0])
            end = match.start() + len(word)
            if word in self.countries and not overlaps((match.start(), end), taken):
                before = BEFORE_SURNAME.search(sentence, 0, match.start())
                start = before.start() if before else match.start()
                yield match.start() if overlaps((start, end), taken) else start, end, self.countries[word]


def surname(name: str) -> str:
    return name.split()[-1].removesuffix("'s").removesuffix("’s")


def overlaps(span: Span, taken: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def titled(sentence: str, taken: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Everybody with a title and without a country beside it: groups *title* and *name*."""
    for pattern in (TITLED, TITLE_FOLLOWS):
        for match in pattern.finditer(sentence):
            if not overlaps(match.span(), taken) and surname(match["name"]) not in NO_SURNAME:
                yield match


def own_country(title: str) -> str:
    """The code of the only country that has such a title, or ""."""
    return TITLES.get(title.removeprefix("Former "), "")
