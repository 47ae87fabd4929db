"""What the reading side adds to the desk's front page."""

from django.db.models import QuerySet

from events.models import Event
from events.overview import CONCERNS, Concern
from timeline.models import Pending


def not_yet_shown() -> QuerySet:
    """Events whose change readers do not see yet, because it came with too many others."""
    return Event.objects.filter(pk__in=Pending.objects.values("key"))


CONCERNS.append(
    Concern("not-shown", "Not yet shown to readers", "They are being brought up to date, batch by batch.", Event,
            not_yet_shown)
)  # fmt: skip
