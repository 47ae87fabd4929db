from django.db import models

from events.models.base import SLUG, NamedRecord
from events.models.constraints import one_of
from events.models.countries import WIKIDATA, Country


class OrganizationKind(models.TextChoices):
    INTERNATIONAL_BODY = "international-body"
    GOVERNMENT = "government"
    GOVERNMENT_DEPARTMENT = "government-department"
    ALLIANCE = "alliance"
    ARMED_GROUP = "armed-group"
    NEWS_AGENCY = "news-agency"
    PUBLISHER = "publisher"
    OTHER = "other"


class Organization(NamedRecord):
    """An international body, government department, alliance, armed group, news agency or publisher."""

    resource = "organizations"

    slug = models.CharField(max_length=120, unique=True, validators=[SLUG])
    kind = models.CharField(max_length=30, choices=OrganizationKind)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="organizations",
        help_text="The country that it belongs to, where it belongs to one.",
    )
    wikidata = models.CharField(max_length=20, blank=True, default="", validators=[WIKIDATA])

    class Meta:
        ordering = ["slug"]
        constraints = [one_of("organization_kind_known", "kind", OrganizationKind.values)]
