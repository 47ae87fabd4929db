"""What columns are called, in the languages of many desks, as ``headings.yaml`` lists it."""

import re
import unicodedata
from pathlib import Path

import yaml

from events.folding import fold

FILE = Path(__file__).with_name("headings.yaml")
HEADINGS = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
FOOTNOTE = re.compile(r"[⁰¹²³⁴-⁹]+|\[\w{1,2}\]")


def _words(key: str, around: str) -> dict[str, re.Pattern[str]]:
    """The patterns under *key*, put in *around*: without accents, as folded names are."""
    groups = HEADINGS[key] if isinstance(HEADINGS[key], dict) else {key: HEADINGS[key]}
    plain = {name: unicodedata.normalize("NFKD", "|".join(patterns)) for name, patterns in groups.items()}
    bare = {name: "".join(c for c in text if not unicodedata.combining(c)) for name, text in plain.items()}
    return {name: re.compile(around % text) for name, text in bare.items()}


COLUMNS = _words("columns", r"\A(?:%s)\Z")
#: Year, month and day of one end, or of the only date; a dataset of several pairs of ends numbers them.
DATE_IN_PARTS = {
    end: _words("date_in_parts", rf"\A{before}(?:%s)(?: ?1)?\Z")
    for end, before in (
        ("start", r"(?:\w+ )?(?:start|strt|begin|beginning|from|st) ?"),
        ("end", r"(?:\w+ )?(?:end|to|until) ?"),
        ("date", ""),
    )
}
#: Columns of the Correlates of War's states, or of one of two sides: of their codes, or of their numbers alone.
STATE_CODES, STATE_NUMBERS = _words("correlates_of_war", r"\A(?:%s) ?[ab]?[12]?\Z").values()
OTHER_DATES, ENTERED, PICTURES, OF_PEOPLE = (
    _words(name, r"\A(?:%s)\Z")[name] for name in ("other_dates", "entered", "pictures", "of_people")
)
ROLES = _words("roles", r"\b(?:%s)\b")
COUNTRIES, PERHAPS_COUNTRIES, PEOPLE = (
    _words(name, r"\b(?:%s)\b")[name] for name in ("countries", "perhaps_countries", "people")
)


def role_of(words: str) -> str:
    return next((role for role, pattern in ROLES.items() if pattern.search(words)), "")


def words_of(column: str) -> str:
    """The name of *column*, folded, its words apart: “StateName” is “state name”."""
    return fold(INNER_CAPITAL.sub(" ", FOOTNOTE.sub("", column)))


def is_heading(text: str) -> bool:
    """Whether *text* is what columns are called."""
    words = words_of(text)
    named = (COUNTRIES, PEOPLE, *ROLES.values())
    return any(pattern.match(words) for pattern in COLUMNS.values()) or any(each.search(words) for each in named)
