import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.shared import BUILDERS, shared

FIXTURES = Path(__file__).parent.parent / "fixtures"
#: Fixtures by which a test, or another of its fixtures, reaches the database; pytest-django lets no other near it.
REACHING = {"db", "transactional_db", "live_server", "own_database"}


def pytest_configure() -> None:
    """No deadline for an example of a law, as much else may be running on the machine."""
    import hypothesis

    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.load_profile("unhurried")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what reaches the database, itself or by a fixture: on another database the rest would find nothing new."""
    if item.get_closest_marker("django_db") or REACHING & set(getattr(item, "fixturenames", ())):
        item.add_marker("database")


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others have read, at other ticks or at the same of shared rows, is no part of a test."""
    monkeypatch.setattr("timeline.remembering._memory", (None, {}))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand what a test asks for to ``_shared_rows`` as its parameter, by which pytest orders the tests."""
    for name in BUILDERS.keys() & set(metafunc.fixturenames):
        builder = pytest.param(BUILDERS[name], id=pytest.HIDDEN_PARAM)
        metafunc.parametrize("_shared_rows", [builder], indirect=True, scope="session")


@pytest.fixture(scope="session", autouse=True)
def _shared_rows(request: pytest.FixtureRequest) -> Iterator[None]:
    build = getattr(request, "param", None)
    if build is None:
        yield
        return
    request.getfixturevalue("django_db_setup")
    from django.db import transaction

    with request.getfixturevalue("django_db_blocker").unblock(), transaction.atomic():
        build()
        yield
        transaction.set_rollback(True)


@shared
def curated_record() -> None:
    """The curated record."""
    from events.loading.applying import load_record

    load_record([FIXTURES])


@shared
def curated_record_and_example() -> None:
    """The curated record, with the history of the Trump–Kim summit."""
    from events.loading.applying import load_record

    load_record([FIXTURES, FIXTURES / "examples" / "trump-kim-2018"])


@pytest.fixture
def server(transactional_db):
    """What the web server calls."""
    from config.wsgi import application

    yield application
    for each in application.application.idle:
        each.close()


@pytest.fixture
def own_database(tmp_path):
    """The environment of a process that works on an empty database, of the sort on which the tests run."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        yield os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3"}
        return
    import psycopg2

    name, database = f"own_{uuid4().hex}", settings.DATABASES["default"]
    server = psycopg2.connect(host=database["HOST"], user=database["USER"], port=database["PORT"] or None,
                              dbname="postgres")  # fmt: skip
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    url = f"postgres://{database['USER']}@{quote(database['HOST'], safe='')}/{name}"
    yield os.environ | {"DATABASE_URL": url}
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()
