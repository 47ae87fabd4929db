"""An event as readers will see it, drafts included, for the desk alone."""

from typing import Any

import orjson
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from events.bulk import WholeEvent
from events.models import Event
from events.models.events import Review
from events.referred import Referred
from timeline.models import Entry
from timeline.projection import projections_of
from timeline.references import References
from timeline.rendering import utc


@never_cache
@staff_member_required
@permission_required("events.view_event", raise_exception=True)
def preview(request: HttpRequest, key: int) -> HttpResponse:
    """The event with the record's *key*, whatever its state of review. Reads the record, for no entry holds a draft."""
    event = get_object_or_404(Event, pk=key)
    content = as_shown(event)
    context = {
        "title": event.title,
        "record": event,
        "event": content,
        "events": [content],
        "unread": event.review != Review.PUBLISHED,
        "json": orjson.dumps(content, option=orjson.OPT_INDENT_2).decode(),
    }
    return render(request, "timeline/preview.html", context)


def as_shown(event: Event) -> dict[str, Any]:
    """The event's JSON as the API gives it or, once it is published, will; ``modified`` is null until then."""
    [whole] = WholeEvent.read([event])
    *_, present = projections_of(whole, References([whole], Referred([whole])))
    modified = Entry.objects.filter(key=event.pk).values_list("modified", flat=True).first()
    return orjson.loads(present.content) | {"modified": modified and utc(modified)}
