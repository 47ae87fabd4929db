"""The editors' queue, and steps of the review for many events at once."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import F, OrderBy, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format

from events.admin.needs import NeedsFilter
from events.models import Event, ReviewNote
from events.models.events import Review
from events.models.reviews import Step
from events.recording import current_recording
from events.review import LONGEST_COMMENT, LONGEST_REASON, TRANSITIONS, Transition, may_take, take

IN_REVIEW = "in-review"  #: of the concerns of the front page: the queue
MOST_AT_ONCE = 500  #: events that one step takes on, in one transaction
MOST_REFUSALS = 20  #: events listed for one reason

DESK_SEES = "For the desk: readers never see it."


class TextForm(forms.Form):
    """What a step asks for; *transition* is None for a comment alone."""

    def __init__(self, *args: Any, transition: Transition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = transition.asks if transition else "Write something."
        to_readers = transition is not None and transition.step == Step.WITHDRAW
        self.fields["text"] = forms.CharField(
            label="Reason" if asks and transition else "Comment",
            required=bool(asks),
            max_length=LONGEST_REASON if to_readers else LONGEST_COMMENT,
            error_messages={"required": asks},
            help_text="Readers see it where the event stood." if to_readers else DESK_SEES,
            widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        )


class OldestFirst(ChangeList):
    """The queue; what nobody submitted was imported, and waits behind what somebody did."""

    def _get_default_ordering(self) -> list[OrderBy]:
        return [F("submission").asc(nulls_last=True)]


class Queue:
    """The list of events: those in review wait there, the oldest first."""

    actions: ClassVar[tuple[str, ...]] = ("submit_selected", "publish_selected", "return_selected", "withdraw_selected")

    @staticmethod
    def is_queue(request: HttpRequest) -> bool:
        # The front page's number leads here by the one, the filter by review by the other.
        asked = request.GET
        return asked.get("review__exact") == Review.IN_REVIEW or asked.get(NeedsFilter.parameter_name) == IN_REVIEW

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        events = super().get_queryset(request)
        if not self.is_queue(request):
            return events
        submissions = ReviewNote.objects.filter(step=Step.SUBMIT).order_by("-pk")
        last = submissions.filter(event=OuterRef("pk")).values("pk")[:1]
        # Who it was is looked up for the page alone: many thousands of imported events may wait here.
        shown = Prefetch("review_notes", submissions.select_related("author"), to_attr="submissions")
        return events.annotate(submission=Subquery(last)).prefetch_related(shown)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OldestFirst if self.is_queue(request) else super().get_changelist(request, **kwargs)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        if not self.is_queue(request):
            return super().get_list_display(request)
        return ("title", "date_in_words", "kind", "submitted_by", "waiting_since")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": "Events that wait for an editor"} if self.is_queue(request) else {}
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description="submitted by")
    def submitted_by(self, event: Event) -> str:
        return str(event.submissions[0].author or "–") if event.submissions else "imported"

    @admin.display(description="waiting since", ordering="submission")
    def waiting_since(self, event: Event) -> str:
        return date_format(event.submissions[0].at, "j M Y, H:i") if event.submissions else "–"

    def step(self, request: HttpRequest, event: Event, transition: Transition, text: str) -> None:
        take(transition.step, event, request.user, text)
        self.log_change(request, event, transition.step.label.capitalize() + ".")

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return may_take(request.user, TRANSITIONS[Step.SUBMIT])

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_take(request.user, TRANSITIONS[Step.PUBLISH])

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return may_take(request.user, TRANSITIONS[Step.WITHDRAW])

    @admin.action(description="Submit for review", permissions=["submit"])
    def submit_selected(self, request: HttpRequest, events: QuerySet[Event]) -> HttpResponse | None:
        return self.step_many(request, events, Step.SUBMIT)

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, events: QuerySet[Event]) -> HttpResponse | None:
        return self.step_many(request, events, Step.PUBLISH)

    @admin.action(description="Ask for changes…", permissions=["publish"])
    def return_selected(self, request: HttpRequest, events: QuerySet[Event]) -> HttpResponse | None:
        return self.step_many(request, events, Step.RETURN)

    @admin.action(description="Withdraw…", permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, events: QuerySet[Event]) -> HttpResponse | None:
        return self.step_many(request, events, Step.WITHDRAW)

    def step_many(self, request: HttpRequest, events: QuerySet[Event], step: Step) -> HttpResponse | None:
        """Take each of *events* on that can be, in the open recording; first a page, where it asks for something."""
        transition, chosen = TRANSITIONS[step], list(events.order_by("pk")[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            self.message_user(request, f"Choose at most {MOST_AT_ONCE} events at a time.", messages.ERROR)
            return None
        form = TextForm(request.POST if "text" in request.POST else None, transition=transition)
        if transition.asks and not form.is_valid():
            return self.page_that_asks(request, transition, chosen, form)
        text = form.cleaned_data["text"] if form.is_bound and form.is_valid() else ""
        current_recording(Event).reason = text or transition.step.label.capitalize()
        done, refused = 0, defaultdict(list)
        for event in chosen:
            try:
                self.step(request, event, transition, text)
                done += 1
            except ValidationError as error:
                refused[" ".join(error.messages)].append(f"“{event}”")
        if done:
            sentence = f"{done} event{'s' * (done > 1)} {transition.step.label}."
            self.message_user(request, sentence, messages.SUCCESS)
        self.tell_refused(request, refused)
        return None

    def page_that_asks(
        self, request: HttpRequest, transition: Transition, chosen: list[Event], form: TextForm
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": f"{transition.verb}: {len(chosen)} event{'s' * (len(chosen) > 1)}", "verb": transition.verb,
            "form": form, "events": chosen, "opts": self.opts, "media": self.media,
            "action": request.POST["action"], "checkbox": ACTION_CHECKBOX_NAME,
        }  # fmt: skip
        return TemplateResponse(request, "events/review_selected.html", context)

    def tell_refused(self, request: HttpRequest, refused: Mapping[str, list[str]]) -> None:
        """Why some were left as they were: titles by the sentence that says it."""
        for sentence, titles in refused.items():
            listed = ", ".join(titles[:MOST_REFUSALS])
            more = f", and {len(titles) - MOST_REFUSALS} more" if len(titles) > MOST_REFUSALS else ""
            self.message_user(request, f"{sentence} Left as it was: {listed}{more}.", messages.WARNING)
