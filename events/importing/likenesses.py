"""Which new events look like others of the record: the same kind, date and parties."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q

from events.importing.batches import New
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

    def find(self, events: Iterable[New], changed: Mapping[int, int | None]) -> list[tuple[New, New | int]]:
        """Of *events*, not stored yet, each that has a like, with the first such one: another of them, or a key.

        *changed*: what stored events will look like, by key, once the batch is written.
        """
        new = [each for each in events if each.likeness is not None]
        first: dict[int, New | int] = {}
        wanted = Q(likeness__in={each.likeness for each in new}) | Q(content__isnull=False, event__in=changed)
        stored = ImportedRow.objects.filter(wanted, event__isnull=False) if new else ImportedRow.objects.none()
        for likeness, key in stored.order_by("pk").values_list("likeness", "event"):
            first.setdefault(changed.get(key, likeness), key)
        first |= {each.likeness: self._curated[each.likeness] for each in new if each.likeness in self._curated}
        return [(each, like) for each in new if (like := first.setdefault(each.likeness, each)) is not each]
