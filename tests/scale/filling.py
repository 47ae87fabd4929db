"""An empty database, filled for a benchmark: generated, imported, a tenth of it changed."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from tests.postgres import stop, tied
from tests.scale.environment import FILLED
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
    """Fill the database that the environment names, unless *folder* says that it is; and read all of it once."""
    from django.core.management import call_command

    state = folder / FILLED
    console.print("Preparing the database …")
    call_command("migrate", verbosity=0)  # of one that was kept, too: it may be older than the code
    if not state.exists():
        state.write_text(json.dumps(asdict(filled_with(made, folder))), encoding="utf-8")
    warm()
    return Filled(**json.loads(state.read_text(encoding="utf-8")))


def filled_with(made: Made, folder: Path) -> Filled:
    from django.db import connection

    from tests.scale.references import load_references
    from timeline.clock import last_tick

    load_references(made)
    file, rejects = folder / "events.ndjson", folder.with_name("rejects.ndjson")
    with Progress(console=console) as bar:
        task = bar.add_task("Making events", total=made.count)
        write(made, file, lambda events: bar.advance(task, events))
    report, peak = import_events(file, rejects)
    if report["created"] != made.count:
        sys.exit(f"{report['created']:,} of {made.count:,} events were imported, and would be measured as if they were "
                 f"all. The rejected rows, each with its reason, are in {rejects.resolve()}.")  # fmt: skip
    file.unlink()
    snapshot = last_tick().number
    change_some()
    if connection.vendor == "postgresql":
        # What autovacuum would get to in its own time, and then in the middle of a measurement.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return Filled(snapshot, round(report["created"] / report["seconds"], 1), peak)


def import_events(file: Path, rejects: Path) -> tuple[dict[str, Any], float]:
    """Import *file* in a process of its own: what it reports, and its peak of memory in MB (1,000,000 bytes)."""
    rejects.unlink(missing_ok=True)  # of an earlier run, which would be kept beside these
    command = [*tied(), sys.executable, "-m", "tests.scale.importing", str(file), "--format", "ndjson"]
    command += ["--rejects", str(rejects)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        output, _ = process.communicate()
    finally:
        stop(process)
    if process.returncode:
        sys.exit(f"The import failed:\n{output}")
    report, peak = map(json.loads, output.splitlines()[-2:])
    return report, peak["max_rss_mb"]


def warm() -> None:
    """Read the database once: the first questions after a start would wait for the disk, and the later ones not."""
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

    generated, last = Event.objects.filter(slug__startswith="event-").order_by("pk"), 0
    with Progress(console=console) as bar:
        task = bar.add_task("Changing a tenth", total=generated.count())
        while keys := list(generated.filter(pk__gt=last).values_list("pk", flat=True)[: CHANGED * AT_ONCE]):
            with recording(None, "changed for a benchmark"):
                changed = Event.objects.filter(pk__in=keys[::CHANGED])
                changed.update(summary=Concat(F("summary"), Value(" Revised since.")))
            last = keys[-1]
            bar.advance(task, len(keys))
