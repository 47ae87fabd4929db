"""The table of what a block of each resource holds, and the canonical block of a record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import models

from events.loading.rows import OfficeTitle, Predecessors, Rows, natural
from events.loading.shapes import Choice, Date, Day, Group, Key, Names, Number, Reference, Text, Whole, values_of
from events.models import Claim, Country, Event, Kind, Leader, Office, Organization, Participation, Source, Succession
from events.models.events import Review
from events.models.organizations import OrganizationKind
from events.models.sources import SourceKind
from events.vocabulary.plover import Effect, PloverCategory, QuadClass
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance
from events.vocabulary.status_terms import Occurrence, Verification

ROLES, STANCES = tuple(Role.values), tuple(Stance.values)  # which are lists made anew each time


def words(choices: type[models.TextChoices]) -> Choice:
    return Choice(tuple(str(word) for word in choices.values))


PREDECESSORS = Predecessors(
    Succession, "successor", (Key("predecessor", Reference("countries"), required=True),), (("predecessor",),),
    lambda row: row["predecessor"],
)  # fmt: skip

OFFICES = Rows(
    Office, "leader",
    (
        Key("title", Text(), required=True),
        Key("country", Reference("countries")),
        Key("organization", Reference("organizations")),
        Key("held", Date(), required=True),
        Key("source", Reference("sources"), required=True),
        Key("locator", Text()),
    ),
    (("title", "held"), ("title",)),
    lambda row: (row.get("held", ""), row.get("title", "")),
)  # fmt: skip

PARTICIPANTS = Rows(
    Participation, "event",
    (
        Key("role", words(Role), required=True),
        Key("country", Reference("countries")),
        Key("organization", Reference("organizations")),
        Key("leader", Reference("leaders")),
        Key("office", OfficeTitle()),
    ),
    (("role", "country", "organization", "leader"),),
    lambda row: (
        ROLES.index(row["role"]) if "role" in row else -1,
        row.get("country", ""), row.get("organization", ""), row.get("leader", ""),
    ),
)  # fmt: skip

CLAIMS = Rows(
    Claim, "event",
    (
        Key("source", Reference("sources"), required=True),
        Key("stance", words(Stance), required=True),
        Key("date", Date()),
        Key("figures", Text()),
        Key("locator", Text()),
        Key("note", Text()),
    ),
    (("source", "stance", "locator"), ("source", "stance")),
    lambda row: (
        row.get("source", ""),
        natural(row.get("locator", "")),
        STANCES.index(row["stance"]) if "stance" in row else -1,
    ),
)  # fmt: skip

PLACE = Group(
    (
        Key("name", Text(), "place_name"),
        Key("country", Reference("countries"), "place_country"),
        Key("latitude", Number),
        Key("longitude", Number),
    )
)

ASSESSMENT = Group(
    (
        Key("occurrence", words(Occurrence), "assessed_occurrence"),
        Key("verification", words(Verification), "assessed_verification"),
        Key("reason", Text(), "assessment_reason"),
    )
)


@dataclass(frozen=True)
class Shape:
    """What a block of one resource holds, and how its records are read with few queries."""

    model: type[models.Model]
    keys: tuple[Key, ...]
    joined: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    in_order: tuple[str, ...] = ()

    @property
    def resource(self) -> str:
        return self.model.resource

    @property
    def filename(self) -> str:
        return f"{self.resource}.yaml"

    @property
    def flat(self) -> tuple[Key, ...]:
        """The keys whose values are on the record itself."""
        return tuple(key for key in self.keys if not isinstance(key.value, Rows))

    @property
    def rows(self) -> tuple[Key, ...]:
        return tuple(key for key in self.keys if isinstance(key.value, Rows))

    def records(self) -> models.QuerySet:
        """All records, with what their blocks show, in the order of a file."""
        records = self.model.objects.prefetch_related(*self.prefetched)
        if self.joined:
            records = records.select_related(*self.joined)
        return records.order_by(*(self.in_order or (self.model.address_field,)))


SHAPES: dict[str, Shape] = {
    shape.resource: shape
    for shape in (
        Shape(
            Kind,
            (
                Key("id", Text(), "slug", required=True),
                Key("label", Text(), required=True),
                Key("definition", Text(), required=True),
                Key("category", words(PloverCategory)),
                Key("mode", Text()),
                Key("context", Text()),
                Key("quad", words(QuadClass), required=True),
                Key("cameo", Text()),
                Key("default_importance", Whole, default=50),
                Key("effect", words(Effect)),
            ),
        ),
        Shape(
            Country,
            (
                Key("id", Text(), "code", required=True),
                Key("name", Text(), required=True),
                Key("official_name", Text()),
                Key("aliases", Names()),
                Key("alpha_2", Text()),
                Key("numeric", Text()),
                Key("capital", Text()),
                Key("latitude", Number),
                Key("longitude", Number),
                Key("wikidata", Text()),
                Key("existence", Date()),
                Key("predecessors", PREDECESSORS, "successions_before"),
            ),
            prefetched=("successions_before__predecessor",),
        ),
        Shape(
            Organization,
            (
                Key("id", Text(), "slug", required=True),
                Key("name", Text(), required=True),
                Key("aliases", Names()),
                Key("kind", words(OrganizationKind), required=True),
                Key("country", Reference("countries")),
                Key("wikidata", Text()),
            ),
            joined=("country",),
        ),
        Shape(
            Source,
            (
                Key("id", Text(), "slug", required=True),
                Key("title", Text(), required=True),
                Key("publisher", Reference("organizations"), required=True),
                Key("kind", words(SourceKind), required=True),
                Key("language", Text()),
                Key("url", Text()),
                Key("archive_url", Text()),
                Key("published", Date()),
                Key("accessed", Day()),
                Key("via", Reference("sources")),
            ),
            joined=("publisher", "via"),
        ),
        Shape(
            Leader,
            (
                Key("id", Text(), "slug", required=True),
                Key("name", Text(), required=True),
                Key("aliases", Names()),
                Key("wikidata", Text()),
                Key("offices", OFFICES),
            ),
            prefetched=("offices__country", "offices__organization", "offices__source"),
        ),
        Shape(
            Event,
            (
                Key("id", Text(), "slug", required=True),
                Key("title", Text(), required=True),
                Key("summary", Text()),
                Key("kind", Reference("kinds"), required=True),
                Key("date", Date(), required=True),
                Key("date_reason", Text()),
                Key("place", PLACE),
                Key("importance", Whole),
                Key("review", words(Review), default=str(Review.DRAFT)),
                Key("withdrawal_reason", Text()),
                Key("merged_into", Reference("events")),
                Key("assessment", ASSESSMENT),
                Key("participants", PARTICIPANTS, "participations"),
                Key("claims", CLAIMS),
            ),
            joined=("kind", "place_country", "merged_into"),
            prefetched=(
                "participations__country", "participations__organization", "participations__leader",
                "participations__office__leader__offices", "claims__source",
            ),
            in_order=("date_position", "slug"),
        ),
    )
}  # fmt: skip


def block_of(record: models.Model) -> dict[str, Any]:
    """The canonical block of *record*: keys in order, nothing empty, lists sorted, one text for one content."""
    return values_of(record, SHAPES[record.resource].keys)


def digest_of(block: dict[str, Any]) -> str:
    """SHA-256 of a canonical block, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(block, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
