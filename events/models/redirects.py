from collections.abc import Collection

from django.db import connection, models


class AddressManager(models.Manager):
    def holder(self, model: type[models.Model], slug: str) -> models.Model | None:
        """The record of *model* to which the public id *slug* leads: that which has it, had it, or took in what had it.

        None where it is gone, or the id was never given.
        """
        keys = self.filter(resource=model.resource, slug=slug).values("key")
        return model.objects.filter(pk__in=keys).first()

    def ever(self, model: type[models.Model], slugs: Collection[str]) -> list[tuple[str, int, str]]:
        """Every public id that the records of *model* behind *slugs* ever had: id, key, and what it is called.

        One that was taken out of the record is called by its id. In plain SQL: a question that names records asks this
        first, and as one.
        """
        table, places = self.model._meta.db_table, ", ".join(["%s"] * len(slugs))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT address.slug, address.key, COALESCE(record.{model.name_field}, address.slug) "
                f"FROM {table} AS asked "
                f"JOIN {table} AS address ON address.resource = asked.resource AND address.key = asked.key "
                f"LEFT JOIN {model._meta.db_table} AS record ON record.id = address.key "
                f"WHERE asked.resource = %s AND asked.slug IN ({places})",
                [model.resource, *slugs],
            )
            return list(dict.fromkeys(cursor.fetchall()))


class Address(models.Model):
    """A public id that was once given out: never deleted, never given to something else.

    ``key`` is the key of the record that answers there now. A record found under another address than its own
    is redirected to; where it is gone, ``reason`` says why.
    """

    resource = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    key = models.BigIntegerField()
    reason = models.CharField(max_length=500, blank=True, default="")

    objects = AddressManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "slug"], name="address_given_once")]
        indexes = [models.Index(fields=["resource", "key"], name="address_by_record")]
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
