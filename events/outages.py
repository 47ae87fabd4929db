"""The database that cannot be asked at the moment, told from one that was asked something wrong."""

from django.db import InterfaceError, OperationalError

# SQLite calls a mistake in our SQL an OperationalError too; these are the codes that are no mistake of ours.
SQLITE_AWAY = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_FULL", "SQLITE_IOERR")
SQLITE_AWAY += ("SQLITE_LOCKED", "SQLITE_NOTADB", "SQLITE_READONLY")


def is_away(problem: BaseException) -> bool:
    """Whether the database could not be reached or could not answer, rather than was asked something wrong."""
    if not isinstance(problem, OperationalError | InterfaceError):
        return False
    code = getattr(problem.__cause__, "sqlite_errorname", None)
    return code is None or code.startswith(SQLITE_AWAY)
