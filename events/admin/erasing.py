"""The page on which an event is erased for ever: its id has to be typed."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from events.admin.reasons import ReasonField, ReasonForm
from events.erasing import erase_event, with_merged
from events.forgetting import NOT_FORGOTTEN, forget
from events.models import Event
from events.refusals import REFUSALS, sentences


class EraseForm(ReasonForm):
    field_order = ("reason", "public_id")

    reason = ReasonField(
        label="Reason for the erasure",
        help_text="Shown for ever where the event stood: say nothing in it that has to go.",
    )
    public_id = forms.CharField(label="Its id, typed", max_length=120)

    def __init__(self, *args: object, event: Event) -> None:
        super().__init__(*args, is_required=True)
        self.event = event

    def clean_public_id(self) -> str:
        if self.cleaned_data["public_id"] != self.event.slug:
            raise forms.ValidationError(f"That is not its id, which is {self.event.slug}.")
        return self.event.slug


class ErasePage:
    """For the HistoryPages of events."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.erase_view)
        return [path("<path:object_id>/erase/", view, name=self.page_name("erase")), *super().get_urls()]

    def erase_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        event = self.get_object(request, unquote(object_id))
        if not request.user.has_perm("events.erase_event"):
            raise PermissionDenied
        if event is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = EraseForm(request.POST if request.method == "POST" else None, event=event)
        if request.method == "POST" and form.is_valid():
            try:
                erase_event(event, request.user, form.cleaned_data["reason"])
            except REFUSALS as error:
                form.add_error(None, sentences(error))
            else:
                self.clean_up(request)
                return HttpResponseRedirect(self.page_url("changelist"))
        return self.page(request, "erase", event, title="Erase for ever", form=form, merged=with_merged(event)[1:])

    def clean_up(self, request: HttpRequest) -> None:
        try:
            forget()
        except OperationalError:
            self.message_user(request, NOT_FORGOTTEN, messages.WARNING)
        else:
            self.message_user(request, "Erased. Backups and copies that readers keep still hold it.", messages.SUCCESS)
