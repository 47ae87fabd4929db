"""Rows that were imported before and say something else now, and rows that join an event that stands already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from events.bulk import WholeEvent
from events.importing.contents import FIELDS, PARTY, content_of, likeness_of
from events.importing.drafts import Draft
from events.importing.report import Report
from events.models import Claim, Event, ImportedRow, Participation
from events.models.events import Review
from events.recording import Recording

CLAIM = ("source_id", "stance", "locator")
DELETED = "a person deleted it"
OVERRULED = "a person changed it since it was imported"
WITHDRAWN = "it was withdrawn"

Told = tuple[ImportedRow, Draft, WholeEvent]


class Standing:
    """An event as it stands, with its rows, locked to the end of the batch."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.participations = list(event.participations.order_by("pk"))
        self.claims = list(event.claims.order_by("pk").select_related("source"))

    @property
    def content(self) -> int:
        return content_of(self.event, self.participations, self.claims)


def update(unit: Recording | None, changed: Sequence[Told], joining: Sequence[Told], report: Report) -> None:
    """Bring *changed* rows and those *joining* into the events that stand, unless a person overruled them.

    Without *unit* nothing is written, only counted.
    """
    keys = {row.event_id for row, _, _ in (*changed, *joining)}
    events = Event.objects.filter(pk__in=keys).order_by("pk")
    standing = {event.pk: Standing(event) for event in (events.select_for_update() if unit else events)}
    for row, draft, whole in changed:
        if _revise(unit, row, draft, whole, standing.get(row.event_id), report):
            report.unchanged -= 1
            report.updated += 1
    for row, draft, whole in joining:
        _join(unit, row, draft, whole, standing.get(row.event_id), report)


def _revise(
    unit: Recording | None, row: ImportedRow, draft: Draft, whole: WholeEvent, standing: Standing | None,
    report: Report,
) -> bool:
    """Make the event what its changed row says; whether that changed it."""
    if why := _overruled(row, standing):
        report.leave_alone(draft.slug, why)
        return False
    wanted = {_identity(claim, CLAIM): claim for claim in whole.claims}
    if standing.event.imported_rows.exclude(pk=row.pk).exists():
        # Other rows put claims here, too: which of them this row's claim was cannot be told.
        wanted = {_identity(claim, CLAIM): claim for claim in standing.claims} | wanted
    if content_of(whole.event, whole.participations, wanted.values()) == row.content:
        if unit:
            ImportedRow.objects.filter(pk=row.pk).update(digest=draft.digest)
        return False
    if unit is None:
        return True
    for name in (*FIELDS, "date"):
        setattr(standing.event, name, getattr(whole.event, name))
    standing.event.save()
    parties = {_identity(party, PARTY): party for party in whole.participations}
    _replace(standing.event, standing.participations, parties, PARTY)
    _replace(standing.event, standing.claims, wanted, CLAIM, ("date", "figures", "note"))
    after = Standing(standing.event)
    row.digest, row.content = draft.digest, after.content
    row.likeness = likeness_of(after.event, after.participations)
    row.fingerprint = draft.fingerprint
    row.save()
    return True


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


def _overruled(row: ImportedRow, standing: Standing | None) -> str:
    """Why the import has no say over the event any more, or ""."""
    if standing is None:
        return DELETED
    if standing.event.review == Review.WITHDRAWN:
        return WITHDRAWN
    return OVERRULED if standing.content != row.content else ""


def _join(
    unit: Recording | None, row: ImportedRow, draft: Draft, whole: WholeEvent, standing: Standing | None,
    report: Report,
) -> None:
    """Let *draft* be a further row of the event that *row* made, with its claims where they tell something new."""
    why = _overruled(row, standing)
    if why:
        report.leave_alone(standing.event.slug if standing else row.external_id, why)
    if unit is None:
        return
    if not why:
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
