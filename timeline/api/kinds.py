"""The kinds of event."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from events.folding import fold
from events.models import Kind
from events.vocabulary.plover import Effect, PloverCategory, QuadClass
from timeline.api.fields import ChoicesField
from timeline.api.records import RecordSerializer
from timeline.api.resources import PublicResource
from timeline.api.strict_filters import AnyOf, NameFilter, StrictFilterSet, asked


class KindSerializer(RecordSerializer):
    id = serializers.CharField(source="slug")

    class Meta:
        model = Kind
        fields = (
            "id", "url", "label", "definition", "category", "mode", "context", "quad", "cameo", "default_importance",
            "effect",
        )  # fmt: skip


class LabelFilter(NameFilter):
    """Labels that hold the text. There are some dozens of them, and they are folded as they are read."""

    example = "visit"

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        if not value:
            return queryset
        labels = Kind.objects.values_list("pk", "label")
        return queryset.filter(pk__in=[key for key, label in labels if value in fold(label)])


class KindFilterSet(StrictFilterSet):
    name = LabelFilter()
    category = asked(ChoicesField, "Any of these PLOVER categories.", "CONSULT", base=AnyOf,
                     choices=PloverCategory.values)
    quad = asked(ChoicesField, "Any of these quad classes.", "verbal-cooperation", base=AnyOf,
                 choices=QuadClass.values)
    effect = asked(ChoicesField, "Any of these effects on the relation of two countries.", "opens", base=AnyOf,
                   choices=Effect.values)


@extend_schema_view(
    list=extend_schema(summary="Kinds of event"),
    retrieve=extend_schema(summary="One kind of event"),
)
class KindViewSet(PublicResource):
    """What sorts of event there are, each with a definition and its place in PLOVER and CAMEO."""

    record = Kind
    queryset = Kind.objects.all()
    serializer_class = KindSerializer
    filterset_class = KindFilterSet
