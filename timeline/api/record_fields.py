"""How the ids of records are read, and what was probably meant by one that nobody has."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from events.folding import fold
from events.models import Address
from timeline.api.fields import ListField, refusal
from timeline.holders import former_holders
from timeline.remembering import remembered

#: Of countries. What is longer was meant as a name, and is like no code.
LONGEST_CODE = 3
#: Ids that a mistaken one is compared with, and how much of their beginning has to be right where there are more.
MOST_COMPARED, BEGINNING = 2_000, 3


class RecordsField(ListField):
    """Public ids of records, each read as every id that its record ever had: what is past holds the ids of then."""

    def __init__(self, *, model: type, called: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model, self.called = model, called
        self.column = model.address_field

    def read(self, values: list[str], number: int | None = None) -> frozenset[str]:
        return frozenset().union(*self.ids_ever(values, number).values())

    def ids_ever(self, values: list[str], number: int | None = None) -> dict[int, frozenset[str]]:
        """All ids that the records of *values* ever had, by the record's key; of those that are one since, what each
        had at *number* of the record's clock.
        """
        keys = {slug: key for slug, key, _ in self._ever(values)}
        for value in values:
            if value not in keys:
                raise refusal(value, f"{self.called} that the record knows", *self.suggest(value))
        if number is not None:
            keys |= former_holders(self.model.resource, keys, number)
        return {
            key: frozenset(slug for slug, other in keys.items() if other == key)
            for key in {keys[value] for value in values}
        }

    def names(self, value: str) -> dict[str, str]:
        """What the records of *value* are called, by each id that they ever had."""
        return {slug: name for slug, _, name in self._ever(value.split(","))}

    def _ever(self, values: list[str]) -> list[tuple[str, int, str]]:
        """Each id that the records of *values* ever had, with the record's key and its name."""
        asked = (self.model.resource, *sorted(set(values)))
        return remembered(asked, lambda: Address.objects.ever(self.model, values))

    def suggest(self, value: str) -> list[str]:
        tidy = value.upper() if self.column == "code" else value.lower()
        if self.model.objects.filter(**{self.column: tidy}).exists():
            return [tidy]
        known = self.neighbours(tidy)
        is_name = self.column == "code" and len(tidy) > LONGEST_CODE
        return (
            sorted_anagram(tidy, known)
            or self.with_name(value)
            or (self.with_name_like(value) if is_name else get_close_matches(tidy, known, 1))
        )

    def neighbours(self, value: str) -> list[str]:
        """The ids with which *value* is compared: all or, of many, those that begin like it, for a slip takes no longer
        to answer than a question.
        """
        ids = self.model.objects.order_by(self.column).values_list(self.column, flat=True)
        if len(known := list(ids[: MOST_COMPARED + 1])) <= MOST_COMPARED:
            return known
        return list(ids.filter(**{f"{self.column}__startswith": value[:BEGINNING]})[:MOST_COMPARED])

    def with_name(self, part: str) -> list[str]:
        """The id of the only record with *part* in one of its names; else none."""
        folded = fold(part)
        if not folded or not hasattr(self.model, "names_folded"):
            return []
        found = self.model.objects.filter(names_folded__contains=folded).values_list(self.column, flat=True)[:2]
        return list(found) if len(found) == 1 else []

    def with_name_like(self, typed: str) -> list[str]:
        """The id of the record of which a name is most like *typed*, a slip or two apart; else none."""
        ids = {
            name: public_id
            for public_id, names in self.model.objects.values_list(self.column, "names_folded")
            for name in names.split("\n")
        }
        return [ids[name] for name in get_close_matches(fold(typed), ids, 1, cutoff=0.8)]


class AllRecordsField(RecordsField):
    """Two or more records, all of them: for each, every id that it ever had."""

    def read(self, values: list[str], number: int | None = None) -> frozenset[frozenset[str]]:
        records = frozenset(self.ids_ever(values, number).values())
        if len(records) < 2:
            raise refusal(",".join(values), "the codes of two or more countries: PRK,SYR")
        return records


def sorted_anagram(value: str, known: Iterable[str]) -> list[str]:
    """The first of *known* with the letters of *value* in another order: PKR for PRK, the commonest slip in codes."""
    return [code for code in known if len(code) == 3 and sorted(code) == sorted(value)][:1]
