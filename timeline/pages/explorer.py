"""The front page: a question, its timeline and its events in words; and the timeline alone, to be framed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from rest_framework.request import Request

from events.edtf import EDTFDate, label
from timeline.api.events import EventViewSet
from timeline.api.policy import FRAMED_POLICY
from timeline.api.problems import BadParameter, SeeOther
from timeline.feeds.feed import Event, cleaned, read_event
from timeline.models import Entry
from timeline.pages.asking import address_of, as_asked, moment_of, without
from timeline.pages.counting import Found, found_on
from timeline.pages.form import QuestionForm
from timeline.pages.labels import phrase
from timeline.pages.legend import LEGEND
from timeline.pages.loosening import wider
from timeline.pages.page import Page
from timeline.pages.sharing import Sharing, attributes_of
from timeline.query import ORDERING_WORDS, EventQuery, Ordering

#: Parameters that choose a part of the answer.
OF_PAGING = {"after", "cursor", "page_size"}
#: What the page is called where nothing is asked yet.
FRONT = "Diplomatic events, and on whose word"
#: Events that a preview of a link names.
MOST_TOLD = 3
#: What the pages beside this one are called: the one before, the one after.
BESIDE = {
    Ordering.DATE: ("Earlier events", "Later events"),
    Ordering.DATE_DESCENDING: ("Later events", "Earlier events"),
    Ordering.IMPORTANCE: ("Less important events", "More important events"),
    Ordering.IMPORTANCE_DESCENDING: ("More important events", "Less important events"),
    Ordering.MODIFIED_DESCENDING: ("Changed later", "Changed earlier"),
}
#: Where to begin, in any record.
BEGINNINGS = (
    ("What was planned", {"occurrence": "planned"}),
    ("What is disputed, and by whom", {"verification": "disputed"}),
    ("What two independent origins bear out", {"verification": "confirmed"}),
    ("Most important first", {"ordering": "-importance"}),
    ("What changed last", {"ordering": "-modified"}),
)


class Asked(NamedTuple):
    """One thing that was asked, in words, and the address of the question without it."""

    words: str
    without: str


class ExplorerPage(Page, EventViewSet):
    """A question in words, the timeline and the events that answer it."""

    template_name = "timeline/explorer.html"
    page_name = "explorer"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Reads the question as strictly as the API; what only a form would send leads on to the address it means."""
        try:
            super().initial(request, *args, **kwargs)
        except BadParameter:
            asked = as_asked(request.query_params, self.filterset_class.base_filters)
            if asked is None:
                raise
            raise SeeOther(address_of(reverse(self.page_name), asked)) from None

    def carried(self) -> dict[str, str]:
        """No snapshot: who turns pages by hand looks at what stands now, unless they asked for a moment."""
        return {}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        listing = self.listing()
        events = list(map(read_event, self.paginate_queryset(listing)))
        page, asked, words = self.paginator.page, self.asked(), self.words()
        found = found_on(self, listing)
        if asked and not events:
            # What wider questions would find changes with events that this one does not ask for.
            self.is_complete = False
        before, after = BESIDE[self.filterset.query.ordering]
        others = [
            (about, relation, self.paginator.link(cursor))
            for about, relation, cursor in ((before, "prev", page.previous), (after, "next", page.next))
            if cursor
        ]
        return self.page(
            words if asked else FRONT,
            told(found, events),
            words=words,
            events=events,
            moment=moment_of(asked),
            legend=LEGEND,
            found=found,
            chips=list(self.chips(asked)),
            beginnings=[] if asked else [(about, address_of("/", start)) for about, start in BEGINNINGS],
            wider=[] if events or others else list(self.wider_questions(asked)),
            others=others,
            order=ORDERING_WORDS[self.filterset.query.ordering],
            as_of=label(self.filterset.values["as_of"]) if "as_of" in asked else "",
            **self.question(words),
        )

    def handle_exception(self, error: Exception) -> HttpResponse:
        """A question that cannot be read comes back as it was sent, with what was expected beside it."""
        if not isinstance(error, BadParameter):
            return super().handle_exception(error)
        errors = [*error.errors, *self.refused_beside(error.errors)]
        return self.page(
            "This question cannot be read", str(error.detail), error.status_code, **self.question(errors=errors)
        )

    def refused_beside(self, errors: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, str]]:
        """What else is wrong: where a name is not known, the API reads no values, and a reader mends all at once."""
        refused = {error["parameter"] for error in errors}
        asked = self.request.query_params.dict()
        left = QueryDict(mutable=True)
        left.update(without(asked, *asked.keys() - (self.filterset_class.base_filters.keys() - refused)))
        try:
            _ = self.filterset_class(left, Entry.objects.none(), request=self.request).query
        except BadParameter as others:
            return others.errors
        return []

    def words(self) -> str:
        """The question as a sentence; its order stands elsewhere."""
        is_of_all = self.filterset.query == EventQuery(ordering=self.filterset.query.ordering)
        return "All events" if is_of_all else cleaned(self.filterset.words(ordered=False))

    def asked(self) -> dict[str, str]:
        """The question, without the part of the answer that is looked at."""
        return {name: value for name, value in self.request.query_params.items() if name not in OF_PAGING}

    def question(self, words: str = "", errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
        """What the templates show of the question itself, whether or not it could be read."""
        asked = self.asked()
        return {
            "form": QuestionForm(asked, errors),
            "errors": errors,
            "attributes": attributes_of(asked),
            "sharing": Sharing(self.request, asked, words),
        }

    def names(self) -> dict[str, str]:
        """What ids and dates of the question are called."""
        dates = (value for value in self.filterset.values.values() if isinstance(value, EDTFDate))
        return self.filterset.names | {date.edtf: label(date) for date in dates}

    def chips(self, asked: Mapping[str, str]) -> Iterator[Asked]:
        names = self.names()
        for name, value in asked.items():
            yield Asked(cleaned(phrase(name, value, names)), address_of("/", without(asked, name)))

    def wider_questions(self, asked: Mapping[str, str]) -> Iterator[Asked]:
        """What to leave out to find something, and how much that would be."""
        names = self.names()
        for left_out, left, found in wider(asked, self):
            words = cleaned(" ".join(phrase(name, asked[name], names) for name in left_out))
            yield Asked(f"Without “{words}”: {found}", address_of("/", left))


class EmbedPage(ExplorerPage):
    """The timeline alone, for other people's pages: the only one that may stand in a frame."""

    template_name = "timeline/embed.html"
    page_name = "embed"

    def finalize_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().finalize_response(*args, **kwargs)
        response["Content-Security-Policy"] = FRAMED_POLICY
        response.xframe_options_exempt = True
        return response


def told(found: Found, events: Sequence[Event]) -> str:
    """A sentence for previews of links: how many events there are, and the first of them."""
    first = "; ".join(f"{event['date']['label']}: {event['title']}" for event in events[:MOST_TOLD])
    return f"{found}. {first}." if first else "Nothing is recorded that answers this."
