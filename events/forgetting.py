"""Making the database itself give up what was deleted, where its files, indexes and statistics still hold it."""

from time import monotonic, sleep

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

#: Seconds that those who read what stood before are waited for on PostgreSQL, as on SQLite, and between two looks.
PATIENCE, PAUSE = 20.0, 0.1
NOT_FORGOTTEN = (
    "Erased, but others kept the database from cleaning its files, which may hold what was erased until VACUUM is run."
)


def overwrite_what_is_deleted() -> None:
    """Let SQLite put zeros where anything is deleted from now on, by this connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def forget() -> None:
    """Make the database give up what was deleted, where its tables and indexes still hold it.

    Raises OperationalError where others keep it from doing so.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = cursor.fetchone()
            if is_busy:
                raise OperationalError("Somebody still reads what stood before from the write-ahead log.")
            return
        wait_for_older_readers(cursor)
        # Examples of what columns hold are kept for the planner, and are to be those of what is left.
        cursor.execute("ANALYZE")
        # Of all tables, for words are found by tables that belong to no model. Without being told, PostgreSQL leaves
        # the entries of a few deleted rows in their indexes.
        cursor.execute("VACUUM (INDEX_CLEANUP ON)")


def wait_for_older_readers(cursor: CursorWrapper) -> None:
    """Until nobody sees any more what has been deleted by now, which VACUUM would pass over in silence.

    Raises OperationalError after PATIENCE.
    """
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
    [now] = cursor.fetchone()
    deadline = monotonic() + PATIENCE
    while True:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND age(backend_xmin) > age(%s::xid8::xid))",
            [now],
        )
        if cursor.fetchone() == (False,):
            return
        if monotonic() > deadline:
            raise OperationalError("Somebody still reads what stood before.")
        sleep(PAUSE)
