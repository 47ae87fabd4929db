"""How far a change of a record reaches, said before it is saved and again afterwards."""

from django.contrib import messages
from django.db import models
from django.http import HttpRequest

from events.affected import MOST_AT_ONCE, reach_of
from events.models import Event

#: Up to here the events are counted.
MOST_COUNTED = 100_000


def tell_reach(request: HttpRequest, record: models.Model, saved: bool) -> None:
    """Warn where a change of *record* shows in more events than are brought up to date at once."""
    if isinstance(record, Event) or not hasattr(record, "resource"):
        return
    events, is_all = reach_of(record, MOST_COUNTED)
    if events > MOST_AT_ONCE:
        subject, about = "This change shows" if saved else "A change here shows", "" if is_all else "at least "
        messages.warning(
            request,
            f"{subject} in {about}{events:,} events. More than {MOST_AT_ONCE:,} are brought up to date for readers in "
            "the background, batch by batch, by manage.py project_pending.",
        )
