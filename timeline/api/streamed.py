"""Lists that leave in pages or, in formats without an envelope, whole."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.request import Request

from events.outages import is_away
from timeline.api.problems import BadParameter, parameter_error, problem_document
from timeline.api.renderers import BytesRenderer, FeedRenderer, JSONRenderer
from timeline.api.resources import PublicResource
from timeline.limits import is_too_slow
from timeline.paging import Listing

logger = logging.getLogger(__name__)


class StreamedResource(PublicResource):
    """A collection drawn from entries, in several formats."""

    formats: ClassVar[tuple[type[BytesRenderer], ...]] = (JSONRenderer,)
    detail_formats: ClassVar[tuple[type[BytesRenderer], ...]] = (JSONRenderer,)

    def get_renderers(self) -> list[BytesRenderer]:
        return [renderer() for renderer in (self.formats if self.action == "list" else self.detail_formats)]

    def listing(self) -> Listing:
        """What the question asks for."""
        raise NotImplementedError

    def listing_still(self) -> Listing:
        """As ``listing``, asked once more while the record's clock may have gone on."""
        raise NotImplementedError

    def whole_or_part(self, row: Any) -> Any:
        """*row* as it leaves, with the fields that are asked for."""
        raise NotImplementedError

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.check_form(request)

    def check_form(self, request: Request) -> None:
        """Refuse ``fields`` and ``count`` where the format has no room for them: raises BadParameter."""
        renderer, sent = request.accepted_renderer, request.query_params
        if "fields" in sent and isinstance(renderer, FeedRenderer):
            expected = f"json or ndjson as the format: what {renderer.format} holds is fixed"
            raise BadParameter(parameter_error("fields", sent["fields"], expected))
        if "count" in sent and not isinstance(renderer, JSONRenderer):
            expected = f"json as the format: {renderer.format} has no room for a count"
            raise BadParameter(parameter_error("count", sent["count"], expected))

    @property
    def leaves_whole(self) -> bool:
        """Whether all of a list is sent, and not a page of it."""
        renderer, sent = self.request.accepted_renderer, self.request.query_params
        if isinstance(renderer, JSONRenderer) or not renderer.is_whole:
            return False
        return not {"page_size", *self.paginator.beginnings} & sent.keys()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        renderer = request.accepted_renderer
        if isinstance(renderer, JSONRenderer):
            rows = self.paginate_queryset(self.listing())
            return self.get_paginated_response([self.whole_or_part(row) for row in rows])
        return self.all_of_it(renderer) if self.leaves_whole else self.one_page(renderer)

    def all_of_it(self, renderer: BytesRenderer) -> HttpResponse:
        """In one piece where that holds it; else a stream, which may be broken off: nobody may keep it."""
        first = self.paginator.first_of_all(self.listing(), self.request, self)
        if first.next is None:
            return HttpResponse(b"".join(self.written(first.rows)), content_type=content_type(renderer))
        self.is_complete = False
        rows = self.paginator.rows_from(first, self.listing_still)
        return StreamingHttpResponse(to_the_end(self.written(rows)), content_type=content_type(renderer))

    def one_page(self, renderer: BytesRenderer) -> HttpResponse:
        """With a ``Link`` header that leads to the others."""
        rows = self.paginate_queryset(self.listing())
        response = HttpResponse(b"".join(self.written(rows)), content_type=content_type(renderer))
        if links := self.paginator.links_header():
            response["Link"] = links
        return response

    def written(self, rows: Iterable[Any]) -> Iterator[bytes]:
        """*rows* in the format of the answer, piece by piece."""
        return self.request.accepted_renderer.lines(orjson.dumps(self.whole_or_part(row)) for row in rows)


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


def content_type(renderer: BytesRenderer) -> str:
    return f"{renderer.media_type}; charset=utf-8"
