"""A batch of drafts → the record: which rows are new, are known, join an event, or were overruled by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from events.bulk import WholeEvent, create_events
from events.importing.batches import CHANGED, GONE, LIKE, NEW, ROW, Batch, New, changed_rows, key_of, likes_of, rows_of
from events.importing.contents import brief_of, content_of, likeness_of
from events.importing.drafts import Draft, Row
from events.importing.foreseeing import Key, as_fingerprint, as_joined, as_reworded, as_said, said_of, told_of
from events.importing.likenesses import Likenesses
from events.importing.matching import Names
from events.importing.problems import Rejected
from events.importing.report import Report
from events.importing.resolving import Resolver
from events.importing.seen import Seen
from events.importing.sources import Sources
from events.importing.updating import (
    DELETED,
    Standing,
    add_claims,
    made_by,
    overruled,
    says_otherwise,
    telling_of,
    update,
)
from events.models import Address, Event, ImportedRow, LikelyDuplicate
from events.models.events import Review
from events.recording import Recording
from events.rows import insert_rows, update_rows

JOINED_BEFORE = (
    "{!r} was imported before, as a further claim on an event, and says something else now: change that claim by hand."
)
NOT_IMPORTED = "the record has it otherwise, and not from such a file"


class Store:
    """Stores batches. With ``would`` it is a dry run: it decides all the same, writes nothing, and notes there what it
    would have stored, of one file after the other.
    """

    def __init__(self, *, publish: bool, would: Seen | None = None) -> None:
        names = Names.of_the_record()
        self.sources = Sources(names)
        self.resolver = Resolver(names, self.sources, Review.PUBLISHED if publish else Review.IN_REVIEW)
        self.likenesses = Likenesses()
        self.seen = Seen()
        self.would = would

    def close(self) -> None:
        self.seen.close()

    def remember(self, drafts: Iterable[Draft | Rejected]) -> None:
        """Take note of *drafts* that an earlier run of the same file has brought in: of one id the first one counts."""
        marks: dict[int, int] = {}
        for draft in drafts:
            if isinstance(draft, Draft):
                marks.setdefault(hash(key_of(draft)), draft.digest)
        self.seen.note(marks | self.seen.of(marks))

    def decide(self, rows: Sequence[tuple[Row, Draft | Rejected]], report: Report) -> Batch:
        """What is to become of *rows*, counted in *report*: in a dry run that is noted, else it is to be written."""
        batch = self._look_up([draft for _, draft in rows if isinstance(draft, Draft)])
        for row, draft in rows:
            try:
                if isinstance(draft, Rejected):
                    raise draft
                report.count(self._decide(batch, row, draft, report))
            except Rejected as problem:
                report.count("rejected")
                batch.rejected.append((row, str(problem)))
        self.seen.note(batch.seen)
        if self.would is not None:
            self._foresee(batch)
            return batch
        self.sources.give_keys(chain.from_iterable(whole.participations for whole in batch.wholes()))
        for new in batch.new:
            new.likeness = likeness_of(new.whole.event, new.whole.participations)
        changed = {
            row.event_id: likeness_of(whole.event, whole.participations)
            for row, draft, whole in batch.further if made_by(row, draft)
        }  # fmt: skip
        batch.alike = self.likenesses.find(batch.new, changed)
        report.alike += len(batch.alike)
        return batch

    def _look_up(self, drafts: Sequence[Draft]) -> Batch:
        """All that decides about *drafts*: a fixed number of queries."""
        self.sources.look_up(drafts)
        known: dict[Key, ImportedRow] = {}
        for dataset in {draft.dataset for draft in drafts}:
            ids = [draft.external_id for draft in drafts if draft.dataset == dataset]
            for row in ImportedRow.objects.filter(dataset=dataset, external_id__in=ids):
                known[dataset, row.external_id] = row
        rows = [(draft, known.get(key_of(draft))) for draft in drafts]
        fresh = [draft for draft, row in rows if row is None]
        changed = [(draft, row) for draft, row in rows if row is not None and row.digest != draft.digest]
        would = self._foreseen(drafts, known) if self.would is not None else {}
        marks = {each.fingerprint for each in (*fresh, *chain.from_iterable(changed))} - would.keys() - {None}
        told = self._told(marks, known) if marks else {}
        joined = {row.event_id for _, row in changed if row.content is None} - {None}
        events = {row.event_id for row in chain((row for _, row in changed), *told.values())} - {None}
        slugs = {draft.slug for draft in fresh}
        return Batch(
            self.seen.of(hash(key_of(draft)) for draft in drafts),
            would,
            known,
            told,
            set(ImportedRow.objects.filter(event__in=joined).values_list("event", "fingerprint")) if joined else set(),
            Standing.of(events, locked=self.would is None) if events else {},
            {event.slug: event for event in Event.objects.filter(slug__in=slugs)} if slugs else {},
            set(Address.objects.filter(resource=Event.resource, slug__in=slugs).values_list("slug", flat=True)),
        )

    @staticmethod
    def _told(marks: Iterable[int], known: dict[Key, ImportedRow]) -> dict[int, list[ImportedRow]]:
        """The rows that made events, by those *marks* that are their fingerprints; where they are *known*, those."""
        told: dict[int, list[ImportedRow]] = defaultdict(list)
        for row in ImportedRow.objects.filter(fingerprint__in=marks).order_by("pk"):
            told[row.fingerprint].append(known.get((row.dataset, row.external_id), row))
        return told

    def _foreseen(self, drafts: Sequence[Draft], known: dict[Key, ImportedRow]) -> dict[int, int]:
        """What earlier batches of a dry run would have stored that decides about *drafts*."""
        marks = {mark for draft in drafts for mark in (hash(key_of(draft)), hash(draft.slug), draft.fingerprint)}
        marks |= {as_reworded(key_of(draft)) for draft in drafts}
        for draft in drafts:
            row = known.get(key_of(draft))
            if row is not None:
                tellings = [telling_of(claim.source.id, claim) for claim in draft.claims]
                marks |= {hash((row.event_id, mark)) for mark in (draft.fingerprint, "joined", *tellings)}
                marks.add(row.fingerprint)
        would = self.would.of(marks - {None})
        again = [key_of(draft) for draft in drafts if would.get(hash(key_of(draft)), draft.digest) != draft.digest]
        return would | self.would.of(mark(key) for key in again for mark in (as_said, as_joined, as_fingerprint))

    def _foresee(self, batch: Batch) -> None:
        """Note what *batch* would have stored: ids, addresses, and which event is now told of by what."""
        would = {hash(key): digest for key, digest in batch.done.items()}
        would |= {as_reworded((row.dataset, row.external_id)): row.digest for row in batch.same}
        would |= {hash(new.whole.event.slug): NEW for new in batch.new}
        would |= batch.telling | batch.foreseen | batch.tellers
        changed = [(row, draft) for row, draft, _ in batch.further if made_by(row, draft)]
        moved = [(row, draft) for row, draft in changed if row.fingerprint != draft.fingerprint]
        would |= {hash((row.event_id, row.fingerprint)): GONE for row, _ in moved}
        would |= {hash((row.event_id, draft.fingerprint)): NEW for row, draft in moved}
        self.would.note(would)

    def _decide(self, batch: Batch, row: Row, draft: Draft, report: Report) -> str:
        """What is to become of *draft*, noted in *batch*; the count that it belongs to. Raises Rejected."""
        key = key_of(draft)
        twice = f"The id {draft.external_id!r} stands in the file twice, for different things."
        # Among rejected rows that are not mended, it would take the place of the one that came in.
        if batch.seen.setdefault(hash(key), draft.digest) != draft.digest or row.because == twice:
            raise Rejected(twice)
        if key in batch.done:
            return "unchanged"
        would = batch.would.get(hash(key))
        if would == draft.digest:  # of an earlier file of a dry run, or an earlier batch
            return "unchanged"
        decide = self._decide_known if key in batch.known else self._decide_new
        if would is not None:
            decide = self._decide_foreseen
        outcome = decide(batch, draft, report)
        if outcome != "unchanged":
            batch.done[key] = draft.digest
        return outcome

    def _decide_new(self, batch: Batch, draft: Draft, report: Report) -> str:
        whole = self.resolver.whole(draft)
        if draft.fingerprint is not None and self._joins(batch, draft, whole, report):
            self.sources.take_in(whole.claims)
            return "merged"
        if draft.slug in batch.present or draft.slug in batch.taken or hash(draft.slug) in batch.would:
            return self._compare(batch.present.get(draft.slug), draft, whole, report)
        self.sources.take_in(whole.claims)
        batch.taken.add(draft.slug)
        self._note(batch, draft, whole)
        new = New(whole, [draft])
        batch.new.append(new)
        if draft.fingerprint is not None:
            batch.told_here[draft.fingerprint] = new
            batch.move(None, draft.fingerprint)
        return "created"

    def _joins(self, batch: Batch, draft: Draft, whole: WholeEvent, report: Report) -> bool:
        """Whether *draft* tells of an event that another row has made; noted in *batch*."""
        rows = batch.told.get(draft.fingerprint)
        new = batch.told_here.get(draft.fingerprint)
        if rows:  # rather than a new one, which comes after these in every batch that follows, too
            row = rows[0]
            standing = batch.standing.get(row.event_id)
            if why := overruled(row, standing):
                report.leave_alone(standing.event.slug if standing else row.external_id, why)
            batch.join(row, draft, whole, overruled=bool(why))
        elif new is not None:
            add_claims(new.whole.claims, whole.claims)
            new.drafts.append(draft)
        joins = bool(rows or new or batch.told_by(draft.fingerprint))
        if joins and self.would is not None:
            batch.foreseen[as_joined(key_of(draft))] = told_of(draft, whole)
        return joins

    def _decide_known(self, batch: Batch, draft: Draft, report: Report) -> str:
        row = batch.known[key_of(draft)]
        if draft.digest in (row.digest, batch.would.get(as_reworded(key_of(draft)))):
            return "unchanged"
        standing = batch.standing.get(row.event_id)
        if standing is None:
            report.leave_alone(draft.external_id, DELETED)
            return "unchanged"
        whole = self.resolver.whole(draft)
        if row.content is None:
            # Its claim alone was taken over: whatever else it says may be otherwise now.
            there = batch.tell((row.event_id, draft.fingerprint))
            if not there or not batch.tells_already(row.event_id, whole.claims):
                raise Rejected(JOINED_BEFORE.format(draft.external_id))
        elif why := overruled(row, standing):
            report.leave_alone(draft.slug, why)
            return "unchanged"
        elif says_otherwise(row, whole, standing):
            self.sources.take_in(whole.claims)
            self._note(batch, draft, whole)
            batch.change(row, draft, whole)
            return "updated"
        row.digest = draft.digest
        batch.same.append(row)
        return "unchanged"

    def _decide_foreseen(self, batch: Batch, draft: Draft, report: Report) -> str:
        """What would become of *draft*, of a row that an earlier file of a dry run has in other words."""
        key, whole = key_of(draft), self.resolver.whole(draft)
        joined = batch.would.get(as_joined(key))
        if joined is not None and joined != told_of(draft, whole):
            raise Rejected(JOINED_BEFORE.format(draft.external_id))
        if joined is not None or batch.would.get(as_said(key)) == said_of(whole):
            return "unchanged"
        self.sources.take_in(whole.claims)
        self._note(batch, draft, whole)
        before = batch.would.get(as_fingerprint(key))
        if before != draft.fingerprint:
            batch.move(before, draft.fingerprint)
        return "updated"

    def _note(self, batch: Batch, draft: Draft, whole: WholeEvent) -> None:
        """Note of a dry run that *draft* would have made its event, or changed it."""
        if self.would is not None:
            batch.foreseen[as_said(key_of(draft))] = said_of(whole)
            if draft.fingerprint is not None:
                batch.foreseen[as_fingerprint(key_of(draft))] = draft.fingerprint

    def _compare(self, event: Event | None, draft: Draft, whole: WholeEvent, report: Report) -> str:
        """The address is given out. An export means that very event, which stays as it is; other rows are refused."""
        if not draft.exact:
            raise Rejected(f"The address {draft.slug!r} is another event's: give the row or --dataset another id.")
        if event is None:
            report.leave_alone(draft.slug, "it was renamed, merged, deleted or erased here")
            return "unchanged"
        said = brief_of if draft.brief else content_of
        there = said(event, event.participations.all(), event.claims.all())
        if said(whole.event, whole.participations, whole.claims) != there:
            report.leave_alone(draft.slug, NOT_IMPORTED)
        return "unchanged"

    def write(self, unit: Recording, batch: Batch) -> None:
        """Bring *batch* into the record in *unit*: what is asked of the database afterwards waits for all of it."""
        claims = [claim for whole in batch.wholes() for claim in whole.claims]
        self.sources.save(unit, [claim.source for claim in claims])
        for claim in claims:
            claim.source_id = claim.source.pk
        update(unit, batch.further, batch.standing)
        if batch.new:
            create_events(unit, [new.whole for new in batch.new])
        update_rows(ImportedRow._meta.db_table, CHANGED, changed_rows(batch))
        insert_rows(ImportedRow._meta.db_table, ROW, rows_of(batch))
        insert_rows(LikelyDuplicate._meta.db_table, LIKE, likes_of(batch.alike))
