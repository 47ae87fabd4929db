from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.admin.base import RecordAdmin, RecordInline
from events.admin.dumping import Dumping
from events.admin.filters import CountryFilter, PeriodFilter
from events.admin.forms import RecordForm
from events.admin.needs import NeedsFilter
from events.admin.reviewing import Reviewing, comment_field
from events.edtf import label
from events.folding import fold
from events.models import Claim, Event, Participation
from events.status import Status, status_words


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


class ParticipationInline(RecordInline, admin.TabularInline):
    model = Participation
    formset = ParticipationFormSet
    autocomplete_fields = ("country", "organization", "leader", "office")
    fields = ("role", "country", "organization", "leader", "office")
    extra = 1
    blank_when_adding = 2


class ClaimInline(RecordInline, admin.StackedInline):
    model = Claim
    autocomplete_fields = ("source",)
    fieldsets = ((None, {"fields": ("source", "stance", ("locator", "date", "figures"), "note")}),)


@admin.register(Event)
class EventAdmin(Dumping, Reviewing, RecordAdmin):
    form = EventForm
    inlines = (ParticipationInline, ClaimInline)
    list_display = ("title", "date_in_words", "kind", "occurrence", "verification", "review")
    list_filter = (NeedsFilter, "review", "occurrence", "verification", PeriodFilter, CountryFilter, "kind")
    list_select_related = ("kind",)
    search_fields = ("title",)
    folded_fields = ("slug",)
    search_help_text = "Titles, and names of countries, organizations and people that take part."
    autocomplete_fields = ("kind", "place_country")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("status", "status_derived")
    fieldsets = (
        (None, {"fields": ("title", "slug", ("kind", "importance"), "date", "date_reason", "summary")}),
        ("Place", {"fields": (("place_name", "place_country"), ("latitude", "longitude"))}),
        (
            "Status",
            {
                "fields": (
                    "status", "status_derived", ("assessed_occurrence", "assessed_verification"), "assessment_reason",
                ),
                "description": "Derived from the claims below when they are saved. To show another, say why.",
            },
        ),
    )  # fmt: skip

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
        "<strong>{}, {}</strong><br>{}",
        str(status.occurrence).capitalize(),
        str(status.verification),
        status_words(status, date),
    )
