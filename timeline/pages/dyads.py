"""The page of two countries."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from rest_framework.request import Request

from timeline.api.dyads import DyadViewSet
from timeline.api.events import ORDERS
from timeline.api.filters import EventFilterSet
from timeline.feeds.feed import cleaned
from timeline.models import Entry
from timeline.pages.band import band_of
from timeline.pages.page import Page
from timeline.pages.records import events_below
from timeline.paging import Order
from timeline.query import Ordering

#: The latest; the API has the others.
MOST_INTERVALS = 60


class DyadPage(Page, DyadViewSet):
    """The relations of two countries as a band of intervals, and the events between them."""

    address_name = "dyad-page"
    template_name = "timeline/dyad.html"
    detail_parameters = DyadViewSet.detail_parameters | {"cursor"}

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        dyad = cleaned(self.document(request))
        first, second = dyad["countries"]
        shown, left_out = dyad["intervals"][-MOST_INTERVALS:], max(len(dyad["intervals"]) - MOST_INTERVALS, 0)
        return self.page(
            f"{first['name']} and {second['name']}",
            f"The relations of {first['name']} and {second['name']}, and the events between them.",
            dyad=dyad,
            intervals=shown,
            left_out=left_out,
            band=band_of(shown, [dyad["last"]] if left_out else [dyad["first"], dyad["last"]]),
            **events_below(self, self.events_asked(f"{first['id']},{second['id']}")),
        )

    def events_asked(self, between: str) -> EventFilterSet:
        moment = {name: self.request.query_params[name] for name in ("as_of", "snapshot")
                  if name in self.request.query_params}  # fmt: skip
        question = QueryDict(urlencode({"between": between} | moment))
        return EventFilterSet(question, Entry.objects.none(), request=self.request)

    def order(self) -> Order:
        return ORDERS[Ordering.DATE]
