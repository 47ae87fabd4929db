import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from tests.postgres import stop
from tests.scale import bench, machine
from tests.scale.driver import Measure
from tests.scale.environment import FILLED, database
from tests.scale.filling import Filled
from tests.scale.questions import WORKLOADS
from tests.scale.report import as_table
from tests.scale.results import NotMeasured, Results, Row, noting
from tests.scale.shape import ROOT

CHOSEN = ("detail", "snapshot", "not modified")
MEASURED = {
    "rps", "p50_ms", "p99_ms", "loaded_p50_ms", "loaded_p99_ms", "bytes", "cpu_us", "driver_cpu_us", "plain_rps",
    "sql_rps", "not_measured",
}  # fmt: skip


def command(folder, *arguments):
    """The whole of it, small, on SQLite."""
    made = [sys.executable, "-m", "tests.scale.bench", "--events", "200", "--database", "sqlite", "--seconds", "0.1"]
    return [*made, "--connections", "2", "--workers", "1", "--folder", str(folder), *arguments]


def run(folder, *arguments):
    return subprocess.run(command(folder, *arguments), cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def done(folder):
    return run(folder, "--keep", "--only", ",".join(CHOSEN))


def test_a_run_writes_its_results_in_their_form(done, folder):
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((folder / "results.json").read_text("utf-8"))
    workloads = results["workloads"]

    assert results.keys() == {
        "events", "database", "workloads", "hello_rps", "import", "machine", "not_measured",
    }  # fmt: skip
    assert (results["events"], results["database"], results["not_measured"]) == (200, "sqlite", {})
    assert results["import"].keys() == {"events_per_s", "max_rss_mb"}
    assert 20 < results["import"]["max_rss_mb"] < 1000
    assert workloads.keys() == set(CHOSEN)
    assert {frozenset(found) for found in workloads.values()} == {frozenset(MEASURED)}
    assert all(found["rps"] > 0 and found["sql_rps"] > 0 for found in workloads.values())
    assert workloads["snapshot"]["plain_rps"] is None
    assert "only what stands" in workloads["snapshot"]["not_measured"]["plain_rps"]


def test_a_run_shows_its_table_and_draws_its_chart(done, folder):
    assert "| detail" in done.stdout
    assert (folder / "table.md").read_text("utf-8") in done.stdout
    assert ET.parse(folder / "results.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_a_run_of_some_workloads_is_nothing_that_later_ones_are_compared_with(done, folder):
    assert not (folder / "results-sqlite-200.json").exists()


def test_a_kept_database_is_found_again_and_stays(done, folder):
    again = run(folder, "--only", "newest page")

    assert again.returncode == 0, again.stderr
    assert "Making events" in done.stderr
    assert "Making events" not in again.stderr
    assert (folder / "sqlite-200-1/bench.sqlite3").exists()


def test_a_run_that_is_broken_off_leaves_no_database(tmp_path):
    process = subprocess.Popen(command(tmp_path, "--keep", "--events", "10000"), cwd=ROOT, stderr=subprocess.PIPE)
    while b"Making events" not in process.stderr.readline():
        assert process.poll() is None

    stop(process)

    assert process.returncode == 128 + 15
    assert not (tmp_path / "sqlite-10000-1").exists()


@pytest.mark.parametrize(
    ("keep", "is_filled", "stays"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_database_stays_where_that_is_said_and_it_is_full(tmp_path, keep, is_filled, stays):
    with database("sqlite", tmp_path / "made", keep):
        if is_filled:
            (tmp_path / "made" / FILLED).touch()

    assert (tmp_path / "made").exists() is stays


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--events", "0"], "N is '0'"),
        (["--events", "1e6"], "N is '1e6'"),
        (["--seconds", "nan"], "SECONDS is 'nan'"),
        (["--seconds", "inf"], "SECONDS is 'inf'"),
        (["--seconds", "0.05"], "SECONDS is '0.05'"),
        (["--database", "mysql"], "DATABASE is 'mysql': write postgresql or sqlite"),
        (["--only", "detail, oldest page"], r"ONLY names oldest page: .*newest page"),
    ],
)
def test_what_was_written_wrong_is_named(arguments, sentence):
    with pytest.raises(SystemExit, match=sentence):
        bench.read_arguments(arguments)


def test_of_two_runs_in_a_folder_the_second_is_refused(tmp_path):
    with machine.locked(tmp_path), pytest.raises(SystemExit, match="Another benchmark"), machine.locked(tmp_path):
        pass


def test_a_disk_without_room_is_named_before_it_is_filled(tmp_path):
    machine.check_room("postgresql", 1, tmp_path)

    with pytest.raises(SystemExit, match=rf"N=1{'0' * 9} takes some 12008.2 GB in {tmp_path}"):
        machine.check_room("postgresql", 10**9, tmp_path)


def test_what_cannot_be_measured_is_noted_and_the_rest_goes_on():
    reasons = {}

    with noting(reasons, "detail"):
        raise NotMeasured("3 of 4 answers were not 200.")

    assert reasons == {"detail": "3 of 4 answers were not 200."}


def results_of(*names, plain=None):
    measure = Measure(1, [0.001], 10, 1)
    rows = {name: Row(name, measure, measure, 100, plain, not_measured={"plain_rps": "Too slow."}) for name in names}
    about = machine.about("SQLite 3") | {"seconds": 1}
    return Results(100, "sqlite", Filled(1, 1000, 100), about, rows)


def test_a_run_without_plain_figures_has_its_own_and_says_why(tmp_path):
    asked = bench.read_arguments(["--folder", str(tmp_path)])

    bench.write(results_of("detail", "tile"), asked)

    found = json.loads((tmp_path / "results.json").read_text("utf-8"))["workloads"]["detail"]
    assert (found["rps"], found["plain_rps"], found["sql_rps"]) == (1, None, None)
    assert "- detail, plain_rps: Too slow." in (tmp_path / "table.md").read_text("utf-8")
    assert not (tmp_path / "results-sqlite-100.json").exists()


def test_a_whole_run_is_kept_for_later_ones_to_compare_with(tmp_path):
    asked = bench.read_arguments(["--folder", str(tmp_path)])

    bench.write(results_of(*WORKLOADS), asked)

    assert (tmp_path / "results-sqlite-100.json").read_text("utf-8") == (tmp_path / "results.json").read_text("utf-8")


def test_tables_are_aligned():
    assert as_table(("what", "n"), [("a", "1,000")]) == "| what |     n |\n|------|------:|\n| a    | 1,000 |\n"
