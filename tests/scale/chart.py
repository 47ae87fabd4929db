"""The rates of a run as a picture: one row a workload, a bar each for us, plain DRF and the database alone."""

import math
from html import escape

from tests.scale.results import Results

LEFT, WIDTH, RIGHT = 190, 620, 80
BAR, GAP, TOP = 11, 16, 64
COLOURS = {"Chancery": "#1f5fa8", "plain DRF": "#b4530a", "SQL alone": "#8a8f98"}
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1c1b19}.title{font-size:15px;font-weight:600}.tick{fill:#6b6f76}"
    ".end{text-anchor:end}.middle{text-anchor:middle}line{stroke:#dcdde0}"
)


def draw(results: Results) -> str:
    """SVG; the scale is logarithmic, from a tenth of an answer a second."""
    series = {
        row.name: dict(zip(COLOURS, (row.loaded.rps, row.plain.rps if row.plain else 0, row.sql_rps or 0), strict=True))
        for row in results.rows.values()
    }
    fastest = max((rate for rates in series.values() for rate in rates.values()), default=1)
    decades = max(2, math.ceil(math.log10(max(fastest, 1))) + 1)
    height = TOP + len(series) * (3 * BAR + GAP) + 20
    parts = [*heading(results), *grid(decades, height)]
    for place, (name, rates) in enumerate(series.items()):
        parts += bars(name, rates, TOP + place * (3 * BAR + GAP), decades)
    size = f'viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" role="img" aria-label="Answers a second, by workload"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([opening, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def x_of(rate: float, decades: int) -> float:
    """Pixels from the left edge to *rate*; a tenth of an answer a second and less is where bars begin."""
    return LEFT + WIDTH * max(0.0, math.log10(max(rate, 0.1)) + 1) / decades


def heading(results: Results) -> list[str]:
    title = f"Answers a second, {results.events:,} events on {escape(results.database)}"
    parts = [f'<rect width="{LEFT + WIDTH + RIGHT}" height="100%" fill="#fff"/>', text(12, 22, title, "title")]
    for place, (name, colour) in enumerate(COLOURS.items()):
        x = 12 + place * 110
        parts += [f'<rect x="{x}" y="34" width="{BAR}" height="{BAR}" fill="{colour}"/>', text(x + 17, 44, name)]
    return parts


def grid(decades: int, height: int) -> list[str]:
    parts = []
    for power in range(-1, decades):
        x, label = x_of(10**power, decades), f"{10**power:,}"
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{height - 18}"/>')
        parts.append(text(x, height - 4, label, "tick middle"))
    return parts


def bars(name: str, rates: dict[str, float], y: int, decades: int) -> list[str]:
    parts = [text(LEFT - 10, y + 2 * BAR, name, "end")]
    for place, (series, rate) in enumerate(rates.items()):
        if not rate:
            continue
        x, top = x_of(rate, decades), y + place * BAR
        parts.append(f'<rect x="{LEFT}" y="{top}" width="{x - LEFT:.1f}" height="{BAR - 1}" fill="{COLOURS[series]}"/>')
        parts.append(text(x + 5, top + BAR - 1, f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"))
    return parts


def text(x: float, y: float, words: str, classes: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{classes}">{escape(words)}</text>'
