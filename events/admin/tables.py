"""Import and export of records as tables, with a look at what would change before anything does."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.results import Result

from events.loading.blocks import SHAPES
from events.tables.formats import FORMATS
from events.tables.resources import RESOURCES
from events.tables.storing import TableIsGone, TableStorage

MOST_BYTES = 10 * 2**20
MOST_EXPORTED = 20_000  #: records; the whole record is written by manage.py dump_record, events by the API


class TableForm(ImportForm):
    reason = forms.CharField(
        max_length=200, required=False, widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Why this is changed; it stands in the history of every record.",
    )  # fmt: skip
    field_order = ("import_file", "format", "reason")

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"It has {file.size >> 20} MB, and may have {MOST_BYTES >> 20}.")
        return file


class ConfirmForm(ConfirmImportForm):
    reason = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)


class Tables(ImportExportMixin):
    """For a HistoryPages: gives its list *Import* and *Export*, where the reviewable files hold such records."""

    formats: ClassVar = FORMATS
    import_form_class = TableForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    import_template_name = "admin/tables/import.html"
    export_template_name = "admin/tables/export.html"
    tmp_storage_class = TableStorage
    to_encoding = "utf-8"

    @property
    def shape(self) -> Any:
        return SHAPES.get(getattr(self.model, "resource", ""))

    def get_resource_classes(self, request: HttpRequest) -> list[type]:
        return [RESOURCES[self.shape.resource]]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.shape is not None and self._may(request, "add") and self._may(request, "change")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.shape is not None and self.has_view_permission(request)

    def _may(self, request: HttpRequest, action: str) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}")

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        filled_in = getattr(kwargs.get("form"), "cleaned_data", {})
        return {
            "may_change": lambda record: self.has_change_permission(request, record),
            "reason": filled_in.get("reason", ""),
        }

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {}

    def get_confirm_form_initial(self, request: HttpRequest, import_form: forms.Form | None) -> dict[str, Any]:
        initial = super().get_confirm_form_initial(request, import_form)
        return initial | ({"reason": import_form.cleaned_data["reason"]} if import_form else {})

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        if isinstance(e, UnicodeDecodeError):
            form.add_error("import_file", "It is no UTF-8 text: save it as UTF-8.")
        elif isinstance(e, ValueError):
            form.add_error("import_file", str(e))
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().process_import(request, **kwargs)
        except TableIsGone:
            self.message_user(request, "The table is gone: it was imported, or waited for a day.", messages.ERROR)
            return HttpResponseRedirect(self.page_url("import"))

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """The list, or, where the record changed since the preview so that a row is refused now, the form again."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        self.message_user(
            request, "Nothing was written, for a row is refused now that was not before: hand it in again.",
            messages.ERROR,
        )  # fmt: skip
        return HttpResponseRedirect(self.page_url("import"))

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: QuerySet, **kwargs: Any) -> bytes:
        if queryset.order_by()[: MOST_EXPORTED + 1].count() > MOST_EXPORTED:
            raise ValueError(f"There are more than {MOST_EXPORTED:,} in the list: narrow it by a search or a filter.")
        return super().get_export_data(file_format, request, queryset, **kwargs)
