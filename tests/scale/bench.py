"""How fast Chancery answers over so many events, beside a plain implementation and the database alone.

    make bench N=100000
    make bench N=1000000 DATABASE=sqlite SECONDS=2 KEEP=1

Writes results.json, table.md and results.svg into build/bench. Ends with 1 where a workload failed.
"""

import argparse
import os
import shutil
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.scale import chart, report
from tests.scale.environment import database, set_up, settings_for
from tests.scale.filling import Filled, console, fill
from tests.scale.generator import Made
from tests.scale.results import Results, save
from tests.scale.servers import serving
from tests.scale.shape import ROOT


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000, help="how many")
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement")
    parser.add_argument("--connections", type=int, default=4, help="at once, under load")
    parser.add_argument("--workers", type=int, default=2, help="of each server")
    parser.add_argument("--seed", type=int, default=1, help="of the generated events and questions")
    parser.add_argument("--only", default="", help="names of workloads, separated by commas")
    parser.add_argument("--keep", action="store_true", help="keep the filled database: the next run only drives")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/bench", help="for results and databases")
    asked = parser.parse_args()
    if asked.events < 100:
        parser.error("--events: 100 or more, for the middle of fewer is no place.")
    return asked


def main() -> None:
    # As an exception, so that the servers and the database go with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    asked = read_arguments()
    made = Made(asked.events, asked.seed)
    folder = asked.folder / f"{asked.database}-{asked.events}-{asked.seed}"
    if folder.exists() and not (folder / "filled.json").exists():
        shutil.rmtree(folder)  # of a run that was broken off
    with database(asked.database, folder, asked.keep) as url:
        os.environ |= settings_for(url)
        set_up()
        filled = fill(made, folder)
        results, failed = measure(asked, made, filled, asked.folder / "servers.log")
    write(results, asked.folder)
    for name, words in failed.items():
        console.print(f"FAILED {name}: {words}", style="bold red", markup=False, highlight=False)
    sys.exit(bool(failed))


def measure(asked: argparse.Namespace, made: Made, filled: Filled, log: Path) -> tuple[Results, dict[str, str]]:
    """The results, and why the workloads failed that did."""
    from django.db import connection

    from tests.scale.questions import Questions
    from tests.scale.running import FailedWorkload, Pace, hello_rps, run

    workloads = Questions(made, filled.snapshot).workloads()
    names = [name.strip() for name in asked.only.split(",") if name.strip()]
    if unknown := set(names) - {workload.name for workload in workloads}:
        sys.exit(f"--only: no workload is called {', '.join(sorted(unknown))}. "
                 f"They are: {', '.join(workload.name for workload in workloads)}.")  # fmt: skip
    pace, rows, failed, hello = Pace(asked.seconds, asked.connections), [], {}, []
    with ExitStack() as servers:
        environment = settings_for(os.environ["DATABASE_URL"])
        ours, plain = (
            servers.enter_context(serving(settings, environment, asked.workers, log))
            for settings in ("config.settings", "tests.scale.plain.settings")
        )
        for workload in workloads:
            if names and workload.name not in names:
                continue
            hello.append(hello_rps(plain, pace))
            console.print(f"{workload.name} …")
            try:
                rows.append(run(workload, ours, plain, pace))
            except FailedWorkload as error:
                failed[workload.name] = str(error)
    connection.close()
    return Results(made.count, asked.database, rows, sum(hello) / len(hello), filled), failed


def write(results: Results, folder: Path) -> None:
    table, targets = report.measured(results), report.targets(results, folder)
    save(results, folder)
    heading = f"{results.events:,} events on {results.database}"
    (folder / "table.md").write_text(f"{heading}\n\n{table}\n{targets}")
    (folder / "results.svg").write_text(chart.draw(results))
    print(f"\n{heading}\n\n{table}\n{targets}\nWritten to {folder}: results.json, table.md, results.svg")


if __name__ == "__main__":
    main()
