"""The shape of tiles, and of what is drawn in them."""

from rest_framework import serializers

from events.vocabulary.plover import QuadClass
from events.vocabulary.status_terms import Occurrence, Verification
from timeline.api.documents.parts import CALENDAR, DateDocument, span_fields


class ItemDateDocument(DateDocument):
    """An EDTF date, its words, and the plain days of its bounds, as far as it takes to draw it."""

    precision = None


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
    """Null where there is no such tile: none lies above a millennium, below a month, or beyond all dates."""

    self = serializers.CharField()
    previous = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_null=True)
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
