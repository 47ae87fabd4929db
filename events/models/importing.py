"""What is kept of imports, beside the record: which row made which event, how far a file was read, what looks alike."""

from django.db import models
from django.db.models import Q

from events.models.events import Event, Review


class ImportedRow(models.Model):
    """A row of a dataset, and the event that it made or joined; no event where a person deleted or erased that.

    ``content`` and the two marks by which others are found alike stand on the row that made the event only.
    """

    dataset = models.CharField(max_length=120)
    external_id = models.CharField(max_length=200)
    event = models.ForeignKey(Event, null=True, on_delete=models.SET_NULL, related_name="imported_rows")
    digest = models.BigIntegerField(help_text="Of the row as it was last imported.")
    content = models.BigIntegerField(null=True, help_text="Of the event as the import left it.")
    fingerprint = models.BigIntegerField(null=True, help_text="The same in rows that tell of one event.")
    likeness = models.BigIntegerField(null=True, help_text="The same in events of one kind, date and parties.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "external_id"], name="imported_row_once")]
        indexes = [
            models.Index(fields=[mark], name=f"imported_row_by_{mark}", condition=Q(**{f"{mark}__isnull": False}))
            for mark in ("fingerprint", "likeness")
        ]

    def __str__(self) -> str:
        return f"{self.dataset}/{self.external_id}"


class ImportRun(models.Model):
    """The journal of one file's import: written with each batch, so that a run that was ended goes on from there."""

    key = models.CharField(max_length=64, help_text="SHA-256 of the file and of how it was to be imported.")
    file = models.CharField(max_length=300)
    format = models.CharField(max_length=20)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
    rows = models.PositiveBigIntegerField(default=0, help_text="Rows that are done.")
    counts = models.JSONField(default=dict)
    rejects_size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the rejects file so far.")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(finished=None), name="import_goes_on_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file}, {self.started:%Y-%m-%d %H:%M}"


class LikelyDuplicateQuerySet(models.QuerySet):
    def open(self) -> models.QuerySet:
        """Those that wait for a person: not dismissed, and both events stand."""
        return self.filter(dismissed=False).exclude(
            Q(event__review=Review.WITHDRAWN) | Q(other__review=Review.WITHDRAWN)
        )


class LikelyDuplicate(models.Model):
    """An imported event that looks like another one: a person merges the two, or dismisses the thought."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="likely_duplicates")
    other = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    dismissed = models.BooleanField(default=False)

    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["event", "other"], name="likely_duplicate_once")]

    def __str__(self) -> str:
        return f"“{self.event}” and “{self.other}”"
