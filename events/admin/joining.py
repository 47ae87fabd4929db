"""Claims that were typed for a new event, added to one that the record has already."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from events.drafting import save_whole
from events.models import Event

if TYPE_CHECKING:
    from events.admin.base import RecordAdmin, RecordInline

NO_CLAIM = "Fill in a claim first: joining adds it to the event that is there."


def join_claims(
    event_admin: "RecordAdmin", claim_inline: type["RecordInline"], request: HttpRequest, event: Event
) -> int:
    """Add the new claims that *request* sends to *event*; their number. Inside a recording.

    Raises ValidationError where there are none or one cannot be saved.
    """
    if not event_admin.has_change_permission(request, event):
        raise PermissionDenied
    formset_class = claim_inline(Event, event_admin.admin_site).get_formset(request, event)
    formset = formset_class(request.POST, instance=event, prefix="claims")
    if not formset.is_valid():
        raise ValidationError(errors_of(formset))
    claims = formset.save(commit=False)
    if not claims:
        raise ValidationError(NO_CLAIM)
    for claim in claims:
        save_whole(claim)
    event_admin.log_change(request, event, [{"added": {"name": "claim", "object": str(claim)}} for claim in claims])
    return len(claims)


def errors_of(formset: BaseInlineFormSet) -> list[str]:
    rows = [message for errors in formset.errors for messages in errors.values() for message in messages]
    return [*formset.non_form_errors(), *rows]
