"""Ended at any moment and run again, an import comes to what an undisturbed one does."""

import json
import re
import resource
import subprocess
import sys
import time
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection

from events.importing.journal import Journal
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.loading.applying import load_record
from events.models import Event, ImportRun
from tests.events.importing.files import exported, ndjson

ROWS = 4_000
MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
STATE = """
import json
from events.models import Claim, Event, ImportedRow, LikelyDuplicate, Participation, Source
from timeline.clock import last_tick
from timeline.models import Entry
state = json.dumps([
    last_tick().number, Entry.objects.count(),
    list(Event.objects.order_by("pk").values_list("slug", "title", "date", "review", "verification")),
    list(Participation.objects.order_by("pk").values_list("event__slug", "role", "country__code")),
    list(Claim.objects.order_by("pk").values_list("event__slug", "source__slug", "stance", "locator")),
    list(ImportedRow.objects.order_by("pk").values_list("external_id", "event__slug", "digest")),
    list(LikelyDuplicate.objects.order_by("pk").values_list("event__slug", "other__slug")),
    sorted(Source.objects.values_list("slug", flat=True)),
], default=str)
"""


def made_file(path):
    """Events of many days; every hundredth has a party that the record does not know."""
    unknown = {"participants": [{"role": "party", "country": {"id": "QQQ"}}]}
    path.write_bytes(ndjson(*(
        exported(f"event-{n}", date={"edtf": f"{1000 + n // 300}-01-0{n % 9 + 1}"}, **(unknown if n % 100 == 7 else {}))
        for n in range(ROWS)
    )))  # fmt: skip
    return path


def run(arguments, environment, folder, **options):
    return subprocess.run([*MANAGE, *arguments], env=environment, cwd=folder, check=True, capture_output=True,
                          text=True, **options)  # fmt: skip


@pytest.fixture
def own_record(own_database, folder):
    """The environment of processes that work on a database of their own, which knows two countries."""
    (folder / "countries.yaml").write_text("- id: PRK\n  name: North Korea\n- id: SYR\n  name: Syria\n")
    run(["load_record", str(folder / "countries.yaml")], own_database, folder)
    return own_database


def killed_in_the_middle(command, environment, folder, size):
    """Start *command* and kill it outright once its rejects have more than *size* bytes: just then a batch is stored.

    Returns whether it was still running.
    """
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    rejects = folder / "rejects.ndjson"
    while process.poll() is None and not (rejects.exists() and rejects.stat().st_size > size):
        time.sleep(0.005)
    was_running = process.poll() is None
    process.kill()
    process.wait()
    return was_running


@pytest.mark.django_db
def test_killed_several_times_it_comes_to_the_same(own_record, folder):
    arguments = ["import_events", str(made_file(folder / "e.ndjson")), "--format", "ndjson"]
    command = [*MANAGE, *arguments, "--rejects", str(folder / "rejects.ndjson")]
    sizes = [0, 2_000, 6_000]
    kills = [killed_in_the_middle(command, own_record, folder, size) for size in sizes]
    output = run(command[2:], own_record, folder).stdout
    state = run(["shell", "-v", "0", "-c", STATE + "print(state)"], own_record, folder).stdout

    assert kills == [True] * len(sizes)
    load_record([folder / "countries.yaml"])
    undisturbed = import_events([folder / "e.ndjson"], "ndjson", rejects=folder / "undisturbed.ndjson")
    found: dict = {}
    exec(STATE, found)
    assert json.loads(state) == json.loads(found["state"])
    assert json.loads(output.splitlines()[-1]) | {"seconds": 0} == undisturbed.counts() | {"seconds": 0}
    assert undisturbed.rejected == ROWS // 100
    assert (folder / "rejects.ndjson").read_bytes() == (folder / "undisturbed.ndjson").read_bytes()


@pytest.mark.django_db
def test_a_file_that_another_process_imports_is_left_to_it(folder, countries):
    path = folder / "e.ndjson"
    path.write_bytes(ndjson(*(exported(f"event-{n}") for n in range(1_001))))

    def another_goes_on(*told):
        ImportRun.objects.update(rows=1)

    with pytest.raises(ImportRefused, match="by another process"):
        import_events([path], "ndjson", on_batch=another_goes_on)

    assert Event.objects.count() == 1_000
    assert (folder / "e.rejects.ndjson").exists(), "the other one writes into it"


