"""The page of two countries."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from timeline.api.dyads import DyadViewSet
from timeline.api.events import ORDERS
from timeline.feeds.feed import cleaned
from timeline.pages.asking import moment_of
from timeline.pages.band import band_of
from timeline.pages.counting import Found
from timeline.pages.page import Page
from timeline.pages.records import events_asked, events_below
from timeline.paging import Order
from timeline.query import Ordering
from timeline.relations.dyads import dyad_json
from timeline.templatetags.told import relation_words

#: The latest; the API has the others.
MOST_INTERVALS = 60


class DyadPage(Page, DyadViewSet):
    """The relations of two countries as a band of intervals, and the events between them."""

    address_name = "dyad-page"
    codes = ("a", "b")
    template_name = "timeline/dyad.html"
    detail_parameters = DyadViewSet.detail_parameters | {"cursor"}

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        dyad = cleaned(self.document(request))
        first, second = dyad["countries"]
        asked = events_asked(request, between=f"{first['id']},{second['id']}")
        shown, left_out = dyad["intervals"][-MOST_INTERVALS:], max(len(dyad["intervals"]) - MOST_INTERVALS, 0)
        return self.page(
            f"{first['name']} and {second['name']}",
            self.told(dyad),
            dyad=dyad,
            intervals=shown,
            left_out=left_out,
            band=band_of(shown, [dyad["last"]] if left_out else [dyad["first"], dyad["last"]]),
            **events_below(self, asked, reverse("dyad", kwargs=self.kwargs) + moment_of(request.query_params)),
        )

    def relations(self, first: frozenset[str], second: frozenset[str]) -> dict[str, Any]:
        """Without the counts, which the page does not show and which look up every event between the two."""
        return dyad_json(self.moment, first, second)

    def told(self, dyad: dict[str, Any]) -> str:
        """How the two stand to each other, and how much is known, for previews of links."""
        first, second = dyad["countries"]
        events = Found(dyad["events"]) if dyad["events"] else "no event"
        return f"{first['name']} and {second['name']}: {relation_words(dyad['state'])}; {events} between them."

    def order(self) -> Order:
        return ORDERS[Ordering.DATE]
