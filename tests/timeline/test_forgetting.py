"""After an erasure the database itself is clean: its file on SQLite, every table and index on PostgreSQL."""

from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from events.models import Event
from events.recording import recording
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "kanarienvogel"


@pytest.fixture
def told():
    """An event of the canary with a past, among others, in a database that knows how much there is of what."""
    for slug, name in (("first", "First"), ("second", "Second"), ("told", CANARY)):
        event = EventFactory(slug=slug, title=name)
        with recording(None, "changed"):
            event.refresh_from_db()
            event.title = f"The {name}"
            event.save()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def erase():
    call_command("erase_event", "told", reason="A court ordered it.", yes=True, verbosity=0)


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_no_file_of_sqlite_holds_it(told):
    path = Path(connection.settings_dict["NAME"])

    def holding():
        return {each.name for each in path.parent.glob(f"{path.name}*") if CANARY.encode() in each.read_bytes().lower()}

    assert holding()

    erase()

    assert holding() == set()


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_every_table_is_vacuumed_also_those_of_no_model(told):
    [(before,)] = asked("SELECT clock_timestamp()")
    assert any(CANARY in row[0].lower() for row in asked("SELECT pg_stats::text FROM pg_stats"))

    erase()

    tables = {name: rest for name, *rest in asked("SELECT relname, last_vacuum, n_dead_tup FROM pg_stat_user_tables")}
    assert {"events_event", "timeline_words", "timeline_pastwords"} <= tables.keys()
    assert {name for name, (vacuumed, _) in tables.items() if vacuumed is None or vacuumed < before} == set()
    assert {name for name, (_, dead) in tables.items() if dead} == set()
    assert not any(CANARY in row[0].lower() for row in asked("SELECT pg_stats::text FROM pg_stats"))


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_no_list_of_pending_entries_is_left_to_others(told):
    """What the lists hold the next to empty them counts, so that nothing is left where it finds no page."""
    for table in ("timeline_words", "timeline_pastwords"):
        assert asked(f"SELECT gin_clean_pending_list('{table}_words')") == [(0,)]


def read_on(other):
    """Let *other* see what stands now until it is closed."""
    with other.cursor() as cursor:
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM events_event")
        cursor.fetchall()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr("events.forgetting.PATIENCE", 0.2)
    if connection.vendor == "sqlite":
        asked("PRAGMA busy_timeout = 200")
    yield
    connection.close()


def test_whoever_still_reads_what_stood_before_is_not_passed_over_in_silence(told, impatient, admin_client):
    second = Event.objects.get(slug="second")
    with closing(connection.copy()) as other:
        read_on(other)

        with pytest.raises(CommandError, match="Erased, but others kept the database from cleaning"):
            erase()
        page = admin_client.post(
            reverse("admin:events_event_erase", args=[second.pk]), {"public_id": "second", "reason": "Ordered."},
            follow=True,
        )  # fmt: skip

    assert "Erased, but others kept the database from cleaning" in page.content.decode()
    assert [event.slug for event in Event.objects.all()] == ["first"]
