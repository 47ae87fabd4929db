"""Tables of what a benchmark found, and of what it was to find."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.scale.results import Results, of_size

TITLES = (
    "workload", "answers/s", "p50 ms", "p99 ms", "p50 ms, loaded", "p99 ms, loaded", "bytes", "CPU µs", "plain DRF/s",
    "× plain", "SQL alone/s",
)  # fmt: skip
PAGES = ("newest page", "date range", "country and range")
#: Workload → how many times the plain implementation's rate it is to reach.
TIMES_PLAIN = dict.fromkeys(PAGES, 60) | {"dyad and kind": 200, "deep page": 200, "two words and country": 20}
#: Workload → the share of the hello-world's rate that it is to reach.
SHARE_OF_HELLO = {"detail": 0.5, "newest page": 0.25}
TAIL, PAST = 5, 5
#: From how many events to how many → by how much a workload's p50 may grow.
GROWTH = {(100_000, 1_000_000): 1.3, (100_000, 10_000_000): 2.0}
IMPORT_RATE, IMPORT_MEMORY = 5000, 400


def number(value: float | None) -> str:
    """Three digits that count, thousands apart; a dash for what could not be asked."""
    if value is None or value != value:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def as_table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Markdown that can be read on a terminal too: the first column to the left, the others to the right."""
    first, *others = (max(map(len, column)) for column in zip(titles, *rows, strict=True))

    def line(cells: tuple[str, ...]) -> str:
        padded = [cells[0].ljust(first), *(cell.rjust(width) for cell, width in zip(cells[1:], others, strict=True))]
        return f"| {' | '.join(padded)} |"

    rule = f"|{'-' * (first + 2)}|{'|'.join('-' * (width + 1) + ':' for width in others)}|"
    return "\n".join([line(titles), rule, *map(line, rows)]) + "\n"


def measured(results: Results) -> str:
    """One line a workload."""
    rows = []
    for row in results.rows.values():
        found, plain = row.as_json(), row.plain.rps if row.plain else None
        figures = [
            found["rps"], found["p50_ms"], found["p99_ms"], found["loaded_p50_ms"], found["loaded_p99_ms"],
            found["bytes"], found["cpu_us"], plain, found["rps"] / plain if plain else None, found["sql_rps"],
        ]  # fmt: skip
        rows.append((row.name, *map(number, figures)))
    rows.append(("hello, world", number(results.hello_rps), *["–"] * (len(TITLES) - 2)))
    return as_table(TITLES, rows)


def heading(results: Results) -> str:
    machine = results.machine
    return (
        f"{results.events:,} events on {machine['database']}; {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"Python {machine['python']}, {machine['seconds']:g} s each, commit {machine['commit'] or 'unknown'}\n"
    )


def not_measured(results: Results) -> str:
    """What has no figure, and why: a line each, under a line that says so."""
    lines = [f"- {what}: {' '.join(why.split())}\n" for what, why in results.reasons()]
    return "".join(["Not measured:\n\n", *lines]) if lines else ""


def targets(results: Results, folder: Path) -> str:
    """What was to be reached, what was, and whether: nothing is asserted. Earlier runs lie in *folder*."""
    rows = [
        (words, number(reached), "yes" if is_met else "no")
        for words, reached, is_met in (*ratios(results), *growth(results, folder), *importing(results))
    ]
    return as_table(("target", "measured", "met"), rows)


Target = tuple[str, float, bool]


def ratios(results: Results) -> Iterator[Target]:
    """What can be told from this run alone, as far as its workloads were asked for."""
    found = results.rows
    for name, times in TIMES_PLAIN.items():
        if name in found and found[name].plain and found[name].plain.rps:
            reached = found[name].loaded.rps / found[name].plain.rps
            yield f"{name}: {times} × plain", reached, reached >= times
    for name, share in SHARE_OF_HELLO.items():
        if name in found and results.hello_rps:
            reached = found[name].loaded.rps / results.hello_rps
            yield f"{name}: {share} of hello, world", reached, reached >= share
    for name, row in found.items():
        reached = row.lone.percentile_ms(0.99) / row.lone.percentile_ms(0.5)
        yield f"{name}: p99 within {TAIL} × p50, of a lone reader", reached, reached <= TAIL
    for name in ("as of ten years back", "snapshot"):
        if {name, "newest page"} <= found.keys():
            reached = found[name].lone.percentile_ms(0.5) / found["newest page"].lone.percentile_ms(0.5)
            yield f"{name}: p50 within {PAST} × newest page's", reached, reached <= PAST


def growth(results: Results, folder: Path) -> Iterator[Target]:
    """Against the last run of a smaller size."""
    here = results.as_json()["workloads"]
    for (smaller, larger), times in GROWTH.items():
        earlier: dict[str, Any] | None = of_size(smaller, results.database, folder)
        if results.events != larger or earlier is None:
            continue
        for name in sorted(here.keys() & earlier["workloads"].keys()):
            reached = here[name]["p50_ms"] / earlier["workloads"][name]["p50_ms"]
            yield f"{name}: p50 within {times} × that of {smaller:,} events", reached, reached <= times


def importing(results: Results) -> Iterator[Target]:
    filled = results.filled
    yield f"import: {IMPORT_RATE:,} events/s", filled.events_per_s, filled.events_per_s >= IMPORT_RATE
    yield f"import: under {IMPORT_MEMORY} MB", filled.max_rss_mb, filled.max_rss_mb < IMPORT_MEMORY
