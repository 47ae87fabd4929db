"""The import of files, from the first check to the last batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from os.path import realpath  # Path.resolve() fails at a link that leads to itself
from pathlib import Path
from typing import Any

from django.db import transaction

from events.affected import MOST_AT_ONCE
from events.batched import batched
from events.importing.batches import Batch
from events.importing.drafts import Draft, Row
from events.importing.formats import Format
from events.importing.journal import Journal, finish
from events.importing.packing import stem_of
from events.importing.problems import ImportRefused, Rejected
from events.importing.registry import open_format
from events.importing.rejects import Rejects
from events.importing.report import MOST_NAMED, Report
from events.importing.storing import Store
from events.planning import look_again
from events.recording import recording

#: Told of every batch: the file, its rows up to here, and how many it has in all, about.
Told = Callable[[Path, int, int], None]
#: Told, inside the transaction of every batch, of the rejects up to here: what is made of them stands or falls with it.
Keep = Callable[[Path], None]


@dataclass(frozen=True)
class How:
    """How files are to be imported. ``publish`` None: Chancery's own exports are published, others are held."""

    format: str
    mapping: Path | None = None
    dataset: str = ""
    publish: bool | None = None
    dry_run: bool = False
    rejects: Path | None = None


def import_events(
    paths: Sequence[str | Path],
    format: str,  # noqa: A002
    *,
    mapping: str | Path | None = None,
    dataset: str = "",
    publish: bool | None = None,
    dry_run: bool = False,
    rejects: str | Path | None = None,
    user: Any = None,
    on_batch: Told = lambda path, rows, total: None,
    keep: Keep = lambda rejects: None,
) -> Report:
    """Import the events of the files *paths*, all of one *format* of ``registry.FORMATS``, by *user*.

    ``table`` needs a *mapping* file; ``gdelt1``, ``gdelt2`` and ``icews`` take the id of the *dataset*'s source.
    Rejected rows go to *rejects*: a file for a single path, a folder for several; by default into the working
    directory, as ``NAME.rejects.EXTENSION``; *keep* is told of them with every batch that is stored. May be ended at
    any moment: the same call goes on where it was.
    Returns what it did. Raises ImportRefused, before anything is written, where a file is not of the format.
    """
    if len({realpath(path) for path in paths}) < len(paths):
        raise ImportRefused("A file is named twice.")
    if len(paths) > 1 and rejects is not None and not Path(rejects).is_dir():
        raise ImportRefused(f"--rejects names the file {rejects} for {len(paths)} files: name a folder.")
    how = How(format, mapping and Path(mapping), dataset, publish, dry_run, rejects and Path(rejects))
    files = [open_format(Path(path), how.format, how.mapping, how.dataset) for path in paths]
    check_rejects(files, how)
    totals = [file.check() for file in files]
    report = Report()
    journals: set[str] = set()
    publishes = any(file.published for file in files) if publish is None else publish
    with closing(Store(publish=publishes, dry_run=dry_run)) as store:
        for file, total in zip(files, totals, strict=True):
            report.add(_FileImport(file, total, how, store, journals, user, on_batch, keep).run())
    if not dry_run:
        finish(journals)
    return report


class _FileImport:
    """The import of one file that was found to be of its format."""

    def __init__(
        self, file: Format, total: int, how: How, store: Store, journals: set[str], user: Any, on_batch: Told,
        keep: Keep,
    ) -> None:
        self.file, self.total, self.how, self.store, self.user = file, total, how, store, user
        self.on_batch, self.keep = on_batch, keep
        self.journal = Journal(file.path, file.name, {"publish": store.publish} | file.options(), journals)
        self.rejects = Rejects(rejects_path(file, how.rejects), file)
        self.report = Report()

    def run(self) -> Report:
        started = time.monotonic()
        try:
            self.store.begin()
            self._resume()
            before = self.report.seconds
            rows = self.file.rows()
            for batch in batched(islice(rows, self.report.read), MOST_AT_ONCE):
                self.store.remember(map(self._draft, batch))
            for batch in batched(rows, MOST_AT_ONCE):
                drafts = [(row, self._draft(row)) for row in batch]
                self.report.seconds = before + time.monotonic() - started
                if self.how.dry_run:
                    self._try(drafts)
                else:
                    self._store(drafts)
                self.on_batch(self.file.path, self.report.read, self.total)
            if not self.how.dry_run:
                look_again(self.report.created + self.report.updated)
            self.rejects.finish()
        finally:
            self.rejects.close()
        self.report.seconds = before + time.monotonic() - started
        if self.rejects.path.exists() and self.report.rejected:
            self.report.rejects.append(str(self.rejects.path))
        return self.report

    def _resume(self) -> None:
        """Go on where an earlier run of the same file was ended, if its rejects are still there; else start."""
        if self.how.dry_run:
            self.rejects.open(0)
            return
        with transaction.atomic():  # a batch of another process may be half done, and its rejects written
            self.journal.begin()
            if not self.rejects.open(self.journal.rejects_size):
                self.journal.start_over()
                self.rejects.open(0)
        self.report = self.journal.report()

    def _draft(self, row: Row) -> Draft | Rejected:
        try:
            return self.file.draft(row)
        except Rejected as problem:
            return problem

    def _try(self, rows: Sequence[tuple[Row, Draft | Rejected]]) -> None:
        batch = self.store.decide(rows, self.report)
        self._keep(batch)
        self.store.write(None, batch)

    def _store(self, rows: Sequence[tuple[Row, Draft | Rejected]]) -> None:
        """One batch: what it writes, its place in the journal and its rejects stand or fall together."""
        reason = f"Imported from {self.file.path.name}, from row {self.report.read + 1} on"
        with recording(self.user, reason) as unit:
            self.journal.lock()
            batch = self.store.decide(rows, self.report)
            self._keep(batch)
            self.journal.note(self.report, self.rejects.size)
            self.keep(self.rejects.path)
            self.store.write(unit, batch)

    def _keep(self, batch: Batch) -> None:
        self.rejects.write(batch.rejected)
        for row, reason in batch.rejected[: max(0, MOST_NAMED - len(self.report.reasons))]:
            self.report.reasons.append(f"{self.file.path.name}:{row.line}: {reason}")


def check_rejects(files: Iterable[Format], how: How) -> None:
    """Raises ImportRefused where rejects would go to a device or a pipe, into what is read, or into others."""
    read = {realpath(file.path) for file in files} | ({realpath(how.mapping)} if how.mapping else set())
    written: dict[str, Path] = {}
    for file in files:
        path = rejects_path(file, how.rejects)
        if path.exists() and not path.is_file():
            raise ImportRefused(
                f"What is rejected of {file.path} would be written to {path}, which is no file: name another place by "
                "--rejects. Nothing was imported."
            )
        if realpath(path) in read:
            raise ImportRefused(
                f"What is rejected of {file.path} would be written over {path}, which is read by this import: name "
                "another place by --rejects. Nothing was imported."
            )
        other = written.setdefault(realpath(path), file.path)
        if other != file.path:
            raise ImportRefused(
                f"What is rejected of {other} and of {file.path} would both be written to {path}: import one after "
                "the other, each with a --rejects of its own. Nothing was imported."
            )


def rejects_path(file: Format, wanted: Path | None) -> Path:
    name = f"{stem_of(file.path)}.rejects{file.rejects_suffix}"
    if wanted is None:
        return Path(name)
    return wanted / name if wanted.is_dir() else wanted
