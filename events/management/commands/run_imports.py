"""manage.py run_imports: try and import the files that were handed in at the desk."""

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from events.importing.uploads import work_through

PAUSE = 1  # second


class Command(BaseCommand):
    help = (
        "Works through the files that were handed in at the desk, one after the other. May be ended at any moment and "
        "run again, and any number may run at once: each goes on where another was ended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--follow", action="store_true",
            help="Go on, looking every second, until ended or until the process that started this one is gone.",
        )

    def handle(self, *, follow: bool, **options: Any) -> None:
        parent = os.getppid()
        self.work_through()
        while follow and os.getppid() == parent:
            time.sleep(PAUSE)
            close_old_connections()
            self.work_through()

    def work_through(self) -> None:
        done = work_through()
        if done:
            self.stdout.write(f"{done} files done.")
