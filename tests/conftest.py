import os
from urllib.parse import quote
from uuid import uuid4

import pytest

# Set here, before Django reads its settings, so that a machine's own .env does not colour the tests.
# DATABASE_URL alone is taken from outside: it says on which database they run.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEVELOPMENT": "true",
    "SECRET_KEY": "for-tests-only",
    "ALLOWED_HOSTS": "",
    "CSRF_TRUSTED_ORIGINS": "",
    "HTTPS": "false",
    "TRUSTED_PROXY": "false",
    "SECOND_PAIR_OF_EYES": "false",
}
os.environ.setdefault("DATABASE_URL", "")


def pytest_configure() -> None:
    """Static files come from the apps' own folders: a collection of an earlier day would lack what was added since."""
    from django.conf import settings

    settings.STATIC_ROOT = None
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_USE_FINDERS = True


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
