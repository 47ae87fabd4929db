"""A record to import into, and ways to import into it. What needs models is imported late: Django is not set up yet."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import openpyxl
import pytest

from tests.events.importing.files import VISITS, table
from tests.shared import shared

if TYPE_CHECKING:
    from events.importing.report import Report

Importer = Callable[..., "Report"]


@pytest.fixture(autouse=True)
def _nothing_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command has the garbage collected: of a process that holds all tests, for longer than a test takes."""
    monkeypatch.setattr("events.management.commands.import_events.gc", Mock())


@shared
def countries() -> None:
    """North Korea, Syria, Russia and what was before it, the United States, and the United Nations."""
    from tests.factories import CountryFactory, OrganizationFactory

    CountryFactory(code="PRK", alpha_2="KP", name="North Korea", aliases=["DPRK"])
    CountryFactory(code="SYR", alpha_2="SY", name="Syria")
    CountryFactory(code="USA", alpha_2="US", name="United States")
    CountryFactory(code="RUS", alpha_2="RU", name="Russia", existence="1991-12-26/..")
    CountryFactory(code="SUN", alpha_2="SU", name="Soviet Union", aliases=["U.S.S.R."],
                   existence="1922-12-30/1991-12-26")  # fmt: skip
    OrganizationFactory(slug="united-nations", name="United Nations", kind="international-body")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, in which rejects are written."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bring_in(folder: Path) -> Importer:
    """A function that writes a file and imports it."""

    from events.importing.running import import_events

    def write_and_import(name: str, content: str | bytes, format: str, **options: Any) -> "Report":  # noqa: A002
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_events([path], format, **options)

    return write_and_import


@pytest.fixture
def visits(folder: Path, bring_in: Importer) -> Importer:
    """A function that imports rows of visits: no, start, end, who, from, to."""
    (folder / "visits.yaml").write_text(VISITS)

    def import_rows(*rows: Iterable[str], **options: Any) -> "Report":
        return bring_in("visits.csv", table(("no", "start", "end", "who", "from", "to"), *rows), "table",
                        mapping=folder / "visits.yaml", **options)  # fmt: skip

    return import_rows


@pytest.fixture
def sheet(folder: Path) -> Callable[..., Path]:
    """A function that writes rows to the sheet Visits of a new visits.xlsx; merged cells are ranges such as E2:E4."""

    def write(*rows: Iterable[Any], merged: Iterable[str] = ()) -> Path:
        book = openpyxl.Workbook()
        book.active.title = "Visits"
        for row in rows:
            book.active.append(row)
        for cells in merged:
            book.active.merge_cells(cells)
        book.save(folder / "visits.xlsx")
        return folder / "visits.xlsx"

    return write


@pytest.fixture
def bring(folder: Path, countries: None) -> Importer:
    """A function that imports a spreadsheet."""
    from events.importing.running import import_events

    (folder / "m.yaml").write_text(VISITS)
    return lambda path, **options: import_events([path], "table", mapping=folder / "m.yaml", **options)
