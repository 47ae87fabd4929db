"""What parameters and their values are called on the pages."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from events.vocabulary.plover import PloverCategory
from events.vocabulary.roles import Role
from timeline.api.fields import ListField, OneOfField
from timeline.api.filters import EventFilterSet
from timeline.query import HELD_WORDS, ORDERING_WORDS, Match


class Told(NamedTuple):
    """A parameter as the form calls it, and what to write there."""

    label: str
    hint: str
    #: The parameter with a value, in a list of what was asked.
    phrase: str = "{}"
    #: Each of its values in that phrase.
    each: str = "{}"


LABELS = {
    "q": Told("Words", "words, “phrases”, -without, prefix*", "with the words {}"),
    "from": Told("From", "1966, 1973-10 or 2018-05-30", "from {}"),
    "to": Told("To the end of", "as above; -0752 is 753 BCE", "to {}"),
    "match": Told("Its date", "", "whose date {}"),
    "between": Told("All of these countries", "two or more: North Korea, Syria", "between {}"),
    "country": Told("Any of these countries", "by name or code", "with {}"),
    "leader": Told("Any of these people", "Bashar al-Assad", "with {}"),
    "organization": Told("Any of these organizations", "United Nations", "with {}"),
    "role": Told("In the role of", "", "in the role of {}"),
    "quad": Told("Sort of act", ""),
    "kind": Told("Kind", "summit, talks", "of the kind {}"),
    "category": Told("PLOVER category", "", "of the category {}"),
    "occurrence": Told("Held", "", "held {}"),
    "verification": Told("Borne out", "", "borne out: {}"),
    "precision": Told("Dated to the", "", "dated to the {}"),
    "source": Told("Resting on the source", "its id, as in its address", "resting on {}", "“{}”"),
    "publisher": Told("Resting on what they published", "Korean Central News Agency", "resting on what {} published"),
    "origins_min": Told("Independent origins, at least", "a number: 2", "independent origins, at least {}"),
    "place": Told("In the country", "by name or code", "in {}"),
    "bbox": Told("In the box", "west,south,east,north: 124,37,131,43", "inside {}"),
    "as_of": Told("As known by the end of", "a day, month or year: 2018-06-02", "as known by the end of {}"),
    "snapshot": Told("As recorded at", "a number of the record's clock, or an exact time", "as recorded at {}"),
    "ordering": Told("Events", ""),
}

WORDS = {
    "match": {
        Match.POSSIBLE: "may fall in that time",
        Match.CERTAIN: "certainly falls in it",
        Match.WITHIN: "lies wholly inside it",
    },
    "ordering": {str(order): words for order, words in ORDERING_WORDS.items()},
    "occurrence": HELD_WORDS,
    "role": dict(Role.choices),
    "category": dict(PloverCategory.choices),
    "verification": {
        "confirmed": "confirmed by two origins or more",
        "reported": "reported by one",
        "alleged": "alleged by those who cannot know",
        "disputed": "disputed",
        "retracted": "taken back",
        "unsupported": "not at all",
    },
}

#: Parameters that take several values, parted by commas, or one of a few words.
LISTS = {
    name
    for name, taken in EventFilterSet.base_filters.items()
    if isinstance(taken.field, ListField | OneOfField)
}


def in_words(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """*values* of the parameter *name* with what each is called; the order is that of WORDS where they stand there."""
    known = list(WORDS.get(name, {}))
    ordered = sorted(values, key=lambda value: known.index(value)) if known else values
    return [(value, words_for(name, value)) for value in ordered]


def words_for(name: str, value: str) -> str:
    """What the *value* of the parameter *name* is called."""
    return str(WORDS.get(name, {}).get(value, value.replace("-", " ") if name in LISTS else value))


def phrase(name: str, value: str, names: Mapping[str, str]) -> str:
    """One thing that was asked, in words: "between North Korea and Syria". *names*: of ids and dates in it."""
    told = LABELS[name]
    values = value.split(",") if name in LISTS else [value]
    joint = " and " if name == "between" else " or "
    return told.phrase.format(joint.join(told.each.format(names.get(part) or words_for(name, part)) for part in values))
