"""What months and days of the week are called, long and short, as the Unicode CLDR has it."""

import calendar
from collections import defaultdict
from functools import cache
from itertools import product

from events.folding import fold

#: Beside English. Croatian is there for what it contradicts: its October is November in Polish and Czech.
LANGUAGES = (
    "ar", "ar_SY", "cs", "da", "de", "de_AT", "el", "es", "fa", "fi", "fr", "hr", "hu", "id", "it", "nb", "nl", "pl",
    "pt", "ro", "ru", "sv", "tr", "uk",
)  # fmt: skip


def month_of(text: str) -> int:
    """The number of the month that *text*, a number or a name, stands for; 0 for none."""
    if text.isdecimal():
        return int(text) if len(text) <= 2 and int(text) <= 12 else 0
    name = fold(text)
    return _months_in_english().get(name) or _months_in_other_languages().get(name, 0)


def is_weekday(word: str) -> bool:
    return fold(word) in _weekdays()


@cache
def _months_in_english() -> dict[str, int]:
    names = {fold(calendar.month_name[number]): number for number in range(1, 13)}
    return names | {name[:3]: number for name, number in names.items()} | {"sept": 9}


@cache
def _months_in_other_languages() -> dict[str, int]:
    """By its folded name, long or short, as the CLDR has it; what is two months in two languages is left out."""
    from babel import Locale  # which dates in English have no use for

    numbers: dict[str, set[int]] = defaultdict(set)
    for language, form, width in product(LANGUAGES, ("format", "stand-alone"), ("wide", "abbreviated")):
        for number, name in Locale.parse(language).months[form][width].items():
            numbers[fold(name)].add(number)
    return {name: min(found) for name, found in numbers.items() if len(found) == 1}


@cache
def _weekdays() -> set[str]:
    """What the days of the week are called in LANGUAGES, folded, long and short."""
    from babel import Locale

    days = [Locale.parse(language).days["format"][width] for language in LANGUAGES for width in ("wide", "abbreviated")]
    return {fold(name) for names in days for name in names.values()}
