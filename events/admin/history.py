"""The pages of a record's history: what was changed, two versions side by side, one taken back."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import localtime

from events.admin.keys import key_of
from events.admin.reasons import ReasonForm
from events.differences import differences
from events.history import changes_of, merged_here, take_back, what_it_changes
from events.loading.blocks import SHAPES
from events.logins.typed import Typed
from events.models import Event, Version
from events.recording import recording
from events.refusals import REFUSALS, sentences
from events.versions import version_of

PER_PAGE = 50
MAKE_AGAIN = "From its history it can be made again. Here is what you had typed, to be copied."
SEEN = "seen"  #: what is sent with a version to be taken back: the key of the last that there was when it was shown
OVERTAKEN = "Somebody else changed it meanwhile. See what taking it back changes now, and confirm that again."


class HistoryPages:
    """For a ModelAdmin of records."""

    @property
    def has_history_of_its_own(self) -> bool:
        """Or it is a row that belongs to another record."""
        return hasattr(self.model, "resource")

    def get_urls(self) -> list:
        if not self.has_history_of_its_own:
            return super().get_urls()
        view = self.admin_site.admin_view
        pages = [
            path("<path:object_id>/history/compare/", view(self.compare_view), name=self.page_name("compare")),
            path(
                "<path:object_id>/history/<int:version>/take-back/", view(self.take_back_view),
                name=self.page_name("take_back"),
            ),
            path("deleted/", view(self.deleted_view), name=self.page_name("deleted")),
        ]  # fmt: skip
        return [*pages, *super().get_urls()]

    def page_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def page_url(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.page_name(page)}", args=args)

    def page(self, request: HttpRequest, template: str, record: models.Model | None, **context: Any) -> HttpResponse:
        """One of the pages beside the form of *record*."""
        context |= self.admin_site.each_context(request)
        context |= {"opts": self.opts, "original": record, "media": self.media}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/events/{template}.html", context)

    def asks_reason(self, record: models.Model) -> bool:
        """Whether nobody may change *record*, as it is stored, without saying why."""
        return False

    def history_of(self, request: HttpRequest, object_id: str) -> tuple[models.Model | None, QuerySet]:
        """The record, None where it is deleted, and its versions. Raises PermissionDenied."""
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        if record is not None:
            return record, Version.objects.of(record)
        return None, Version.objects.filter(resource=self.model.resource, key=key_of(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_history_of_its_own:
            return self.history_of_holder(request, object_id)
        record, versions = self.history_of(request, object_id)
        if record is None and not versions:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        shown = Paginator(versions, PER_PAGE).get_page(request.GET.get("p"))
        # One more, for the last one on the page to be compared with.
        listed = list(versions[shown.start_index() - 1 : shown.end_index() + 1]) if shown.paginator.count else []
        imported = record.imported_rows.order_by("pk").first() if isinstance(record, Event) else None
        return self.page(
            request, "history", record,
            title="History", subtitle=str(record or called(versions)), object_id=quote(object_id),
            changes=changes_of(listed)[:PER_PAGE], shown=shown,
            latest=versions.first(), is_deleted=record is None, imported=imported,
            may_take_back=self.may_take_back(request, record),
            merged=[(version, called(Version.objects.filter(resource=version.resource, key=version.key)))
                    for version in (merged_here(record) if record else ())],
            **extra_context or {},
        )  # fmt: skip

    def history_of_holder(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Of a row that belongs to another record: the history of that one."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        model, key = next(iter(row.touches()))
        return HttpResponseRedirect(reverse(f"admin:events_{model._meta.model_name}_history", args=[key]))

    def told_of_deletion(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Where the record was deleted while somebody worked on it: by whom and why, and what they had typed."""
        if not self.has_history_of_its_own:
            return None
        record, versions = self.history_of(request, object_id)
        last = versions.first()
        if record is not None or last is None:
            return None
        words = replace(Typed.of(request), path=self.page_url("history", object_id))
        said = f"{last.who or 'Somebody else'} deleted this while you worked on it (“{last.reason}”)."
        return self.admin_site.show(request, words, [said, MAKE_AGAIN])

    def may_take_back(self, request: HttpRequest, record: models.Model | None) -> bool:
        if record is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, record)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record, versions = self.history_of(request, object_id)
        keys = {key_of(request.GET.get(name, "")) for name in ("from", "to")} - {None}
        found = sorted(versions.filter(pk__in=keys), key=lambda version: version.pk)
        if len(found) < 2:
            self.message_user(request, "Choose two versions to compare.", messages.WARNING)
            return HttpResponseRedirect(self.page_url("history", object_id))
        return self.page(
            request, "compare", record,
            title="Two versions", subtitle=str(record or called(versions)), object_id=quote(object_id),
            before=found[0], after=found[1], differences=differences(*found),
        )  # fmt: skip

    def take_back_view(self, request: HttpRequest, object_id: str, version: int) -> HttpResponse:
        record, versions = self.history_of(request, object_id)
        then = versions.filter(pk=version).first()
        if then is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.may_take_back(request, record):
            raise PermissionDenied
        is_required = record is not None and self.asks_reason(record)
        form = ReasonForm(request.POST if request.method == "POST" else None, is_required=is_required)
        if request.method == "POST" and form.is_valid():
            try:
                return self.taken_back(request, then, versions, form.cleaned_data["reason"])
            except REFUSALS as error:
                form.add_error(None, sentences(error))
        now = version_of(record, SHAPES[then.resource]) if record else Version(resource=then.resource, content={})
        return self.page(
            request, "take_back", record,
            title="Take a version back", subtitle=str(record or called(versions)), object_id=quote(object_id),
            version=then, form=form, differences=what_it_changes(now, then), is_deleted=record is None,
            latest=versions.first(),
        )  # fmt: skip

    def taken_back(self, request: HttpRequest, version: Version, versions: QuerySet, reason: str) -> HttpResponse:
        """Take *version* back, one of *versions*. Raises ValidationError where there are others since it was shown."""
        when = f"{localtime(version.at):%Y-%m-%d %H:%M}" if version.at else "before its first recorded change"
        said = f"Taken back to the version of {when}"
        with recording(request.user, reason or said):
            if str(versions.first().pk) != request.POST.get(SEEN):
                raise ValidationError(OVERTAKEN)
            record = take_back(version, request.user, reason or said)
            self.log_change(request, record, f"{said}. {reason}".strip())
        self.message_user(request, f"“{record}” says again what it said then.", messages.SUCCESS)
        return HttpResponseRedirect(self.page_url("change", record.pk))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """What was deleted, and can be made again from its history."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        resource = self.model.resource
        there = self.model._base_manager.values("pk")
        gone = Version.objects.filter(resource=resource, content__isnull=True).exclude(key__in=there)
        shown = Paginator(gone, PER_PAGE).get_page(request.GET.get("p"))
        rows = [(version, called(Version.objects.filter(resource=resource, key=version.key))) for version in shown]
        return self.page(request, "deleted", None, title=f"Deleted {self.opts.verbose_name_plural}", rows=rows,
                         shown=shown)  # fmt: skip


def called(versions: QuerySet) -> str:
    """What a record that is gone was called last, by its *versions*."""
    last = versions.exclude(content__isnull=True).first()
    content = last.content if last else {}
    return content.get("name") or content.get("title") or content.get("label") or "a deleted record"
