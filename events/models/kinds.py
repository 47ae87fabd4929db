from django.db import models

from events.models.base import SLUG, PublicRecord
from events.models.constraints import bounded, one_of
from events.vocabulary.plover import Effect, PloverCategory, QuadClass


class Kind(PublicRecord):
    """What sort of event: an open list that curators can extend."""

    resource = "kinds"
    name_field = "label"

    slug = models.CharField(max_length=60, unique=True, validators=[SLUG])
    label = models.CharField(max_length=100)
    definition = models.TextField(help_text="By which an editor can tell whether it applies.")
    category = models.CharField(max_length=20, choices=PloverCategory, blank=True, default="")
    mode = models.CharField(max_length=40, blank=True, default="", help_text="PLOVER mode.")
    context = models.CharField(max_length=40, blank=True, default="", help_text="PLOVER context.")
    quad = models.CharField(max_length=30, choices=QuadClass)
    cameo = models.CharField(max_length=4, blank=True, default="", help_text="CAMEO code, as text: 040.")
    default_importance = models.PositiveSmallIntegerField(default=50)
    effect = models.CharField(
        max_length=10, choices=Effect, blank=True, default="", help_text="On the relation of two countries."
    )

    class Meta:
        ordering = ["slug"]
        constraints = [
            one_of("kind_category_known", "category", PloverCategory.values, optional=True),
            one_of("kind_quad_known", "quad", QuadClass.values),
            one_of("kind_effect_known", "effect", Effect.values, optional=True),
            bounded("kind_importance_in_range", 0, 100, field="default_importance"),
        ]

    def __str__(self) -> str:
        return self.label
