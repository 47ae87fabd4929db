"""The one set of filters for everything that lists events: query parameters → EventQuery."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django import forms

from events.edtf.bounds import PRECISIONS
from events.models import Country, Kind, Leader, Organization, Source
from events.vocabulary.plover import PloverCategory, QuadClass
from events.vocabulary.roles import Role
from events.vocabulary.status_terms import Occurrence, Verification
from timeline.api.fields import (
    BeginningField,
    BoxField,
    ChoicesField,
    EndField,
    InstantField,
    IntegerField,
    OneOfField,
    SnapshotField,
    TextField,
)
from timeline.api.problems import BadParameter, parameter_error
from timeline.api.record_fields import AllRecordsField, RecordsField
from timeline.api.strict_filters import StrictFilterSet, asked
from timeline.clock import number_at
from timeline.models import Tick
from timeline.moments import Moment
from timeline.query import EventQuery, Match, Ordering

#: Longer than it takes any change, after the moment that the clock gives it, to be seen by readers.
SETTLED_AFTER = timedelta(minutes=1)


class MomentFilterSet(StrictFilterSet):
    """Where on the two clocks a question is asked: taken by everything that is drawn from entries."""

    as_of = asked(InstantField, "What the record's sources had published by then; a day is meant to its end, in UTC.",
                  "2018-06-02")
    snapshot = asked(SnapshotField, "What the record held at this number of its clock, or at this exact time.", "1")

    def moment(self, tick: Tick) -> Moment:
        """The moment that is asked for, *tick* being what the record's clock shows."""
        return Moment(self._number(tick), self._as_of(), self._number(tick) == tick.number)

    def _as_of(self) -> int | None:
        date = self.values["as_of"]
        return None if date is None else date.latest_end - (date.utc_offset or 0)

    def _number(self, tick: Tick) -> int:
        snapshot = self.values["snapshot"]
        if snapshot is None:
            return tick.number
        if isinstance(snapshot, int):
            if snapshot > tick.number:
                raise BadParameter(parameter_error("snapshot", str(snapshot), f"a number from 0 to {tick.number}"))
            return snapshot
        if snapshot > datetime.now(UTC):
            raise BadParameter(parameter_error("snapshot", self.data["snapshot"], "a time that has passed"))
        return tick.number if snapshot >= tick.at else number_at(snapshot)

    def is_pinned(self, tick: Tick) -> bool:
        """Whether the answer will be the same whenever it is asked for again.

        A change has the time at which it was drawn, and is there some moments later: until then a time tells less.
        """
        snapshot, settled = self.values["snapshot"], min(tick.at, datetime.now(UTC) - SETTLED_AFTER)
        return isinstance(snapshot, int) or (snapshot is not None and snapshot < settled)

    def resources_named(self) -> list[str]:
        """The collections whose records the question names."""
        fields = ((self.values[name], field) for name, field in self.fields.items())
        return sorted({field.model.resource for value, field in fields if value and isinstance(field, RecordsField)})


