"""manage.py import_events: bring files of many events into the record."""

import gc
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from events.importing.guessing import guess
from events.importing.problems import ImportRefused
from events.importing.registry import FORMATS, TABLE
from events.importing.report import Report
from events.importing.running import import_events
from events.management.record_command import RecordCommand

BATCHES_COLLECTED = 10


class Command(RecordCommand):
    help = (
        "Imports events from files, in batches, each whole or not at all. May be ended at any moment: run again, it "
        "goes on where it was. The same file twice changes nothing. The last line of output is JSON. "
        "See docs/importing.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="Files, all of one format.")
        parser.add_argument("--format", required=True, choices=FORMATS, help="What the files are.")
        parser.add_argument("--mapping", metavar="YAML", help="For table: which column is what.")
        parser.add_argument(
            "--guess", action="store_true",
            help="For table: write a first mapping from the header, to --mapping or to the output, and import nothing.",
        )
        parser.add_argument(
            "--dataset", default="", metavar="ID",
            help="For gdelt1, gdelt2 and icews: the public id of the source that the claims cite.",
        )
        review = parser.add_mutually_exclusive_group()
        review.add_argument(
            "--publish", action="store_const", const=True, help="Publish new events; ndjson and csv do so anyway.",
        )
        review.add_argument(
            "--review", dest="publish", action="store_const", const=False,
            help="Hold new events for review; the other formats do so anyway.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")
        parser.add_argument(
            "--rejects", metavar="PATH",
            help="Where rejected rows go: a file, or a folder. By default NAME.rejects.EXTENSION in this folder.",
        )

    def handle(self, *, files: list[str], guess: bool, mapping: str | None, **options: Any) -> None:
        chosen = {name: options[name] for name in ("format", "dataset", "publish", "dry_run", "rejects")}
        try:
            if guess:
                self.guess(files, mapping, options["format"])
                return
            report = self.run_import(files, mapping=mapping, **chosen)
        except ImportRefused as error:
            raise CommandError(str(error)) from None
        except (KeyboardInterrupt, OSError, OperationalError) as error:  # a full disk, a database that is gone
            why = f"Ended ({error})" if str(error) else "Ended"
            raise CommandError(f"{why}. What was imported stands; run the same again to go on.") from None
        self.say(report, "" if options["dry_run"] else ": see Likely duplicates in the admin")

    def guess(self, files: list[str], mapping: str | None, name: str) -> None:
        """Write what the header of the one file suggests, to a new file or to the output."""
        if name != TABLE or len(files) > 1:
            raise ImportRefused("--guess looks at one table: --format table, and one file.")
        text = guess(Path(files[0]))
        if mapping is None:
            self.stdout.write(text, ending="")
            return
        try:
            with Path(mapping).open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise ImportRefused(f"{mapping} cannot be written: {error.strerror}. Nothing is overwritten.") from None
        self.stdout.write(f"{mapping} written: answer what stands behind ???, then import with --mapping {mapping}.")

    def run_import(self, files: list[str], **chosen: Any) -> Report:
        columns = (*Progress.get_default_columns()[:3], MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True))
        with bar, collecting_by_hand() as collect, taking_short_turns():
            tasks: dict[Path, Any] = {}

            def show(path: Path, rows: int, total: int) -> None:
                collect()
                if path not in tasks:
                    tasks[path] = bar.add_task(path.name)
                bar.update(tasks[path], completed=rows, total=max(rows, total))

            return import_events(files, on_batch=show, **chosen)

    def say(self, report: Report, where_alike: str) -> None:
        for event, why in report.left_alone.items():
            self.stderr.write(f"left alone: {event}: {why}.")
        for reason in report.reasons:
            self.stderr.write(f"rejected: {reason}")
        if report.alike:
            self.stderr.write(f"{report.alike} events look like others{where_alike}.")
        for path in report.rejects:
            self.stderr.write(f"Rejected rows, each with its reason, are in {path}: mend them and import that file.")
        self.stdout.write(json.dumps(report.counts()))


@contextmanager
def taking_short_turns() -> Iterator[None]:
    """A thread that asks for its turn gets it after half a millisecond: the one that feeds PostgreSQL needs it briefly,
    but several times a statement, and PostgreSQL would be idle meanwhile.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def collecting_by_hand() -> Iterator[Callable[[], object]]:
    """Garbage is collected when what is yielded is called for the tenth time, and not before.

    Looked through each time some hundred more objects were made, those of a batch took a fifth of the import; few of
    them refer to each other in circles. What was there before the first batch is not looked through at all.
    """
    batches = count(1)

    def collect() -> None:
        if next(batches) % BATCHES_COLLECTED == 0:
            gc.collect()

    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield collect
    finally:
        gc.enable()
        gc.unfreeze()
