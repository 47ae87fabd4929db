"""Databases of their own, for processes that a test starts; of the sort on which the tests run."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

EMPTY = "empty"  #: what the name of the tests' database has at its end where it is the copy that nothing was put into


def empty_database(folder: Path) -> AbstractContextManager[str]:
    """The address of a database that is set up and has no record in it; kept in *folder* where it is a file."""
    from django.db import connection

    return new_database(folder, connection.creation.get_test_db_clone_settings(EMPTY)["NAME"])


@contextmanager
def new_database(folder: Path, template: str | None) -> Iterator[str]:
    """The same of a copy of the database *template*, or of one without a table."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        if template:
            shutil.copy(template, folder / "own.sqlite3")
        yield f"sqlite:///{folder}/own.sqlite3"
        return
    import psycopg2

    name, database = f"own_{uuid4().hex}", settings.DATABASES["default"]
    server = psycopg2.connect(host=database["HOST"], user=database["USER"], port=database["PORT"] or None,
                              dbname="postgres")  # fmt: skip
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE {name} TEMPLATE "{template or "template1"}"')
    yield f"postgres://{database['USER']}@{quote(database['HOST'], safe='')}/{name}"
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()
