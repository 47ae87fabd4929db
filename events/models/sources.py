from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from events.edtf import OPEN_END, OPEN_START
from events.edtf.field import EDTFField
from events.models.base import SLUG, PublicRecord, RecordQuerySet
from events.models.constraints import one_of, ordered_bounds
from events.models.organizations import Organization


class SourceKind(models.TextChoices):
    ARTICLE = "article"
    HEADLINE = "headline"
    REPORT = "report"
    STATEMENT = "statement"
    BROADCAST = "broadcast"
    DOCUMENT = "document"
    DATASET = "dataset"
    REFERENCE = "reference"


class SourceQuerySet(RecordQuerySet):
    def downstream(self, keys: set[int]) -> set[int]:
        """Keys of the sources that were read through any of *keys*, however far, with *keys* themselves."""
        found, edge = set(keys), set(keys)
        while edge:
            edge = set(self.filter(via__in=edge).values_list("pk", flat=True)) - found
            found |= edge
        return found


class Source(PublicRecord):
    """One document or broadcast, and through which other one it was read."""

    resource = "sources"
    name_field = "title"

    slug = models.CharField(max_length=120, unique=True, validators=[SLUG])
    title = models.CharField(max_length=300)
    publisher = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind)
    language = models.CharField(max_length=12, blank=True, default="", help_text="BCP 47: en, ko, ar.")
    url = models.URLField(max_length=1000, blank=True, default="")
    archive_url = models.URLField(max_length=1000, blank=True, default="")
    published = EDTFField(null=True, blank=True, help_text="EDTF, or an exact time with its offset.")
    accessed = models.DateField(null=True, blank=True, help_text="The day on which it was read.")
    via = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="read_here",
        help_text="The source through which this one was read.",
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            one_of("source_kind_known", "kind", SourceKind.values),
            ordered_bounds("source_published_in_order", "published"),
            models.CheckConstraint(
                name="source_has_a_time",
                condition=Q(published__isnull=False) | Q(accessed__isnull=False) | Q(via__isnull=False),
                violation_error_message="Say when it was published or, where that is not known, when it was read.",
            ),
            models.CheckConstraint(
                name="source_published_has_bounds",
                condition=Q(published=None)
                | Q(published_earliest_start__gt=OPEN_START, published_latest_end__lt=OPEN_END),
                violation_error_message="A publication date has no open end.",
            ),
            models.CheckConstraint(
                name="source_not_via_itself",
                condition=Q(via=None) | ~Q(via=models.F("pk")),
                violation_error_message="A source is not read through itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        self.check_chain()

    def check_chain(self) -> None:
        """Raise ValidationError where following ``via`` leads back here."""
        from events.chains import ChainCycle, follow

        if self.pk and self.via_id:
            links = dict(Source.objects.values_list("pk", "via")) | {self.pk: self.via_id}
            try:
                follow(self.pk, links)
            except ChainCycle:
                raise ValidationError({"via": f"“{self.via}” was itself read through this source."}) from None

    def guard(self, stored: Source | None) -> None:
        super().guard(stored)
        if stored is not None and stored.via_id != self.via_id:
            self.check_chain()
