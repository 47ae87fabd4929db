"""A change that touches more than 1,000 events is shown batch by batch, and survives a kill."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from events.affected import MOST_AT_ONCE
from events.models import Event
from events.recording import recording
from tests.factories import EventFactory, KindFactory
from timeline.models import Entry, Pending
from timeline.rebuilding import rebuild

MANY = MOST_AT_ONCE + 1
#: Killed a moment after the first batch: in the middle of another.
KILLED = """
import os, signal, threading
import django; django.setup()
from events.models import Event, Kind
from events.recording import recording
from timeline.pending import project_pending
kind = Kind.objects.order_by("pk").first()
with recording(None, "made for a test") as unit:
    Event.objects.bulk_create(
        Event(slug=f"event-{n}", title="Event", kind=kind, date="2018", review="published") for n in range(3500)
    )
    unit.to_be_borne_out.clear()  # claims are not what this is about
project_pending(lambda events: threading.Timer(0.05, os.kill, [os.getpid(), signal.SIGKILL]).start())
"""
AFTERWARDS = """
import django; django.setup()
from django.core.management import call_command
from timeline.pending import waiting
print(waiting())
call_command("project_pending")
call_command("rebuild_timeline", check=True)
"""


def make_many(kind):
    with recording(None, "made for a test") as unit:
        Event.objects.bulk_create(
            Event(slug=f"event-{n}", title="Event", kind=kind, date="2018", review="published") for n in range(MANY)
        )
        unit.to_be_borne_out.clear()  # claims are not what this is about


@pytest.mark.django_db
def test_too_many_events_at_once_wait_until_they_are_brought_up_to_date(client, capsys):
    make_many(KindFactory())
    EventFactory(slug="another")

    assert Entry.objects.count() == 1
    assert client.get("/readyz").json()["pending"] == MANY

    call_command("project_pending")

    assert f"{MANY} events brought up to date." in capsys.readouterr().out
    assert Entry.objects.count() == MANY + 1
    assert not Pending.objects.exists()
    assert rebuild(check=True).is_clean


def run(code, environment):
    return subprocess.run([sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, capture_output=True,
                          text=True, check=False)  # fmt: skip


def test_killed_in_the_middle_it_goes_on_where_it_was(own_database):
    assert run(KILLED, own_database).returncode == -signal.SIGKILL

    afterwards = run(AFTERWARDS, own_database)

    assert afterwards.returncode == 0, afterwards.stderr
    left, *_ = afterwards.stdout.splitlines()
    assert int(left) in (2500, 1500, 500)  # whole batches
