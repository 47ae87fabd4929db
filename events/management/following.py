"""Commands that work through what waits, once or for as long as the process that started them lives."""

import os
import time
from argparse import ArgumentParser
from typing import Any, ClassVar

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from events.management.record_command import RecordCommand
from events.outages import is_away


class FollowingCommand(RecordCommand):
    """``work_through`` does what waits; with ``--follow`` again and again, every ``pause`` seconds.

    One that follows outlives an outage of the database, for nobody may be there to start it again.
    """

    pause: ClassVar[int]

    def add_arguments(self, parser: ArgumentParser) -> None:
        every = "second" if self.pause == 1 else f"{self.pause} seconds"
        parser.add_argument(
            "--follow", action="store_true",
            help=f"Go on, looking every {every}, until ended or until the process that started this one is gone.",
        )

    def handle(self, *, follow: bool, **options: Any) -> None:
        if not follow:
            self.work_through()
            return
        parent, was_away = os.getppid(), False
        while os.getppid() == parent:
            close_old_connections()
            try:
                self.work_through()
                was_away = False
            except (OperationalError, InterfaceError) as error:
                if not is_away(error):
                    raise
                connection.close()
                if not was_away:
                    reason = " ".join(str(error).split())
                    self.stderr.write(f"The database is away, and asked again until it is back: {reason}")
                was_away = True
            time.sleep(self.pause)

    def work_through(self) -> None:
        raise NotImplementedError
