#!/usr/bin/env python
"""Django's command line for Chancery."""

import importlib
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ImportError:
        sys.exit("Django is not installed here: run `make serve` once, then .venv/bin/python manage.py …")
    try:
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as problem:
        # Whoever starts the thing needs the sentence, not the forty lines of Django that led to it.
        sys.exit(str(problem))
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        if "--traceback" in sys.argv or not (said := what_the_database_lacks(error)):
            raise
        sys.exit(said)


def what_the_database_lacks(error: Exception) -> str | None:
    """Why a command failed, where its database is away, was never set up or gave up; None for any other *error*."""
    from django.db import DatabaseError, OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    from events.outages import is_away

    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        is_behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as unreachable:
        return f"The database that DATABASE_URL names cannot be reached: {str(unreachable).strip()}"
    except DatabaseError:
        return None
    if is_behind and "migrate" not in sys.argv:
        return f"The database lacks tables of this version ({str(error).strip()}). Run manage.py migrate first."
    return f"The database gave up: {str(error).strip()}" if is_away(error) else None


if __name__ == "__main__":
    main()
