"""What answers of several kinds are made of."""

from rest_framework import serializers

from events.edtf.bounds import PRECISIONS
from timeline.tiles.tiers import UNITS

CALENDAR = [(unit, unit) for unit in UNITS.values()]


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


def span_fields(help_text: str) -> dict[str, serializers.Field]:
    """``from``, which is a word of Python's own and no attribute, and ``to``."""
    return {name: serializers.CharField(allow_null=True, help_text=help_text) for name in ("from", "to")}
