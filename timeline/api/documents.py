"""The shapes of answers, for the schema: what ``timeline.rendering`` writes, said in serializers."""

from rest_framework import serializers

from events.vocabulary.plover import PloverCategory, QuadClass
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance
from events.vocabulary.status_terms import Occurrence, Verification
from timeline.api.fields import PRECISIONS
from timeline.relations import RelationState
from timeline.tiles import UNITS

CALENDAR = [(unit, unit) for unit in UNITS.values()]
STATES = [(str(state), str(state)) for state in RelationState]


class NamedDocument(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()


class DateDocument(serializers.Serializer):
    """An EDTF date, its words, and the plain days of its bounds; an open end is null."""

    edtf = serializers.CharField()
    label = serializers.CharField()
    precision = serializers.ChoiceField(choices=PRECISIONS)
    approximate = serializers.BooleanField()
    uncertain = serializers.BooleanField()
    earliest_start = serializers.CharField(allow_null=True)
    latest_start = serializers.CharField(allow_null=True)
    earliest_end = serializers.CharField(allow_null=True)
    latest_end = serializers.CharField(allow_null=True)


class EventDateDocument(DateDocument):
    reason = serializers.CharField(help_text="Why the date is written so.")


class EventKindDocument(serializers.Serializer):
    id = serializers.CharField()
    label = serializers.CharField()
    category = serializers.ChoiceField(choices=PloverCategory.choices, allow_null=True)
    quad = serializers.ChoiceField(choices=QuadClass.choices)


class PlaceDocument(serializers.Serializer):
    name = serializers.CharField()
    country = serializers.CharField(allow_null=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)


class OfficeDocument(serializers.Serializer):
    """An office that a person held, and the source that says so."""

    title = serializers.CharField()
    country = NamedDocument(allow_null=True)
    organization = NamedDocument(allow_null=True)
    held = DateDocument()
    certain = serializers.BooleanField(help_text="With `on`: whether it was certainly held then; else true.")
    source = NamedDocument()
    locator = serializers.CharField()


class OfficeHeldDocument(serializers.Serializer):
    title = serializers.CharField()
    held = serializers.CharField(help_text="EDTF.")


class ParticipantDocument(serializers.Serializer):
    role = serializers.ChoiceField(choices=Role.choices)
    country = NamedDocument(allow_null=True)
    organization = NamedDocument(allow_null=True)
    leader = NamedDocument(allow_null=True)
    office = OfficeHeldDocument(allow_null=True)


class SourceInClaimDocument(serializers.Serializer):
    id = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    publisher = NamedDocument()
    kind = serializers.CharField()
    language = serializers.CharField(allow_null=True)
    published = serializers.CharField(allow_null=True, help_text="EDTF.")
    published_label = serializers.CharField(allow_null=True)
    accessed = serializers.DateField(allow_null=True)
    archive_url = serializers.CharField(allow_null=True)


class SourceDocument(SourceInClaimDocument):
    """A source with its chain both ways."""

    via = SourceInClaimDocument(many=True, help_text="Through which it was read, up to the one that was at hand.")
    read_here = SourceInClaimDocument(many=True, help_text="Those that were read through this one, the nearest first.")


class ClaimDocument(serializers.Serializer):
    """What one source says of the event; ``via`` are the sources through which it reached the record."""

    stance = serializers.ChoiceField(choices=Stance.choices)
    date = DateDocument(allow_null=True)
    figures = serializers.CharField()
    locator = serializers.CharField()
    note = serializers.CharField()
    known = serializers.CharField(help_text="The instant, in UTC, since which it was known.")
    source = SourceInClaimDocument()
    via = SourceInClaimDocument(many=True)


class AssessmentDocument(serializers.Serializer):
    """Why the curators set another status than the claims amount to, and which that would be."""

    reason = serializers.CharField()
    derived_occurrence = serializers.ChoiceField(choices=Occurrence.choices)
    derived_verification = serializers.ChoiceField(choices=Verification.choices)


class EventDocument(serializers.Serializer):
    id = serializers.CharField()
    url = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    date = EventDateDocument()
    kind = EventKindDocument()
    occurrence = serializers.ChoiceField(choices=Occurrence.choices)
    verification = serializers.ChoiceField(choices=Verification.choices)
    status_words = serializers.CharField()
    assessment = AssessmentDocument(allow_null=True)
    origins = serializers.IntegerField()
    place = PlaceDocument(allow_null=True)
    participants = ParticipantDocument(many=True)
    claims = ClaimDocument(many=True)
    importance = serializers.IntegerField()
    modified = serializers.DateTimeField()


class ChangeDocument(serializers.Serializer):
    """What became of one public id; ``event`` is null where it left."""

    number = serializers.IntegerField(help_text="Of the record's clock.")
    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=["changed", "withdrawn", "merged", "erased"])
    into = serializers.CharField(allow_null=True, help_text="For `merged`: where its address leads.")
    event = EventDocument(allow_null=True)


