from django.db import models


class Address(models.Model):
    """A public id that was once given out: never deleted, never given to something else.

    ``key`` is the key of the record that answers there now. A record found under another address than its own
    is redirected to; where it is gone, ``reason`` says why.
    """

    resource = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    key = models.BigIntegerField()
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "slug"], name="address_given_once")]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return f"{self.resource}/{self.slug}"


class LoadedBlock(models.Model):
    """What a record's block was when it was last loaded from a file, to tell a curator's change from the file's."""

    resource = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical block.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "slug"], name="loaded_block_once")]

    def __str__(self) -> str:
        return f"{self.resource}/{self.slug}"
