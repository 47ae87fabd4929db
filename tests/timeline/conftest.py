"""Databases of their own, for tests in which several processes work on one."""

import os
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def own_database(tmp_path):
    """The environment of a process that works on an empty database, of the sort on which the tests run."""
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
