"""What is kept of an event's review, beside the record: who said and did what, and whose hands it went through."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.constraints import one_of
from events.models.events import Event


class Step(models.TextChoices):
    """A step of the review, as it stands in the trail afterwards."""

    SUBMIT = "submit", "submitted for review"
    RETURN = "return", "sent back for changes"
    PUBLISH = "publish", "published"
    WITHDRAW = "withdraw", "withdrawn"


class ReviewNote(models.Model):
    """A step of an event's review, a comment on it, or both: for the desk only, and erased with the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="review_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    step = models.CharField(max_length=10, choices=Step, blank=True, default="", help_text="Blank: a comment alone.")
    text = models.TextField(max_length=2000, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("review_note_step_known", "step", Step.values, optional=True),
            models.CheckConstraint(
                name="review_note_says_something",
                condition=~Q(step="") | ~Q(text=""),
                violation_error_message="Write something.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_step_display() or 'comment'}"


class Contribution(models.Model):
    """That a user changed an event, or anything of it; ``made`` where they made it. No user where they are gone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="contribution_once")]

    def __str__(self) -> str:
        return f"{self.event}: {self.user}"
