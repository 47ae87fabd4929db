"""Who worked on which event: kept with every recording, whatever becomes of the admin's log."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from django.db import models

from events.models import Contribution, Event


def note_contributions(
    touched: Mapping[type[models.Model], set[int]],
    made: AbstractSet[tuple[type[models.Model], int]],
    user: Any,
    **kwargs: Any,
) -> None:
    """Note that *user* had a hand in the events *touched* themselves; what is changed far away does not count."""
    keys = touched.get(Event)
    if not keys or getattr(user, "pk", None) is None:
        return
    standing = Event.objects.filter(pk__in=keys).order_by().values_list("pk", flat=True)
    Contribution.objects.bulk_create(
        [Contribution(event_id=key, user=user, made=(Event, key) in made) for key in standing], ignore_conflicts=True
    )
