from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Max


class VersionQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> VersionQuerySet:
        """Every version of *record*, or of the one that it belongs to: the latest first."""
        model, key = next(iter(record.touches()))
        return self.filter(resource=model.resource, key=key)

    def last_of_each(self, resource: str, keys: Collection[int]) -> VersionQuerySet:
        """The latest version of each of the records *keys* of *resource* that has any."""
        versions = self.filter(resource=resource, key__in=keys).order_by()
        return self.filter(pk__in=versions.values("key").annotate(last=Max("pk")).values("last"))


class Version(models.Model):
    """What a record and its rows held at the end of a recording, and who changed it and why.

    ``content`` is the record's canonical block, null where it was deleted; ``names`` tells of the records named in it,
    by resource and public id, the key and what it was called: both may be others by the time it is read.
    """

    resource = models.CharField(max_length=20)
    key = models.BigIntegerField(help_text="Of the record.")
    at = models.DateTimeField(null=True, help_text="Null: as it stood before its first change was recorded.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=150, blank=True, default="", help_text="The user's name, which outlives them.")
    reason = models.CharField(max_length=500, blank=True, default="")
    content = models.JSONField(null=True)
    names = models.JSONField(default=dict)
    merged_into = models.BigIntegerField(null=True, help_text="The key of the record that this one became part of.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["resource", "key", "id"], name="version_by_record"),
            models.Index(
                fields=["resource", "merged_into"], name="version_by_survivor",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["resource", "-id"], name="version_of_what_is_gone",
                condition=models.Q(content__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.pk} of {self.resource}/{self.key}"
