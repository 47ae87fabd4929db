"""An event's page: everything known of it, from whom, and how that came about."""

from dataclasses import replace
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.text import Truncator
from rest_framework.request import Request

from events.edtf import EDTFDate, edtf_of_day, label
from events.edtf.calendar import DAY
from events.models import Country
from timeline.api.caching import Freshness
from timeline.api.events import EventViewSet
from timeline.api.problems import NotYet
from timeline.blocks import last_erasure
from timeline.feeds import jsonld
from timeline.feeds.feed import Event, read_event
from timeline.feeds.words import dated_title
from timeline.models import Entry, PastEntry
from timeline.moments import Moment
from timeline.pages.known import day_at, days_known
from timeline.pages.page import Page
from timeline.pages.sharing import EventSharing

#: Characters of the description in a preview of a link: those who show them cut them at some 200 to 300.
MOST_IN_A_PREVIEW = 300


class EventPage(Page, EventViewSet):
    """Everything known of one event at a moment, and the days on which it became known."""

    address_name = "event-page"
    template_name = "timeline/event_page.html"
    not_yet_template_name = "timeline/event_not_yet.html"

    def how_fresh(self, request: Request) -> Freshness:
        """A country that has the place, but no part in the event, is told by its present name."""
        freshness = super().how_fresh(request)
        return replace(freshness, number=max(freshness.number, last_erasure([Country.resource])))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            row = self.get_object()
        except NotYet as refused:
            return self.not_yet(refused)
        event = read_event(row)
        recorded = request.query_params.get("snapshot", "")
        days = days_known(states_held(row.key, self.moment))
        return self.page(
            dated_title(event),
            Truncator(f"{event['status_words']} {event['summary']}".strip()).chars(MOST_IN_A_PREVIEW),
            event=event,
            days=days,
            shown=day_at(days, self.moment.as_of),
            as_of=self.as_of_words(),
            recorded=recorded,
            carried=f"snapshot={quote(recorded)}&" if recorded else "",
            # Not what the clock shows: the page would change with things that it does not show.
            number=self.freshness.number,
            linked_data=jsonld.document(event, self.feed()).decode(),
            asked=request.META.get("QUERY_STRING", ""),
            sharing=EventSharing(request, event["url"]),
        )

    def as_of_words(self) -> str:
        """The day or time up to which the reader asked for what was known; "" for all that is."""
        asked = self.filterset.values["as_of"]
        return label(asked) if asked else ""

    def not_yet(self, refused: NotYet) -> HttpResponse:
        """404, and where it can be seen."""
        first = edtf_of_day(refused.since // DAY) if refused.since is not None else ""
        self.template_name = self.not_yet_template_name
        return self.page(
            "Not yet known" if refused.reason == "not-yet-known" else "Not yet recorded",
            f"What was known by {self.as_of_words()}." if self.as_of_words() else str(refused.detail),
            status=refused.status_code,
            public_id=self.kwargs[self.lookup_url_kwarg],
            as_of=self.as_of_words(),
            first=first,
            first_words=label(EDTFDate.parse(first)) if first else "",
            is_of_sources=refused.reason == "not-yet-known",
        )


def states_held(key: int, moment: Moment) -> list[tuple[int, Event]]:
    """Every state of knowledge of the event *key* that the record held at *moment*, whenever it was known.

    The instant from which it was known, and the event, in order.
    """
    columns = ("known_from", "body", "key", "recorded_from")
    rows = [
        row
        for model in (Entry, PastEntry)
        for row in model.objects.filter(moment.held, key=key).values_list(*columns, named=True)
    ]
    return [(row.known_from, read_event(row)) for row in sorted(rows, key=attrgetter("known_from"))]
