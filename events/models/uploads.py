"""Files handed in at the desk to be imported. They stand in the database, so that any server can go on with them."""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.db import models

from events.models.constraints import one_of

PART = 2**20  #: bytes


class Upload(models.Model):
    """A file to import, how it is to be imported, and how far that has come.

    It is tried first: read to its end, with nothing written. Only what was tried is imported.
    """

    class State(models.TextChoices):
        NEW = "new", "not tried yet"
        TRYING = "trying", "being tried"
        TRIED = "tried", "tried, nothing written yet"
        IMPORTING = "importing", "being imported"
        IMPORTED = "imported", "imported"
        REFUSED = "refused", "refused"

    class Publishing(models.TextChoices):
        REVIEW = "review", "hold new events for review"
        PUBLISH = "publish", "publish new events"

    WORKING: ClassVar = (State.TRYING, State.IMPORTING)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL)
    file = models.CharField(max_length=300, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False, help_text="Bytes.")
    format = models.CharField(max_length=20)
    mapping = models.TextField(
        blank=True, default="", help_text="Of a table: which column is what, as in docs/importing.md.",
    )
    dataset = models.CharField(
        max_length=120, blank=True, default="",
        help_text="Of GDELT and ICEWS: the public id of the source that claims cite, if not the usual one.",
    )
    publishing = models.CharField(max_length=10, choices=Publishing, default=Publishing.REVIEW)
    state = models.CharField(max_length=10, choices=State, default=State.NEW, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, editable=False)
    worked_on = models.DateTimeField(null=True, editable=False, help_text="When somebody last got on with it.")
    rows = models.PositiveBigIntegerField(default=0, editable=False, help_text="Rows that are done.")
    total = models.PositiveBigIntegerField(default=0, editable=False, help_text="Rows in all, about.")
    report = models.JSONField(default=dict, editable=False)
    error = models.TextField(blank=True, default="", editable=False)

    class Meta:
        verbose_name = "import"
        ordering = ["-pk"]
        constraints = [
            one_of("upload_state_known", "state", ["new", "trying", "tried", "importing", "imported", "refused"]),
            one_of("upload_publishing_known", "publishing", ["review", "publish"]),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING

    @property
    def has_rejects(self) -> bool:
        return self.parts.filter(of=UploadPart.Of.REJECTS).exists()

    def content(self, of: str) -> Iterator[bytes]:
        """The file, or its rejects, part by part."""
        for part in self.parts.filter(of=of).order_by("place").iterator(chunk_size=1):
            yield bytes(part.content)


class TableUpload(models.Model):
    """A table that an editor looks through before it is written: kept until then, or for a day."""

    name = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(auto_now_add=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    """A stretch of an upload's file, or of the rows of it that were rejected; ``place`` is that of its first byte."""

    class Of(models.TextChoices):
        FILE = "file"
        REJECTS = "rejects"

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    of = models.CharField(max_length=10, choices=Of)
    place = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "of", "place"], name="upload_part_once")]

    def __str__(self) -> str:
        return f"{self.upload}, {self.of} from byte {self.place}"
