"""Countries, present and former."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from events.edtf import OPEN_END
from events.models import Country
from timeline.api.documents.parts import DateDocument, NamedDocument
from timeline.api.fields import FlagField
from timeline.api.records import RecordSerializer
from timeline.api.resources import PublicResource
from timeline.api.strict_filters import AskedFilter, NameFilter, StrictFilterSet, asked
from timeline.rendering import date_json, named


class CountrySerializer(RecordSerializer):
    id = serializers.CharField(source="code", help_text="ISO 3166 alpha-3.")
    existence = serializers.SerializerMethodField(help_text="When it existed; null where it is not given.")
    predecessors = serializers.SerializerMethodField()
    successors = serializers.SerializerMethodField()

    class Meta:
        model = Country
        fields = (
            "id", "url", "name", "official_name", "aliases", "alpha_2", "numeric", "capital", "latitude", "longitude",
            "wikidata", "existence", "predecessors", "successors",
        )  # fmt: skip

    @extend_schema_field(DateDocument(allow_null=True))
    def get_existence(self, country: Country) -> dict | None:
        return date_json(country.existence) if country.existence else None

    @extend_schema_field(NamedDocument(many=True))
    def get_predecessors(self, country: Country) -> list[dict]:
        return [named(link.predecessor) for link in country.successions_before.all()]

    @extend_schema_field(NamedDocument(many=True))
    def get_successors(self, country: Country) -> list[dict]:
        return [named(link.successor) for link in country.successions_after.all()]


class FormerFilter(AskedFilter):
    """``true``: those whose existence certainly has an end; ``false``: the others."""

    field_class = FlagField

    def filter(self, queryset: QuerySet, value: bool | None) -> QuerySet:
        if value is None:
            return queryset
        former = Country.objects.filter(existence_latest_end__lt=OPEN_END)
        return queryset.filter(pk__in=former) if value else queryset.exclude(pk__in=former)


class CountryFilterSet(StrictFilterSet):
    name = NameFilter()
    former = asked(FlagField, "Whether it exists no more.", "true", base=FormerFilter)


@extend_schema_view(
    list=extend_schema(summary="Countries, present and former"),
    retrieve=extend_schema(summary="One country, with those before and after it"),
)
class CountryViewSet(PublicResource):
    """States and territories, present and former, under their ISO 3166 alpha-3 codes."""

    record = Country
    queryset = Country.objects.prefetch_related("successions_before__predecessor", "successions_after__successor")
    serializer_class = CountrySerializer
    filterset_class = CountryFilterSet
    columns = ("code",)
    lookup_field = "code"
