from django.core.management.base import CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from events.management.record_command import RecordCommand
from events.models import Event
from timeline.rebuilding import rebuild


class Command(RecordCommand):
    help = "Make every entry of the timeline anew from the record; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="compare only; fail where something differs")
        how.add_argument("--resume", action="store_true", help="go on where the last run was cut short")

    def handle(self, *, check: bool, resume: bool, **options) -> None:
        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("Entries", total=Event.objects.published().count())
            report = rebuild(check, resume, on_batch=lambda events: bar.advance(task, events))
        self.stdout.write(str(report))
        if check and not report.is_clean:
            raise CommandError("The timeline differs from the record. Mend it: manage.py rebuild_timeline")
