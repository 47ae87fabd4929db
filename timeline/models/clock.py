"""The record's own clock."""

from django.db import models

#: An instant or a number that has not come: open ends are sentinels, never null.
UNTIL_FURTHER_NOTICE = 2**62


class Clock(models.Model):
    """The record's own clock, one row: the last number drawn, and when. Neither ever goes back."""

    number = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="clock_is_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.number} at {self.at}"


class Tick(models.Model):
    """A number that the record's clock has shown, and the instant at which it was drawn."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number} at {self.at}"
