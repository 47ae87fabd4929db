"""manage.py project_pending: bring up to date the events of changes that touched more than 1,000 at once."""

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from rich.console import Console
from rich.progress import Progress

from timeline.pending import project_pending, waiting

PAUSE = 2  # seconds


class Command(BaseCommand):
    help = (
        "Shows readers what changed in events that wait, batch by batch. A change that touches more than 1,000 events "
        "leaves them waiting. Can be ended at any moment and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--follow", action="store_true",
            help="Go on, looking every two seconds, until ended or until the process that started this one is gone.",
        )

    def handle(self, *, follow: bool, **options: Any) -> None:
        parent = os.getppid()
        self.work_through()
        while follow and os.getppid() == parent:
            time.sleep(PAUSE)
            close_old_connections()
            self.work_through()

    def work_through(self) -> None:
        total = waiting()
        if not total:
            return
        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("Events", total=total)
            done = project_pending(on_batch=lambda events: bar.advance(task, events))
        self.stdout.write(f"{done} events brought up to date.")
