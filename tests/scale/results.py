"""What a benchmark found, and its form as JSON."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.scale.driver import Measure
from tests.scale.filling import Filled


@dataclass(frozen=True)
class Row:
    """One workload. ``loaded``: over several connections at once; ``lone``: over one, nothing else going on.

    ``cpu_us``: of the server's processes, an answer. None stands for what could not be asked.
    """

    name: str
    loaded: Measure
    lone: Measure
    cpu_us: float
    plain: Measure | None
    sql_rps: float

    def as_json(self) -> dict[str, Any]:
        """``p50_ms`` and ``p99_ms`` are a lone reader's: under full load they only repeat the rate."""
        return {
            "rps": round(self.loaded.rps, 1),
            "p50_ms": round(self.lone.percentile_ms(0.5), 3),
            "p99_ms": round(self.lone.percentile_ms(0.99), 3),
            "bytes": self.loaded.mean_size,
            "cpu_us": round(self.cpu_us),
            "plain_rps": round(self.plain.rps, 2) if self.plain else None,
            "sql_rps": round(self.sql_rps, 1),
        }


@dataclass(frozen=True)
class Results:
    events: int
    database: str
    rows: list[Row]
    hello_rps: float
    filled: Filled

    def as_json(self) -> dict[str, Any]:
        return {
            "events": self.events,
            "database": self.database,
            "workloads": {row.name: row.as_json() for row in self.rows},
            "hello_rps": round(self.hello_rps, 1),
            "import": {"events_per_s": self.filled.events_per_s, "max_rss_mb": self.filled.max_rss_mb},
        }


def save(results: Results, folder: Path) -> None:
    """As the last run, and as the last of this size, for later runs of another to compare with."""
    text = json.dumps(results.as_json(), indent=2) + "\n"
    for name in ("results.json", f"results-{results.database}-{results.events}.json"):
        (folder / name).write_text(text)


def of_size(events: int, database: str, folder: Path) -> dict[str, Any] | None:
    """The last results of a run over so many *events*, as JSON; None where there was none."""
    path = folder / f"results-{database}-{events}.json"
    return json.loads(path.read_text()) if path.exists() else None
