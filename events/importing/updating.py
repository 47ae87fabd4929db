"""Rows that were imported before and say something else now, and rows that join an event that stands already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from events.bulk import WholeEvent
from events.importing.contents import FIELDS, PARTY, content_of, likeness_of
from events.importing.drafts import ClaimDraft, Draft
from events.models import Claim, Event, ImportedRow, Participation
from events.models.events import Review
from events.recording import Recording

CLAIM = ("source_id", "stance", "locator")
DELETED = "a person deleted it"
OVERRULED = "a person changed it since it was imported"
WITHDRAWN = "it was withdrawn"

Told = tuple[ImportedRow, Draft, WholeEvent]
Telling = tuple[str, str, str, str]  #: source, stance, and the note or, where there is none, the place


class Standing:
    """An event as it stands, with its rows."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.participations: list[Participation] = []
        self.claims: list[Claim] = []

    @classmethod
    def of(cls, keys: Iterable[int], *, locked: bool) -> dict[int, Standing]:
        """The events of these *keys* that there are; *locked* to the end of the transaction, if so wished."""
        events = Event.objects.filter(pk__in=keys).order_by("pk")
        standing = {event.pk: cls(event) for event in (events.select_for_update() if locked else events)}
        read_rows(standing)
        return standing

    @property
    def content(self) -> int:
        return content_of(self.event, self.participations, self.claims)


def read_rows(standing: Mapping[int, Standing]) -> None:
    """Read the rows of the events *standing*, by key, as they are now."""
    for each in standing.values():
        each.participations, each.claims = [], []
    for party in Participation.objects.filter(event__in=standing).order_by("pk"):
        standing[party.event_id].participations.append(party)
    for claim in Claim.objects.filter(event__in=standing).order_by("pk").select_related("source"):
        standing[claim.event_id].claims.append(claim)


def overruled(row: ImportedRow, standing: Standing | None) -> str:
    """Why the import has no say over the event any more, or ""."""
    if standing is None:
        return DELETED
    if standing.event.review == Review.WITHDRAWN:
        return WITHDRAWN
    return OVERRULED if standing.content != row.content else ""


def says_otherwise(row: ImportedRow, whole: WholeEvent, standing: Standing) -> bool:
    """Whether *whole*, which *row* says now, is anything else than the import made of it."""
    claims = _claims_wanted(row, whole, standing).values()
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
    """Bring what rows tell of the events that are *standing*, by key, into them, one after the other, in *unit*: rows
    that say something else now, and others that join.
    """
    # All at once: as each is saved, it would be looked for one by one.
    unit.foresee(
        standing[row.event_id].event for row, draft, whole in further
        if row.event_id in standing
        and (made_by(row, draft) or tellings_of(whole.claims) - tellings_of(standing[row.event_id].claims))
    )  # fmt: skip
    for row, draft, whole in further:
        if made_by(row, draft):
            _revise(row, draft, whole, standing[row.event_id])
        else:
            _join(row, draft, whole, standing.get(row.event_id))


def others_tell(row: ImportedRow, standing: Standing) -> bool:
    """Whether other rows put claims on the event, too: which of them the claim of *row* was cannot be told."""
    return standing.event.imported_rows.exclude(pk=row.pk).exists()


def replaced(whole: WholeEvent, standing: Standing, others: bool) -> set[Telling]:
    """What is no longer told of the event once its row says *whole*."""
    identities = {_identity(claim, CLAIM) for claim in whole.claims}
    gone = (claim for claim in standing.claims if not others or _identity(claim, CLAIM) in identities)
    return tellings_of(gone) - tellings_of(whole.claims)


def _claims_wanted(row: ImportedRow, whole: WholeEvent, standing: Standing) -> dict[tuple, Claim]:
    wanted = {_identity(claim, CLAIM): claim for claim in whole.claims}
    if others_tell(row, standing):
        wanted = {_identity(claim, CLAIM): claim for claim in standing.claims} | wanted
    return wanted


def _revise(row: ImportedRow, draft: Draft, whole: WholeEvent, standing: Standing) -> None:
    """Make the event what its changed row says."""
    for name in (*FIELDS, "date"):
        setattr(standing.event, name, getattr(whole.event, name))
    standing.event.save()
    parties = {_identity(party, PARTY): party for party in whole.participations}
    wanted = _claims_wanted(row, whole, standing)
    _replace(standing.event, standing.participations, parties, PARTY)
    _replace(standing.event, standing.claims, wanted, CLAIM, ("date", "figures", "note"))
    read_rows({standing.event.pk: standing})
    row.digest, row.content = draft.digest, standing.content
    row.likeness = likeness_of(standing.event, standing.participations)
    row.fingerprint = draft.fingerprint
    row.save()


def _identity(row: Claim | Participation, names: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, name) for name in names)


def _replace(
    event: Event, there: list, wanted: dict[tuple, Claim | Participation], names: tuple[str, ...],
    details: tuple[str, ...] = (),
) -> None:
    """Make the rows *there* of *event* those *wanted*: who is the same by *names* stays, with new *details*."""
    kept = {_identity(row, names): row for row in there}
    for identity, row in kept.items():
        if identity not in wanted:
            row.delete()
    for identity, row in wanted.items():
        known = kept.get(identity)
        if known is None:
            row.event = event
            row.save()
        elif known is not row:
            for name in details:
                setattr(known, name, getattr(row, name))
            known.save()


def _join(row: ImportedRow, draft: Draft, whole: WholeEvent, standing: Standing | None) -> None:
    """Let *draft* be a further row of the event that *row* made, with its claims where they tell something new, unless
    a person overruled that.
    """
    if not overruled(row, standing):
        for claim in add_claims(standing.claims, whole.claims):
            claim.event = standing.event
            claim.save()
        row.content = standing.content
        row.save()
    ImportedRow.objects.create(
        dataset=draft.dataset, external_id=draft.external_id, event_id=row.event_id, digest=draft.digest
    )


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
