"""A command that follows outlives an outage of its database, and nothing else."""

import io
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from events.management.following import FollowingCommand

MANAGE = [sys.executable, "manage.py"]


class Mistake(Exception):
    pass


class Command(FollowingCommand):
    """Does what is in *steps*, one each time: None is nothing to do, an exception is raised."""

    pause = 0

    def __init__(self, *steps):
        super().__init__(stderr=io.StringIO())
        self.steps = list(steps)

    def work_through(self):
        if step := self.steps.pop(0):
            raise step


def said(command):
    return command.stderr.getvalue().splitlines()


@pytest.mark.django_db(transaction=True)
def test_each_outage_is_said_once_in_a_line():
    away = OperationalError("connection refused\n\tIs the server running?\n")
    command = Command(None, away, InterfaceError("connection already closed"), None, away, away, Mistake)

    with pytest.raises(Mistake):
        command.handle(follow=True)

    line = "The database is away, and asked again until it is back: connection refused Is the server running?"
    assert said(command) == [line, line]


@pytest.mark.django_db(transaction=True)
def test_without_following_an_outage_ends_it():
    command = Command(OperationalError("connection refused"))

    with pytest.raises(OperationalError):
        command.handle(follow=False)
    assert said(command) == []


@pytest.mark.django_db(transaction=True)
def test_a_mistake_of_ours_ends_it_on_either_database():
    class Mistaken(Command):
        def work_through(self):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM absent")

    command = Mistaken()
    with pytest.raises(DatabaseError):
        command.handle(follow=True)
    assert said(command) == []


def until(is_so):
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize("command", ["project_pending", "run_imports"])
def test_a_postgres_that_is_away_for_a_while_does_not_end_it(own_database, command, tmp_path):
    import psycopg2

    def ask(statement):
        with server.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None

    def accept(connections):
        ask(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {connections}")

    base, _, name = own_database["DATABASE_URL"].rpartition("/")
    server, log = psycopg2.connect(f"{base}/postgres"), tmp_path / "log"
    server.autocommit = True
    theirs = f"pg_stat_activity WHERE datname = '{name}' AND backend_type = 'client backend'"
    with log.open("w") as output:
        following = subprocess.Popen([*MANAGE, command, "--follow"], env=own_database, cwd=settings.BASE_DIR,
                                     stdout=output, stderr=output)  # fmt: skip
    try:
        until(lambda: ask(f"SELECT count(*) FROM {theirs}"))
        accept(False)
        ask(f"SELECT count(pg_terminate_backend(pid)) FROM {theirs}")
        until(log.read_text)
        accept(True)
        until(lambda: ask(f"SELECT count(*) FROM {theirs}"))
        assert following.poll() is None
        following.terminate()
        assert following.wait(5) == -signal.SIGTERM
    finally:
        following.kill()
        server.close()
    [line] = log.read_text().splitlines()
    assert line.startswith("The database is away, and asked again until it is back: ")
    assert "not currently accepting connections" in line
