from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from events.edtf.field import EDTFField
from events.models.base import SLUG, PublicRecord, RecordModel
from events.models.constraints import bounded, coordinates, one_of, ordered_bounds
from events.models.countries import Country
from events.models.kinds import Kind
from events.models.leaders import Leader, Office
from events.models.organizations import Organization
from events.querysets import EventQuerySet
from events.recording import current_recording
from events.vocabulary.roles import Role
from events.vocabulary.status_terms import Occurrence, Verification


class Review(models.TextChoices):
    DRAFT = "draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Event(PublicRecord):
    """Something that happened, or was said to happen, between countries."""

    resource = "events"
    name_field = "title"
    #: Set by ``events.erasing`` alone.
    is_being_erased = False

    slug = models.CharField(max_length=120, unique=True, validators=[SLUG])
    title = models.CharField(max_length=300, help_text="Tells no outcome: “Trump–Kim summit in Singapore”.")
    summary = models.TextField(blank=True, default="")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="events")
    date = EDTFField(help_text="EDTF, no more precise than the source: 1966, 1973-10, [2018-05-30..].")
    date_reason = models.CharField(max_length=500, blank=True, default="", help_text="Why the date is written so.")
    place_name = models.CharField(max_length=200, blank=True, default="")
    place_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="events_here"
    )
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east.")
    importance = models.PositiveSmallIntegerField(default=50, help_text="0 to 100; the kind suggests one.")

    review = models.CharField(max_length=10, choices=Review, default=Review.DRAFT)
    withdrawal_reason = models.CharField(max_length=500, blank=True, default="")

    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged_here"
    )

    assessed_occurrence = models.CharField(max_length=10, choices=Occurrence, blank=True, default="")
    assessed_verification = models.CharField(max_length=12, choices=Verification, blank=True, default="")
    assessment_reason = models.CharField(max_length=500, blank=True, default="")

    # Derived from the claims at the end of each recording: stored to be filtered.
    derived_occurrence = models.CharField(
        max_length=10, choices=Occurrence, default=Occurrence.UNKNOWN, editable=False
    )
    derived_verification = models.CharField(
        max_length=12, choices=Verification, default=Verification.UNSUPPORTED, editable=False
    )
    occurrence = models.CharField(max_length=10, choices=Occurrence, default=Occurrence.UNKNOWN, editable=False)
    verification = models.CharField(
        max_length=12, choices=Verification, default=Verification.UNSUPPORTED, editable=False
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["date_position", "date_coarseness", "pk"]
        permissions = [
            ("submit_event", "Can submit an event for review"),
            ("publish_event", "Can publish an event, or ask for changes"),
            ("withdraw_event", "Can withdraw an event"),
            ("erase_event", "Can erase an event for ever"),
        ]
        indexes = [
            models.Index(fields=["date_position", "date_coarseness", "id"], name="event_in_order_of_date"),
            models.Index(fields=["review", "date_position", "date_coarseness", "id"], name="event_by_review"),
        ]
        constraints = [
            *coordinates("event"),
            ordered_bounds("event_date_in_order", "date"),
            bounded("event_importance_in_range", 0, 100, field="importance"),
            one_of("event_review_known", "review", Review.values),
            one_of("event_assessed_occurrence_known", "assessed_occurrence", Occurrence.values, optional=True),
            one_of("event_assessed_verification_known", "assessed_verification", Verification.values, optional=True),
            models.CheckConstraint(
                name="event_assessment_has_a_reason",
                condition=Q(assessed_occurrence="", assessed_verification="") | ~Q(assessment_reason=""),
                violation_error_message="Say why the derived status is overridden.",
            ),
            models.CheckConstraint(
                name="event_withdrawal_has_a_reason",
                condition=~Q(review=Review.WITHDRAWN) | ~Q(withdrawal_reason=""),
                violation_error_message="Say why the event is withdrawn: the reason is shown where it stood.",
            ),
            models.CheckConstraint(
                name="event_merged_is_withdrawn",
                condition=Q(merged_into=None) | Q(review=Review.WITHDRAWN),
                violation_error_message="An event that was merged into another stays withdrawn.",
            ),
            models.CheckConstraint(
                name="event_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                violation_error_message="An event is not merged into itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.review in (Review.PUBLISHED, Review.WITHDRAWN)

    def guard(self, stored: Event | None) -> None:
        super().guard(stored)
        if stored is not None and stored.is_public and not self.is_public:
            raise ValidationError({"review": "A published event is withdrawn, with a reason; it is no draft again."})
        if self.merged_into_id and self.review != Review.WITHDRAWN:
            raise ValidationError({"review": "It was merged into another event: change that one."})
        if self.review == Review.PUBLISHED and (stored is None or stored.review != Review.PUBLISHED):
            current_recording(Event).to_be_borne_out.append(self)

    def guard_deletion(self) -> None:
        if self.is_public and not self.is_being_erased:
            raise ValidationError("A published event is withdrawn, with a reason; its address is for ever.")


class Participation(RecordModel):
    """A party's role in an event; a person may act for a country or an organization."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=12, choices=Role)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    leader = models.ForeignKey(Leader, null=True, blank=True, on_delete=models.PROTECT, related_name="participations")
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="participations",
        help_text="Only where the person held several at the time.",
    )

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            one_of("participation_role_known", "role", Role.values),
            models.CheckConstraint(
                name="participation_has_a_party",
                condition=~Q(country=None, organization=None, leader=None) & (Q(country=None) | Q(organization=None)),
                violation_error_message=(
                    "Name a country, an organization or a person; a person may act for one of the two."
                ),
            ),
            models.CheckConstraint(
                name="participation_office_needs_a_person",
                condition=Q(office=None) | Q(leader__isnull=False),
                violation_error_message="An office is named beside the person who held it.",
            ),
            models.UniqueConstraint(
                F("event"), F("role"), Coalesce("country", 0), Coalesce("organization", 0), Coalesce("leader", 0),
                name="participation_once",
                violation_error_message="The same party stands in the same role already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.leader or self.country or self.organization}"

    def touches(self) -> Iterable[tuple[type[models.Model], int]]:
        yield Event, self.event_id

    def clean(self) -> None:
        super().clean()
        self.check_office()

    def check_office(self) -> None:
        """Raise ValidationError where the office is another person's: a foreign key alone cannot tell."""
        if self.office_id and self.office.leader_id != self.leader_id:
            raise ValidationError({"office": "That office was not held by this person."})

    def guard(self, stored: Participation | None) -> None:
        super().guard(stored)
        self.check_office()
