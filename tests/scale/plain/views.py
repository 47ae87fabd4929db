"""The same questions over the record's own tables, as a team writes them in a day with Django REST framework."""

import calendar
from datetime import UTC, date, datetime
from typing import Any

import django_filters
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from events.models import Claim, Event
from tests.scale.plain.serializers import EventSerializer

MOST_IN_A_TILE = 50


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, world", content_type="text/plain")


def seconds(day: date, end: bool = False) -> int:
    """Since 1970, of the first second of *day*, or of its last."""
    return calendar.timegm(day.timetuple()) + 86_399 * end


class EventFilter(django_filters.FilterSet):
    since = django_filters.DateFilter(method="filter_since")
    until = django_filters.DateFilter(method="filter_until")
    as_of = django_filters.DateFilter(method="filter_as_of")
    country = django_filters.CharFilter(method="filter_country")
    between = django_filters.CharFilter(method="filter_between")
    kind = django_filters.CharFilter("kind__slug")

    class Meta:
        model = Event
        fields = []

    def filter_since(self, events: QuerySet, name: str, value: date) -> QuerySet:
        return events.filter(date_latest_end__gte=seconds(value))

    def filter_until(self, events: QuerySet, name: str, value: date) -> QuerySet:
        return events.filter(date_earliest_start__lte=seconds(value, end=True))

    def filter_as_of(self, events: QuerySet, name: str, value: date) -> QuerySet:
        known = Claim.objects.filter(event=OuterRef("pk"), source__published_latest_end__lte=seconds(value, end=True))
        return events.filter(Exists(known))

    def filter_country(self, events: QuerySet, name: str, value: str) -> QuerySet:
        return events.filter(participations__country__code=value).distinct()

    def filter_between(self, events: QuerySet, name: str, value: str) -> QuerySet:
        for code in value.split(","):
            events = events.filter(participations__country__code=code)
        return events.distinct()


@method_decorator(conditional_page, name="list")
class EventViewSet(ReadOnlyModelViewSet):
    queryset = (
        Event.objects.filter(review="published")
        .select_related("kind", "place_country")
        .prefetch_related(
            "participations__country", "participations__organization", "participations__leader",
            "claims__source__publisher", "claims__source__via__publisher",
        )
    )  # fmt: skip
    serializer_class = EventSerializer
    lookup_field = "slug"
    filterset_class = EventFilter
    search_fields = ["title", "summary"]
    ordering_fields = ["date_position"]


class DensityView(APIView):
    """Events per year, of one country where it is named."""

    def get(self, request: Request) -> Response:
        events = EventFilter(request.query_params, Event.objects.filter(review="published")).qs
        years = events.order_by().values(year=Substr("date", 1, 4)).annotate(n=Count("pk", distinct=True))
        return Response(list(years.order_by("year")))


class TileView(APIView):
    """The most important events that lie within some years, how many there are, and how many a month."""

    def get(self, request: Request) -> Response:
        width, first = int(request.query_params["width"]), int(request.query_params["first"])
        count = int(request.query_params.get("count", 1))
        return Response([self.tile(first + number * width, width) for number in range(count)])

    def tile(self, year: int, width: int) -> dict[str, Any]:
        start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
        end = int(datetime(year + width, 1, 1, tzinfo=UTC).timestamp())
        within = EventViewSet.queryset.filter(date_earliest_start__gte=start, date_latest_end__lt=end)
        months = within.order_by().values(month=Substr("date", 1, 7)).annotate(n=Count("pk")).order_by("month")
        items = within.order_by("-importance", "pk")[:MOST_IN_A_TILE]
        drawn = EventSerializer(items, many=True).data
        return {"year": year, "total": within.count(), "months": list(months), "items": drawn}
