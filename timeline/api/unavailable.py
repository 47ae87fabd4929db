"""The answer while the database is away: 503 and when to come back, never 500."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

RETRY_AFTER = 5  # seconds: a restarted PostgreSQL is back in two or three
# SQLite calls a mistake in our SQL an OperationalError too; these are the codes that are no mistake of ours.
SQLITE_AWAY = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_FULL", "SQLITE_INTERRUPT", "SQLITE_IOERR")
SQLITE_AWAY += ("SQLITE_LOCKED", "SQLITE_NOTADB", "SQLITE_READONLY")

logger = logging.getLogger(__name__)


def is_away(problem: BaseException) -> bool:
    """Whether the database could not be reached or could not answer, rather than was asked something wrong."""
    if not isinstance(problem, OperationalError | InterfaceError):
        return False
    code = getattr(problem.__cause__, "sqlite_errorname", None)
    return code is None or code.startswith(SQLITE_AWAY)


def service_unavailable(detail: str) -> HttpResponse:
    """RFC 9457 problem details with status 503 and Retry-After; kept by no cache."""
    body = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": detail}
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return JsonResponse(body, status=503, headers=headers, content_type="application/problem+json")


class DatabaseDownMiddleware:
    """Answers 503 where a view ran into a database that is away."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_away(exception):
            return None
        logger.error("The database is away: %s", exception)
        return service_unavailable("The database cannot be reached at the moment.")
