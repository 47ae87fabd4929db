"""What readers are answered from: the projection of the record, and the record's clock.

No column here is a foreign key into the record: what has ended must outlive what it was drawn from, and a key check
would make writers wait for each other's rows while they stand in line for the clock.
"""

from django.db import models

from timeline.querysets import EntryQuerySet

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


class EntryColumns(models.Model):
    """One state of one event: its finished JSON and every column that can be asked for."""

    slug = models.CharField(max_length=120)

    earliest_start = models.BigIntegerField()
    latest_start = models.BigIntegerField()
    earliest_end = models.BigIntegerField()
    latest_end = models.BigIntegerField()
    position = models.BigIntegerField()
    coarseness = models.SmallIntegerField()
    precision = models.CharField(max_length=10)
    fit_z = models.SmallIntegerField(help_text="The finest calendar tier whose tile holds all of the date; -1: none.")

    kind = models.CharField(max_length=60)
    category = models.CharField(max_length=20)
    quad = models.CharField(max_length=30)
    occurrence = models.CharField(max_length=10)
    verification = models.CharField(max_length=12)
    origins = models.IntegerField()
    importance = models.SmallIntegerField()
    place_country = models.CharField(max_length=3)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    is_wide = models.BooleanField(help_text="More countries take part than pairs are kept of.")

    known_from = models.BigIntegerField(help_text="Seconds of UTC since 1970.")
    known_to = models.BigIntegerField(default=UNTIL_FURTHER_NOTICE)
    recorded_from = models.BigIntegerField(help_text="Number of the record's clock.")
    recorded_to = models.BigIntegerField(default=UNTIL_FURTHER_NOTICE)
    modified = models.DateTimeField()
    body = models.BinaryField(help_text="The event's JSON, as it leaves the API.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class Entry(EntryColumns):
    """A published event as it stands."""

    key = models.BigIntegerField(primary_key=True, help_text="The event's key in the record, which never changes.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["slug"], name="entry_slug_once")]
        indexes = [
            models.Index(fields=["position", "coarseness", "key"], name="entry_in_order_of_date"),
            models.Index(fields=["fit_z", "position", "coarseness", "key"], name="entry_by_tier"),
            models.Index(fields=["importance", "position", "coarseness", "key"], name="entry_by_importance"),
            models.Index(fields=["recorded_from", "key"], name="entry_by_change"),
            models.Index(fields=["kind", "position", "coarseness", "key"], name="entry_by_kind"),
        ]


class Posting(models.Model):
    """That a party takes part in an event, or that a claim on it rests on a source or publisher; one row for each.

    ``party``: a letter for what it is, a colon and its public id: ``c:PRK``, ``o:kcna``, ``l:kim-jong-un``,
    ``s:`` source, ``p:`` publisher. ``roles``: the bits of its roles.
    """

    party = models.CharField(max_length=122)
    key = models.BigIntegerField()
    roles = models.IntegerField()
    position = models.BigIntegerField()
    coarseness = models.SmallIntegerField()
    fit_z = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "key"], name="posting_once")]
        indexes = [
            models.Index(fields=["party", "position", "coarseness", "key"], name="posting_in_order_of_date"),
            models.Index(fields=["key"], name="posting_by_event"),
        ]

    def __str__(self) -> str:
        return f"{self.party} in {self.key}"


class Pair(models.Model):
    """That two countries, *a* before *b* in the alphabet, take part in an event in roles that make a dyad."""

    a = models.CharField(max_length=3)
    b = models.CharField(max_length=3)
    key = models.BigIntegerField()
    position = models.BigIntegerField()
    coarseness = models.SmallIntegerField()
    fit_z = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b", "key"], name="pair_once"),
            models.CheckConstraint(name="pair_in_alphabetical_order", condition=models.Q(a__lt=models.F("b"))),
        ]
        indexes = [
            models.Index(fields=["a", "b", "position", "coarseness", "key"], name="pair_in_order_of_date"),
            models.Index(fields=["key"], name="pair_by_event"),
        ]

    def __str__(self) -> str:
        return f"{self.a}–{self.b} in {self.key}"