@pytest.mark.django_db
def test_two_that_begin_a_file_at_once_have_one_journal(folder):
    (folder / "e.ndjson").touch()
    journals = [Journal(folder / "e.ndjson", "ndjson", {}, set()) for _ in range(2)]
    for journal in journals:
        journal.begin()

    assert ImportRun.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_one_rejects_is_not_taken_away_by_another_that_begins_the_same_file(folder):
    path = folder / "e.ndjson"
    path.write_bytes(ndjson(exported("bad", kind={"id": "none"})))
    found = []

    def begin():
        try:
            found.append(import_events([path], "ndjson").rejected)
        finally:
            connection.close()

    another = Thread(target=begin)

    def in_the_middle_of_a_batch(rejects):
        another.start()
        another.join(0.3)

    import_events([path], "ndjson", keep=in_the_middle_of_a_batch)
    another.join()

    assert found == [1]
    assert (folder / "e.rejects.ndjson").read_bytes().count(b"\n") == 1


@pytest.mark.django_db
def test_without_the_rejects_of_before_it_begins_again(folder, countries):
    path = folder / "e.ndjson"
    path.write_bytes(ndjson({**exported("bad"), "kind": {"id": "none"}}, *(exported(f"e-{n}") for n in range(1_500))))

    def stop(*told):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_events([path], "ndjson", on_batch=stop)
    (folder / "e.rejects.ndjson").unlink()

    report = import_events([path], "ndjson")

    assert (report.read, report.created, report.unchanged, report.rejected) == (1_501, 501, 999, 1)
    assert (folder / "e.rejects.ndjson").read_text().count("\n") == 1


@pytest.mark.django_db
def test_of_several_files_those_that_were_done_are_counted_when_it_goes_on(folder, countries):
    bad = exported("bad", kind={"id": "none"})
    contents = {"a": [exported("one"), bad], "b": [exported("one"), bad], "c": [exported("two")]}
    for name, events in contents.items():
        (folder / f"{name}.ndjson").write_bytes(ndjson(*events))
    files = [folder / f"{name}.ndjson" for name in contents]

    def stop_at_b(path, *told):
        if path.name == "b.ndjson":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_events(files, "ndjson", on_batch=stop_at_b)

    report = import_events(files, "ndjson")
    again = import_events(files, "ndjson")

    assert (report.read, report.created, report.unchanged, report.rejected) == (5, 2, 1, 2)
    assert (again.read, again.created, again.unchanged, again.rejected) == (5, 0, 3, 2)
    assert not ImportRun.objects.filter(finished=None).exists()
    assert sorted(path.name for path in folder.glob("*.rejects.ndjson")) == ["a.rejects.ndjson", "b.rejects.ndjson"]


@pytest.mark.django_db
def test_a_full_disk_ends_an_import_in_a_sentence(own_database, folder):
    path = folder / "e.ndjson"
    path.write_bytes(ndjson(*(exported(f"e-{n}", kind={"id": "none"}) for n in range(2_000))))
    arguments = ["import_events", str(path), "--format", "ndjson"]

    ended = subprocess.run([*MANAGE, *arguments], env=own_database, cwd=folder, capture_output=True, text=True,
                           check=False, preexec_fn=no_large_files)  # fmt: skip
    went_on = json.loads(run(arguments, own_database, folder).stdout.splitlines()[-1])

    assert ended.returncode == 1
    assert re.fullmatch(r"CommandError: Ended \(.+\)\. What was imported stands; run the same again to go on\.",
                        ended.stderr.strip().splitlines()[-1])  # fmt: skip
    assert (went_on["read"], went_on["rejected"]) == (2_000, 2_000)
    assert (folder / "e.rejects.ndjson").read_bytes().count(b"\n") == 2_000


def no_large_files():
    """Let this process, and those that it becomes, write no file beyond its first 100,000 bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
