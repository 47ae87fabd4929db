"""The forms of records: every constraint is validated, every refusal is shown."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db import models
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorList
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from events.admin import seen
from events.admin.reasons import REASON, ReasonField
from events.admin.refused import RefusableForm
from events.admin.widgets import RELATED_TO_LABELS, NamesField, RecordChoiceField, RecordSelect
from events.edtf.field import EDTFField

ADDRESS_HELP = "Its public address. After a change the old one leads to the new one; it is never given to another."


class RowForm(forms.ModelForm):
    """A form of a record, or of a row that belongs to one."""

    def _get_validation_exclusions(self) -> set[str]:
        # The companions of a date are no fields of the form, yet constraints speak of them.
        dates = [f for f in self._meta.model._meta.fields if isinstance(f, EDTFField) and f.name in self.fields]
        return super()._get_validation_exclusions() - {name for f in dates for name in f.names_with_companions()[1:]}


class RecordForm(RefusableForm, RowForm):
    """The form of a page.

    The sentences of ``conflict`` are among its ``refusals``; ``seen_now`` tells what it was made from; ``asks_reason``
    whether it cannot be changed without saying why.
    """

    conflict: ClassVar[seen.Conflict | None] = None
    seen_now: ClassVar[str] = ""
    asks_reason: ClassVar[bool] = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = ReasonField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[seen.FIELD] = self.seen_now
        if self.instance.pk:
            self.fields[REASON].required = self.asks_reason
        else:
            del self.fields[REASON]
        address = self.fields.get(getattr(self.instance, "address_field", ""))
        if address is not None and self.instance.pk and self.instance.is_public:
            address.help_text = ADDRESS_HELP

    def non_field_errors(self) -> ErrorList:
        errors = super().non_field_errors()
        return ConflictErrors(errors, self.conflict, self.renderer) if self.conflict else errors

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if seen.is_of_record(self, name)]


class ConflictErrors(ErrorList):
    """The sentences of a conflict as a table of both sides, and under it what else is wrong."""

    template_name = "admin/events/conflict.html"

    def __init__(self, errors: ErrorList, conflict: seen.Conflict, renderer: BaseRenderer) -> None:
        super().__init__(errors.data, renderer=renderer)
        self.conflict = conflict

    def get_context(self) -> dict[str, Any]:
        others = [error for error in self if error not in self.conflict.sentences]
        return {"conflict": self.conflict, "others": others}


class NamedRecordForm(RecordForm):
    aliases = NamesField(required=False, help_text="Other names under which people look for it, one a line.")


class RecordFields:
    """Form fields that pages and their inlines share."""

    formfield_overrides = {
        models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})},
    }

    links_to_related = True  #: beside each select: pages that change and show what is chosen

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, EDTFField) and formfield is not None:
            formfield.widget.attrs["data-understood"] = reverse("admin:events_dates")
        if isinstance(db_field, models.ForeignKey) and formfield is not None:
            # A cross beside a select reads as "take it out of this field", not as "delete the country".
            formfield.widget.can_delete_related = False
            if not self.links_to_related:
                formfield.widget.can_change_related = formfield.widget.can_view_related = False
        return formfield

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> forms.Field:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"widget": RecordSelect(db_field, self.admin_site), "form_class": RecordChoiceField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_field_queryset(self, db: str | None, db_field: models.ForeignKey, request: HttpRequest) -> models.QuerySet:
        model = db_field.remote_field.model
        return model._default_manager.select_related(*RELATED_TO_LABELS.get(model, ()))
