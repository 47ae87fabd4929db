import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from tests.scale.report import as_table
from tests.scale.shape import ROOT

WORKLOADS = ("detail", "snapshot", "not modified")
MEASURED = {"rps", "p50_ms", "p99_ms", "bytes", "cpu_us", "plain_rps", "sql_rps"}


def bench(folder, *arguments):
    """The whole of it, small, on SQLite, its database kept in *folder*."""
    command = [sys.executable, "-m", "tests.scale.bench", "--events", "200", "--database", "sqlite", "--keep"]
    command += ["--seconds", "0.1", "--connections", "2", "--workers", "1", "--folder", str(folder)]
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def done(folder):
    return bench(folder, "--only", ",".join(WORKLOADS))


def test_a_run_writes_its_results_in_their_form(done, folder):
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((folder / "results.json").read_text())
    workloads = results["workloads"]

    assert results.keys() == {"events", "database", "workloads", "hello_rps", "import"}
    assert (results["events"], results["database"]) == (200, "sqlite")
    assert results["import"].keys() == {"events_per_s", "max_rss_mb"}
    assert workloads.keys() == set(WORKLOADS)
    assert {frozenset(found) for found in workloads.values()} == {frozenset(MEASURED)}
    assert all(found["rps"] > 0 and found["sql_rps"] > 0 for found in workloads.values())
    assert workloads["snapshot"]["plain_rps"] is None


def test_a_run_shows_its_table_and_draws_its_chart(done, folder):
    assert "| detail" in done.stdout
    assert (folder / "table.md").read_text() in done.stdout
    assert ET.parse(folder / "results.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_a_kept_database_is_found_again_and_a_workload_that_is_not_there_is_named(done, folder):
    again = bench(folder, "--only", "oldest page")

    assert again.returncode != 0
    assert "Making events" in done.stderr
    assert "Making events" not in again.stderr
    assert "oldest page" in again.stderr
    assert "newest page" in again.stderr


def test_tables_are_aligned():
    assert as_table(("what", "n"), [("a", "1,000")]) == "| what |     n |\n|------|------:|\n| a    | 1,000 |\n"
