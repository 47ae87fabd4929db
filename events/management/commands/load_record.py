from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from events.loading.applying import load_record
from events.loading.problems import LoadProblems
from events.management.record_command import RecordCommand


class Command(RecordCommand):
    help = "Load reviewable files into the record: all or nothing, and nothing that a curator changed since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A file such as events.yaml, or a folder of them.")

    def handle(self, *, paths: list[str], **options: Any) -> None:
        try:
            report = load_record(paths)
        except LoadProblems as error:
            count = len(error.problems)
            raise CommandError(f"{error}\nNothing was loaded: {count} problem{'s'[: count != 1]}.") from None
        self.stdout.write(str(report))
