"""People, with the offices that they held."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from events.edtf import EDTFDate
from events.models import Country, Leader, Office, Organization
from timeline.api.documents.events import OfficeDocument
from timeline.api.fields import SpanField
from timeline.api.record_fields import RecordsField
from timeline.api.records import RecordSerializer
from timeline.api.resources import PublicResource
from timeline.api.strict_filters import NameFilter, StrictFilterSet, asked
from timeline.rendering import date_json, named


class LeaderSerializer(RecordSerializer):
    id = serializers.CharField(source="slug")
    offices = serializers.SerializerMethodField()

    class Meta:
        model = Leader
        fields = ("id", "url", "name", "aliases", "wikidata", "offices")

    @extend_schema_field(OfficeDocument(many=True))
    def get_offices(self, leader: Leader) -> list[dict[str, Any]]:
        on = self.context["view"].on
        return [office_json(office, on) for office in leader.offices.all() if on is None or office.held.may_overlap(on)]


def certainly_holds(office: Office, on: EDTFDate) -> bool:
    """Whether the office was held at some time of *on*, however uncertain its own date is."""
    return office.held.latest_start <= on.latest_end and office.held.earliest_end >= on.earliest_start


def office_json(office: Office, on: EDTFDate | None) -> dict[str, Any]:
    return {
        "title": office.title,
        "country": named(office.country),
        "organization": named(office.organization),
        "held": date_json(office.held),
        "certain": on is None or certainly_holds(office, on),
        "source": {"id": office.source.slug, "name": office.source.title},
        "locator": office.locator,
    }


ON = "Only the offices that may have been held on this EDTF date."


class LeaderFilterSet(StrictFilterSet):
    """``country``, ``organization`` and ``on`` together ask for one office that meets them all."""

    name = NameFilter()
    country = asked(RecordsField, "Held an office of any of these countries.", "PRK", model=Country,
                    called="an ISO 3166 alpha-3 code")
    organization = asked(RecordsField, "Held an office of any of these organizations.", "united-nations",
                         model=Organization, called="an organization")
    on = asked(SpanField, "Those who may have held an office on this EDTF date, with only those offices.", "2018-05-30")

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        conditions = office_conditions(self.values)
        queryset = super().filter_queryset(queryset)
        return queryset.filter(pk__in=Office.objects.filter(**conditions).values("leader")) if conditions else queryset


def office_conditions(values: dict[str, Any]) -> dict[str, Any]:
    """What one office has to meet; nothing where no office was asked for."""
    conditions: dict[str, Any] = {}
    if values["country"]:
        conditions["country__code__in"] = sorted(values["country"])
    if values["organization"]:
        conditions["organization__slug__in"] = sorted(values["organization"])
    if (on := values["on"]) is not None:
        conditions |= {"held_earliest_start__lte": on.latest_end, "held_latest_end__gte": on.earliest_start}
    return conditions


class OnFilterSet(StrictFilterSet):
    """What a single leader can be asked."""

    on = asked(SpanField, ON, "2018-05-30")


@extend_schema_view(
    list=extend_schema(summary="Leaders, with their offices"),
    retrieve=extend_schema(
        summary="One leader, with the offices that were held",
        parameters=[OpenApiParameter("on", SpanField.json_schema, description=ON)],
    ),
)
class LeaderViewSet(PublicResource):
    """People who act for a country or an organization, with their offices, each dated and sourced."""

    record = Leader
    queryset = Leader.objects.prefetch_related(
        Prefetch("offices", Office.objects.select_related("country", "organization", "source"))
    )
    serializer_class = LeaderSerializer
    filterset_class = LeaderFilterSet
    detail_parameters = frozenset({"on"})

    on: EDTFDate | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Reads ``on`` at once, so that a wrong one is refused even where no office is to be shown."""
        super().initial(request, *args, **kwargs)
        filterset = OnFilterSet(request.query_params, Leader.objects.none(), request=request)
        self.on = filterset.values["on"]
