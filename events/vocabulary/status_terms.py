"""The two axes of an event's status."""

from django.db.models import TextChoices


class Occurrence(TextChoices):
    OCCURRED = "occurred"
    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Verification(TextChoices):
    RETRACTED = "retracted"
    DISPUTED = "disputed"
    ALLEGED = "alleged"
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    UNSUPPORTED = "unsupported"
