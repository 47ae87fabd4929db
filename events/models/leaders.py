from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from events.edtf.field import EDTFField
from events.models.base import SLUG, NamedRecord, RecordModel
from events.models.constraints import ordered_bounds
from events.models.countries import WIKIDATA, Country
from events.models.organizations import Organization
from events.models.sources import Source


class Leader(NamedRecord):
    """A person who acts for a country or an organization."""

    resource = "leaders"

    slug = models.CharField(max_length=120, unique=True, validators=[SLUG])
    wikidata = models.CharField(max_length=20, blank=True, default="", validators=[WIKIDATA])

    class Meta:
        ordering = ["slug"]


class Office(RecordModel):
    """An office that a person held, with the source that says so."""

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(max_length=200)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="offices")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    held = EDTFField(help_text="When, as EDTF: 2000-07-17/.. is “since 17 July 2000”.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="offices")
    locator = models.CharField(max_length=100, blank=True, default="", help_text="Where in the source: para. 8")

    class Meta:
        ordering = ["leader", "held_position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="office_of_a_country_or_an_organization",
                condition=Q(country=None, organization__isnull=False) | Q(country__isnull=False, organization=None),
                violation_error_message="An office is one of a country or of an organization.",
            ),
            models.UniqueConstraint(fields=["leader", "title", "held"], name="office_once"),
            ordered_bounds("office_held_in_order", "held"),
        ]

    def __str__(self) -> str:
        return self.title

    def touches(self) -> Iterable[tuple[type[models.Model], int]]:
        yield Leader, self.leader_id
