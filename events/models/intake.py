"""What editors took in to draft from, beside the record: texts, and the events that were proposed from each."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from events.models.constraints import one_of
from events.models.events import Event
from events.models.kinds import Kind
from events.models.sources import Source
from events.vocabulary.stances import Stance


class Article(models.Model):
    """A text that was pasted or uploaded, with the source that it is."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="articles")
    text = models.TextField(help_text="As it was given; HTML too.")
    paragraphs = models.JSONField(help_text="As they are counted by locators, and by the proposals' places.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_in = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.source)


class ProposalState(models.TextChoices):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    JOINED = "joined"
    DISCARDED = "discarded"


class ProposalQuerySet(models.QuerySet):
    def waiting(self) -> models.QuerySet:
        return self.filter(state=ProposalState.WAITING)


class Proposal(models.Model):
    """An event that an article may tell of, as it was proposed: nothing of it is in the record until it is accepted.

    ``start`` and ``end`` are the sentence in its paragraph; ``marks`` the words that led to what, as lists of start,
    end and what they led to; ``marks``, ``parties`` and ``origin`` are told in ``events.intake.values``.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="proposals")
    paragraph = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True, default="")
    date = models.CharField(max_length=100, blank=True, default="", help_text="EDTF.")
    kind = models.ForeignKey(Kind, null=True, on_delete=models.SET_NULL, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance)
    parties = models.JSONField(default=list)
    origin = models.JSONField(null=True)
    marks = models.JSONField(default=list)

    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    event = models.ForeignKey(Event, null=True, on_delete=models.SET_NULL, related_name="proposals")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["article", "paragraph", "start", "pk"]
        constraints = [
            one_of("proposal_state_known", "state", ProposalState.values),
            one_of("proposal_stance_known", "stance", Stance.values),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.locator} of “{self.article}”"

    @property
    def locator(self) -> str:
        return f"para. {self.paragraph}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ProposalState.WAITING
