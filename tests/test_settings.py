import os
import re
import resource
import socket
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from typing import Any
from unittest.mock import patch
from wsgiref.util import FileWrapper, setup_testing_defaults

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "Xq3-v8Zr_1LmTtPw7YcKe5Ua9NsBd2GhJf4Oi6QxRy0WzVbCnMlE",
    "ALLOWED_HOSTS": "chancery.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
}
# Blank, as real variables win: whatever the machine's own .env says of them must not matter here.
BLANK = dict.fromkeys(
    (
        "DEVELOPMENT", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "HTTPS", "TRUSTED_PROXY", "CSRF_TRUSTED_ORIGINS",
        "SECOND_PAIR_OF_EYES",
    ),
    "",
)


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """manage.py in a process of its own, under the variables given and no others of ours."""
    ours = ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")  # the latter of tests in a browser
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | BLANK | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def settings(**variables: str) -> dict[str, Any]:
    """The settings by their names, read anew under these variables."""
    with patch.dict(os.environ, BLANK | variables):
        return run_path(str(ROOT / "config" / "settings.py"))


def chosen(settings: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(settings[name] for name in names)


def test_production_passes_the_deployment_checks_without_a_warning():
    run = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


def test_everything_that_is_missing_is_said_at_once():
    run = manage("check")

    assert run.returncode == 1
    assert "SECRET_KEY is missing" in run.stderr
    assert "ALLOWED_HOSTS is missing" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("SECRET_KEY", "x" * 60, "SECRET_KEY is too short or too plain"),
        ("DEVELOPMENT", "perhaps", "DEVELOPMENT is 'perhaps': write true or false."),
        ("HTTPS", "2", "HTTPS is '2'"),
        ("TRUSTED_PROXY", "ja", "TRUSTED_PROXY is 'ja'"),
        ("SECOND_PAIR_OF_EYES", "two", "SECOND_PAIR_OF_EYES is 'two'"),
        ("ALLOWED_HOSTS", "https://chancery.example.org", "write hosts alone"),
        ("ALLOWED_HOSTS", "chancery.example.org localhost", "write hosts alone"),
        ("ALLOWED_HOSTS", "chancery.example.org:8000", "without scheme or port"),
        ("ALLOWED_HOSTS", "chancery.example.org;localhost", "write hosts alone"),
        ("ALLOWED_HOSTS", "*.example.org", ".example.org is that with all below it"),
        ("ALLOWED_HOSTS", "::1", "write hosts alone"),
        ("CSRF_TRUSTED_ORIGINS", "https://chancery.example.org/", "without a path or a slash at the end"),
        ("CSRF_TRUSTED_ORIGINS", "https://", "write scheme, host and port alone"),
        ("CSRF_TRUSTED_ORIGINS", "chancery.example.org", "write the scheme too, as in https://chancery.example.org"),
        ("DATABASE_URL", "chancery", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "postgres://chancery:s3cret@db:port/chancery", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "mysql://chancery:s3cret@db/chancery", "a database other than SQLite and PostgreSQL"),
        ("DATABASE_URL", "postgres://chancery:s3cret@db/chancery?conn_max_age=5", "carries conn_max_age"),
        ("DATABASE_URL", "postgres://chancery:s3cret@db", "names no database"),
        ("DATABASE_URL", "sqlite:////tmp/chancery.sqlite3?timeout=5", "carries timeout"),
    ],
)
def test_a_malformed_variable_is_named_and_the_right_form_shown(name, value, said):
    with pytest.raises(ImproperlyConfigured, match=re.escape(said)) as refused:
        settings(**PRODUCTION | {name: value})

    assert "s3cret" not in str(refused.value)


def test_every_form_of_a_host_and_of_an_origin_is_taken():
    hosts = "chancery.example.org,.example.org,127.0.0.1,[::1],*"
    origins = "https://chancery.example.org:8443,http://*.example.org"

    taken = settings(**PRODUCTION | {"ALLOWED_HOSTS": hosts, "CSRF_TRUSTED_ORIGINS": origins})

    assert (taken["ALLOWED_HOSTS"], taken["CSRF_TRUSTED_ORIGINS"]) == (hosts.split(","), origins.split(","))


@pytest.mark.parametrize(
    ("url", "place"),
    [("sqlite:///mine.sqlite3", ROOT / "mine.sqlite3"), ("sqlite:////srv/mine.sqlite3", "/srv/mine.sqlite3")],
)
def test_a_file_of_sqlite_is_the_same_wherever_a_command_is_started(monkeypatch, url, place):
    monkeypatch.chdir("/")

    assert str(settings(**PRODUCTION | {"DATABASE_URL": url})["DATABASES"]["default"]["NAME"]) == str(place)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////nowhere/chancery.sqlite3", "unable to open database file"),
        ("postgres://chancery:s3cret@127.0.0.1:1/chancery", "Connection refused"),
    ],
)
def test_a_database_that_cannot_be_reached_is_said_in_a_line(url, said):
    run = manage("migrate", **PRODUCTION | {"DATABASE_URL": url})

    assert run.returncode == 1
    assert run.stderr.startswith("The database that DATABASE_URL names cannot be reached: ")
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert "s3cret" not in run.stderr


