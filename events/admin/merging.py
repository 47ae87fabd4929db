"""The page on which two records become one: both beside each other, and what the survivor will be."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from events.admin.reasons import ReasonField, ReasonForm
from events.differences import fields_of
from events.loading.blocks import SHAPES
from events.merging import merge, outcome
from events.models.base import PublicRecord
from events.recording import recording
from events.refusals import REFUSALS, sentences
from events.versions import version_of


class MergeForm(ReasonForm):
    reason = ReasonField(
        label="Reason for the merging", help_text="Kept in the history; of a published event, shown at its address."
    )


class MergePages:
    """For a HistoryPages of records of which two can turn out to be one: an action on two chosen rows, and its page."""

    actions = ("merge_two",)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/<int:one>/<int:other>/", view, name=self.page_name("merge")), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest, *records: PublicRecord) -> bool:
        """One of two records ceases to be: whoever may neither change both nor delete any may not merge them."""
        may_delete = request.user.has_perm(f"{self.opts.app_label}.delete_{self.opts.model_name}")
        return may_delete and all(self.has_change_permission(request, record) for record in records or (None,))

    @admin.action(description="Merge two %(verbose_name_plural)s…", permissions=["merge"])
    def merge_two(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        keys = list(chosen.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) == 2:
            return HttpResponseRedirect(self.page_url("merge", *keys))
        self.message_user(request, "Choose two: they are shown beside each other before anything is done.",
                          messages.WARNING)  # fmt: skip
        return None

    def merge_view(self, request: HttpRequest, one: int, other: int) -> HttpResponse:
        """*one* stays, *other* becomes part of it; a link on the page has it the other way round."""
        found = self.model.objects.in_bulk([one, other])
        if len(found) < 2:
            self.message_user(request, "One of the two is not there any more.", messages.WARNING)
            return HttpResponseRedirect(self.page_url("changelist"))
        survivor, loser = found[one], found[other]
        if not self.has_merge_permission(request, survivor, loser):
            raise PermissionDenied
        is_required = self.asks_reason(loser) or self.asks_reason(survivor)
        form = MergeForm(request.POST if request.method == "POST" else None, is_required=is_required)
        if request.method == "POST" and form.is_valid():
            try:
                return self.merged(request, loser, survivor, form.cleaned_data["reason"])
            except REFUSALS as error:
                form.add_error(None, sentences(error))
        return self.page(
            request, "merge", None, title=f"Merge two {self.opts.verbose_name_plural}", form=form,
            survivor=survivor, loser=loser, **beside_each_other(loser, survivor),
        )  # fmt: skip

    def merged(self, request: HttpRequest, loser: PublicRecord, survivor: PublicRecord, reason: str) -> HttpResponse:
        said = f"Merged “{loser}” ({loser.public_id}) into “{survivor}”"
        with recording(request.user, reason or said):
            self.log_deletions(request, type(loser).objects.filter(pk=loser.pk))
            survivor = merge(loser, survivor, request.user, reason)
            self.log_change(request, survivor, f"{said}. {reason}".strip())
        held = "it holds what both held, and the other's address, if it ever was public, leads here."
        self.message_user(request, f"{said}: {held}", messages.SUCCESS)
        return HttpResponseRedirect(self.page_url("change", survivor.pk))


def beside_each_other(loser: PublicRecord, survivor: PublicRecord) -> dict[str, Any]:
    """Every field of both, and of what the survivor would be; or why they cannot be merged so."""
    shape = SHAPES[survivor.resource]
    versions = [version_of(shape.records().get(pk=record.pk), shape) for record in (survivor, loser)]
    refusals: list[str] = []
    try:
        versions.append(outcome(loser, survivor))
    except ValidationError as error:
        refusals = error.messages
    columns = [dict(fields_of(version)) for version in versions]
    names = list(dict.fromkeys(key.name.replace("_", " ") for key in shape.keys))
    rows = [
        (name, [column.get(name, []) for column in columns])
        for name in names if any(name in column for column in columns)
    ]  # fmt: skip
    return {"rows": rows, "refusals": refusals}
