"""Lists that leave in pages or, in formats without an envelope, whole."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from timeline.api.problems import BadParameter, parameter_error, problem_document
from timeline.api.renderers import CSVRenderer, JSONRenderer, LinesRenderer
from timeline.api.resources import PublicResource
from timeline.api.unavailable import is_away
from timeline.limits import is_too_slow
from timeline.paging import Listing

logger = logging.getLogger(__name__)


class StreamedResource(PublicResource):
    """A collection drawn from entries, in several formats."""

    formats: ClassVar[tuple[type[BaseRenderer], ...]] = (JSONRenderer,)

    def get_renderers(self) -> list[BaseRenderer]:
        return [renderer() for renderer in (self.formats if self.action == "list" else (JSONRenderer,))]

    def listing(self) -> Listing:
        """What the question asks for."""
        raise NotImplementedError

    def listing_still(self) -> Listing:
        """The same, asked once more while the record's clock may have gone on."""
        raise NotImplementedError

    def whole_or_part(self, row: Any) -> Any:
        """*row* as it leaves, with the fields that are asked for."""
        raise NotImplementedError

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.accepted_renderer, LinesRenderer):
            return self.lines(request)
        rows = self.paginate_queryset(self.listing())
        return self.get_paginated_response([self.whole_or_part(row) for row in rows])

    def lines(self, request: Request) -> HttpResponse:
        """All that match or, with ``page_size`` or ``cursor``, one page and a ``Link`` header to the others."""
        renderer = request.accepted_renderer
        if self.fields_asked is not None and isinstance(renderer, CSVRenderer):
            fields = ",".join(self.fields_asked)
            raise BadParameter(parameter_error("fields", fields, "json or ndjson as the format: CSV has fixed columns"))
        if {"page_size", "cursor"} & request.query_params.keys():
            rows = self.paginate_queryset(self.listing())
            response = HttpResponse(renderer.render(self.raw(rows)), content_type=content_type(renderer))
            if links := self.paginator.links_header():
                response["Link"] = links
            return response
        rows = self.paginator.stream(self.listing_still, request, self)
        return StreamingHttpResponse(to_the_end(renderer.lines(self.raw(rows))), content_type=content_type(renderer))

    def raw(self, rows: Iterable[Any]) -> Iterator[bytes]:
        for row in rows:
            yield orjson.dumps(self.whole_or_part(row))


def to_the_end(lines: Iterable[bytes]) -> Iterator[bytes]:
    """*lines*; where the database gives up on the way, a last one, a problem document, that says so.

    The status has left long before, and the server would end the answer as if it were whole.
    """
    try:
        yield from lines
    except Exception as error:
        if not is_too_slow(error) and not is_away(error):
            raise
        logger.error("A streamed answer was broken off: %s", error)
        detail = "The answer was broken off here, and more would follow: ask again, or page by page."
        yield orjson.dumps(problem_document(503, detail)) + b"\n"


def content_type(renderer: LinesRenderer) -> str:
    return f"{renderer.media_type}; charset=utf-8"
