"""Where an event lies in time, and in what order such rows are walked."""

from django.db import models


class PlaceColumns(models.Model):
    """Where an event lies in time and what is most often asked of it: so much that a list is walked by this alone."""

    position = models.BigIntegerField()
    coarseness = models.SmallIntegerField()
    fit_z = models.SmallIntegerField(help_text="The finest calendar tier whose tile holds all of the date; -1: none.")
    earliest_start = models.BigIntegerField()
    latest_end = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    traits = models.BigIntegerField(help_text="The bits of timeline.traits.")

    class Meta:
        abstract = True


BY_DATE = ["position", "coarseness", "key"]
#: In order of date within one tier: with equality before it, every list is a few range scans of such an index.
IN_ORDER = ["fit_z", *BY_DATE]
#: What stands in those indexes as well, so that a row is judged without being read.
COVERED = ["earliest_start", "latest_end", "kind", "traits"]
OF_KIND = ["earliest_start", "latest_end", "traits"]
