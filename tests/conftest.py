import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import EMPTY, empty_database, new_database
from tests.shared import BUILDERS, shared

FIXTURES = Path(__file__).parent.parent / "fixtures"
#: Fixtures by which a test, or another of its fixtures, reaches the database; pytest-django lets no other near it.
REACHING = {"db", "transactional_db", "live_server", "own_database", "bare_database"}


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests' database and, for ``own_database``, a copy of it as it was when it was made: migrating takes long."""
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()  # on SQLite, brings all that it has written into the file that is copied
        connection.creation.clone_test_db(EMPTY, verbosity=0)
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(suffix=EMPTY, verbosity=0)


@pytest.fixture(scope="module", autouse=True)
def _swept(django_db_blocker):
    """What tests took back stays in PostgreSQL's files until it is swept, and whatever comes after reads past it."""
    yield
    from django.db import connection

    if connection.connection and connection.vendor == "postgresql" and not connection.in_atomic_block:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM")


@pytest.fixture
def own_database(django_db_setup, tmp_path):
    """The environment of a process that works on an empty database, of the sort on which the tests run."""
    with empty_database(tmp_path) as url:
        yield os.environ | {"DATABASE_URL": url}


@pytest.fixture
def bare_database(tmp_path):
    """The same of a database in which nothing was ever set up."""
    with new_database(tmp_path, None) as url:
        yield os.environ | {"DATABASE_URL": url}
