"""The front page: a question, its timeline and its events in words; and the timeline alone, to be framed."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from timeline.api.events import EventViewSet
from timeline.feeds.feed import read_event
from timeline.pages.page import Page


class ExplorerPage(Page, EventViewSet):
    """A question in words, the timeline and the events that answer it."""

    template_name = "timeline/explorer.html"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.paginate_queryset(self.listing())
        events = [read_event(row.body, row.key, row.recorded_from) for row in rows]
        words = self.filterset.words()
        return self.page(words, words, events=events)


class EmbedPage(ExplorerPage):
    """The timeline alone, for other people's pages."""

    template_name = "timeline/embed.html"
