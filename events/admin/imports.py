"""Importing files of many events at the desk: hand one in, look at what it would do, then have it done."""

from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from events.importing.packing import stem_of
from events.importing.registry import CODED, FORMATS, REJECTS_SUFFIXES, TABLE
from events.importing.report import COUNTS
from events.importing.uploads import GONE_AFTER, MOST_UPLOADED, ask_for, change_how, receive
from events.models import Upload, UploadPart
from events.review import may_publish_alone

REFRESH = 2  #: seconds until the page of an import that is under way is fetched again
LOOKS_AGAIN = "This page looks again by itself; you may leave it."
#: What a file may be, for somebody who has never handed one in.
FORMATS_IN_WORDS = {
    "ndjson": "ndjson: exported by Chancery, an event a line",
    "csv": "csv: exported by Chancery's API, a row an event",
    "gdelt1": "gdelt1: an event export of GDELT 1.0",
    "gdelt2": "gdelt2: an event export of GDELT 2.0",
    "icews": "icews: coded events of ICEWS, parted by tabs",
    "table": "table: any other table, as CSV or XLSX",
}
ACTIONS = {"_try": Upload.State.TRYING, "_import": Upload.State.IMPORTING}


class UploadForm(forms.ModelForm):
    """How a file is to be imported; ``may_publish`` says whether its editor may publish events."""

    may_publish: ClassVar[bool] = False
    # None is chosen beforehand: a table that is tried as something else is refused in words that help nobody.
    format = forms.ChoiceField(
        choices=[("", "Choose what the file is"), *((name, FORMATS_IN_WORDS[name]) for name in FORMATS)],
        help_text="As in docs/importing.md.",
    )
    content = forms.FileField(label="File", help_text=f"At most {MOST_UPLOADED >> 20} MB; the command line takes more.")

    class Meta:
        model = Upload
        fields = ("format", "mapping", "dataset", "publishing")
        widgets: ClassVar = {"mapping": forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField mapping"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.may_publish and "publishing" in self.fields:
            self.fields["publishing"].choices = [
                choice for choice in Upload.Publishing.choices if choice[0] == Upload.Publishing.REVIEW
            ]
        if self.instance.pk:
            del self.fields["content"]
        elif "mapping" in self.fields:
            self.fields["mapping"].help_text += " Left empty, a first one is guessed from the header."

    def clean_content(self) -> Any:
        content = self.cleaned_data["content"]
        if content.size > MOST_UPLOADED:
            raise forms.ValidationError(
                f"It has {content.size >> 20} MB; here a file may have {MOST_UPLOADED >> 20}. "
                "Import it by manage.py import_events, which takes any size."
            )
        return content

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = cleaned.get("format")
        if chosen and chosen != TABLE and cleaned.get("mapping", "").strip():
            self.add_error("mapping", f"A mapping goes with table; what a column of {chosen} is, is known.")
        if chosen and chosen not in CODED and cleaned.get("dataset"):
            self.add_error("dataset", f"It goes with {', '.join(CODED)}; that of a table stands in its mapping.")
        return cleaned


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    form = UploadForm
    list_display = ("file", "format", "state", "user", "created", "done")
    list_filter = ("state", "format")
    list_select_related = ("user",)
    show_full_result_count = False
    change_form_template = "admin/events/upload/change_form.html"

    class Media:
        css: ClassVar = {"all": [f"events/{name}.css" for name in ("admin", "forms", "lists", "imports")]}

    @admin.display(description="rows done")
    def done(self, upload: Upload) -> str:
        if upload.is_working and not upload.total:
            return "waits"
        return f"{upload.rows:,} of {upload.total:,}" if upload.total else "–"

    def get_fields(self, request: HttpRequest, obj: Upload | None = None) -> list[str]:
        return (["content"] if obj is None else []) + ["format", "mapping", "dataset", "publishing"]

    def get_readonly_fields(self, request: HttpRequest, obj: Upload | None = None) -> list[str]:
        fixed = obj is not None and (obj.is_working or obj.state == Upload.State.IMPORTED)
        return self.get_fields(request, obj) if fixed else []

    def has_delete_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (isinstance(obj, Upload) and obj.is_working)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Deleting in bulk would ask nobody whether one of them is under way.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_form(self, request: HttpRequest, obj: Upload | None = None, change: bool = False, **kwargs: Any) -> type:
        if obj is None:
            kwargs["fields"] = UploadForm.Meta.fields
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_publish = may_publish_alone(request.user)
        return form

    def save_model(self, request: HttpRequest, obj: Upload, form: UploadForm, change: bool) -> None:
        if not change:
            content = form.cleaned_data["content"]
            obj.user, obj.file = request.user, content.name[:300]
            receive(obj, content.chunks())
        elif form.changed_data:
            change_how(obj, form.changed_data)

    def response_add(self, request: HttpRequest, obj: Upload, post_url_continue: str | None = None) -> HttpResponse:
        return HttpResponseRedirect(self.address(obj, "change"))

    def response_change(self, request: HttpRequest, obj: Upload) -> HttpResponse:
        for name, state in ACTIONS.items():
            if name in request.POST:
                self.ask_for(request, obj, state)
        return HttpResponseRedirect(self.address(obj, "change"))

    def ask_for(self, request: HttpRequest, upload: Upload, state: str) -> None:
        if state == Upload.State.IMPORTING and not self.may_import(request, upload):
            raise PermissionDenied
        if not ask_for(upload, state):
            self.message_user(request, "It was changed since it was tried: try it once more first.", messages.WARNING)

    def may_import(self, request: HttpRequest, upload: Upload) -> bool:
        """Whether the user may have the events of *upload* written: both made and changed, and published as it says."""
        if upload.publishing == Upload.Publishing.PUBLISH and not may_publish_alone(request.user):
            return False
        return request.user.has_perms(["events.add_event", "events.change_event"])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        upload = self.get_object(request, unquote(object_id))
        context = self.progress(request, upload) if upload else {}
        response = super().change_view(request, object_id, form_url, (extra_context or {}) | context)
        if upload and upload.is_working and request.method == "GET":
            response["Refresh"] = str(REFRESH)
        return response

    def progress(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        """What the page of *upload* says beside its form."""
        waited = timezone.now() - (upload.worked_on or upload.created)
        return {
            "title": upload.file,
            "subtitle": "",
            "upload": upload,
            "counts": [(name, upload.report[name]) for name in COUNTS if name in upload.report],
            "rejects": self.address(upload, "rejects") if upload.has_rejects else "",
            "before": Upload.objects.filter(state__in=Upload.WORKING, pk__lt=upload.pk).count(),
            "looks_again": LOOKS_AGAIN,
            "is_open": upload.state == Upload.State.NEW and "???" in upload.mapping,
            "nobody_works": upload.is_working and waited > GONE_AFTER,
            "may_try": upload.state in (Upload.State.NEW, Upload.State.TRIED, Upload.State.REFUSED),
            "may_import": upload.state == Upload.State.TRIED and self.may_import(request, upload),
        }

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.rejects_view)
        return [path("<path:object_id>/rejects/", view, name="events_upload_rejects"), *super().get_urls()]

    def rejects_view(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        """The rejected rows, each with its reason, to be mended and handed in again."""
        upload = self.get_object(request, unquote(object_id))
        if upload is None or not upload.has_rejects:
            raise Http404
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        name = f"{stem_of(PurePath(upload.file))}.rejects{REJECTS_SUFFIXES[upload.format]}"
        response = StreamingHttpResponse(upload.content(UploadPart.Of.REJECTS), content_type="application/octet-stream")
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response

    @staticmethod
    def address(upload: Upload, page: str) -> str:
        return reverse(f"admin:events_upload_{page}", args=[upload.pk])
