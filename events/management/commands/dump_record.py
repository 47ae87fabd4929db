from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from events.loading.writing import FolderInUse, dump_record
from events.management.record_command import RecordCommand


class Command(RecordCommand):
    help = "Write the whole record, drafts included, to reviewable files in a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", help="A new or empty folder, or one that holds an earlier dump.")

    def handle(self, *, path: str, **options: Any) -> None:
        if not path:
            raise CommandError("The path is empty: name a folder.")
        try:
            counts = dump_record(path)
        except FolderInUse as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{error.filename or path} cannot be written: {error.strerror}.") from None
        for filename, count in counts.items():
            self.stdout.write(f"{filename}: {count} written")
        if not counts:
            self.stdout.write("The record is empty: nothing was written.")
