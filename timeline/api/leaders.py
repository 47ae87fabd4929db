"""People, with the offices that they held."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from events.edtf import EDTFDate
from events.models import Country, Leader, Office, Organization
from timeline.api.documents import OfficeDocument
from timeline.api.filters import ByRecord, NameFilter, RecordsField, SpanField, StrictFilterSet, asked
from timeline.api.records import RecordSerializer
from timeline.api.resources import PublicResource
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
        return [office_json(office, on) for office in leader.offices.all() if on is None or may_hold(office, on)]


def may_hold(office: Office, on: EDTFDate) -> bool:
    return office.held.earliest_start <= on.latest_end and office.held.latest_end >= on.earliest_start


def certainly_holds(office: Office, on: EDTFDate) -> bool:
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


class HeldOn(django_filters.Filter):
    """Those who may have held an office in the span."""

    def filter(self, queryset: QuerySet, value: EDTFDate | None) -> QuerySet:
        if value is None:
            return queryset
        held = Office.objects.filter(
            held_earliest_start__lte=value.latest_end, held_latest_end__gte=value.earliest_start
        )
        return queryset.filter(pk__in=held.values("leader"))


ON = "Only the offices that may have been held on this EDTF date."


class LeaderFilterSet(StrictFilterSet):
    name = NameFilter()
    country = asked(RecordsField, "Held an office of any of these countries.", "PRK", base=ByRecord,
                    field_name="offices__country__code", model=Country, called="an ISO 3166 alpha-3 code")
    organization = asked(RecordsField, "Held an office of any of these organizations.", "kcna", base=ByRecord,
                         field_name="offices__organization__slug", model=Organization, called="an organization")
    on = asked(SpanField, ON, "2018-05-30", base=HeldOn)


class OnFilterSet(StrictFilterSet):
    """What a single leader can be asked."""

    on = asked(SpanField, ON, "2018-05-30")


@extend_schema_view(
    retrieve=extend_schema(parameters=[OpenApiParameter("on", OpenApiTypes.STR, description=ON)])
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

    @property
    def on(self) -> EDTFDate | None:
        return OnFilterSet({"on": self.request.query_params.get("on", "")}).form.cleaned_data["on"]
