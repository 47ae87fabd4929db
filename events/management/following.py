"""Commands that work through what waits, once or for as long as the process that started them is there."""

import os
import time
from argparse import ArgumentParser
from typing import Any, ClassVar

from django.core.management.base import BaseCommand
from django.db import close_old_connections


class FollowingCommand(BaseCommand):
    """``work_through`` does what waits; with ``--follow`` again and again, every ``pause`` seconds."""

    pause: ClassVar[int]

    def add_arguments(self, parser: ArgumentParser) -> None:
        every = "second" if self.pause == 1 else f"{self.pause} seconds"
        parser.add_argument(
            "--follow", action="store_true",
            help=f"Go on, looking every {every}, until ended or until the process that started this one is gone.",
        )

    def handle(self, *, follow: bool, **options: Any) -> None:
        parent = os.getppid()
        self.work_through()
        while follow and os.getppid() == parent:
            time.sleep(self.pause)
            close_old_connections()
            self.work_through()

    def work_through(self) -> None:
        raise NotImplementedError
