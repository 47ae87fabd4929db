"""Questions asked of events, in the record's own terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from events.batched import batched
from events.chains import chains_of
from events.models.base import RecordQuerySet
from events.status import Status, status_of

if TYPE_CHECKING:
    from events.models import Event


AT_ONCE = 500  #: events in memory at a time


class EventQuerySet(RecordQuerySet):
    def update(self, **values: Any) -> int:
        if "review" in values:
            raise ValueError("A review goes on event by event, by events.review, which looks at each.")
        return super().update(**values)

    def published(self) -> EventQuerySet:
        return self.filter(review="published")

    def assess(self, keys: Collection[int]) -> dict[int, Status]:
        """The status of each event of *keys*, as its claims amount to."""
        from events.models import Claim

        claims: dict[int, list[Claim]] = {key: [] for key in keys}
        for claim in Claim.objects.filter(event__in=keys).order_by("pk"):
            claims[claim.event_id].append(claim)
        chains = chains_of({claim.source_id for found in claims.values() for claim in found})
        return {
            key: status_of(chains[claim.source_id].assertion(claim) for claim in found)
            for key, found in claims.items()
        }

    def derive_status(self, keys: Iterable[int]) -> None:
        """Store the status of the events *keys*, where it differs: the curator's assessment over the derived one."""
        for batch in batched(keys, AT_ONCE):
            statuses = self.assess(batch)
            changed: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for event in self.filter(pk__in=batch):
                if settle_status(event, statuses[event.pk]):
                    changed[tuple(getattr(event, name) for name in STATUS_FIELDS)].append(event.pk)
            # A few statements, as there are few statuses: a row by row CASE takes most of the time of an import.
            for values, of_these in changed.items():
                columns = dict(zip(STATUS_FIELDS, values, strict=True))
                self.model._base_manager.filter(pk__in=of_these).update(**columns)


STATUS_FIELDS = ["derived_occurrence", "derived_verification", "occurrence", "verification"]


def settle_status(event: Event, status: Status) -> bool:
    """Put *status* on *event*; whether that changed anything."""
    values = [
        str(status.occurrence),
        str(status.verification),
        event.assessed_occurrence or str(status.occurrence),
        event.assessed_verification or str(status.verification),
    ]
    before = [getattr(event, name) for name in STATUS_FIELDS]
    for name, value in zip(STATUS_FIELDS, values, strict=True):
        setattr(event, name, value)
    return values != before
