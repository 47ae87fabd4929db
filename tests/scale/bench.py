"""How fast Chancery answers over so many events, beside a plain implementation and the database alone.

    make bench N=100000
    make bench N=1000000 DATABASE=sqlite SECONDS=2 KEEP=1

Writes results.json, table.md and results.svg into build/bench, after each workload anew. Ends with 1 where one of
Chancery's could not be measured.
"""

import argparse
import math
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from tests.scale import chart, machine, report
from tests.scale.environment import database, is_filled, set_up, settings_for
from tests.scale.filling import console, fill
from tests.scale.generator import Made
from tests.scale.questions import WORKLOADS, Questions
from tests.scale.results import Results, noting, path_of_size, save
from tests.scale.servers import NotStarted, serving
from tests.scale.shape import ROOT

DATABASES = ("postgresql", "sqlite")


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Those of the command line. What is wrong is named as in ``make bench``."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--events", default="100000", help="N: how many")
    parser.add_argument("--database", default="postgresql", help="DATABASE: postgresql or sqlite")
    parser.add_argument("--seconds", default="5", help="SECONDS: of each measurement")
    parser.add_argument("--connections", type=int, default=4, help="at once, under load")
    parser.add_argument("--workers", type=int, default=2, help="of each server")
    parser.add_argument("--seed", type=int, default=1, help="of the generated events and questions")
    parser.add_argument("--only", default="", help="ONLY: names of workloads, separated by commas")
    parser.add_argument("--keep", action="store_true", help="KEEP: the filled database stays, the next run only drives")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/bench", help="for results and databases")
    asked = parser.parse_args(arguments)
    asked.events = number("N", asked.events, int, 1, "a whole number of at least 1, as in N=100000")
    asked.seconds = number("SECONDS", asked.seconds, float, 0.1, "a number of at least 0.1, as in SECONDS=5")
    if asked.database not in DATABASES:
        sys.exit(f"DATABASE is {asked.database!r}: write {' or '.join(DATABASES)}.")
    asked.only = [name.strip() for name in asked.only.split(",") if name.strip()]
    if unknown := [name for name in asked.only if name not in WORKLOADS]:
        sys.exit(f"ONLY names {', '.join(unknown)}: no such workload. There are: {', '.join(WORKLOADS)}.")
    return asked


def number(name: str, written: str, kind: type, least: float, right: str) -> Any:
    try:
        value = kind(written)
    except ValueError:
        value = math.nan
    if not least <= value < math.inf:
        sys.exit(f"{name} is {written!r}: write {right}.")
    return value


def leave_on_signals() -> None:
    """As by an exception, so that the servers and the database go with it; what comes meanwhile changes nothing."""
    leaving = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def leave(signum: int, frame: FrameType | None) -> None:
        for each in leaving:
            signal.signal(each, signal.SIG_IGN)
        sys.exit(128 + signum)

    for each in leaving:
        signal.signal(each, leave)


def main() -> None:
    leave_on_signals()
    sys.stdout.reconfigure(errors="replace")
    asked = read_arguments()
    machine.check(asked.database)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with machine.locked(asked.folder):
        folder = asked.folder / f"{asked.database}-{asked.events}-{asked.seed}"
        with database(asked.database, folder, asked.keep) as url:
            if not is_filled(folder):
                machine.check_room(asked.database, asked.events, folder)
            os.environ |= settings_for(url)
            set_up()
            try:
                results = measure(asked, folder)
            except NotStarted as error:
                sys.exit(str(error))
    print(f"\n{(asked.folder / 'table.md').read_text(encoding='utf-8')}")
    print(f"Written to {asked.folder}: results.json, table.md, results.svg")
    sys.exit(len(results.rows) < len(asked.only or WORKLOADS))


def measure(asked: argparse.Namespace, folder: Path) -> Results:
    """Fill the database and measure all that is asked for, written down as it comes.

    First ours, then the plain implementation: it reads whole tables, and what we need would have to come back from the
    disk. It is started anew for each workload, so that nothing goes on of what was not waited for.
    """
    from tests.scale.running import Pace, hello_of, ours_of, plain_of

    made = Made(asked.events, asked.seed)
    filled = fill(made, folder)
    results = Results(made.count, asked.database, filled, machine_of(asked))
    workloads = Questions(made, filled.snapshot).workloads()
    workloads = [workload for workload in workloads if workload.name in (asked.only or WORKLOADS)]
    pace, log, environment = Pace(asked.seconds, asked.connections), asked.folder / "servers.log", dict(os.environ)
    with serving("config.settings", environment, asked.workers, log) as ours:
        for workload in workloads:
            console.print(f"{workload.name} …")
            with noting(results.not_measured, workload.name):
                results.rows[workload.name] = ours_of(workload, ours, pace)
            write(results, asked)
    for workload in workloads:
        if (row := results.rows.get(workload.name)) is None:
            continue
        console.print(f"{workload.name}, plain …")
        with (
            noting(row.not_measured, "plain_rps"),
            serving("tests.scale.plain.settings", environment, asked.workers, log) as plain,
        ):
            with noting(results.not_measured, "hello_rps"):
                results.hello += hello_of(plain, pace)
            row.plain = plain_of(workload, plain, pace)
        write(results, asked)
    return results


def machine_of(asked: argparse.Namespace) -> dict[str, Any]:
    """What the figures depend on beside the code and the events."""
    import sqlite3

    from django.db import connection

    name = f"SQLite {sqlite3.sqlite_version}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            name = f"PostgreSQL {cursor.fetchone()[0]}"
    chosen = {"seconds": asked.seconds, "connections": asked.connections, "workers": asked.workers}
    return machine.about(name) | chosen


def write(results: Results, asked: argparse.Namespace) -> None:
    """What there is by now; when every workload is there, also for runs of other sizes to compare with."""
    tables = (report.heading, report.measured, lambda results: report.targets(results, asked.folder))
    parts = [part(results) for part in (*tables, report.not_measured)]
    save(results, asked.folder / "results.json")
    (asked.folder / "table.md").write_text("\n".join(part for part in parts if part), encoding="utf-8")
    (asked.folder / "results.svg").write_text(chart.draw(results), encoding="utf-8")
    if results.rows.keys() == WORKLOADS.keys():
        save(results, path_of_size(results.events, results.database, asked.folder))


if __name__ == "__main__":
    main()
