"""The one database, by its address: SQLite or PostgreSQL, each with the options that it is opened with here."""

from pathlib import Path
from typing import Any

import dj_database_url

FORM = "write sqlite:////absolute/path.sqlite3 or postgres://user:password@host:5432/name."

# What keeps eight writers from "database is locked"; FULL, so that no acknowledged write is lost.
# 16 MB of pages for each connection, sixteen for a server process at most: the system caches the file.
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384"
SQLITE = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS}

# When a PostgreSQL that is gone without a word (no power, a firewall) is given up, for its own limits went with it:
# five seconds for a connection, some ten for one that was there. They cut no statement short, however long it takes:
# the system of a living server answers keepalives while PostgreSQL works, and the timeout is for what was sent and not
# acknowledged. Seconds, but for tcp_user_timeout, which is milliseconds; on a Unix socket only the first matters.
UNANSWERED = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


def database_of(url: str, file: Path, problems: list[str]) -> dict[str, Any]:
    """The settings of the database that *url*, DATABASE_URL, names; of SQLite in *file* where it is blank.

    A relative path lies beside *file*: commands that are started elsewhere would make databases of their own.
    What is wrong with it is added to *problems*, as sentences. The URL is never repeated: it may hold a password.
    """
    own = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    try:
        database = dict(dj_database_url.parse(url)) if url else own
    except ValueError:
        problems.append(f"DATABASE_URL cannot be read: {FORM}")
        return {}
    # Cursors of the server's side do not survive PgBouncer in transaction mode.
    database |= {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 60, "DISABLE_SERVER_SIDE_CURSORS": True}
    options = database.setdefault("OPTIONS", {})
    match database["ENGINE"]:
        case "django.db.backends.sqlite3":
            if options:
                problems.append(f"DATABASE_URL carries {', '.join(sorted(options))}: SQLite takes nothing after '?'.")
            if database["NAME"] != ":memory:":
                database["NAME"] = str(file.parent / database["NAME"])
            database["OPTIONS"] = dict(SQLITE)
        case "django.db.backends.postgresql":
            if not database["NAME"]:
                problems.append(f"DATABASE_URL names no database: {FORM}")
            problems += unknown_to_libpq(options)
            database |= {"OPTIONS": UNANSWERED | options, "CONN_HEALTH_CHECKS": True}
        case _:
            problems.append(f"DATABASE_URL names a database other than SQLite and PostgreSQL: {FORM}")
    return database


def unknown_to_libpq(options: dict[str, Any]) -> list[str]:
    """What follows '?' goes to PostgreSQL's client library, which would refuse an unknown word at every request."""
    import psycopg2.extensions

    problems = []
    for name, value in options.items():
        try:
            psycopg2.extensions.make_dsn(**{name: value})
        except psycopg2.ProgrammingError:
            problems.append(f"DATABASE_URL carries {name}: only parameters of PostgreSQL's own may follow '?'.")
    return problems
