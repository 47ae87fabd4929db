"""The review: draft → in review → published → withdrawn, by which steps, and who may take them.

A step is one function call, in the admin, in commands and in scripts alike: ``take``, or one of the four that are named
for their step. It is one unit of work and leaves a note in the event's trail. A user of None is the system, which may
do everything that the rules of the record allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from events.affected import is_shown
from events.models import Event, ReviewNote
from events.models.events import Review
from events.models.reviews import Step
from events.recording import recording

LONGEST_COMMENT = ReviewNote._meta.get_field("text").max_length
LONGEST_REASON = Event._meta.get_field("withdrawal_reason").max_length

ONLY_YOU = "Only you have worked on it so far: somebody else has to look it over and publish it."


@dataclass(frozen=True, slots=True)
class Transition:
    """A step that leads from one of ``sources`` to ``target``, for those who have ``permission``."""

    step: Step
    sources: frozenset[Review]
    target: Review
    permission: str
    verb: str  #: on a button
    only: str  #: the sentence where the event is in none of the sources
    asks: str = ""  #: the sentence where its text is missing; "" where it goes without


TRANSITIONS = {
    transition.step: transition
    for transition in (
        Transition(
            Step.SUBMIT, frozenset({Review.DRAFT}), Review.IN_REVIEW, "events.submit_event",
            "Submit for review", "Only a draft can be submitted for review.",
        ),
        Transition(
            Step.RETURN, frozenset({Review.IN_REVIEW}), Review.DRAFT, "events.publish_event",
            "Ask for changes", "Only what is in review can be sent back.", "Say what has to change.",
        ),
        Transition(
            Step.PUBLISH, frozenset({Review.DRAFT, Review.IN_REVIEW, Review.WITHDRAWN}), Review.PUBLISHED,
            "events.publish_event", "Publish", "It is published already.",
        ),
        Transition(
            Step.WITHDRAW, frozenset({Review.PUBLISHED}), Review.WITHDRAWN, "events.withdraw_event",
            "Withdraw", "Only a published event can be withdrawn.",
            "Say why the event is withdrawn: the reason is shown where it stood.",
        ),
    )
}  # fmt: skip


def take(step: Step, event: Event, user: Any, text: str = "") -> Event:
    """Take *event* one *step* on, by *user*; returns it as it stands then.

    *text* goes into the trail; of a withdrawal it is the reason that readers see. Raises PermissionDenied where *user*
    may not, ValidationError where the step cannot be taken.
    """
    transition, text = TRANSITIONS[step], text.strip()
    if not may_take(user, transition):
        raise PermissionDenied(f"{transition.verb}: this takes the permission {transition.permission}.")
    check_text(transition, text)
    with recording(user, text or transition.step.label.capitalize()):
        event = Event.objects.select_for_update().get(pk=event.pk)
        check_event(transition, event, user)
        event.review = transition.target
        event.withdrawal_reason = text if step == Step.WITHDRAW else ""
        event.save()
        ReviewNote.objects.create(event=event, author=user, step=step, text=text)
    return event


def submit(event: Event, user: Any, comment: str = "") -> Event:
    """Hand the draft *event* to the editors. As ``take``."""
    return take(Step.SUBMIT, event, user, comment)


def ask_for_changes(event: Event, user: Any, comment: str) -> Event:
    """Send *event*, which is in review, back to be a draft; *comment* says what has to change. As ``take``."""
    return take(Step.RETURN, event, user, comment)


def publish(event: Event, user: Any, comment: str = "") -> Event:
    """Show *event* to readers: a draft, one in review, or one that was withdrawn. As ``take``."""
    return take(Step.PUBLISH, event, user, comment)


def withdraw(event: Event, user: Any, reason: str) -> Event:
    """Take the published *event* from readers; *reason* is shown where it stood. As ``take``."""
    return take(Step.WITHDRAW, event, user, reason)


def comment_on(event: Event, user: Any, text: str) -> ReviewNote:
    """Leave a comment of *user* in the trail of *event*. Raises ValidationError where it is blank or too long."""
    if not text.strip():
        raise ValidationError("Write something.")
    check_length(text.strip(), LONGEST_COMMENT)
    return ReviewNote.objects.create(event=event, author=user, text=text.strip())


def may_take(user: Any, transition: Transition) -> bool:
    return user is None or user.has_perm(transition.permission)


def open_to(user: Any, event: Event) -> list[Transition]:
    """The steps that *user* may take with *event* as it stands; one that is not saved yet counts as a draft."""
    if event.merged_into_id:
        return []
    return [
        transition
        for transition in TRANSITIONS.values()
        if event.review in transition.sources
        and may_take(user, transition)
        and not (transition.step == Step.PUBLISH and lacks_second_pair(event, user))
    ]


def may_change(user: Any, record: models.Model) -> bool:
    """Whether *user*, who may change records of that kind, may change this one.

    What readers see is changed only by those who may publish: an event that is or was public, and whatever a published
    event shows.
    """
    if user is None or user.has_perm(TRANSITIONS[Step.PUBLISH].permission):
        return True
    if isinstance(record, Event):
        return not Event.objects.filter(pk=record.pk, review__in=[Review.PUBLISHED, Review.WITHDRAWN]).exists()
    return not is_shown(record)


def may_publish_alone(user: Any) -> bool:
    """Whether *user* may publish what nobody else has looked at, as a file that they import."""
    return user is None or may_take(user, TRANSITIONS[Step.PUBLISH]) and not settings.SECOND_PAIR_OF_EYES


def lacks_second_pair(event: Event, user: Any) -> bool:
    """Whether a second pair of eyes is asked for and *user* alone, who made *event*, has worked on it."""
    if not settings.SECOND_PAIR_OF_EYES or user is None:
        return False
    if event.pk is None:
        return True
    hands = event.contributions
    return hands.filter(user=user, made=True).exists() and not hands.exclude(user=user).exists()


def check_text(transition: Transition, text: str) -> None:
    if transition.asks and not text:
        raise ValidationError(transition.asks)
    check_length(text, LONGEST_REASON if transition.step == Step.WITHDRAW else LONGEST_COMMENT)


def check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise ValidationError(f"These are {len(text):,} characters; at most {most:,} fit here.")


def check_event(transition: Transition, event: Event, user: Any) -> None:
    """Raise ValidationError where *event* is not one that the transition can be taken with, by *user*."""
    if event.merged_into_id:
        raise ValidationError(f"It was merged into “{event.merged_into.slug}”: change that one.")
    if event.review not in transition.sources:
        raise ValidationError(transition.only)
    if transition.step == Step.PUBLISH:
        if not event.claims.exists():
            raise ValidationError("Add a claim first: nothing is published that no source is named for.")
        if lacks_second_pair(event, user):
            raise ValidationError(ONLY_YOU)
