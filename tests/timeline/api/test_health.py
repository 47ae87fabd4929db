import sqlite3

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import path

from timeline.api.unavailable import is_away


def broken(request):
    raise OperationalError("could not connect to server")


urlpatterns = [path("api/broken", broken)]


@pytest.fixture
def unreachable(monkeypatch):
    """A database that takes no connection, as when its server is down."""

    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connections["default"], "ensure_connection", refuse)


def assert_asks_to_come_back(answer) -> None:
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 503


def test_the_process_is_alive_without_asking_the_database(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_is_ready_when_every_migration_is_applied(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "pending": 0}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_it_is_not_ready_while_a_migration_is_missing(client):
    last = MigrationRecorder(connection).migration_qs.filter(app="auth").latest("id")
    MigrationRecorder(connection).record_unapplied("auth", last.name)

    answer = client.get("/readyz")

    assert_asks_to_come_back(answer)
    assert f"auth.{last.name}" in answer.json()["detail"]


@pytest.mark.django_db
def test_it_is_not_ready_without_its_database(client, unreachable):
    assert_asks_to_come_back(client.get("/readyz"))


@pytest.mark.urls(__name__)
def test_a_view_without_its_database_answers_503():
    assert_asks_to_come_back(Client(raise_request_exception=False).get("/api/broken"))


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_read_only(path):
    client = Client(enforce_csrf_checks=True)
    refused, told = client.post(path), client.options(path)

    assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")
    assert told.status_code == 204
    assert refused["Allow"] == told["Allow"] == "GET, HEAD, OPTIONS"


def sqlite_error(statement: str, path: str = ":memory:") -> OperationalError:
    """Django's error around the one that SQLite gives for a statement."""
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(path, uri=True).execute(statement)
    error = OperationalError(str(caught.value))
    error.__cause__ = caught.value
    return error


def test_a_database_that_is_away_is_told_from_a_mistake_of_ours():
    assert is_away(sqlite_error("SELECT 1 FROM t", path="file:/nowhere/at/all?mode=ro"))
    assert is_away(InterfaceError("connection already closed"))
    assert not is_away(sqlite_error("SELECT 1 FROM absent"))
    assert not is_away(ProgrammingError("relation does not exist"))
