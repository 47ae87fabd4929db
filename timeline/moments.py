"""Where on the two clocks a question is asked, and what stands there."""

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from timeline.models import UNTIL_FURTHER_NOTICE, Entry, PastEntry

OPERATORS = {"": "=", "lte": "<=", "gt": ">"}


@dataclass(frozen=True, slots=True)
class Moment:
    """``number``: of the record's clock. ``as_of``: seconds of UTC since 1970, or None for all that is known.

    ``is_current``: the record's clock shows just this number.
    """

    number: int
    as_of: int | None = None
    is_current: bool = True

    @property
    def is_present(self) -> bool:
        """Whether this is what stands, with all that is known: what Entry holds and PastEntry does not."""
        return self.is_current and self.as_of is None

    @property
    def held(self) -> Q:
        """The condition that the record held a row at this number of its clock, whenever it was known."""
        return Q(recorded_from__lte=self.number, recorded_to__gt=self.number)

    def standing(self) -> list[QuerySet]:
        """The one state of each event that stands at this moment: Entry alone, or its rows and those of PastEntry."""
        if self.is_present:
            return [Entry.objects.all()]
        return [model.objects.filter(**self.asked_of(model)) for model in (Entry, PastEntry)]

    def asked_of(self, model: type[Model]) -> dict[str, int]:
        """What is asked of a row of *model* that may have stood at this moment, as Django's lookups.

        What Entry holds stands until further notice on both clocks: an index has to tell its beginning alone.
        """
        begun = {"recorded_from__lte": self.number} | ({} if self.as_of is None else {"known_from__lte": self.as_of})
        if model is Entry:
            return begun
        known_to = {"known_to": UNTIL_FURTHER_NOTICE} if self.as_of is None else {"known_to__gt": self.as_of}
        return begun | {"recorded_to__gt": self.number} | known_to

    def conditions(self, model: type[Model]) -> dict[str, int]:
        """As ``asked_of``, in SQL that follows a table's name and a full stop, each with its value."""
        asked = ((*name.partition("__"), value) for name, value in self.asked_of(model).items())
        return {f"{column} {OPERATORS[lookup]} %s": value for column, _, lookup, value in asked}

    def whenever_known(self) -> "Moment":
        """The same number of the record's clock, with all that is known."""
        return Moment(self.number, None, self.is_current)
