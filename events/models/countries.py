from __future__ import annotations

from collections.abc import Iterable

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from events.edtf.field import EDTFField
from events.models.base import NamedRecord, RecordModel
from events.models.constraints import coordinates, ordered_bounds

CODE = RegexValidator(r"\A[A-Z]{3}\Z", "Three capital letters, as in ISO 3166-1 alpha-3.")
ALPHA_2 = RegexValidator(r"\A[A-Z]{2}\Z", "Two capital letters, as in ISO 3166-1 alpha-2.")
NUMERIC = RegexValidator(r"\A[0-9]{3}\Z", "Three digits, as in ISO 3166-1 numeric.")
WIKIDATA = RegexValidator(r"\AQ[1-9][0-9]*\Z", "A Wikidata id: Q and a number.")


class Country(NamedRecord):
    """A state or territory, present or former, under its ISO 3166 alpha-3 code."""

    resource = "countries"
    address_field = "code"

    code = models.CharField(max_length=3, unique=True, validators=[CODE], help_text="ISO 3166 alpha-3.")
    official_name = models.CharField(max_length=200, blank=True, default="")
    alpha_2 = models.CharField(max_length=2, blank=True, default="", validators=[ALPHA_2])
    numeric = models.CharField(max_length=3, blank=True, default="", validators=[NUMERIC])
    capital = models.CharField(max_length=100, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True, help_text="Of the capital, in degrees north.")
    longitude = models.FloatField(null=True, blank=True, help_text="Of the capital, in degrees east.")
    wikidata = models.CharField(max_length=20, blank=True, default="", validators=[WIKIDATA])
    existence = EDTFField(null=True, blank=True, help_text="When it existed, as EDTF: 1922-12-30/1991-12-26.")

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "countries"
        constraints = [
            *coordinates("country"),
            ordered_bounds("country_existence_in_order", "existence"),
            models.CheckConstraint(
                name="country_code_is_alpha_3",
                condition=Q(code__regex=r"^[A-Z]{3}$"),
                violation_error_message="A country's code is three capital letters.",
            ),
        ]

    def all_names(self) -> list[str]:
        return [self.code, self.name, self.official_name, *self.aliases]


class Succession(RecordModel):
    """One country followed another."""

    predecessor = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="successions_after")
    successor = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="successions_before")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="succession_of_two",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="A country does not succeed itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def touches(self) -> Iterable[tuple[type[models.Model], int]]:
        yield Country, self.predecessor_id
        yield Country, self.successor_id
