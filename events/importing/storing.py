"""A batch of drafts → the record: which rows are new, are known, join an event, or were overruled by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from events.bulk import WholeEvent, create_events
from events.importing.contents import content_of, likeness_of
from events.importing.drafts import Draft, Row
from events.importing.likenesses import Likenesses
from events.importing.matching import Names
from events.importing.problems import Rejected
from events.importing.report import Report
from events.importing.resolving import Resolver
from events.importing.sources import Sources
from events.importing.updating import DELETED, Told, add_claims, update
from events.models import Address, Event, ImportedRow, LikelyDuplicate
from events.models.events import Review
from events.recording import Recording
from events.rows import insert_rows

Key = tuple[str, str]  #: dataset and external id
ROW = ("dataset", "external_id", "event_id", "digest", "content", "fingerprint", "likeness")
NOT_IMPORTED = "the record has it otherwise, and not from such a file"


@dataclass
class New:
    """A new event of this batch, with the drafts that tell of it: the first one made it."""

    whole: WholeEvent
    drafts: list[Draft]
    likeness: int | None = None


@dataclass
class Batch:
    """What becomes of one batch, before any of it is written."""

    known: dict[Key, ImportedRow]
    told: dict[int, ImportedRow]  #: the rows that made events, by fingerprint
    present: dict[str, Event]  #: events of the record under the slugs of new ones
    taken: set[str]  #: slugs that once were, or lead to, other events
    new: dict[Key, New] = field(default_factory=dict)
    joining: list[Told] = field(default_factory=list)
    changed: list[Told] = field(default_factory=list)
    joined: dict[Key, New] = field(default_factory=dict)
    told_here: dict[int, New] = field(default_factory=dict)


class Store:
    """Stores batches. With ``dry``, decides all the same and writes nothing."""

    def __init__(self, *, publish: bool, dry: bool) -> None:
        names = Names.of_the_record()
        self.sources = Sources(names.organizations)
        self.resolver = Resolver(names, self.sources, Review.PUBLISHED if publish else Review.IN_REVIEW)
        self.likenesses = Likenesses()
        self.dry = dry
        self.would: set[int] = set()  #: of a dry run: keys and fingerprints that earlier batches would have stored

    def store(
        self, unit: Recording | None, rows: Sequence[tuple[Row, Draft | Rejected]], report: Report
    ) -> list[tuple[Row, str]]:
        """Bring *rows* into the record in *unit* (None for a dry run), counted in *report*.

        Returns the rejected ones, each with its reason.
        """
        drafts = [draft for _, draft in rows if isinstance(draft, Draft)]
        batch = self._look_up(drafts)
        rejects = []
        for row, draft in rows:
            try:
                if isinstance(draft, Rejected):
                    raise draft
                report.count(self._decide(batch, draft, report))
            except Rejected as problem:
                report.count("rejected")
                rejects.append((row, str(problem)))
        if unit is not None:
            self._write(unit, batch, report)
        else:
            update(None, batch.changed, batch.joining, report)
            self.would.update(hash(key) for key in (*batch.new, *batch.joined))
            self.would.update(batch.told_here)
        return rejects

    def _look_up(self, drafts: Sequence[Draft]) -> Batch:
        """All that decides about *drafts*: a fixed number of queries."""
        self.sources.look_up(drafts)
        known: dict[Key, ImportedRow] = {}
        for dataset in {draft.dataset for draft in drafts}:
            ids = [draft.external_id for draft in drafts if draft.dataset == dataset]
            for row in ImportedRow.objects.filter(dataset=dataset, external_id__in=ids):
                known[dataset, row.external_id] = row
        fresh = [draft for draft in drafts if (draft.dataset, draft.external_id) not in known]
        marks = {draft.fingerprint for draft in fresh if draft.fingerprint is not None}
        told = ImportedRow.objects.filter(fingerprint__in=marks) if marks else ()
        slugs = {draft.slug for draft in fresh}
        return Batch(
            known,
            {row.fingerprint: row for row in told},
            {event.slug: event for event in Event.objects.filter(slug__in=slugs)} if slugs else {},
            set(Address.objects.filter(resource=Event.resource, slug__in=slugs).values_list("slug", flat=True)),
        )

    def _decide(self, batch: Batch, draft: Draft, report: Report) -> str:
        """What is to become of *draft*, noted in *batch*; the count that it belongs to. Raises Rejected."""
        key = (draft.dataset, draft.external_id)
        row = batch.known.get(key)
        if row is not None:
            return self._decide_known(batch, draft, row, report)
        earlier = batch.new.get(key) or batch.joined.get(key)
        if earlier is not None or hash(key) in self.would:
            if earlier is not None and all(each.digest != draft.digest for each in earlier.drafts):
                raise Rejected(f"The id {draft.external_id!r} stands in the file twice, for different things.")
            return "unchanged"
        whole = self.resolver.whole(draft)
        if draft.fingerprint is not None:
            new = batch.told_here.get(draft.fingerprint)
            if new is not None:
                add_claims(new.whole.claims, whole.claims)
                new.drafts.append(draft)
                batch.joined[key] = new
                return "merged"
            if draft.fingerprint in batch.told:
                batch.joining.append((batch.told[draft.fingerprint], draft, whole))
                return "merged"
            if draft.fingerprint in self.would:
                return "merged"
        if draft.slug in batch.present or draft.slug in batch.taken:
            return self._compare(batch.present.get(draft.slug), draft, whole, report)
        batch.taken.add(draft.slug)
        new = batch.new[key] = New(whole, [draft])
        if draft.fingerprint is not None:
            batch.told_here[draft.fingerprint] = new
        return "created"

    def _decide_known(self, batch: Batch, draft: Draft, row: ImportedRow, report: Report) -> str:
        if row.digest == draft.digest:
            return "unchanged"
        if row.event_id is None:
            report.leave_alone(draft.external_id, DELETED)
            return "unchanged"
        if row.content is None:
            raise Rejected(
                f"{draft.external_id!r} was imported before, as a further claim on an event, and says something else "
                "now: change that claim by hand."
            )
        batch.changed.append((row, draft, self.resolver.whole(draft)))
        return "unchanged"  # until it is compared with what the record holds

    def _compare(self, event: Event | None, draft: Draft, whole: WholeEvent, report: Report) -> str:
        """The address is given out. An export means that very event, which stays as it is; other rows are refused."""
        if not draft.exact:
            raise Rejected(f"The address {draft.slug!r} is another event's: give the row or --dataset another id.")
        if event is None:
            report.leave_alone(draft.slug, "it was renamed, merged, deleted or erased here")
        elif content_of(whole.event, whole.participations, whole.claims) != content_of(
            event, event.participations.all(), event.claims.all()
        ):
            report.leave_alone(draft.slug, NOT_IMPORTED)
        return "unchanged"

    def _write(self, unit: Recording, batch: Batch, report: Report) -> None:
        events = list(batch.new.values())
        wholes = [new.whole for new in events]
        used = [*wholes, *(whole for _, _, whole in (*batch.joining, *batch.changed))]
        claims = [claim for whole in used for claim in whole.claims]
        self.sources.save([claim.source for claim in claims])
        for claim in claims:
            claim.source_id = claim.source.pk
        if wholes:
            create_events(unit, wholes)
        for new in events:
            new.likeness = likeness_of(new.whole.event, new.whole.participations)
        insert_rows(ImportedRow._meta.db_table, ROW, rows_of(events))
        report.alike += self._mark_alike(events)
        update(unit, batch.changed, batch.joining, report)

    def _mark_alike(self, events: Iterable[New]) -> int:
        """Note which of the new *events* look like others, for a person to say; how many do."""
        marked = self.likenesses.find((new.whole.event.pk, new.likeness) for new in events)
        pairs = [LikelyDuplicate(event_id=event, other_id=other) for event, other in marked]
        return len(LikelyDuplicate.objects.bulk_create(pairs))


def rows_of(events: Iterable[New]) -> list[tuple]:
    """The bookkeeping of new events, in the order of ROW: a row for each draft, the first with what the event is told
    by.
    """
    rows: list[tuple] = []
    for new in events:
        whole, (first, *others) = new.whole, new.drafts
        content = content_of(whole.event, whole.participations, whole.claims)
        marks = (content, first.fingerprint, new.likeness)
        rows.append((first.dataset, first.external_id, whole.event.pk, first.digest, *marks))
        rows += [(draft.dataset, draft.external_id, whole.event.pk, draft.digest, None, None, None) for draft in others]
    return rows
