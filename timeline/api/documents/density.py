"""The shape of counts over time."""

from rest_framework import serializers

from timeline.api.documents.parts import CALENDAR, span_fields


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
    """The first day of the first bucket that holds anything, and the last day of the last."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: serializers.CharField() for name in ("from", "to")}


class DensityDocument(serializers.Serializer):
    """Counts whose sum, with those of what is too imprecise, is the total."""

    unit = serializers.ChoiceField(choices=CALENDAR)
    total = serializers.IntegerField()
    extent = ExtentDocument(allow_null=True, help_text="Null where no bucket holds anything.")
    buckets = CountDocument(many=True, help_text="Those that are not empty, in order.")
    imprecise = ImpreciseDocument(many=True)
    query = QuestionDocument()
    snapshot = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | span_fields("The day asked for.")