def test_a_disk_that_is_full_is_said_in_a_line(tmp_path):
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    try:
        run = manage("migrate", **PRODUCTION | {"DATABASE_URL": f"sqlite:///{tmp_path}/full.sqlite3"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))

    assert run.returncode == 1
    assert run.stderr.startswith("The database gave up: ")
    assert "Traceback" not in run.stderr


def test_a_database_that_was_never_set_up_is_told_of_migrate(bare_database):
    run = manage("load_record", "fixtures", **PRODUCTION | {"DATABASE_URL": bare_database["DATABASE_URL"]})

    assert run.returncode == 1
    assert run.stderr.startswith("The database lacks tables of this version")
    assert run.stderr.endswith("Run manage.py migrate first.\n")
    assert "Traceback" not in run.stderr


LOADED = """
import sys, django
from django.core.management import get_commands, load_command_class
django.setup()
commands = {name: app for name, app in get_commands().items() if app in ("events", "timeline")}
checked = [name for name, app in commands.items() if load_command_class(app, name).requires_system_checks]
print(len(commands), checked, sorted({"events.admin", "timeline.api.urls"} & sys.modules.keys()))
"""


def test_commands_load_neither_views_nor_pages():
    environment = os.environ | BLANK | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "config.settings"}

    run = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert run.stdout == "7 [] []\n", run.stderr


def test_development_needs_nothing_set():
    assert chosen(settings(DEVELOPMENT="true"), "DEBUG", "HTTPS", "ALLOWED_HOSTS") == (
        False, False, ["localhost", "127.0.0.1", "[::1]"],
    )  # fmt: skip


def test_production_is_https_unless_told_otherwise():
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "SECURE_PROXY_SSL_HEADER")
    plain = settings(**PRODUCTION, HTTPS="false", TRUSTED_PROXY="true")

    assert chosen(settings(**PRODUCTION), *names) == (True, True, None)
    assert settings(**PRODUCTION)["SECURE_HSTS_SECONDS"] > 0
    assert chosen(plain, *names) == (False, False, ("HTTP_X_FORWARDED_PROTO", "https"))
    assert plain["SECURE_HSTS_SECONDS"] == 0


def test_sqlite_is_opened_so_that_writers_wait_and_lose_nothing():
    options = settings(DEVELOPMENT="true")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgres_may_be_named_by_a_socket_and_by_parameters_of_its_own():
    url = "postgres://chancery@%2Frun%2Fpostgresql/chancery?sslmode=disable"
    database = settings(**PRODUCTION | {"DATABASE_URL": url})["DATABASES"]["default"]

    assert (database["HOST"], database["OPTIONS"]["sslmode"]) == ("/run/postgresql", "disable")


def test_a_postgres_that_is_gone_without_a_word_is_given_up():
    def options(parameters: str) -> dict[str, Any]:
        url = f"postgres://chancery@db/chancery{parameters}"
        return settings(**PRODUCTION | {"DATABASE_URL": url})["DATABASES"]["default"]["OPTIONS"]

    assert options("?connect_timeout=30&keepalives_count=9") == {
        "connect_timeout": 30,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 9,
    }
    assert options("")["connect_timeout"] == 5


ASK = """
from time import monotonic
from django.test import Client
began = monotonic()
answer = Client(headers={"host": "localhost"}).get("/api/v1/events/")
print(answer.status_code, answer["Retry-After"], round(monotonic() - began))
"""


def test_readers_of_a_postgres_that_never_answers_are_told_so():
    """It takes the connection and says nothing; two seconds are the least that PostgreSQL's library waits. A server
    that says nothing is waited for without an end where no limit is set.
    """
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://chancery@127.0.0.1:{silent.getsockname()[1]}/chancery?connect_timeout=2"
        run = manage("shell", "--verbosity", "0", "-c", ASK, DEVELOPMENT="true", DATABASE_URL=url)

    assert run.returncode == 0, run.stderr
    status, retry_after, seconds = map(int, run.stdout.split())
    assert (status, retry_after) == (503, 5)
    assert 1 <= seconds < 60


def test_the_server_does_not_hand_the_environment_on_to_requests(monkeypatch, server):
    from config import wsgi

    def django(environ, start_response):
        start_response("200 OK", [])
        seen.update(environ)
        return HttpResponse()

    seen = {}
    monkeypatch.setattr(wsgi, "_django", django)
    monkeypatch.setattr(wsgi, "_process", {"SECRET_KEY": "s3cret", "SERVER_NAME": "x", "HTTP_HOST": "theirs"})
    request = {"SECRET_KEY": "s3cret", "SERVER_NAME": "x", "HTTP_HOST": "ours", "PATH_INFO": "/"}

    server(request, lambda *_: None)

    assert seen == {"SERVER_NAME": "x", "HTTP_HOST": "ours", "PATH_INFO": "/"}


def test_files_are_sent_by_any_server_whatever_way_of_its_own_it_has(server):
    environ = {"wsgi.file_wrapper": FileWrapper}
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = "/static/timeline/seal.svg"
    begun = []

    answer = server(environ, lambda *head: begun.append(head))

    assert begun[0][0] == "200 OK"
    assert b"".join(answer).startswith(b"<svg")
    answer.close()