class EventReferenceDocument(serializers.Serializer):
    """An event, briefly."""

    id = serializers.CharField()
    url = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    date = serializers.CharField(help_text="EDTF.")
    verification = serializers.ChoiceField(choices=Verification.choices)


class IntervalDocument(serializers.Serializer):
    """A state of relations, from one change to the next; see docs/relations.md."""

    state = serializers.ChoiceField(choices=STATES)
    begins = DateDocument(allow_null=True)
    ends = DateDocument(allow_null=True)
    opened_by = EventReferenceDocument(many=True)
    closed_by = EventReferenceDocument(many=True)
    strained_by = EventReferenceDocument(many=True)
    doubted_by = EventReferenceDocument(many=True)
    certain = serializers.BooleanField()


class DecadeDocument(serializers.Serializer):
    decade = serializers.IntegerField(allow_null=True, help_text="Its first year; null for dates that fit no decade.")
    events = serializers.IntegerField()


class CountsDocument(serializers.Serializer):
    quad = serializers.DictField(child=serializers.IntegerField())
    occurrence = serializers.DictField(child=serializers.IntegerField())
    decade = DecadeDocument(many=True)


class DyadDocument(serializers.Serializer):
    """What two countries have to do with each other."""

    countries = NamedDocument(many=True)
    url = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    intervals = IntervalDocument(many=True)
    events = serializers.IntegerField()
    events_url = serializers.CharField()
    first = EventReferenceDocument(allow_null=True)
    last = EventReferenceDocument(allow_null=True)
    counts = CountsDocument()
    disputed = EventReferenceDocument(many=True, help_text="At most 50, the latest first.")
    snapshot = serializers.IntegerField()


class RelationDocument(serializers.Serializer):
    """One of a country's pairs."""

    country = NamedDocument()
    url = serializers.CharField()
    events = serializers.IntegerField()
    state = serializers.ChoiceField(choices=STATES)


class CountDocument(serializers.Serializer):
    start = serializers.CharField(help_text="The first day of the bucket.")
    label = serializers.CharField()
    count = serializers.IntegerField()
    by = serializers.DictField(child=serializers.IntegerField(), required=False, help_text="With `by`.")


class ImpreciseDocument(serializers.Serializer):
    """Dates that no bucket of the unit holds, by the finest bucket that does; nulls: no millennium does."""

    unit = serializers.ChoiceField(choices=CALENDAR, allow_null=True)
    start = serializers.CharField(allow_null=True)
    label = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()
    by = serializers.DictField(child=serializers.IntegerField(), required=False, help_text="With `by`.")


class QuestionDocument(serializers.Serializer):
    words = serializers.CharField(help_text="How the question was understood.")


