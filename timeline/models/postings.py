"""Who takes part in an event, in rows narrow enough to walk by themselves."""

from django.db import models

from timeline.models.places import COVERED, IN_ORDER, PlaceColumns


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
