"""An event as rows make it, one after the other: what made it, what joins it, and what has it otherwise now."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import TypeVar

from events.bulk import WholeEvent
from events.importing.contents import FIELDS, PARTY, content_of, likeness_of
from events.models import Claim, Event, ImportedRow, Participation
from events.models.events import Review

CLAIM = ("source_id", "stance", "locator")
DELETED = "a person deleted it"
OVERRULED = "a person changed it since it was imported"
WITHDRAWN = "it was withdrawn"

Row = TypeVar("Row", Claim, Participation)
Telling = tuple[int, str, str, str]  #: source, stance, and the note or, where there is none, the place


class Standing:
    """An event as it stands, and as the rows of a batch make it, until that is written. ``before``: None of a new one.

    Everything in it has the keys under which it refers to others, those that are not written yet included.
    """

    __slots__ = ("before", "fingerprints", "left_by", "whole")

    def __init__(self, before: WholeEvent | None, whole: WholeEvent) -> None:
        self.before = before
        self.whole = whole
        self.fingerprints: list[int | None] = []  #: of its rows; None of one that joined it
        self.left_by: ImportedRow | None = None  #: the row by which the batch changed it, if it did

    @classmethod
    def of(cls, before: WholeEvent) -> Standing:
        return cls(before, WholeEvent(before.event, list(before.participations), list(before.claims)))

    @property
    def event(self) -> Event:
        return self.whole.event

    def content(self) -> int:
        return content_of(self.whole.event, self.whole.participations, self.whole.claims)

    def overruled(self, row: ImportedRow) -> str:
        """Why *row*, by which the import left it, has no say over it any more, or ""."""
        if self.event.review == Review.WITHDRAWN:
            return WITHDRAWN
        return "" if row is self.left_by or row.content == self.content() else OVERRULED

    def tells(self, claims: Iterable[Claim]) -> bool:
        """Whether each of *claims* is among what is told of it, word for word."""
        return set(map(_telling_of, claims)) <= set(map(_telling_of, self.whole.claims))

    def join(self, row: ImportedRow, claims: Iterable[Claim]) -> None:
        """Put those of *claims* to it that were not told before, by another row than *row*, which made it.

        The other half of a mirrored pair comes out of the same sentence, and so tells nothing new.
        """
        there = self.whole.claims
        for claim in claims:
            told = any(
                claim.source_id == other.source_id and claim.stance == other.stance
                and (claim.locator == other.locator or claim.note and claim.note == other.note)
                for other in there
            )  # fmt: skip
            if not told:
                claim.event_id = self.event.pk
                there.append(claim)
                self.left_by = row

    def revise(self, row: ImportedRow, whole: WholeEvent) -> bool:
        """Make it what *row*, which made it, says now: *whole*. Whether that is anything else."""
        claims = self._claims_wanted(whole.claims)
        content = self.content() if row is self.left_by else row.content
        if content_of(whole.event, whole.participations, claims) == content:
            return False
        event = copy(self.event)
        for name in (*FIELDS, "date"):
            setattr(event, name, getattr(whole.event, name))
        self.whole = WholeEvent(
            event,
            _in_place(event, self.whole.participations, whole.participations, PARTY),
            _in_place(event, self.whole.claims, claims, CLAIM),
        )
        row.likeness = likeness_of(event, self.whole.participations)
        self.left_by = row
        return True

    def _claims_wanted(self, claims: Iterable[Claim]) -> list[Claim]:
        """*claims*, and those of others: where several rows tell of it, which claim was that of one is not known."""
        others = self.whole.claims if len(self.fingerprints) > 1 else []
        return list({_identity(claim, CLAIM): claim for claim in (*others, *claims)}.values())


def _telling_of(claim: Claim) -> Telling:
    """What *claim* tells, word for word; and where only if its note does not say that."""
    return claim.source_id, claim.stance, claim.note, "" if claim.note else claim.locator


def _identity(row: Claim | Participation, names: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, name) for name in names)


def _in_place(event: Event, there: Iterable[Row], wanted: Iterable[Row], names: tuple[str, ...]) -> list[Row]:
    """*wanted* as rows of *event*, each in the place of that one of those *there* which is the same by *names*."""
    stood = {_identity(row, names): row for row in there}
    rows = list(wanted)
    for row in rows:
        row.event_id = event.pk
        if known := stood.get(_identity(row, names)):
            row.id, row.version = known.id, known.version
    return rows
