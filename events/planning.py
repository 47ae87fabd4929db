"""What the database's planner goes by."""

from django.db import connection

#: Events of which so many are written at once change what there is much of, and what little.
A_LOT = 10_000
#: Rows that SQLite looks at of each index; it would look at all.
MOST_LOOKED_AT = 1_000


def look_again(written: int) -> None:
    """Let the planner see how much there is of what, where *written* events are a lot.

    PostgreSQL would get round to it by itself, after the first slow answers; SQLite never.
    """
    if written < A_LOT:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {MOST_LOOKED_AT}")
        cursor.execute("ANALYZE")
