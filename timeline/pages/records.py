"""What the pages of countries, people, organizations and sources have in common: facts, and a list of events."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from rest_framework.request import Request

from events.edtf import label
from events.models.base import PublicRecord
from timeline.api.events import ORDERS
from timeline.api.filters import EventFilterSet
from timeline.api.resources import PublicResource
from timeline.feeds.feed import cleaned, read_event
from timeline.listing.reading import entries_at
from timeline.models import Entry
from timeline.pages.asking import moment_asked, moment_of
from timeline.pages.legend import LEGEND
from timeline.pages.page import Page
from timeline.pages.sharing import Sharing, attributes_of
from timeline.paging import Order
from timeline.query import Ordering


class RecordPage(Page):
    """Mixed into the API resource of a record: what the API tells of it, and the events in which it has a part.

    ``question``: the parameter by which those are asked for. Facts are the record's present ones; ``as_of`` bears on
    the events alone.
    """

    question: ClassVar[str]
    detail_parameters = frozenset({"as_of", "cursor"})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Reads ``as_of`` at once, so that a wrong one is refused whatever is at the address."""
        super().initial(request, *args, **kwargs)
        events_asked(request)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.get_object()
        facts = cleaned(self.get_serializer(record).data)
        name = cleaned(str(getattr(record, record.name_field)))
        return self.page(
            name,
            self.told(facts),
            facts=facts,
            name=name,
            **events_below(
                self,
                events_asked(self.request, **{self.question: record.public_id}),
                reverse(f"{record.resource}-detail", kwargs={"id": record.public_id}),
            ),
            **self.beside(record, facts),
        )

    def told(self, facts: dict[str, Any]) -> str:
        """A sentence about it, for previews of links."""
        raise NotImplementedError

    def beside(self, record: PublicRecord, facts: dict[str, Any]) -> dict[str, Any]:
        """What its template shows beyond facts and events."""
        return {}

    def order(self) -> Order:
        return ORDERS[Ordering.DATE]


def events_asked(request: Request, **question: str) -> EventFilterSet:
    """*question*, at the moment that the address of a page asks for."""
    asked = QueryDict(urlencode(question | moment_asked(request.query_params)))
    return EventFilterSet(asked, Entry.objects.none(), request=request)


def events_below(view: PublicResource, asked: EventFilterSet, api: str) -> dict[str, Any]:
    """One page of the events that *asked* finds, and where the others and all of them are.

    *api*: where the API tells of what the page is of, a path.
    """
    question, words = asked.data.dict(), cleaned(asked.words(ordered=False))
    rows = view.paginator.paginate_queryset(entries_at(asked.moment(view.tick), asked.query), view.request, view)
    page = view.paginator.page
    return {
        "legend": LEGEND,
        "events": list(map(read_event, rows)),
        "api": api,
        "attributes": attributes_of(question),
        "question_words": words,
        "sharing": Sharing(view.request, question, words, api),
        "asked": asked.data.urlencode(safe=",:"),
        "earlier": view.paginator.link(page.previous),
        "later": view.paginator.link(page.next),
        "as_of": asked.data.get("as_of", ""),
        "as_of_words": label(asked.values["as_of"]) if asked.values["as_of"] else "",
        "moment": moment_of(question),
    }
