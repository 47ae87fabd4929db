"""What readers are answered from: the projection of the record, and the record's clock.

No column here is a foreign key into the record: what has ended must outlive what it was drawn from, and a key check
would make writers wait for each other's rows while they stand in line for the clock.
"""

from django.db import models

from timeline import search
from timeline.querysets import EntryQuerySet
from timeline.tiles import UNITS

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
ON_THE_MAP = models.Q(latitude__isnull=False)


class PostingColumns(PlaceColumns):
    """That a party takes part in an event, or that a claim on it rests on a source or publisher; one row for each.

    ``party``: a letter for what it is, a colon and its public id: ``c:PRK``, ``o:kcna``, ``l:kim-jong-un``,
    ``s:`` source, ``p:`` publisher. ``key``: of the event. ``roles``: the bits of its roles.
    """

    party = models.CharField(max_length=122)
    key = models.BigIntegerField()
    roles = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.party} in {self.key}"


class Posting(PostingColumns):
    """The postings of an Entry."""

    pk = models.CompositePrimaryKey("key", "party")
    entry_column = "key"

    class Meta:
        indexes = [
            models.Index(fields=["party", *IN_ORDER, *COVERED, "roles"], name="posting_by_tier"),
        ]


class PastPosting(PostingColumns):
    """The postings of a PastEntry; ``row``: its primary key."""

    pk = models.CompositePrimaryKey("row", "party")
    row = models.BigIntegerField()
    entry_column = "row"

    class Meta:
        indexes = [
            models.Index(fields=["party", *IN_ORDER, "row", *COVERED, "roles"], name="past_posting_by_tier"),
        ]


class PairColumns(PlaceColumns):
    """That two countries, *a* before *b* in the alphabet, take part in an event in roles that make a dyad."""

    a = models.CharField(max_length=3)
    b = models.CharField(max_length=3)
    key = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.a}–{self.b} in {self.key}"


class Pair(PairColumns):
    """The pairs of an Entry."""

    pk = models.CompositePrimaryKey("key", "a", "b")
    entry_column = "key"

    class Meta:
        constraints = [
            models.CheckConstraint(name="pair_in_alphabetical_order", condition=models.Q(a__lt=models.F("b"))),
        ]
        indexes = [models.Index(fields=["a", "b", *IN_ORDER, *COVERED], name="pair_by_tier")]


class PastPair(PairColumns):
    """The pairs of a PastEntry; ``row``: its primary key."""

    pk = models.CompositePrimaryKey("row", "a", "b")
    row = models.BigIntegerField()
    entry_column = "row"

    class Meta:
        constraints = [
            models.CheckConstraint(name="past_pair_in_alphabetical_order", condition=models.Q(a__lt=models.F("b"))),
        ]
        indexes = [models.Index(fields=["a", "b", *IN_ORDER, "row", *COVERED], name="past_pair_by_tier")]


