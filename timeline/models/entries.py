"""The states of events: each with its finished JSON and all that can be asked of it."""

from django.db import models

from timeline import search
from timeline.models.clock import UNTIL_FURTHER_NOTICE
from timeline.models.places import BY_DATE, COVERED, IN_ORDER, OF_KIND, PlaceColumns
from timeline.models.postings import Pair, PastPair, PastPosting, Posting
from timeline.querysets import EntryQuerySet
from timeline.tiles.tiers import UNITS

#: From which instant and number a state stands, and up to which.
BEGUN = ["known_from", "recorded_from"]
CLOCKS = [*BEGUN, "known_to", "recorded_to"]
ON_THE_MAP = models.Q(latitude__isnull=False)


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
    """For each calendar tier: what lies in a tile, most important first, and of that what fits no finer one.

    With what is most often asked: few of all that lie in a century were cancelled. The latter with its span, too: of
    all that fits no decade of a century, what overlaps one year may be next to nothing.
    """
    ranked, span = ["-importance", "key", *BEGUN, "traits", "origins"], ["earliest_start", "latest_end"]
    units = [(tier, unit) for tier, unit in UNITS.items() if tier <= 4]
    return [
        *(models.Index(fields=[unit, *ranked], condition=models.Q(fit_z__gte=tier), name=f"entry_in_{unit}")
          for tier, unit in units),
        *(models.Index(fields=[unit, *ranked, *span], condition=models.Q(fit_z=tier), name=f"entry_of_{unit}")
          for tier, unit in units[:-1]),
        models.Index(fields=[*ranked, *span], condition=models.Q(fit_z=-1), name="entry_of_no_tile"),
    ]  # fmt: skip


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
            models.Index(fields=[*IN_ORDER, *COVERED, *BEGUN], name="entry_in_tier"),
            models.Index(fields=BY_DATE, condition=models.Q(is_wide=True), name="entry_wide_in_order"),
            models.Index(fields=["importance", *BY_DATE, *COVERED, *BEGUN], name="entry_by_importance"),
            models.Index(fields=["recorded_from", "key", *COVERED, "known_from"], name="entry_by_change"),
            models.Index(fields=["kind", *IN_ORDER, *OF_KIND, *BEGUN], name="entry_kind_in_tier"),
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
            models.Index(fields=[*IN_ORDER, "id", *COVERED, "importance", *CLOCKS], name="past_in_tier"),
            models.Index(fields=[*BY_DATE, "id"], condition=models.Q(is_wide=True), name="past_wide_in_order"),
            models.Index(fields=["importance", *BY_DATE, "id", *COVERED, *CLOCKS], name="past_by_importance"),
            models.Index(
                fields=["recorded_from", "key", "id", *COVERED, "known_from", "known_to", "recorded_to"],
                name="past_by_change",
            ),
            models.Index(fields=["kind", *IN_ORDER, "id", *OF_KIND, *CLOCKS], name="past_kind_in_tier"),
            models.Index(fields=["place_country", *IN_ORDER, "id"], name="past_place_in_tier"),
            models.Index(fields=["latitude", "longitude"], condition=ON_THE_MAP, name="past_on_the_map"),
        ]
