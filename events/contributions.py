"""Who worked on which event: kept with every recording, whatever becomes of the admin's log."""

from typing import Any

from events.models import Contribution, Event
from events.recording import Recording


def note_contributions(unit: Recording, **kwargs: Any) -> None:
    """Note that its user had a hand in the events that *unit* wrote; what is changed far away does not count."""
    keys = unit.touched.get(Event)
    if not keys or getattr(unit.user, "pk", None) is None:
        return
    standing = Event.objects.filter(pk__in=keys).order_by().values_list("pk", flat=True)
    Contribution.objects.bulk_create(
        [Contribution(event_id=key, user=unit.user, made=(Event, key) in unit.made) for key in standing],
        ignore_conflicts=True,
    )
