"""What needs doing at the desk: one function a concern, each a queryset of the records that need something.

A concern is named in ``CONCERNS``, from which the admin's front page and the filter beside a list are made alike.
``docs/curating.md`` says the same in words.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from events.models import Claim, Event, LikelyDuplicate, Office, Participation, Source
from events.models.events import Review
from events.vocabulary.stances import Stance
from events.vocabulary.status_terms import Occurrence, Verification

MOST_COUNTED = 1_000  #: beyond it a number is “1,000+”, so that the front page costs the same at any size


@dataclass(frozen=True)
class Concern:
    """Records of *model* that need something. ``name`` stands in addresses; ``why`` is a sentence for the editor.

    ``filtered``: they are some of those in the model's list, not all of them.
    """

    name: str
    label: str
    why: str
    model: type[Model]
    find: Callable[[], QuerySet]
    filtered: bool = True

    def count(self) -> int:
        """How many there are, MOST_COUNTED + 1 where there are more."""
        return self.find().order_by()[: MOST_COUNTED + 1].count()


def standing() -> QuerySet:
    return Event.objects.exclude(review=Review.WITHDRAWN)


def drafts() -> QuerySet:
    return Event.objects.filter(review=Review.DRAFT)


def in_review() -> QuerySet:
    return Event.objects.filter(review=Review.IN_REVIEW)


def overdue(now: float | None = None) -> QuerySet:
    """Planned events whose date has wholly passed by *now*, in seconds since 1970, and of which nothing is reported."""
    passed = int(time.time() if now is None else now)
    return standing().filter(occurrence=Occurrence.PLANNED, date_latest_end__lt=passed)


def of_one_origin() -> QuerySet:
    """Events that one origin alone bears out: *reported*, as no second publisher does more than allege."""
    return standing().filter(derived_verification=Verification.REPORTED)


def unanswered_denials() -> QuerySet:
    """Events with a denial that stands, of which no curator has said what to hold."""
    return standing().filter(derived_verification=Verification.DISPUTED, assessed_verification="")


def contradictory_dates() -> QuerySet:
    """Events of which two sources say that it happened, on dates that have no moment in common.

    What an origin took back counts no more; plans may change, so what is announced contradicts nothing.
    """
    taken_back = Claim.objects.filter(
        event=OuterRef("event"), stance=Stance.RETRACTS, source__publisher=OuterRef("source__publisher")
    )
    dated = Claim.objects.filter(
        ~Exists(taken_back), stance__in=[Stance.REPORTS, Stance.ALLEGES], date_earliest_start__isnull=False
    )
    later = dated.filter(event=OuterRef("event"), date_earliest_start__gt=OuterRef("date_latest_end"))
    return standing().filter(pk__in=dated.filter(Exists(later)).order_by().values("event"))


def sources_without_a_date() -> QuerySet:
    return Source.objects.filter(published=None)


def acting_outside_office() -> QuerySet:
    """Events in which a person acts for a country or an organization without a known office of it at that time."""
    held = Office.objects.filter(
        Q(country=OuterRef("country")) | Q(organization=OuterRef("organization")),
        leader=OuterRef("leader"),
        held_earliest_start__lte=OuterRef("event__date_latest_end"),
        held_latest_end__gte=OuterRef("event__date_earliest_start"),
    )
    acting = Participation.objects.filter(
        Q(country__isnull=False) | Q(organization__isnull=False), ~Exists(held),
        event=OuterRef("pk"), leader__isnull=False, office=None,
    )  # fmt: skip
    return standing().filter(Exists(acting))


def likely_duplicates() -> QuerySet:
    return LikelyDuplicate.objects.open()


def dead_ends() -> QuerySet:
    """Sources at which a chain of hands ends, and which nobody can look up: neither an address nor an archived copy.

    A source that was read through another one is found by way of that one.
    """
    return Source.objects.filter(via=None, url="", archive_url="")


CONCERNS: list[Concern] = [
    Concern("drafts", "Drafts", "Nobody has handed them in for review yet.", Event, drafts),
    Concern("in-review", "In review", "They wait for an editor to publish them.", Event, in_review),
    Concern("overdue", "Planned, and no report", "Their date has passed: did they take place?", Event, overdue),
    Concern("denied", "Denied, not assessed", "A denial stands, and no curator has weighed it.", Event,
            unanswered_denials),
    Concern("contradictory", "Dates that cannot both be right", "Two sources put it on different days.", Event,
            contradictory_dates),
    Concern("one-origin", "One origin", "No second origin bears them out.", Event, of_one_origin),
    Concern("no-office", "Acting outside any known office",
            "A person acts for a country or a body, and no office of theirs there covers the date.", Event,
            acting_outside_office),
    Concern("duplicates", "Likely duplicates", "Merge the two, or dismiss the pair.", LikelyDuplicate,
            likely_duplicates, filtered=False),
    Concern("undated", "Sources without a date", "What they say counts from the day on which they were read.", Source,
            sources_without_a_date),
    Concern("dead-end", "Dead ends of chains", "Nobody can look them up: no address, no copy, no other source.",
            Source, dead_ends),
]  # fmt: skip


def concerns_of(model: type[Model]) -> Iterable[Concern]:
    return (concern for concern in CONCERNS if concern.model is model)
