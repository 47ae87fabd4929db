"""Which new events look like others of the record: the same kind, date and parties."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from events.importing.contents import likeness_of
from events.models import Event, ImportedRow
from events.models.events import Review


class Likenesses:
    """Finds the likes of new events: imported ones by an index, curated ones, which are few, in memory."""

    def __init__(self) -> None:
        self._curated: dict[int, int] = {}
        imported = ImportedRow.objects.filter(event=OuterRef("pk"))
        curated = Event.objects.filter(~Exists(imported)).exclude(review=Review.WITHDRAWN).order_by("pk")
        for event in curated.prefetch_related("participations").iterator(chunk_size=1_000):
            likeness = likeness_of(event, event.participations.all())
            if likeness is not None:
                self._curated.setdefault(likeness, event.pk)

    def find(self, events: Iterable[tuple[int, int | None]]) -> list[tuple[int, int]]:
        """Of *events* (key and likeness, stored already), each that has a like, with the first such event's key."""
        new = {key: likeness for key, likeness in events if likeness is not None}
        first: dict[int, int] = {}
        stored = ImportedRow.objects.filter(likeness__in=set(new.values()), event__isnull=False).order_by("pk")
        for likeness, key in stored.values_list("likeness", "event"):
            first.setdefault(likeness, key)
        first |= {likeness: self._curated[likeness] for likeness in new.values() if likeness in self._curated}
        return [(key, first[likeness]) for key, likeness in new.items() if first[likeness] != key]
