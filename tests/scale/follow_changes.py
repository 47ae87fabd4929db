"""Whether a follower of the changes misses anything while many write.

    DATABASE_URL=… python tests/scale/follow_changes.py --writers 8 --seconds 10

Uses an empty database. Prints what was written and seen; ends with 1 where something was missed or came out of order.
"""

import argparse
import json
import multiprocessing
import os
import sys
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHANGES = "/api/v1/changes/"


def set_up() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEVELOPMENT": "true", "ALLOWED_HOSTS": "testserver"}
    import django

    django.setup()


def write(number: int, seconds: float, ready: Barrier, written: multiprocessing.Queue) -> None:
    """Add, change and withdraw events for *seconds*, once all writers are *ready*."""
    from events.models import Claim, Event, Kind, Source
    from events.recording import recording
    from events.review import withdraw

    kind, source, count = Kind.objects.order_by("pk").first(), Source.objects.get(), 0
    ready.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with recording(None, "written"):
            event = Event.objects.create(
                slug=f"writer-{number}-{count}", title="Written", kind=kind, date="2018", review="published"
            )
            Claim.objects.create(event=event, source=source, stance="reports")
        if count % 3 == 1:
            with recording(None, "changed"):
                event.title = "Changed"
                event.save()
        if count % 3 == 2:
            withdraw(event, None, "Not so.")
        count += 1
    written.put(count)


def follow(mirror: dict, after: int) -> int:
    """Apply to *mirror* what changed since *after*; returns where to go on. Raises ValueError out of order."""
    from django.test import Client

    answer = Client().get(CHANGES, {"after": after, "format": "ndjson"})
    if answer.status_code == 503:  # a machine that is too busy for it now
        return after
    last = after
    for line in b"".join(answer).splitlines():
        change = json.loads(line)
        if change["number"] < last:
            raise ValueError(f"{change['number']} came after {last}")
        last = change["number"]
        if change["kind"] == "changed":
            mirror[change["id"]] = change["event"]
        else:
            mirror.pop(change["id"], None)
    return int(answer["Snapshot"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args()
    set_up()
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from events.models import Organization, Source
    from events.recording import recording

    call_command("migrate", verbosity=0)
    with recording(None, "what all of them cite"):
        agency = Organization.objects.create(slug="agency", name="Agency", kind="news-agency")
        Source.objects.create(slug="report", title="Report", publisher=agency, kind="article", published="2018")
    connections.close_all()
    processes = multiprocessing.get_context("fork")  # each has what was imported here
    written, ready = processes.Queue(), processes.Barrier(asked.writers)
    writers = [
        processes.Process(target=write, args=(number, asked.seconds, ready, written)) for number in range(asked.writers)
    ]
    for writer in writers:
        writer.start()
    mirror, number, polls = {}, 0, 0
    while any(writer.is_alive() for writer in writers):
        number = follow(mirror, number)
        polls += 1
    count = sum(written.get(timeout=5) for _ in writers)
    while (now := follow(mirror, number)) > number:
        number = now
    lines = b"".join(Client().get("/api/v1/events/", {"format": "ndjson"})).splitlines()
    original = {event["id"]: event for event in map(json.loads, lines)}
    missed = sum(mirror.get(key) != event for key, event in original.items()) + len(mirror.keys() - original.keys())
    print(json.dumps({"written": count, "numbers": number, "polls": polls, "events": len(original), "missed": missed}))
    sys.exit(bool(missed) or not count)


if __name__ == "__main__":
    main()
