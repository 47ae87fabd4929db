"""The envelope of every list, and the parameters that page through it."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from timeline.api.parameters import flag, integer
from timeline.api.problems import BadParameter, parameter_error
from timeline.api.renderers import json_response
from timeline.consistency import one_view
from timeline.paging import BadCursor, Listing, Page, page_of

#: Parameters that choose a part or a form of the answer, not another question.
FORM = {"page_size", "cursor", "after", "fields", "count", "format"}
#: Rows of a whole list that leave in one piece, and so may be kept: calendars are asked for again and again.
MOST_IN_ONE_PIECE = 2_000
#: Rows that are read at once for a longer one, a stream.
STREAMED_AT_A_TIME = 500
#: Up to here `count=true` counts.
MOST_COUNTED = 100_000
TEXT = {"type": "string", "minLength": 1}


class KeysetPagination(BasePagination):
    """Pages of ``view.order()``; ``next`` and ``previous`` are whole addresses of the same question."""

    parameters = ("page_size", "cursor", "count")
    #: Those that say where a page begins.
    beginnings = frozenset({"cursor"})
    page: Page | None = None  #: None where all rows are sent

    def paginate_queryset(self, queryset: QuerySet | Listing, request: Request, view: Any = None) -> list[Any]:
        self.request, self.view = request, view
        default, most = request.accepted_renderer.page_sizes
        self.size = integer(request.query_params, "page_size", 1, most, default)
        listing = queryset if isinstance(queryset, Listing) else Listing(queryset)
        self.counted = counted(listing) if flag(request.query_params, "count") else {}
        self.page = self.read_page(listing, self.size, self.beginning())
        return self.page.rows

    def beginning(self) -> str | None:
        """The cursor of the place behind which the page begins; None at the start."""
        return self.request.query_params.get("cursor")

    def read_page(self, listing: Listing, size: int, cursor: str | None) -> Page:
        try:
            return page_of(listing, self.view.order(), size, cursor, question_of(self.request))
        except BadCursor:
            expected = "the cursor in `next` or `previous` of an earlier answer to the same question"
            raise BadParameter(parameter_error("cursor", cursor, expected)) from None

    def first_of_all(self, listing: Listing, request: Request, view: Any) -> Page:
        """As many of all rows as leave in one piece, read while an error still can have a status of its own."""
        self.request, self.view = request, view
        return self.read_page(listing, MOST_IN_ONE_PIECE, None)

    def rows_from(self, page: Page, listing: Callable[[], Listing]) -> Iterator[Any]:
        """Every row from *page* on, in batches by keyset: no cursor stays open in the database.

        *listing* is asked anew for each batch, because what was current at the first may be past by the next.
        """
        yield from page.rows
        while page.next is not None:
            with one_view():
                page = self.read_page(listing(), STREAMED_AT_A_TIME, page.next)
            yield from page.rows

    def get_paginated_response(self, data: list[Any]) -> HttpResponse:
        envelope = {
            "results": data,
            "next": self.link(self.page.next),
            "previous": self.link(self.page.previous),
            "snapshot": self.view.snapshot,
        }
        return json_response(envelope | self.counted | self.view.envelope())

    def link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        sent = {name: value for name, value in self.request.query_params.items() if name not in self.beginnings}
        sent |= self.view.carried() | {"cursor": cursor}
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode(sent, safe=',:')}")

    def links_header(self) -> str:
        """The ``Link`` header (RFC 8288) of a page in a format without an envelope."""
        links = {"next": self.link(self.page.next), "prev": self.link(self.page.previous)}
        return ", ".join(f'<{link}>; rel="{name}"' for name, link in links.items() if link)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        formats = getattr(view, "formats", view.renderer_classes)
        most = max(renderer.page_sizes[1] for renderer in formats)
        size = {"type": "integer", "minimum": 1, "maximum": most, "default": 50}
        return [
            parameter("page_size", "Rows a page; how many are sent if it is left out depends on the format.", size, 20),
            parameter("cursor", "From `next` or `previous` of an earlier answer to the same question.", TEXT),
            parameter("count", "Adds `count`, the number of matches, and `count_is_exact`; in JSON only.",
                      {"type": "boolean", "default": False}, True),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous", "snapshot"],
            "properties": {
                "results": schema,
                "next": link,
                "previous": link,
                "snapshot": {"type": "integer", "description": "Number of the record's clock."},
                "count": {
                    "type": "integer", "minimum": 0, "maximum": MOST_COUNTED,
                    "description": "With `count=true`: the number of matches, counted no further than the maximum.",
                },
                "count_is_exact": {
                    "type": "boolean",
                    "description": "With `count=true`: false where there are more matches than `count`.",
                },
                "query": {
                    "type": "object",
                    "description": "For events: the question in words, and the days of its span.",
                    "properties": {
                        "words": {"type": "string"},
                        "from": {"type": ["string", "null"]},
                        "to": {"type": ["string", "null"]},
                    },
                },
            },
        }


def counted(listing: Listing) -> dict[str, Any]:
    """What `count=true` adds to the envelope."""
    found = listing.count_up_to(MOST_COUNTED + 1)
    return {"count": min(found, MOST_COUNTED), "count_is_exact": found <= MOST_COUNTED}


def parameter(name: str, description: str, schema: dict[str, Any], example: Any = None) -> dict[str, Any]:
    """A query parameter for the schema."""
    described = {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
    return described if example is None else described | {"example": example}


def question_of(request: Request) -> str:
    """What a cursor is good for: the address and every parameter that makes it another question.

    Not ``snapshot``: a place in the order is a place at any number of the record's clock.
    """
    asked = sorted((name, value) for name, value in request.query_params.items() if name not in {*FORM, "snapshot"})
    return hashlib.sha256(repr((request.path, asked)).encode()).hexdigest()