class EntryColumns(PlaceColumns):
    """One state of one event: its finished JSON and every column that can be asked for."""

    slug = models.CharField(max_length=120)

    latest_start = models.BigIntegerField()
    earliest_end = models.BigIntegerField()
    precision = models.CharField(max_length=10)

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
    effect = models.CharField(max_length=10, default="", help_text="Of its kind, on the relation of two countries.")
    # The bucket of each calendar unit that holds all of the date, by its index in timeline.tiles; null where none does.
    millennium = models.BigIntegerField(null=True)
    century = models.BigIntegerField(null=True)
    decade = models.BigIntegerField(null=True)
    year = models.BigIntegerField(null=True)
    month = models.BigIntegerField(null=True)
    day = models.BigIntegerField(null=True)
    words_hash = models.BigIntegerField(default=0, help_text="Of the words by which the search finds it.")

    known_from = models.BigIntegerField(help_text="Seconds of UTC since 1970.")
    known_to = models.BigIntegerField(default=UNTIL_FURTHER_NOTICE)
    recorded_from = models.BigIntegerField(help_text="Number of the record's clock.")
    recorded_to = models.BigIntegerField(default=UNTIL_FURTHER_NOTICE)
    modified = models.DateTimeField()
    body = models.TextField(help_text="The event's JSON, as it leaves the API.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


def tile_indexes() -> list[models.Index]:
    """For each calendar tier: what lies in a tile, most important first, and of that what fits no finer one."""
    return [
        models.Index(fields=[unit, "-importance", "key"], condition=condition, name=f"entry_{name}_{unit}")
        for tier, unit in UNITS.items()
        for name, condition in (("in", models.Q(fit_z__gte=tier)), ("of", models.Q(fit_z=tier)))
        if tier < 4 or (tier == 4 and name == "in")
    ] + [models.Index(fields=["-importance", "key"], condition=models.Q(fit_z=-1), name="entry_of_no_tile")]


class Entry(EntryColumns):
    """A published event as it stands."""

    postings, pairs, words_table = Posting, Pair, search.PRESENT

    key = models.BigIntegerField(primary_key=True, help_text="The event's key in the record, which never changes.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["slug"], name="entry_slug_once")]
        indexes = [
            models.Index(fields=BY_DATE, name="entry_in_order_of_date"),
            models.Index(fields=[*IN_ORDER, *COVERED], name="entry_in_tier"),
            models.Index(fields=BY_DATE, condition=models.Q(is_wide=True), name="entry_wide_in_order"),
            models.Index(fields=["importance", "position", "coarseness", "key"], name="entry_by_importance"),
            models.Index(fields=["recorded_from", "key"], name="entry_by_change"),
            models.Index(fields=["kind", *IN_ORDER, *OF_KIND], name="entry_kind_in_tier"),
            models.Index(fields=["place_country", *IN_ORDER], name="entry_place_in_tier"),
            models.Index(fields=["latitude", "longitude"], condition=ON_THE_MAP, name="entry_on_the_map"),
            *tile_indexes(),
        ]


class PastEntry(EntryColumns):
    """Any other state of an event: what was known of it earlier, or what the record held earlier."""

    postings, pairs, words_table = PastPosting, PastPair, search.PAST

    key = models.BigIntegerField(help_text="The event's key in the record.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "past entries"
        indexes = [
            models.Index(fields=["key", "recorded_to"], name="past_by_event"),
            models.Index(fields=["slug"], name="past_by_slug"),
            models.Index(fields=BY_DATE, name="past_in_order_of_date"),
            models.Index(fields=[*IN_ORDER, "id", *COVERED], name="past_in_tier"),
            models.Index(fields=[*BY_DATE, "id"], condition=models.Q(is_wide=True), name="past_wide_in_order"),
            models.Index(fields=["importance", "position", "coarseness", "key"], name="past_by_importance"),
            models.Index(fields=["recorded_from", "key"], name="past_by_change"),
            models.Index(fields=["kind", *IN_ORDER, "id", *OF_KIND], name="past_kind_in_tier"),
            models.Index(fields=["place_country", *IN_ORDER, "id"], name="past_place_in_tier"),
            models.Index(fields=["latitude", "longitude"], condition=ON_THE_MAP, name="past_on_the_map"),
        ]


class Departure(models.Model):
    """That a public id which an event once had leads to none of its own, between two numbers of the record's clock.

    ``into``: where it redirects to, by the event's key and by the id that it had then; None and "" where it is gone.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn"
        MERGED = "merged"
        ERASED = "erased"

    slug = models.CharField(max_length=120)
    key = models.BigIntegerField(help_text="The key in the record of the event that had this id.")
    kind = models.CharField(max_length=10, choices=Kind)
    into_key = models.BigIntegerField(null=True)
    into = models.CharField(max_length=120, default="")
    reason = models.CharField(max_length=700, default="")
    recorded_from = models.BigIntegerField(help_text="Number of the record's clock.")
    recorded_to = models.BigIntegerField(default=UNTIL_FURTHER_NOTICE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "recorded_from"], name="departure_once"),
        ]
        indexes = [
            models.Index(fields=["recorded_from", "key"], name="departure_by_change"),
            models.Index(fields=["key"], name="departure_by_event"),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.kind}"


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
