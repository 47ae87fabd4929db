"""What is kept of many entries together: how many, between which bounds, and when something last changed."""

from django.db import models


class Rollup(models.Model):
    """How many entries stand in one bucket of a calendar unit; see timeline.rollups."""

    country = models.CharField(max_length=3, help_text="That takes part; blank: all entries.")
    tier = models.SmallIntegerField(help_text="Of timeline.tiles; 5: days, -1: what fits no millennium.")
    bucket = models.BigIntegerField(help_text="Its index.")
    quad = models.CharField(max_length=30)
    total = models.BigIntegerField(help_text="All that it holds; of decades and coarser, only what fits no finer unit.")
    own = models.BigIntegerField(help_text="Those that fit no finer unit.")

    pk = models.CompositePrimaryKey("country", "tier", "bucket", "quad")

    def __str__(self) -> str:
        return f"{self.country} {self.tier}/{self.bucket} {self.quad}: {self.total}"


class Horizon(models.Model):
    """Between which instants and numbers anything stood whose position lies in one calendar month.

    Wider than need be after a deletion, never narrower: months outside what is asked for are passed over.
    """

    table = models.CharField(max_length=20, help_text="Of the entries that it tells of; “ended”: past ones that ended.")
    month = models.IntegerField(help_text="Astronomical year × 12 + month - 1.")
    known_from = models.BigIntegerField()
    known_to = models.BigIntegerField()
    recorded_from = models.BigIntegerField()
    recorded_to = models.BigIntegerField()

    pk = models.CompositePrimaryKey("table", "month")

    def __str__(self) -> str:
        return f"{self.table} {self.month}"


class LastChange(models.Model):
    """The last number at which something changed in one block of what readers are answered from."""

    subject = models.CharField(max_length=20)
    block = models.IntegerField()
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "block"], name="last_change_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.block}: {self.number}"
