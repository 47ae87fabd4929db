"""What becomes of one batch of drafts: worked out first, and written after that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from events.bulk import WholeEvent
from events.importing.contents import content_of
from events.importing.drafts import Draft, Row
from events.importing.foreseeing import Key
from events.importing.updating import Standing, Telling, Told, made_by, others_tell, replaced, tellings_of
from events.models import Claim, Event, ImportedRow

ROW = ("dataset", "external_id", "event_id", "digest", "content", "fingerprint", "likeness")
CHANGED = ("digest", "content", "fingerprint", "likeness")
NO_MARKS = (None, None, None)
LIKE = ("event_id", "other_id", "dismissed")
Mark = tuple[int, int]  #: an event's key, and a fingerprint
#: What a dry run notes of that which it would have stored, and of what an event would tell no more.
NEW, GONE = 0, -1


@dataclass
class New:
    """A new event of this batch, with the drafts that tell of it: the first one made it."""

    whole: WholeEvent
    drafts: list[Draft]
    likeness: int | None = None


@dataclass
class Batch:
    """What becomes of one batch, before any of it is written."""

    seen: dict[int, int]  #: digests of the rows of this file up to here, by the hash of their key
    would: dict[int, int]  #: of a dry run: what earlier batches would have stored, by hash or fingerprint
    known: dict[Key, ImportedRow]
    told: dict[int, list[ImportedRow]]  #: the rows that made events, by fingerprint, the first one first
    tells: set[Mark]  #: of the events that known rows joined: what they tell of
    standing: dict[int, Standing]  #: the events of both that may change, by key
    present: dict[str, Event]  #: events of the record under the slugs of new ones
    taken: set[str]  #: slugs that once were, or lead to, other events
    done: dict[Key, int] = field(default_factory=dict)  #: digests of the rows that are new or changed here
    new: list[New] = field(default_factory=list)
    told_here: dict[int, New] = field(default_factory=dict)  #: the same by fingerprint
    further: list[Told] = field(default_factory=list)  #: rows that say something else now, and others that join
    tellers: dict[int, int] = field(default_factory=dict)  #: how many events each fingerprint stands for from here on
    telling: dict[int, int] = field(default_factory=dict)  #: what these make of what events tell, as in ``would``
    foreseen: dict[int, int] = field(default_factory=dict)  #: of a dry run: what rows say and tell that it would store
    same: list[ImportedRow] = field(default_factory=list)  #: that say in other words what they said before
    alike: list[tuple[New, New | int]] = field(default_factory=list)  #: new events, each with the first like it
    rejected: list[tuple[Row, str]] = field(default_factory=list)  #: rows, each with its reason

    def change(self, row: ImportedRow, draft: Draft, whole: WholeEvent) -> None:
        """Let *row* say what *draft* does, and its event be told of by what that says from now on."""
        self.further.append((row, draft, whole))
        standing = self.standing[row.event_id]
        others = self._has((row.event_id, "joined"), others_tell(standing))
        self._note(row.event_id, replaced(whole, standing, others), GONE)
        self._note(row.event_id, tellings_of(whole.claims), NEW)
        before, after = row.fingerprint, draft.fingerprint
        if before != after:
            self.move(before, after)
            self.told[before] = [each for each in self.told.get(before, ()) if each.pk != row.pk]
            self.told[after] = sorted([*self.told.get(after, ()), row], key=attrgetter("pk"))
            self.tells.discard((row.event_id, before))
            self.tells.add((row.event_id, after))

    def move(self, before: int | None, after: int | None) -> None:
        """Let one event more be told of by the fingerprint *after*, and one less by *before*; None for neither."""
        for fingerprint, more in ((before, -1), (after, 1)):
            if fingerprint is not None:
                self.tellers[fingerprint] = self.told_by(fingerprint) + more

    def told_by(self, fingerprint: int) -> int:
        """How many events are told of by *fingerprint*."""
        stored = self.would.get(fingerprint, len(self.told.get(fingerprint, ())))
        return self.tellers.get(fingerprint, stored)

    def join(self, row: ImportedRow, draft: Draft, whole: WholeEvent, *, overruled: bool) -> None:
        """Let *draft* join the event that *row* made; without its claims where a person *overruled* the import."""
        self.further.append((row, draft, whole))
        self.telling[hash((row.event_id, "joined"))] = NEW
        if not overruled:
            self._note(row.event_id, tellings_of(whole.claims), NEW)

    def _note(self, event: int, tellings: Iterable[Telling], what: int) -> None:
        self.telling |= {hash((event, telling)): what for telling in tellings}

    def _has(self, mark: tuple[int, object], there: bool) -> bool:
        """Whether what *mark* stands for holds: by this batch or, else, by earlier ones of a dry run, else *there*."""
        return self.telling.get(hash(mark), self.would.get(hash(mark), NEW if there else GONE)) == NEW

    def tells_already(self, event: int, claims: Iterable[Claim]) -> bool:
        """Whether all of *claims* are told of the *event* with this key."""
        there = tellings_of(self.standing[event].claims)
        return all(self._has((event, telling), telling in there) for telling in tellings_of(claims))

    def wholes(self) -> list[WholeEvent]:
        """All that is to be written, or to be joined with what stands."""
        return [*(new.whole for new in self.new), *(whole for _, _, whole in self.further)]

    def tell(self, mark: Mark) -> bool:
        """Whether an event is told of by rows with a fingerprint."""
        return self.would.get(hash(mark), NEW if mark in self.tells else GONE) == NEW


def key_of(draft: Draft) -> Key:
    return draft.dataset, draft.external_id


def rows_of(batch: Batch) -> list[tuple]:
    """The bookkeeping of rows that were not known, in the order of ROW: of those that join an event that stands, then
    of new events, a row for each draft. The first of these has what the event is told by.
    """
    joined = [(row.event_id, draft) for row, draft, _ in batch.further if not made_by(row, draft)]
    rows: list[tuple] = [(draft.dataset, draft.external_id, event, draft.digest, *NO_MARKS) for event, draft in joined]
    for new in batch.new:
        whole, (first, *others) = new.whole, new.drafts
        content = content_of(whole.event, whole.participations, whole.claims)
        marks = (content, first.fingerprint, new.likeness)
        rows.append((first.dataset, first.external_id, whole.event.pk, first.digest, *marks))
        rows += [(draft.dataset, draft.external_id, whole.event.pk, draft.digest, *NO_MARKS) for draft in others]
    return rows


def changed_rows(batch: Batch) -> list[tuple]:
    """The bookkeeping of known rows as it is now, in the order of CHANGED."""
    rows = {row.pk: row for row in (*(row for row, _, _ in batch.further), *batch.same)}
    return [(row.digest, row.content, row.fingerprint, row.likeness, row.pk) for row in rows.values()]


def likes_of(alike: Iterable[tuple[New, New | int]]) -> list[tuple]:
    """The likely duplicates *alike*, in the order of LIKE, once the new events have their keys."""
    keys = ((new.whole.event.pk, like.whole.event.pk if isinstance(like, New) else like) for new, like in alike)
    return [(event, other, False) for event, other in keys]
