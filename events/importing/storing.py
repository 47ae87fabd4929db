"""A batch of drafts → the record: which rows are new, are known, join an event, or were overruled by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from events.bulk import WholeEvent
from events.importing.batches import Batch, key_of
from events.importing.contents import brief_of, content_of, likeness_of
from events.importing.drafts import Draft, Row
from events.importing.foreseeing import Foreseen
from events.importing.likenesses import Likenesses
from events.importing.matching import Names
from events.importing.problems import Rejected
from events.importing.report import Report
from events.importing.resolving import Resolver
from events.importing.seen import Seen
from events.importing.sources import Sources
from events.importing.standing import DELETED, Standing
from events.importing.stored import Stored
from events.models import Event, ImportedRow
from events.models.events import Review
from events.recording import Recording

JOINED_BEFORE = (
    "{!r} was imported before, as a further claim on an event, and says something else now: change that claim by hand."
)
NOT_IMPORTED = "the record has it otherwise, and not from such a file"


class Store:
    """Stores batches of rows, of one file after the other: decides about each row by what those before it come to, and
    then has all of a batch written.
    """

    def __init__(self, *, publish: bool, dry_run: bool = False) -> None:
        names = Names.of_the_record()
        self.publish = publish
        self.stored = Foreseen() if dry_run else Stored()
        self.sources = Sources(names, self.stored)
        self.resolver = Resolver(names, self.sources, Review.PUBLISHED if publish else Review.IN_REVIEW)
        self.likenesses = Likenesses()
        self.seen = Seen()

    def close(self) -> None:
        self.seen.close()
        self.stored.close()

    def begin(self) -> None:
        """Begin with a file: what stood in the one before counts no more."""
        self.seen.close()
        self.seen = Seen()

    def remember(self, drafts: Iterable[Draft | Rejected]) -> None:
        """Take note of *drafts* that an earlier run of the same file has brought in: of one id the first one counts."""
        marks: dict[int, int] = {}
        for draft in drafts:
            if isinstance(draft, Draft):
                marks.setdefault(hash(key_of(draft)), draft.digest)
        self.seen.note(marks | self.seen.of(marks))

    def decide(self, rows: Sequence[tuple[Row, Draft | Rejected]], report: Report) -> Batch:
        """What is to become of *rows*, counted in *report*; it is to be written before it is asked for others."""
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
        for standing in batch.changed():
            standing.left_by.content = standing.content()
            batch.rows[standing.left_by.pk] = standing.left_by
        batch.alike = self.likenesses.find(batch, self.stored)
        report.alike += len(batch.alike)
        return batch

    def write(self, unit: Recording | None, batch: Batch) -> None:
        """Bring *batch* into what is stored, in *unit*; None in a dry run."""
        self.stored.write(unit, batch, *self.sources.taken_in())

    def _look_up(self, drafts: Sequence[Draft]) -> Batch:
        """All that decides about *drafts*: a fixed number of queries."""
        self.sources.look_up(drafts)
        known = {}
        for dataset in {draft.dataset for draft in drafts}:
            ids = [draft.external_id for draft in drafts if draft.dataset == dataset]
            for row in self.stored.rows("external_id", ids, dataset=dataset):
                known[dataset, row.external_id] = row
        fresh = [draft for draft in drafts if key_of(draft) not in known]
        told: dict[int, list[ImportedRow]] = defaultdict(list)
        for row in self.stored.rows("fingerprint", {draft.fingerprint for draft in fresh} - {None}):
            told[row.fingerprint].append(known.get((row.dataset, row.external_id), row))
        changed = [row for draft in drafts if (row := known.get(key_of(draft))) and row.digest != draft.digest]
        events = {row.event_id for rows in (changed, *told.values()) for row in rows} - {None}
        standing = {whole.event.pk: Standing.of(whole) for whole in self.stored.events(events)}
        for row in self.stored.rows("event_id", standing, "event_id", "fingerprint"):
            standing[row.event_id].fingerprints.append(row.fingerprint)
        return Batch(
            self.seen.of(hash(key_of(draft)) for draft in drafts),
            known,
            told,
            standing,
            self.stored.addresses({draft.slug for draft in fresh}),
            zip(*(self.stored.keys(model, len(fresh)) for model in (Event, ImportedRow)), strict=True),
        )

    def _decide(self, batch: Batch, row: Row, draft: Draft, report: Report) -> str:
        """What is to become of *draft*, done in *batch*; the count that it belongs to. Raises Rejected."""
        key = key_of(draft)
        twice = f"The id {draft.external_id!r} stands in the file twice, for different things."
        # Among rejected rows that are not mended, it would take the place of the one that came in.
        if batch.seen.setdefault(hash(key), draft.digest) != draft.digest or row.because == twice:
            raise Rejected(twice)
        known = batch.known.get(key)
        if known is None:
            return self._decide_new(batch, draft, report)
        return "unchanged" if known.digest == draft.digest else self._decide_known(batch, known, draft, report)

    def _decide_new(self, batch: Batch, draft: Draft, report: Report) -> str:
        whole = self.resolver.whole(draft)
        if draft.fingerprint is not None and (told := batch.told[draft.fingerprint]):
            self._join(batch, told[0], draft, whole, report)
            return "merged"
        if draft.slug in batch.addresses:
            return self._compare(batch.addresses[draft.slug], draft, whole, report)
        self.sources.take_in(whole.claims)
        batch.create(draft, whole, likeness_of(whole.event, whole.participations))
        return "created"

    def _join(self, batch: Batch, row: ImportedRow, draft: Draft, whole: WholeEvent, report: Report) -> None:
        """Let *draft* tell of the event that *row* made; nothing new where a person has the say over that."""
        standing = batch.standing.get(row.event_id)
        if why := standing.overruled(row) if standing else DELETED:
            report.leave_alone(standing.event.slug if standing else row.external_id, why)
        else:
            standing.join(row, whole.claims)
        self.sources.take_in(whole.claims)
        batch.join(draft, row.event_id)

    def _decide_known(self, batch: Batch, row: ImportedRow, draft: Draft, report: Report) -> str:
        standing = batch.standing.get(row.event_id)
        if standing is None:
            report.leave_alone(draft.external_id, DELETED)
            return "unchanged"
        whole = self.resolver.whole(draft)
        if row.content is None:
            # Its claim alone was taken over: whatever else it says may be otherwise now.
            if draft.fingerprint not in standing.fingerprints or not standing.tells(whole.claims):
                raise Rejected(JOINED_BEFORE.format(draft.external_id))
        elif why := standing.overruled(row):
            report.leave_alone(draft.slug, why)
            return "unchanged"
        elif standing.revise(row, whole):
            self.sources.take_in(whole.claims)
            batch.change(row, draft)
            batch.move(row, draft.fingerprint)
            return "updated"
        batch.change(row, draft)
        return "unchanged"

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
