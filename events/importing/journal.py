"""How far a file was read: kept with every batch, so that a run that was ended at any moment goes on from there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone

from events.importing.packing import open_unpacked
from events.importing.problems import ImportedElsewhere
from events.importing.report import COUNTS, Report
from events.models import ImportRun


class Journal:
    """The journal of one file's import. ``rows`` are done; ``rejects_size`` bytes of rejects belong to them.

    *others*: the keys of the files before it in the same import, to which its own is added.
    """

    def __init__(self, path: Path, name: str, options: dict[str, Any], others: set[str]) -> None:
        key = key_of(path, name, options)
        while key in others:  # the same content under another name
            key = hashlib.sha256(key.encode()).hexdigest()
        others.add(key)
        self._run = ImportRun(key=key, file=path.name[:300], format=name)

    def begin(self) -> None:
        """Take up the run that was ended before, if there is one; lock it to the end of the transaction."""
        run = self._run
        how = {"file": run.file, "format": run.format}
        self._run, _ = ImportRun.objects.select_for_update().get_or_create(how, key=run.key, finished=None)

    @property
    def rejects_size(self) -> int:
        return self._run.rejects_size

    def report(self) -> Report:
        """What was counted up to ``rows``."""
        return Report(**self._run.counts)

    def start_over(self) -> None:
        """Forget how far an earlier run came: what it stored is known by its rows."""
        self._run.rows, self._run.rejects_size, self._run.counts = 0, 0, {}
        self._run.save()

    def lock(self) -> None:
        """Keep others from importing the same file, to the end of the transaction. Raises ImportedElsewhere."""
        stored = ImportRun.objects.select_for_update().filter(pk=self._run.pk).first()
        if stored is None or stored.rows != self._run.rows or stored.finished:
            raise ImportedElsewhere(f"{self._run.file} is being imported by another process; let that one finish.")

    def note(self, report: Report, rejects_size: int) -> None:
        """Inside a batch's transaction: *report* stands for all rows up to here."""
        self._run.rows = report.read
        self._run.rejects_size = rejects_size
        self._run.counts = {name: getattr(report, name) for name in (*COUNTS, "seconds", "alike")}
        self._run.save()


def finish(keys: Iterable[str]) -> None:
    """The import of the files with these journals' *keys* came to its end: all at once, or some would begin anew and
    the others go on, were it killed just now.
    """
    ImportRun.objects.filter(key__in=keys, finished=None).update(finished=timezone.now())


def key_of(path: Path, name: str, options: dict[str, Any]) -> str:
    """SHA-256 of the file's content, unpacked, and of how it is to be imported."""
    with open_unpacked(path) as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    how = json.dumps([name, options], sort_keys=True, default=str)
    return hashlib.sha256(f"{content} {how}".encode()).hexdigest()
