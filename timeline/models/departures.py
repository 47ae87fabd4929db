"""Public ids that lead elsewhere than they did once, or nowhere."""

from django.db import models

from timeline.models.clock import UNTIL_FURTHER_NOTICE


class Departure(models.Model):
    """That a public id which an event once had leads to none of its own, between two numbers of the record's clock.

    ``into``: where it redirects to, by the event's key and by the id that it had then; None and "" where it is gone.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn"
        MERGED = "merged"
        ERASED = "erased"

    slug = models.CharField(max_length=120)
    key = models.BigIntegerField(help_text="The key in the record of the event that had this id.")
    kind = models.CharField(max_length=10, choices=Kind)
    into_key = models.BigIntegerField(null=True)
    into = models.CharField(max_length=120, default="")
    reason = models.CharField(max_length=700, default="")
    recorded_from = models.BigIntegerField(help_text="Number of the record's clock.")
    recorded_to = models.BigIntegerField(default=UNTIL_FURTHER_NOTICE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "recorded_from"], name="departure_once"),
        ]
        indexes = [
            models.Index(fields=["recorded_from", "key"], name="departure_by_change"),
            models.Index(fields=["key"], name="departure_by_event"),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.kind}"


class FormerHolder(models.Model):
    """That a public id was another record's, up to a number of the record's clock: that of a person or organization
    that was then merged into the one that has it since.
    """

    resource = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    key = models.BigIntegerField(help_text="The key in the record of the one that had it.")
    recorded_to = models.BigIntegerField(help_text="Number of the record's clock.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "slug", "recorded_to"], name="former_holder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}/{self.slug} up to {self.recorded_to}"
