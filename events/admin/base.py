"""What every page of the desk does: search by folded names, write inside a recording, refuse in sentences."""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from events.admin import seen
from events.admin.forms import RecordFields, RecordForm, RowForm
from events.admin.history import HistoryPages
from events.admin.reach import tell_reach
from events.admin.reasons import REASON
from events.admin.refused import forget_news, give_back, refuse
from events.admin.tables import Tables
from events.admin.widgets import RELATED_TO_LABELS, ChoicesView
from events.folding import fold
from events.logins import typed
from events.recording import recording
from events.refusals import REFUSALS, sentences
from events.review import may_change

MOST_WORDS = 10  #: of a search
TAKEN_AWAY = (
    "Nothing of this is saved: it was published while you worked on it, and what readers see is changed by editors. "
    "Here is what you had typed, to be told to them in a comment."
)


class RecordInline(RecordFields):
    """Rows of a page: changed where they stand."""

    form = RowForm
    links_to_related = False
    extra = 0
    blank_when_adding = 1

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        return self.extra if obj else self.blank_when_adding


class RecordAdmin(HistoryPages, Tables, RecordFields, admin.ModelAdmin):
    """A page for records of one kind.

    A search finds records that have every word in one of ``search_fields`` or, folded, in one of ``folded_fields``.
    """

    form = RecordForm
    folded_fields: ClassVar[tuple[str, ...]] = ("names_folded",)
    search_fields: ClassVar[tuple[str, ...]] = ("names_folded",)
    search_help_text = "Names and aliases, with or without accents and hyphens."
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": [f"events/{name}.css" for name in ("admin", "forms", "lists", "review", "history")]}
        js = [forms.Script(f"events/{name}.js", type="module") for name in ("dates", "selects", "slugs")]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        for word in search_term.split()[:MOST_WORDS]:
            queryset = queryset.filter(self.matching(word))
        return queryset, False

    def matching(self, word: str) -> Q:
        """The condition that *word* occurs in a record."""
        # SQLite folds the case of ASCII only: the usual spellings are asked for one by one, on either database.
        word = word.replace("\0", "")
        spellings = sorted({word, word.lower(), word.upper(), word.capitalize()})
        spelled = [Q(**{f"{name}__icontains": spelling}) for name in self.search_fields for spelling in spellings]
        parts = fold(word).split()
        folded = [
            reduce(and_, (Q(**{f"{name}__contains": part}) for part in parts)) for name in self.folded_fields if parts
        ]
        return reduce(or_, [*spelled, *folded])

    def get_urls(self) -> list:
        choices = self.admin_site.admin_view(ChoicesView.as_view(admin_site=self.admin_site))
        return [path("choices/", choices, name=self.page_name("choices")), *super().get_urls()]

    def permitted(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """*view* for those who may look at records of this kind."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: models.Model | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            tell_reach(request, obj, saved=False)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        tell_reach(request, obj, saved=True)
        return super().response_change(request, obj)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related(*RELATED_TO_LABELS.get(self.model, ()))

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> list:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is not None and self.has_change_permission(request, obj):
            name, options = fieldsets[0]
            fieldsets[0] = (name, {**options, "fields": [*options["fields"], seen.FIELD]})
        return fieldsets

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusals = getattr(request, "refusals", ())
        form.conflict = getattr(request, "conflict", None)
        form.seen_now = getattr(request, "seen_now", "")
        form.asks_reason = obj is not None and self.asks_reason(obj)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            give_back(request)
            return self.compared(request, object_id, form_url, extra_context)
        if object_id and self.was_taken_away(request, object_id):
            return self.admin_site.show(request, typed.Typed.of(request), [TAKEN_AWAY])
        if object_id and (told := self.told_of_deletion(request, object_id)):
            return told
        otherwise = "Changed in the admin" if object_id else "Added in the admin"
        try:
            with recording(request.user, request.POST.get(REASON, "").strip() or otherwise):
                return self.compared(request, object_id, form_url, extra_context)
        except REFUSALS as error:
            refuse(request, error)
            return self.compared(request, object_id, form_url, extra_context)

    def compared(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Django's own page, but that nothing is saved over what others changed since the editor saw it."""
        stored = self.stored(request, object_id) if object_id else None
        if stored is not None:
            request.seen_now = stored.token
            conflict = seen.compare(stored, request.POST) if request.method == "POST" else None
            if conflict is not None:
                request.POST, request.conflict = conflict.data, conflict
                request.refusals = [*getattr(request, "refusals", ()), *conflict.sentences]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def was_taken_away(self, request: HttpRequest, object_id: str) -> bool:
        """Whether the user could change the record for as long as readers did not see it."""
        record = self.get_object(request, unquote(object_id)) if self.has_change_permission(request) else None
        return record is not None and not may_change(request.user, record)

    def stored(self, request: HttpRequest, object_id: str) -> seen.Stored | None:
        """The record as it is now, locked to the end of the transaction where one is going to change it."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_change_permission(request, record):
            return None
        lock = request.method == "POST" and not hasattr(request, "refusals")
        found = rows_of(self.model, lock).filter(pk=record.pk).first()
        if found is None:
            return None
        form = self.get_form(request, found, change=True, fields=flatten_fieldsets(self.get_fieldsets(request, found)))
        rows = {}
        for formset, inline in self.get_formsets_with_inlines(request, found):
            related = rows_of(inline.model, lock).filter(**{formset.fk.name: found}).order_by("pk")
            rows[formset.get_default_prefix()] = {row.pk: formset.form(instance=row) for row in related}
        return seen.Stored(form(instance=found), rows)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view, back = super().delete_view, self.page_url("change", object_id)
        return self.recorded(request, "Deleted in the admin", back, lambda: view(request, object_id, extra_context))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            return HttpResponseRedirect(request.path)
        view, back = super().changelist_view, request.get_full_path()
        return self.recorded(request, "Changed from a list in the admin", back, lambda: view(request, extra_context))

    def recorded(
        self, request: HttpRequest, reason: str, back: str, view: Callable[[], HttpResponse]
    ) -> HttpResponse:
        """What *view* answers, inside a recording where it may write; a refusal is told on the page *back*."""
        if request.method != "POST":
            return view()
        try:
            with recording(request.user, reason):
                return view()
        except REFUSALS as error:
            forget_news(request)
            for sentence in sentences(error):
                self.message_user(request, sentence, messages.ERROR)
            return HttpResponseRedirect(back)


def rows_of(model: type[models.Model], lock: bool) -> models.QuerySet:
    rows = model._base_manager.all()
    return rows.select_for_update() if lock else rows
