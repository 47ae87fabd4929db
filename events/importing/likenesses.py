"""Which new events look like others of the record: the same kind, date and parties."""

from operator import attrgetter

from django.db.models import Exists, OuterRef

from events.importing.batches import Batch
from events.importing.contents import likeness_of
from events.importing.stored import Stored
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

    def find(self, batch: Batch, stored: Stored) -> list[tuple[int, int]]:
        """The keys of new events of *batch* that have likes, each with that of the first one."""
        new = [each.left_by for each in batch.changed() if each.before is None and each.left_by.likeness is not None]
        wanted = {row.likeness for row in new}
        rows = {row.id: row for row in stored.rows("likeness", wanted, "event_id", "likeness")} | batch.rows
        first: dict[int, int] = {}
        for row in sorted(rows.values(), key=attrgetter("id")):
            if row.likeness in wanted and row.event_id is not None:
                first.setdefault(row.likeness, row.event_id)
        first |= {likeness: self._curated[likeness] for likeness in wanted & self._curated.keys()}
        return [(row.event_id, first[row.likeness]) for row in new if first[row.likeness] != row.event_id]
