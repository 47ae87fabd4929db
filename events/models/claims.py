from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from events.edtf.field import EDTFField
from events.models.base import RecordModel
from events.models.constraints import one_of, ordered_bounds
from events.models.events import Event
from events.models.sources import Source
from events.recording import current_recording
from events.vocabulary.stances import Stance


class Claim(RecordModel):
    """What one source, the origin, says of one event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="claims")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="claims")
    stance = models.CharField(max_length=10, choices=Stance)
    date = EDTFField(null=True, blank=True, help_text="The date that this source gives.")
    figures = models.CharField(max_length=200, blank=True, default="", help_text="The figures that it gives.")
    locator = models.CharField(max_length=100, blank=True, default="", help_text="Where in the source: para. 8")
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            one_of("claim_stance_known", "stance", Stance.values),
            ordered_bounds("claim_date_in_order", "date"),
            models.UniqueConstraint(
                fields=["event", "source", "stance", "locator"],
                name="claim_unique_per_stance",
                violation_error_message="That source claims this at that place already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_stance_display()}"

    def touches(self) -> Iterable[tuple[type[models.Model], int]]:
        yield Event, self.event_id

    def guard(self, stored: Claim | None) -> None:
        super().guard(stored)
        if stored is not None and stored.event_id != self.event_id:
            current_recording(Claim).to_be_borne_out.append(stored)

    def guard_deletion(self) -> None:
        current_recording(Claim).to_be_borne_out.append(self)
