"""Work on the timeline that is under way or waits."""

from django.db import models


class Rebuild(models.Model):
    """One row while a rebuild of the timeline is under way, or was cut short: up to which event it has come."""

    after = models.BigIntegerField(help_text="The key of the last event that was made anew.")

    class Meta:
        constraints = [models.CheckConstraint(name="rebuild_is_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.after)


class Pending(models.Model):
    """An event that waits to be projected: too many were changed at once."""

    key = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name_plural = "pending"

    def __str__(self) -> str:
        return str(self.key)