class ExtentDocument(serializers.Serializer):
    """First and last day of all that is counted."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: serializers.CharField() for name in ("from", "to")}


class DensityDocument(serializers.Serializer):
    """Counts whose sum, with those of what is too imprecise, is the total."""

    unit = serializers.ChoiceField(choices=CALENDAR)
    total = serializers.IntegerField()
    extent = ExtentDocument(allow_null=True, help_text="Null where nothing has both a first and a last day.")
    buckets = CountDocument(many=True, help_text="Those that are not empty, in order.")
    imprecise = ImpreciseDocument(many=True)
    query = QuestionDocument()
    snapshot = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | span_fields("The day asked for.")


def span_fields(help_text: str) -> dict[str, serializers.Field]:
    """``from``, which is a word of Python's own and no attribute, and ``to``."""
    return {name: serializers.CharField(allow_null=True, help_text=help_text) for name in ("from", "to")}


class ItemDateDocument(serializers.Serializer):
    edtf = serializers.CharField()
    label = serializers.CharField()
    approximate = serializers.BooleanField()
    uncertain = serializers.BooleanField()
    earliest_start = serializers.CharField(allow_null=True)
    latest_start = serializers.CharField(allow_null=True)
    earliest_end = serializers.CharField(allow_null=True)
    latest_end = serializers.CharField(allow_null=True)


class LanesDocument(serializers.Serializer):
    """The names of the lanes that it is drawn in: of several countries, that of the first of its parties."""

    country = serializers.CharField()
    category = serializers.CharField()
    quad = serializers.CharField()


class ItemDocument(serializers.Serializer):
    """As much of an event as it takes to draw it."""

    id = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    quad = serializers.ChoiceField(choices=QuadClass.choices)
    occurrence = serializers.ChoiceField(choices=Occurrence.choices)
    verification = serializers.ChoiceField(choices=Verification.choices)
    importance = serializers.IntegerField()
    date = ItemDateDocument()
    countries = serializers.ListField(child=serializers.CharField())
    lanes = LanesDocument()


class TileDensityDocument(serializers.Serializer):
    """Sparse: ``counts`` has each bucket's distance from ``start`` in units, its events, and those by quad class."""

    unit = serializers.ChoiceField(choices=CALENDAR)
    start = serializers.CharField()
    quads = serializers.ListField(child=serializers.CharField(), help_text="The quad classes, in their fixed order.")
    counts = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class TileLinksDocument(serializers.Serializer):
    self = serializers.CharField()
    previous = serializers.CharField()
    next = serializers.CharField()
    parent = serializers.CharField(allow_null=True)
    children = serializers.CharField(allow_null=True)


class OneTileDocument(serializers.Serializer):
    """A tile; ``total``, ``imprecise`` and ``density`` are null where counting them would take too long."""

    z = serializers.IntegerField()
    index = serializers.IntegerField()
    label = serializers.CharField()
    start = serializers.CharField(help_text="Its first day.")
    end = serializers.CharField(help_text="Its last day.")
    total = serializers.IntegerField(allow_null=True, help_text="Events that lie wholly in it.")
    imprecise = serializers.IntegerField(allow_null=True, help_text="Of these, those that no bucket holds.")
    truncated = serializers.BooleanField(help_text="Whether more lie in it than are shown.")
    items = ItemDocument(many=True, help_text="The most important that lie wholly in it.")
    spans = ItemDocument(many=True, help_text="The most important that cross it.")
    density = TileDensityDocument(allow_null=True)
    links = TileLinksDocument()


class TileDocument(OneTileDocument):
    snapshot = serializers.IntegerField()


class TilesDocument(serializers.Serializer):
    tiles = OneTileDocument(many=True)
    snapshot = serializers.IntegerField()


class TierDocument(serializers.Serializer):
    z = serializers.IntegerField()
    unit = serializers.CharField()
    density_unit = serializers.CharField()


class TileInfoDocument(serializers.Serializer):
    """The number of events, the span of their dates, the tiers, and how much one answer may hold."""

    total = serializers.IntegerField()
    tiers = TierDocument(many=True)
    limits = serializers.DictField(child=serializers.IntegerField())
    snapshot = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | span_fields("Of the months in which anything lies.")
