"""manage.py run_imports: try and import the files that were handed in at the desk."""

from events.importing.uploads import work_through
from events.management.following import FollowingCommand


class Command(FollowingCommand):
    help = (
        "Works through the files that were handed in at the desk, one after the other. May be ended at any moment and "
        "run again, and any number may run at once: each goes on where another was ended."
    )
    pause = 1

    def work_through(self) -> None:
        done = work_through()
        if done:
            self.stdout.write(f"{done} files done.")
