"""Organizations: parties, publishers, agencies."""

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from events.models import Country, Organization
from events.models.organizations import OrganizationKind
from timeline.api.documents.parts import NamedDocument
from timeline.api.fields import ChoicesField
from timeline.api.record_fields import RecordsField
from timeline.api.records import RecordSerializer
from timeline.api.resources import PublicResource
from timeline.api.strict_filters import AnyOf, NameFilter, StrictFilterSet, asked
from timeline.rendering import named


class OrganizationSerializer(RecordSerializer):
    id = serializers.CharField(source="slug")
    country = serializers.SerializerMethodField()

    class Meta:
        model = Organization
        fields = ("id", "url", "name", "aliases", "kind", "country", "wikidata")

    @extend_schema_field(NamedDocument(allow_null=True))
    def get_country(self, organization: Organization) -> dict | None:
        return named(organization.country)


class OrganizationFilterSet(StrictFilterSet):
    name = NameFilter()
    kind = asked(ChoicesField, "Any of these sorts of organization.", "news-agency", base=AnyOf,
                 choices=OrganizationKind.values)
    country = asked(RecordsField, "Belongs to any of these countries.", "PRK", base=AnyOf,
                    field_name="country__code", model=Country, called="an ISO 3166 alpha-3 code")


@extend_schema_view(
    list=extend_schema(summary="Organizations"),
    retrieve=extend_schema(summary="One organization"),
)
class OrganizationViewSet(PublicResource):
    """International bodies, government departments, alliances, armed groups, news agencies and publishers."""

    record = Organization
    queryset = Organization.objects.select_related("country")
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilterSet
