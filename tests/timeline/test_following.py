"""A mirror that follows the changes ends equal to the original, whoever writes meanwhile."""

import importlib.util
import json
import subprocess
import sys

import pytest
from django.conf import settings

from events.merging import merge_events
from events.models import Event
from events.recording import recording
from events.review import withdraw
from tests.factories import EventFactory

MIRROR = settings.BASE_DIR / "docs" / "mirror.py"


def test_eight_writers_and_a_follower_that_misses_nothing(own_database):
    script = settings.BASE_DIR / "tests" / "scale" / "follow_changes.py"

    run = subprocess.run(
        [sys.executable, script, "--writers", "8", "--seconds", "2"],
        env=own_database, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert report["missed"] == 0
    assert report["written"] >= 8


@pytest.mark.django_db(transaction=True)
def test_the_documented_mirror_ends_equal_to_the_original(live_server, tmp_path):
    spec = importlib.util.spec_from_file_location("mirror", MIRROR)
    mirror = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mirror)
    root, file = f"{live_server.url}/api/v1/", str(tmp_path / "mirror.json")
    first, second, third, _ = (EventFactory(claimed=["reports"]) for _ in range(4))
    mirror.main(root, file)

    with recording(None, "renamed"):
        first.refresh_from_db()
        first.slug, first.title = "renamed", "Renamed"
        first.save()
    withdraw(second, None, "Not so.")
    merge_events(third, Event.objects.get(pk=first.pk), None)
    EventFactory(slug="new")
    mirror.main(root, file)

    kept = json.loads((tmp_path / "mirror.json").read_text())
    assert kept == mirror.start(root)
    assert set(kept["events"]) == {"renamed", "new", Event.objects.exclude(slug="new").filter(
        review="published").exclude(slug="renamed").get().slug}  # fmt: skip


def test_the_mirror_is_short():
    assert len(MIRROR.read_text().splitlines()) <= 60
