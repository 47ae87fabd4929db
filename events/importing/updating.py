"""Rows that were imported before and say something else now, and rows that join an event that stands already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import chain
from typing import TypeVar

from events.bulk import WholeEvent, change_events
from events.importing.contents import FIELDS, PARTY, content_of, likeness_of
from events.importing.drafts import ClaimDraft, Draft
from events.models import Claim, Event, ImportedRow, Participation, Source
from events.models.events import Review
from events.recording import Recording

CLAIM = ("source_id", "stance", "locator")
DELETED = "a person deleted it"
OVERRULED = "a person changed it since it was imported"
WITHDRAWN = "it was withdrawn"

Told = tuple[ImportedRow, Draft, WholeEvent]
Row = TypeVar("Row", Claim, Participation)
Telling = tuple[str, str, str, str]  #: source, stance, and the note or, where there is none, the place


class Standing:
    """An event as it stands, and as the rows that tell of it make it, one after the other, until that is written."""

    def __init__(self, before: WholeEvent) -> None:
        self.before = before
        self.whole = WholeEvent(before.event, list(before.participations), list(before.claims))
        self.rows = 0  #: that made or joined it

    @classmethod
    def of(cls, keys: Iterable[int], *, locked: bool) -> dict[int, Standing]:
        """The events of these *keys* that there are; *locked* to the end of the transaction, if so wished."""
        events = Event.objects.filter(pk__in=keys).order_by("pk")
        found = WholeEvent.read(events.select_for_update() if locked else events)
        standing = {before.event.pk: cls(before) for before in found}
        sources = Source.objects.in_bulk({claim.source_id for before in found for claim in before.claims})
        for claim in chain.from_iterable(before.claims for before in found):
            claim.source = sources[claim.source_id]
        for event in ImportedRow.objects.filter(event__in=standing).values_list("event", flat=True):
            standing[event].rows += 1
        return standing

    @property
    def event(self) -> Event:
        return self.whole.event

    @property
    def claims(self) -> list[Claim]:
        return self.whole.claims

    @property
    def content(self) -> int:
        return content_of(self.whole.event, self.whole.participations, self.whole.claims)


def overruled(row: ImportedRow, standing: Standing | None) -> str:
    """Why the import has no say over the event any more, or ""."""
    if standing is None:
        return DELETED
    if standing.event.review == Review.WITHDRAWN:
        return WITHDRAWN
    return OVERRULED if standing.content != row.content else ""


def says_otherwise(row: ImportedRow, whole: WholeEvent, standing: Standing) -> bool:
    """Whether *whole*, which *row* says now, is anything else than the import made of it."""
    claims = _claims_wanted(whole, standing).values()
    return content_of(whole.event, whole.participations, claims) != row.content


def telling_of(source: str, claim: Claim | ClaimDraft) -> Telling:
    """What *claim*, of a *source* with this id, tells, word for word; and where only if its note does not say that."""
    return source, claim.stance, claim.note, "" if claim.note else claim.locator


def tellings_of(claims: Iterable[Claim]) -> set[Telling]:
    return {telling_of(claim.source.slug, claim) for claim in claims}


def made_by(row: ImportedRow, draft: Draft) -> bool:
    """Whether *draft* is what *row* says now, and no other row that joins its event."""
    return (row.dataset, row.external_id) == (draft.dataset, draft.external_id)


def update(unit: Recording, further: Sequence[Told], standing: Mapping[int, Standing]) -> None:
    """Bring what rows tell of the events that are *standing*, by key, into them, one after the other, and write it in
    *unit*: rows that say something else now, and others that join.
    """
    changed: dict[int, Standing] = {}
    for row, draft, whole in further:
        there = standing.get(row.event_id)
        if made_by(row, draft):
            _revise(row, draft, whole, there)
        elif not _join(row, whole, there):
            continue
        changed[row.event_id] = there
    change_events(unit, [(each.before, each.whole) for each in changed.values()])


def others_tell(standing: Standing) -> bool:
    """Whether several rows put claims on the event: which of them the claim of one was cannot be told."""
    return standing.rows > 1


def replaced(whole: WholeEvent, standing: Standing, others: bool) -> set[Telling]:
    """What is no longer told of the event once its row says *whole*."""
    identities = {_identity(claim, CLAIM) for claim in whole.claims}
    gone = (claim for claim in standing.claims if not others or _identity(claim, CLAIM) in identities)
    return tellings_of(gone) - tellings_of(whole.claims)


def _claims_wanted(whole: WholeEvent, standing: Standing) -> dict[tuple, Claim]:
    wanted = {_identity(claim, CLAIM): claim for claim in whole.claims}
    if others_tell(standing):
        wanted = {_identity(claim, CLAIM): claim for claim in standing.claims} | wanted
    return wanted


def _revise(row: ImportedRow, draft: Draft, whole: WholeEvent, standing: Standing) -> None:
    """Make the event what its changed row says."""
    claims = _claims_wanted(whole, standing).values()
    there, event = standing.whole, copy(standing.event)
    for name in (*FIELDS, "date"):
        setattr(event, name, getattr(whole.event, name))
    there.event = event
    there.participations = _in_place(event, there.participations, whole.participations, PARTY)
    there.claims = _in_place(event, there.claims, claims, CLAIM)
    row.digest, row.content = draft.digest, standing.content
    row.likeness = likeness_of(event, there.participations)
    row.fingerprint = draft.fingerprint


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


def _join(row: ImportedRow, whole: WholeEvent, standing: Standing | None) -> bool:
    """Let another row join the event that *row* made, and *whole*'s claims where they tell something new; whether they
    did. Where a person overruled that they do not.
    """
    if standing is None:
        return False
    standing.rows += 1
    if overruled(row, standing):
        return False
    added = add_claims(standing.claims, whole.claims)
    for claim in added:
        claim.event_id = standing.event.pk
    row.content = standing.content
    return bool(added)


def add_claims(there: list[Claim], further: Iterable[Claim]) -> list[Claim]:
    """Put those of *further* to the claims *there* that were not told before; returns them.

    The other half of a mirrored pair comes out of the same sentence, and so tells nothing new.
    """
    added = []
    for claim in further:
        told = any(
            claim.source.slug == other.source.slug and claim.stance == other.stance
            and (claim.locator == other.locator or claim.note and claim.note == other.note)
            for other in there
        )  # fmt: skip
        if not told:
            there.append(claim)
            added.append(claim)
    return added
