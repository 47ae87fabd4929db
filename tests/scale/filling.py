"""An empty database, filled for a benchmark: generated, imported, a tenth of it changed."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from tests.scale.generator import Made, write
from tests.scale.shape import ROOT

CHANGED = 10  # every so many events, one is changed
AT_ONCE = 1000
console = Console(stderr=True)


@dataclass(frozen=True)
class Filled:
    """``snapshot``: the record's number before the mass change. The rest is how the import went."""

    snapshot: int
    events_per_s: float
    max_rss_mb: float


def fill(made: Made, folder: Path) -> Filled:
    """Fill the database that the environment names, unless *folder* says that it is."""
    from django.core.management import call_command
    from django.db import connection

    from tests.scale.references import load_references
    from timeline.clock import last_tick

    state = folder / "filled.json"
    console.print("Preparing the database …")
    call_command("migrate", verbosity=0)  # of one that was kept, too: it may be older than the code
    if state.exists():
        warm()
        return Filled(**json.loads(state.read_text()))
    load_references(made)
    file = folder / "events.ndjson"
    with Progress(console=console) as bar:
        task = bar.add_task("Making events", total=made.count)
        write(made, file, lambda events: bar.advance(task, events))
    report, rss = import_events(file)
    file.unlink()
    snapshot = last_tick().number
    change_some()
    if connection.vendor == "postgresql":
        # What autovacuum would get to in its own time, and then in the middle of a measurement.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    filled = Filled(snapshot, round(report["created"] / report["seconds"], 1), round(rss, 1))
    state.write_text(json.dumps(asdict(filled)))
    return filled


def import_events(file: Path) -> tuple[dict[str, Any], float]:
    """Import *file* in a process of its own: what it reports on its last line, and its peak of memory in MB."""
    command = [sys.executable, "manage.py", "import_events", str(file), "--format", "ndjson"]
    command += ["--rejects", str(file.parent)]  # they would lie among the sources
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"The import failed:\n{output}")
    return json.loads(output.splitlines()[-1]), usage.ru_maxrss / 1024


def warm() -> None:
    """Read a kept database once: the first questions after a start would wait for the disk, and the later ones not."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
            cursor.execute(
                "SELECT sum(pg_prewarm(oid, 'read')) FROM pg_class WHERE relkind IN ('r', 'i') "
                "AND relnamespace = 'public'::regnamespace"
            )
        return
    with Path(connection.settings_dict["NAME"]).open("rb") as file:
        while file.read(1 << 24):
            pass


def change_some() -> None:
    """One event in ten gets another summary, as many a recording as are projected with it."""
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from events.models import Event
    from events.recording import recording

    generated = Event.objects.filter(slug__startswith="event-")
    keys = list(generated.order_by("pk").values_list("pk", flat=True)[::CHANGED])
    with Progress(console=console) as bar:
        task = bar.add_task("Changing a tenth", total=len(keys))
        for first in range(0, len(keys), AT_ONCE):
            batch = keys[first : first + AT_ONCE]
            with recording(None, "changed for a benchmark"):
                Event.objects.filter(pk__in=batch).update(summary=Concat(F("summary"), Value(" Revised since.")))
            bar.advance(task, len(batch))
