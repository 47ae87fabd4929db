"""What a benchmark found, and its form as JSON."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from django.db import DatabaseError

from tests.scale.driver import BrokenAnswer, Measure
from tests.scale.filling import Filled


class NotMeasured(Exception):
    """Why there is no figure, as a sentence."""


@contextmanager
def noting(reasons: dict[str, str], what: str) -> Iterator[None]:
    """Where *what* cannot be measured inside, *reasons* say why, and all else goes on."""
    try:
        yield
    except BrokenAnswer as error:
        reasons[what] = f"No answer: {error}"
    except (NotMeasured, OSError, DatabaseError, SubprocessError) as error:
        reasons[what] = str(error).strip() or repr(error)


@dataclass
class Row:
    """One workload. ``loaded``: over several connections at once; ``lone``: over one, nothing else going on.

    ``cpu_us``: of the server's processes, an answer. Why something is None stands in ``not_measured``, by its name in
    JSON.
    """

    name: str
    loaded: Measure
    lone: Measure
    cpu_us: float
    plain: Measure | None = None
    sql_rps: float | None = None
    not_measured: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """``p50_ms`` and ``p99_ms`` are a lone reader's: under full load they only repeat the rate."""
        return {
            "rps": round(self.loaded.rps, 1),
            "p50_ms": round(self.lone.percentile_ms(0.5), 3),
            "p99_ms": round(self.lone.percentile_ms(0.99), 3),
            "loaded_p50_ms": round(self.loaded.percentile_ms(0.5), 3),
            "loaded_p99_ms": round(self.loaded.percentile_ms(0.99), 3),
            "bytes": self.loaded.mean_size,
            "cpu_us": round(self.cpu_us),
            "driver_cpu_us": self.loaded.driver_cpu_us,
            "plain_rps": round(self.plain.rps, 2) if self.plain else None,
            "sql_rps": round(self.sql_rps, 1) if self.sql_rps is not None else None,
            "not_measured": self.not_measured,
        }


@dataclass
class Results:
    """As far as a run has come. ``not_measured``: why a workload has no row, or the hello-world no rate."""

    events: int
    database: str
    filled: Filled
    machine: dict[str, Any]
    rows: dict[str, Row] = field(default_factory=dict)
    hello: Measure = field(default_factory=Measure)
    not_measured: dict[str, str] = field(default_factory=dict)

    @property
    def hello_rps(self) -> float | None:
        return self.hello.rps or None

    def reasons(self) -> Iterator[tuple[str, str]]:
        """What was not measured, and why."""
        yield from self.not_measured.items()
        for row in self.rows.values():
            yield from ((f"{row.name}, {figure}", why) for figure, why in row.not_measured.items())

    def as_json(self) -> dict[str, Any]:
        return {
            "events": self.events,
            "database": self.database,
            "workloads": {row.name: row.as_json() for row in self.rows.values()},
            "hello_rps": round(self.hello_rps, 1) if self.hello_rps else None,
            "import": {"events_per_s": self.filled.events_per_s, "max_rss_mb": self.filled.max_rss_mb},
            "machine": self.machine,
            "not_measured": self.not_measured,
        }


def save(results: Results, path: Path) -> None:
    path.write_text(json.dumps(results.as_json(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def path_of_size(events: int, database: str, folder: Path) -> Path:
    """Where the last whole run over so many *events* is kept, for those of other sizes to compare with."""
    return folder / f"results-{database}-{events}.json"


def of_size(events: int, database: str, folder: Path) -> dict[str, Any] | None:
    """The results of that run, as JSON; None where there was none."""
    path = path_of_size(events, database, folder)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
