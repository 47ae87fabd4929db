"""manage.py project_pending: bring up to date the events of changes that touched more than 1,000 at once."""

from rich.console import Console
from rich.progress import Progress

from events.management.following import FollowingCommand
from timeline.pending import project_pending, waiting


class Command(FollowingCommand):
    help = (
        "Shows readers what changed in events that wait, batch by batch. A change that touches more than 1,000 events "
        "leaves them waiting. Can be ended at any moment and run again."
    )
    pause = 2

    def work_through(self) -> None:
        total = waiting()
        if not total:
            return
        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("Events", total=total)
            done = project_pending(on_batch=lambda events: bar.advance(task, events))
        self.stdout.write(f"{done} events brought up to date.")