class EventFilterSet(MomentFilterSet):
    """Every filter of a list of events; ``query`` is the question that was asked."""

    default_ordering = Ordering.DATE
    #: What a span is asked for by.
    bounds = ("from", "to")

    match = asked(OneOfField, "How the date has to stand to the span.", "certain", choices=list(Match))
    country = asked(RecordsField, "Any of these countries takes part.", "PRK", model=Country,
                    called="an ISO 3166 alpha-3 code")
    between = asked(AllRecordsField, "All of these countries, two or more, take part in roles that make a dyad.",
                    "PRK,SYR", model=Country, called="an ISO 3166 alpha-3 code")
    leader = asked(RecordsField, "Any of these people takes part.", "kim-jong-un", model=Leader, called="a leader")
    organization = asked(RecordsField, "Any of these organizations takes part.", "united-nations",
                         model=Organization, called="an organization")
    role = asked(ChoicesField, "Narrows the parties asked for to these roles; alone: any party in them.", "host",
                 choices=Role.values)
    kind = asked(RecordsField, "Any of these kinds of event.", "summit", model=Kind, called="a kind")
    category = asked(ChoicesField, "Any of these PLOVER categories.", "CONSULT", choices=PloverCategory.values)
    quad = asked(ChoicesField, "Any of these quad classes.", "verbal-cooperation", choices=QuadClass.values)
    occurrence = asked(ChoicesField, "Held to be any of these.", "planned", choices=Occurrence.values)
    verification = asked(ChoicesField, "Any of these degrees of support.", "disputed", choices=Verification.values)
    precision = asked(ChoicesField, "The finest part that the date is given to.", "year", choices=PRECISIONS)
    source = asked(RecordsField, "A claim rests on any of these, directly or through a chain.",
                   "trend-2018-06-04-assad-kim", model=Source, called="a source")
    publisher = asked(RecordsField, "A claim rests on what any of these published, directly or through a chain.",
                      "kcna", model=Organization, called="an organization")
    origins_min = asked(IntegerField, "At least so many independent origins.", "2", low=0, high=1_000_000)
    place = asked(RecordsField, "It took place in any of these countries.", "SGP", model=Country,
                  called="an ISO 3166 alpha-3 code")
    bbox = asked(BoxField, "It took place in this box: west,south,east,north, in degrees.", "124,37,131,43")
    q = asked(TextField, "Words in title, summary, names and aliases: words, \"phrases\", -without, prefix*.",
              '"weapons inspectors" -sanction*')
    ordering = asked(OneOfField, "The order of the answer.", "-date", choices=list(Ordering))

    @cached_property
    def query(self) -> EventQuery:
        return self.question()

    def question(self) -> EventQuery:
        """What was asked; some sets take neither span nor order."""
        values = self.values
        begin, end, match = values.get("from"), values.get("to"), values.get("match")
        if match and not any(values.get(name) for name in self.bounds):
            raise BadParameter(parameter_error("match", match, f"beside it a span, by {' or '.join(self.bounds)}"))
        if begin and end and begin.earliest_start > end.latest_end:
            raise BadParameter(parameter_error("from", begin.edtf, f"a date that is not after `to`, {end.edtf}"))
        snapshot = values["snapshot"]
        return EventQuery(
            begin=begin,
            end=end,
            match=Match(match or Match.POSSIBLE),
            box=values["bbox"],
            origins_min=values["origins_min"],
            text=values["q"],
            as_of=values["as_of"],
            snapshot=snapshot if isinstance(snapshot, int | None) else snapshot.isoformat(),
            ordering=Ordering(values.get("ordering") or self.default_ordering),
            **{plural: values[name] for name, plural in PLURALS.items()},
        )

    def clean(self, name: str, field: forms.Field) -> Any:
        """Records as they were at the snapshot, whatever was merged since; what a format asks for, as it is now."""
        if name in PLURALS and isinstance(field, RecordsField):
            return field.clean(self.data[name], number=self.number_then)
        return super().clean(name, field)

    @cached_property
    def number_then(self) -> int | None:
        """What the record's clock showed at the snapshot that is asked for, which is read before all records."""
        snapshot = self.sent.get("snapshot")
        return snapshot if isinstance(snapshot, int | None) else number_at(snapshot)

    def words(self, ordered: bool = True) -> str:
        """The question as a sentence, with the names of what it asks for."""
        return self.query.words(self.names, ordered)

    @property
    def names(self) -> dict[str, str]:
        """What the records that it asks for are called, by each id that they ever had."""
        names: dict[str, str] = {}
        for name, field in self.fields.items():
            if isinstance(field, RecordsField):
                names |= field.names(self.data[name])
        return names


# `from` is a word of Python's own, so these two are no attributes; declared, so that subclasses have them.
EventFilterSet.declared_filters |= {
    "from": asked(BeginningField, "From this EDTF date on, of any precision.", "1970"),
    "to": asked(EndField, "To the end of this EDTF date.", "1979"),
}
EventFilterSet.base_filters = EventFilterSet.get_filters()

PLURALS = {
    "country": "countries", "between": "between", "leader": "leaders", "organization": "organizations",
    "role": "roles", "kind": "kinds", "category": "categories", "quad": "quads", "occurrence": "occurrences",
    "verification": "verifications", "precision": "precisions", "source": "sources", "publisher": "publishers",
    "place": "places",
}  # fmt: skip
