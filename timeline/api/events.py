"""Events: served from the projection, as finished bytes."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from events.models import Event
from timeline.api.documents import EventDocument
from timeline.api.filters import EventFilterSet
from timeline.api.problems import BadParameter, parameter_error
from timeline.api.renderers import CSVRenderer, JSONRenderer, LinesRenderer, NDJSONRenderer
from timeline.api.resources import PublicResource
from timeline.models import Entry
from timeline.paging import Order
from timeline.query import Ordering

ORDERS = {
    Ordering.DATE: Order(("position", "coarseness", "key")),
    Ordering.DATE_DESCENDING: Order(("position", "coarseness", "key"), descending=True),
    Ordering.IMPORTANCE: Order(("importance", "position", "coarseness", "key")),
    Ordering.IMPORTANCE_DESCENDING: Order(("importance", "position", "coarseness", "key"), descending=True),
    Ordering.MODIFIED_DESCENDING: Order(("recorded_from", "key"), descending=True),
}


@extend_schema_view(
    list=extend_schema(summary="Events that match, in order of date"),
    retrieve=extend_schema(summary="One event"),
)
class EventViewSet(PublicResource):
    """Diplomatic events, each dated no more precisely than its sources and with the chain of who said so."""

    record = Event
    queryset = Entry.objects.all()
    serializer_class = EventDocument
    filterset_class = EventFilterSet

    def get_renderers(self) -> list[Any]:
        formats = (JSONRenderer, NDJSONRenderer, CSVRenderer) if self.action == "list" else (JSONRenderer,)
        return [renderer() for renderer in formats]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        entries = self.filter_queryset(self.get_queryset())
        if isinstance(request.accepted_renderer, LinesRenderer):
            return self.lines(request, entries)
        rows = self.paginate_queryset(entries)
        return self.get_paginated_response([self.whole_or_part(row) for row in rows])

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.whole_or_part(self.get_object()))

    def lines(self, request: Request, entries: QuerySet) -> HttpResponse:
        """All that match or, with ``page_size`` or ``cursor``, one page and a ``Link`` header to the others."""
        renderer = request.accepted_renderer
        if self.fields_asked is not None and isinstance(renderer, CSVRenderer):
            fields = ",".join(self.fields_asked)
            raise BadParameter(parameter_error("fields", fields, "json or ndjson as the format: CSV has fixed columns"))
        if {"page_size", "cursor"} & request.query_params.keys():
            rows = self.paginate_queryset(entries)
            response = HttpResponse(renderer.render(self.raw(rows)), content_type=content_type(renderer))
            if links := self.paginator.links_header():
                response["Link"] = links
            return response
        rows = self.paginator.stream(entries, request, self)
        return StreamingHttpResponse(renderer.lines(self.raw(rows)), content_type=content_type(renderer))

    def raw(self, rows: Iterable[Entry]) -> Iterator[bytes]:
        for row in rows:
            yield bytes(row.body) if self.fields_asked is None else orjson.dumps(self.whole_or_part(row))

    def whole_or_part(self, entry: Entry) -> Any:
        """The finished JSON, never parsed; only where ``fields`` asks for less is it taken apart."""
        if self.fields_asked is None:
            return orjson.Fragment(bytes(entry.body))
        event = orjson.loads(bytes(entry.body))
        return {name: event[name] for name in event if name in self.fields_asked}

    def order(self) -> Order:
        return ORDERS[self.filterset.query.ordering]

    def envelope(self) -> dict[str, Any]:
        query = self.filterset.query
        return {"query": {"words": self.filterset.words(), "from": query.first_day, "to": query.last_day}}


def content_type(renderer: LinesRenderer) -> str:
    return f"{renderer.media_type}; charset=utf-8"
