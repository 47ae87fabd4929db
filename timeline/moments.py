"""Where on the two clocks a question is asked, and what stands there."""

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from timeline.models import UNTIL_FURTHER_NOTICE, Entry, PastEntry


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

    def standing(self) -> list[QuerySet]:
        """The one state of each event that stands at this moment: Entry alone, or its rows and those of PastEntry."""
        if self.is_present:
            return [Entry.objects.all()]
        # What Entry holds stands until further notice on both clocks: an index has to tell its beginning alone.
        begun = {"recorded_from__lte": self.number} | ({} if self.as_of is None else {"known_from__lte": self.as_of})
        return [Entry.objects.filter(**begun), PastEntry.objects.filter(self.held_and_known())]

    def conditions(self, model: type[Model]) -> dict[str, int]:
        """What is asked of a row of *model* that may have stood at this moment: SQL that follows a table's name and a
        full stop, each with its value.

        What Entry holds stands until further notice on both clocks: an index has to tell its beginning alone.
        """
        asked = {"recorded_from <= %s": self.number}
        if self.as_of is not None:
            asked["known_from <= %s"] = self.as_of
        if model is Entry:
            return asked
        known_to = {"known_to = %s": UNTIL_FURTHER_NOTICE} if self.as_of is None else {"known_to > %s": self.as_of}
        return asked | {"recorded_to > %s": self.number} | known_to

    def held_and_known(self) -> Q:
        """The condition on ``recorded_from`` … ``known_to`` that what has them may stand at this moment."""
        return Q(recorded_from__lte=self.number, recorded_to__gt=self.number) & self._known()

    def _known(self) -> Q:
        if self.as_of is None:
            return Q(known_to=UNTIL_FURTHER_NOTICE)
        return Q(known_from__lte=self.as_of, known_to__gt=self.as_of)

    def whenever_known(self) -> "Moment":
        """The same number of the record's clock, with all that is known."""
        return Moment(self.number, None, self.is_current)
