from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseInlineFormSet, Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.admin.alike import alike, shown, sketch_of_event
from events.admin.base import RecordAdmin, RecordInline
from events.admin.dates import understand
from events.admin.dumping import Dumping
from events.admin.erasing import ErasePage
from events.admin.filters import CountryFilter, KindFilter, PeriodFilter
from events.admin.forms import RecordForm
from events.admin.joining import join_claims
from events.admin.keys import key_of
from events.admin.merging import MergePages
from events.admin.needs import NeedsFilter
from events.admin.reviewing import Reviewing, comment_field
from events.duplicates import likely_duplicates
from events.edtf import label
from events.folding import fold
from events.models import Claim, Event, Participation
from events.recording import current_recording
from events.status import Status, reason_words, status_words


class EventForm(RecordForm):
    """Leaves the importance to the kind where the editor says nothing."""

    review_comment = comment_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        importance = self.fields.get("importance")
        if importance is not None:
            importance.required = False
            importance.help_text = "0 to 100; left empty, what the kind suggests."
            if not self.instance.pk:
                self.initial["importance"] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if "importance" in cleaned and cleaned["importance"] is None and kind is not None:
            cleaned["importance"] = kind.default_importance
        return cleaned


class ParticipationFormSet(BaseInlineFormSet):
    """Refuses the same party twice in the same role: the database's rule sees stored rows only."""

    def clean(self) -> None:
        super().clean()
        found: set[tuple] = set()
        for form in self.forms:
            if not form.is_valid() or form in self.deleted_forms or "role" not in form.cleaned_data:
                continue
            party = tuple(form.cleaned_data.get(name) for name in ("role", "country", "organization", "leader"))
            if party in found:
                raise ValidationError(f"“{form.instance}” stands here already: take one out.")
            found.add(party)


class ParticipationInline(RecordInline, admin.StackedInline):
    model = Participation
    classes = ("parties",)
    formset = ParticipationFormSet
    autocomplete_fields = ("country", "organization", "leader", "office")
    fieldsets = ((None, {"fields": (("role", "country", "organization", "leader", "office"),)}),)
    extra = 1
    blank_when_adding = 2


class ClaimInline(RecordInline, admin.StackedInline):
    model = Claim
    autocomplete_fields = ("source",)
    fieldsets = ((None, {"fields": ("source", "stance", ("locator", "date", "figures"), "note")}),)


@admin.register(Event)
class EventAdmin(ErasePage, MergePages, Dumping, Reviewing, RecordAdmin):
    form = EventForm
    actions = (*Reviewing.actions, *MergePages.actions)
    inlines = (ParticipationInline, ClaimInline)
    list_display = ("title", "date_in_words", "kind", "occurrence", "verification", "review")
    list_filter = (NeedsFilter, "review", "occurrence", "verification", PeriodFilter, CountryFilter, KindFilter)
    list_select_related = ("kind",)
    search_fields = ("title",)
    folded_fields = ("slug",)
    search_help_text = "Titles, and names of countries, organizations and people that take part."
    autocomplete_fields = ("kind", "place_country")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("status", "status_derived")
    fieldsets = (
        (None, {"fields": ("title", "slug", ("kind", "importance"), "date", "date_reason", "summary")}),
        (
            "Place",
            {"fields": (("place_name", "place_country"), ("latitude", "longitude")), "classes": ["collapse"]},
        ),
        (
            "Status",
            {
                "fields": (
                    "status", "status_derived", ("assessed_occurrence", "assessed_verification"), "assessment_reason",
                ),
                "description": "Derived from the claims as they are saved. To show another, say why: both are shown.",
            },
        ),
    )  # fmt: skip

    class Media:
        css = {"all": ["events/writing.css"]}
        js = [Script("events/alike.js", type="module"), Script("events/keys.js", type="module")]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("alike/", view(self.permitted(alike)), name="events_event_alike"),
            path("dates/", view(understand), name="events_dates"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Event | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            context["likes"] = shown(likely_duplicates(sketch_of_event(obj), but=obj.pk))
            context["proposals"] = obj.proposals.select_related("article__source")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def compared(self, request: HttpRequest, object_id: str | None, *args: Any) -> HttpResponse:
        if object_id is None and "_join" in request.POST and not hasattr(request, "refusals"):
            return self.joined(request, request.POST["_join"])
        return super().compared(request, object_id, *args)

    def joined(self, request: HttpRequest, key: str) -> HttpResponse:
        """Instead of making a new event, add its claims to the one with *key*, and open that."""
        event = get_object_or_404(Event, pk=key_of(key))
        current_recording(Event).reason = "Claims added to it instead of making a new event"
        number = join_claims(self, ClaimInline, request, event)
        self.message_user(
            request,
            f"{number} claim{'s' * (number > 1)} added here instead of making a new event. What else you had typed "
            "(title, date, parties, summary) was left out: look whether something of it belongs here.",
            messages.SUCCESS,
        )
        return HttpResponseRedirect(reverse("admin:events_event_change", args=[event.pk]))

    def response_post_save_add(self, request: HttpRequest, obj: Event) -> HttpResponse:
        return self.previewed(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        self.lead_back(request, obj)
        return self.previewed(request, obj) or super().response_post_save_change(request, obj)

    def lead_back(self, request: HttpRequest, event: Event) -> None:
        """Whoever drafts from an article has gone on to a list by now: tell what else is proposed there, and where."""
        proposal = event.proposals.select_related("article__source").first()
        waiting = list(proposal.article.proposals.waiting()) if proposal else []
        if not waiting or not self.has_add_permission(request):
            return
        page = reverse("admin:events_article_change", args=[proposal.article_id])
        sentence = '<a href="{}#proposal-{}">{} more</a> proposed from “{}”.'
        self.message_user(request, format_html(sentence, page, waiting[0].pk, len(waiting), proposal.article))

    def previewed(self, request: HttpRequest, event: Event) -> HttpResponse | None:
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("event-preview", args=[event.pk]))
        return None

    def matching(self, word: str) -> Q:
        condition = super().matching(word)
        parts = fold(word).split()
        for party in ("country", "organization", "leader") if parts else ():
            named = Participation.objects.all()
            for part in parts:
                named = named.filter(**{f"{party}__names_folded__contains": part})
            condition |= Q(pk__in=named.order_by().values("event"))
        return condition

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (isinstance(obj, Event) and stored_as_public(obj))

    def asks_reason(self, record: Event) -> bool:
        return isinstance(record, Event) and stored_as_public(record)

    @admin.display(description="date", ordering="date_position")
    def date_in_words(self, event: Event) -> str:
        return label(event.date)

    @admin.display(description="shown")
    def status(self, event: Event) -> str:
        if not event.pk:
            return "Nothing is recorded yet."
        return f"{event.get_occurrence_display()}, {event.get_verification_display().lower()}"

    @admin.display(description="derived")
    def status_derived(self, event: Event) -> str | SafeString:
        if not event.pk:
            return "–"
        stored = Event.objects.get(pk=event.pk)
        return explained(Event.objects.assess([event.pk])[event.pk], label(stored.date))


def stored_as_public(event: Event) -> bool:
    """Whether it is public in the database, whatever a form that was refused has put on *event*."""
    return Event(review=Event.objects.filter(pk=event.pk).values_list("review", flat=True).first()).is_public


def explained(status: Status, date: str) -> SafeString:
    """*status*, and why it is so."""
    return format_html(
        "<strong>{}, {}</strong>: {}.<br>{}",
        str(status.occurrence).capitalize(),
        str(status.verification),
        reason_words(status),
        status_words(status, date),
    )
