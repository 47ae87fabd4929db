"""What the admin of every record does alike."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from events.admin.conflicts import GuardedForm
from events.admin.widgets import NamesField
from events.folding import fold
from events.recording import StaleRecord, recording


class DistinctFormSet(BaseInlineFormSet):
    """Refuses two rows that a constraint over expressions would refuse only in the database."""

    identity: tuple[str, ...] = ()

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", None)
            if not values or values.get("DELETE"):
                continue
            row = tuple(values.get(name) for name in self.identity)
            if self.identity and row in seen:
                raise ValidationError("Two rows say the same: take one out.")
            seen.add(row)


class RecordAdmin(admin.ModelAdmin):
    """Writes inside a recording by the user, finds by folded names, and refuses what would overwrite another's work."""

    form = GuardedForm
    list_per_page = 50
    save_on_top = True
    names_column = ""  #: the folded column that is searched, where the record has one

    class Media:
        css = {"all": ["events/admin.css"]}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.inline_models = tuple(inline.model for inline in self.get_inline_instances(request, obj))
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        """Every fieldset as declared, and the hidden field that tells one state of the record from another."""
        fieldsets = [(name, dict(options)) for name, options in super().get_fieldsets(request, obj)]
        first = fieldsets[0][1]
        if not any("opened_at" in options["fields"] for _, options in fieldsets):
            first["fields"] = [*first["fields"], "opened_at"]
        return fieldsets

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "aliases":
            return NamesField(label="Aliases")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while it is being saved, so that nobody can save between our comparison and our writing."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            self.model._base_manager.select_for_update().get(pk=found.pk)
            found.refresh_from_db()
        return found

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        return self._recorded(
            request, lambda: super(RecordAdmin, self).changeform_view(request, object_id, form_url, extra_context)
        )

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return self._recorded(request, lambda: super(RecordAdmin, self).delete_view(request, object_id, extra_context))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        return self._recorded(request, lambda: super(RecordAdmin, self).changelist_view(request, extra_context))

    def _recorded(self, request: HttpRequest, view: Any) -> HttpResponse:
        """*view* inside a recording; what only the record or the database can refuse becomes a message."""
        try:
            with recording(request.user, f"{request.method} {request.path}"):
                return view()
        except (ValidationError, StaleRecord, IntegrityError, models.ProtectedError) as error:
            sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.message_user(request, f"Nothing was saved. {sentence}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was published stays: an event is withdrawn, with a reason."""
        if obj is not None and hasattr(obj, "review") and obj.is_public:
            return False
        return super().has_delete_permission(request, obj)

    def get_search_results(self, request: HttpRequest, queryset: models.QuerySet, search_term: str) -> tuple:
        """By folded names where there are any: case, accents and hyphens do not count, on any database."""
        if not self.names_column:
            return super().get_search_results(request, queryset, search_term)
        for word in fold(search_term).split():
            queryset = queryset.filter(**{f"{self.names_column}__contains": word})
        return queryset, False
