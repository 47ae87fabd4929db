"""Events: served from the projection, as finished bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from events.models import Event
from timeline.api.addresses import found_at
from timeline.api.caching import Freshness
from timeline.api.documents.events import EventDocument
from timeline.api.event_pagination import EventPagination
from timeline.api.filters import EventFilterSet, MomentFilterSet
from timeline.api.moments import MomentResource
from timeline.api.renderers import (
    AtomRenderer,
    CalendarRenderer,
    CSVRenderer,
    FeedRenderer,
    FullCalendarRenderer,
    GeoJSONRenderer,
    JSONLDRenderer,
    JSONRenderer,
    NDJSONRenderer,
    TimelineJSRenderer,
    VisRenderer,
    json_response,
)
from timeline.api.streamed import StreamedResource, content_type
from timeline.blocks import last_at_address, last_in_span
from timeline.clock import last_tick
from timeline.feeds.feed import Feed, cleaned, read_event
from timeline.listing.by_lists import BY_DATE
from timeline.listing.reading import entries_at
from timeline.listing.rows import Row
from timeline.paging import Listing, Order
from timeline.query import Ordering

BY_IMPORTANCE = Order(("importance", *BY_DATE.columns))
ORDERS = {
    Ordering.DATE: BY_DATE,
    Ordering.DATE_DESCENDING: BY_DATE.reversed(),
    Ordering.IMPORTANCE: BY_IMPORTANCE,
    Ordering.IMPORTANCE_DESCENDING: BY_IMPORTANCE.reversed(),
    Ordering.MODIFIED_DESCENDING: Order(("recorded_from", "key"), descending=True),
}


@extend_schema_view(
    list=extend_schema(summary="Events that match, in order of date"),
    retrieve=extend_schema(summary="One event"),
)
class EventViewSet(MomentResource, StreamedResource):
    """Diplomatic events, each dated no more precisely than its sources and with the chain of who said so."""

    record = Event
    address_name = "events-detail"
    serializer_class = EventDocument
    filterset_class = EventFilterSet
    pagination_class = EventPagination

    formats = (
        JSONRenderer, NDJSONRenderer, CSVRenderer, GeoJSONRenderer, CalendarRenderer, AtomRenderer, TimelineJSRenderer,
        VisRenderer, FullCalendarRenderer,
    )  # fmt: skip
    detail_formats = (JSONRenderer, JSONLDRenderer)

    def allowed_parameters(self) -> set[str]:
        return super().allowed_parameters() | set(self.filters().base_filters)

    def filters(self) -> type[MomentFilterSet]:
        """Of a single event, its moment may be asked for; of a list, what the format of the answer takes."""
        if self.action != "list":
            return MomentFilterSet
        return self.request.accepted_renderer.filterset_class or self.filterset_class

    def fresh_since(self, resources: list[str]) -> Freshness:
        if "after" in self.request.query_params:  # the page moves with that event, whenever it was and is
            return Freshness(self.tick.number)
        if self.action == "list":
            query = self.filterset.query
            return Freshness(last_in_span(query.begin, query.end, resources))
        return Freshness(last_at_address(self.kwargs[self.lookup_url_kwarg]))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        row, renderer = self.get_object(), request.accepted_renderer
        if isinstance(renderer, FeedRenderer):
            return HttpResponse(b"".join(self.written([row])), content_type=content_type(renderer))
        return json_response(self.whole_or_part(row))

    def written(self, rows: Iterable[Row]) -> Iterator[bytes]:
        renderer = self.request.accepted_renderer
        if not isinstance(renderer, FeedRenderer):
            return super().written(rows)
        return renderer.parts(map(read_event, rows), self.feed())

    def feed(self) -> Feed:
        """What the answer tells of itself beside its events."""
        request = self.request
        feed = Feed(request.build_absolute_uri("/").rstrip("/"), request.build_absolute_uri(), self.snapshot)
        if self.action != "list":
            return feed
        query, page = self.filterset.query, self.paginator.page
        return replace(
            feed,
            words=cleaned(self.filterset.words()),
            next=self.paginator.link(page.next) if page else None,
            previous=self.paginator.link(page.previous) if page else None,
            begin=query.begin,
            end=query.end,
            **self.filterset.wishes(),
        )

    def listing(self) -> Listing:
        return entries_at(self.moment, self.filterset.query)

    def listing_still(self) -> Listing:
        """The entries of the moment that was asked for, though the record's clock may have gone on since."""
        is_current = last_tick().number == self.moment.number
        return entries_at(replace(self.moment, is_current=is_current), self.filterset.query)

    def get_object(self) -> Row:
        return found_at(self.kwargs[self.lookup_url_kwarg], self.moment, self.request, self.address_name)

    def whole_or_part(self, row: Row) -> Any:
        """The finished JSON, never parsed; only where ``fields`` asks for less is it taken apart."""
        return orjson.Fragment(row.body) if self.fields_asked is None else self.kept(orjson.loads(row.body))

    def order(self) -> Order:
        return ORDERS[self.filterset.query.ordering]

    def envelope(self) -> dict[str, Any]:
        query = self.filterset.query
        return {"query": {"words": self.filterset.words(), "from": query.first_day, "to": query.last_day}}
