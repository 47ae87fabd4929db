"""What countries are called in other languages, as the Unicode CLDR has it: for guesses, which a person reads."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from events.edtf import EDTFDate
from events.importing.matching import Names, existed
from events.importing.olympic_codes import ISO_OF
from events.importing.spellings import folded
from events.models import Country

LANGUAGES = (
    "ar", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nb", "nl", "pl",
    "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh", "zh_Hant",
)  # fmt: skip
#: What the CLDR no longer has.
FORMER = {
    "SUN": ("Sowjetunion", "UdSSR", "URSS", "Union soviétique", "Unión Soviética", "Unione Sovietica", "СССР",
            "Советский Союз", "苏联", "蘇聯", "ソ連", "소련", "الاتحاد السوفيتي", "ZSRR"),
    "DDR": ("RDA", "Allemagne de l'Est", "Ostdeutschland", "ГДР", "东德", "東ドイツ", "동독", "NRD"),
    "YUG": ("Jugoslawien", "Yougoslavie", "Iugoslavia", "Jugoslavia", "Югославия", "南斯拉夫", "يوغوسلافيا"),
    "CSK": ("Tschechoslowakei", "Tchécoslovaquie", "Checoslovaquia", "Cecoslovacchia", "Чехословакия", "ČSSR"),
}
FORMER_CALLED = {folded(name): code for code, names in FORMER.items() for name in names}
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
FLAGS = {0x1F1E6 + place: ord("A") + place for place in range(26)}  #: the letters that a flag is written with


@dataclass
class NamesInAnyLanguage(Names):
    """The names of the record and, where it knows none, what today's countries are called in LANGUAGES.

    What was asked is remembered: a guess asks the same of each cell in several ways.
    """

    def __post_init__(self) -> None:
        for name in ("_countries", "abroad", "person_with_whom", "_bearers", "_is_known"):
            setattr(self, name, cache(getattr(self, name)))

    def _countries(self, text: str) -> list[Country]:
        return super()._countries(text) or self._called(text)

    def abroad(self, text: str) -> list[Country]:
        """The countries that are called *text* in other languages alone: several where these differ."""
        return [] if super()._countries(text) else self._called(text)

    def _called(self, text: str) -> list[Country]:
        codes = [text] if FLAG.fullmatch(text) else territories_called().get(folded(text), ())
        former = self.countries.get(FORMER_CALLED.get(folded(text), ""))
        there = [country for code in sorted(codes) for country in self.coded(code)]
        return [former, *there] if former else there

    def coded(self, text: str) -> list[Country]:
        """The country with the alpha-2 code *text*, of a column that is called so, for "NO" may mean anything; or with
        the IOC's code.
        """
        if code := ISO_OF.get(text):
            return [self.countries[code]] if code in self.countries else []
        return self._by_alpha_2.get(text.translate(FLAGS), [])

    @cached_property
    def _by_alpha_2(self) -> dict[str, list[Country]]:
        found, today = defaultdict(list), EDTFDate.parse(date.today().isoformat())
        for country in self.countries.values():
            if country.alpha_2 and existed(country, today):
                found[country.alpha_2].append(country)
        return found


@cache
def territories_called() -> dict[str, set[str]]:
    """By the folded name, the alpha-2 codes of those that are called so. Takes a fifth of a second."""
    from babel.localedata import load  # which a server that guesses nothing has no use for

    found = defaultdict(set)
    for language in LANGUAGES:
        for code, name in load(language)["territories"].items():
            if len(code) == 2:  # three digits stand for continents
                found[folded(name)].add(code)
    return found
