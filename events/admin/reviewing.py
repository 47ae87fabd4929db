"""The review of one event in the admin: buttons beside its form, a page for each step, the trail."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString

from events.admin.review_queue import DESK_SEES, Queue, TextForm
from events.logins import typed
from events.models import Event, ReviewNote
from events.models.events import Review
from events.models.reviews import Step
from events.recording import recording
from events.review import (
    LONGEST_COMMENT,
    ONLY_YOU,
    TRANSITIONS,
    Transition,
    comment_on,
    lacks_second_pair,
    may_change,
    may_take,
    open_to,
)

COMMENT = "comment"  #: stands in an address where a step would
BUTTON = "_review_"  #: and the step, is what a button of the form is called

PUBLISHED_ONLY_BY_EDITORS = (
    "What is published is changed by editors. If something is wrong with it, tell them in a comment."
)


def comment_field() -> forms.CharField:
    """The comment that goes with whichever button of an event's form is pressed."""
    return forms.CharField(
        label="Comment", required=False, max_length=LONGEST_COMMENT, help_text=DESK_SEES,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )  # fmt: skip


class Reviewing(Queue):
    """Mixed into the page of events."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.review_view)
        return [path("<int:key>/review/<slug:step>/", view, name="events_event_review"), *super().get_urls()]

    # The form of one event

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Event | None = None, **kwargs: Any
    ) -> HttpResponse:
        context["transitions"] = open_to(request.user, obj or Event())
        context["may_comment"] = obj is not None and self.may_comment(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        transition, comment = self.pressed(request), form.cleaned_data.get("review_comment", "")
        if transition is not None and not transition.asks:
            self.step(request, form.instance, transition, comment)
            self.message_user(request, f"“{form.instance}”: {transition.step.label}.", messages.SUCCESS)
        elif comment:
            comment_on(form.instance, request.user, comment)

    def response_post_save_add(self, request: HttpRequest, obj: Event) -> HttpResponse:
        return self.asked(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        return self.asked(request, obj) or super().response_post_save_change(request, obj)

    def asked(self, request: HttpRequest, event: Event) -> HttpResponse | None:
        """The way to the page that asks for what the step needs whose button was pressed."""
        transition = self.pressed(request)
        if transition is None or not transition.asks:
            return None
        address = reverse("admin:events_event_review", args=[event.pk, transition.step])
        filters = self.get_preserved_filters(request)
        return HttpResponseRedirect(f"{address}?{filters}" if filters else address)

    @staticmethod
    def pressed(request: HttpRequest) -> Transition | None:
        return next((TRANSITIONS[step] for step in Step if f"{BUTTON}{step}" in request.POST), None)

    @staticmethod
    def may_comment(request: HttpRequest) -> bool:
        return request.user.has_perm("events.add_reviewnote")

    # A page for each step

    def review_view(self, request: HttpRequest, key: int, step: str) -> HttpResponse:
        """Asks what the *step* needs, and takes it; *step* is COMMENT where there is only something to say."""
        event = Event.objects.filter(pk=key).first()
        if event is None or step not in (COMMENT, *Step):
            raise Http404
        transition = TRANSITIONS[Step(step)] if step != COMMENT else None
        may = may_take(request.user, transition) if transition else self.may_comment(request)
        if not (may and self.has_view_permission(request, event)):
            raise PermissionDenied
        back = reverse("admin:events_event_change", args=[event.pk])
        waiting = typed.take(request)
        form = TextForm(
            request.POST or None, transition=transition, initial=waiting and {"text": waiting.data.get("text")}
        )
        if request.method == "POST" and form.is_valid() and self.stepped(request, event, transition, form):
            filters = request.GET.get("_changelist_filters")
            return HttpResponseRedirect(f"{reverse('admin:events_event_changelist')}?{filters}" if filters else back)
        for sentence in waiting.sentences if waiting else ():
            self.message_user(request, sentence, messages.WARNING)
        verb = transition.verb if transition else "Comment"
        context = self.admin_site.each_context(request) | {
            "title": f"{verb}: {event}", "verb": verb, "form": form, "event": event, "back": back,
            "trail": trail(event), "opts": self.opts, "media": self.media,
        }  # fmt: skip
        return TemplateResponse(request, "events/review.html", context)

    def stepped(self, request: HttpRequest, event: Event, transition: Transition | None, form: TextForm) -> bool:
        """Whether the step could be taken; else *form* says why not."""
        text = form.cleaned_data["text"]
        try:
            if transition is None:
                comment_on(event, request.user, text)
            else:
                with recording(request.user, text or transition.verb):
                    self.step(request, event, transition, text)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        self.message_user(request, f"“{event}”: {transition.step.label if transition else 'commented on'}.")
        return True

    # The trail

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> list:
        fields = ["review_state"]
        if obj is not None:
            fields += ["merged_into"] if obj.merged_into_id else []
            fields += ["withdrawal_reason"] if obj.review == Review.WITHDRAWN else []
            fields += ["review_trail"]
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            fields += ["review_comment"]
        review = ("Review", {"fields": fields, "description": " ".join(hints(request, obj))})
        return [*super().get_fieldsets(request, obj), review]

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> list[str]:
        fields = [*super().get_readonly_fields(request, obj), "review_state", "review_trail", "merged_into"]
        is_theirs = obj is not None and obj.review == Review.WITHDRAWN and not obj.merged_into_id
        return fields if is_theirs and self.has_withdraw_permission(request) else [*fields, "withdrawal_reason"]

    @admin.display(description="state")
    def review_state(self, event: Event) -> str:
        return event.get_review_display()

    @admin.display(description="trail")
    def review_trail(self, event: Event) -> SafeString:
        return render_to_string("events/trail.html", {"trail": trail(event)})


def hints(request: HttpRequest, event: Event | None) -> list[str]:
    """What this user may not do with *event*, and why."""
    said = []
    if event is not None and not may_change(request.user, event):
        said.append(PUBLISHED_ONLY_BY_EDITORS)
    event = event or Event()
    publish = TRANSITIONS[Step.PUBLISH]
    if event.review in publish.sources and may_take(request.user, publish) and lacks_second_pair(event, request.user):
        said.append(ONLY_YOU)
    return said


def trail(event: Event) -> QuerySet[ReviewNote]:
    return ReviewNote.objects.filter(event=event.pk).select_related("author")
