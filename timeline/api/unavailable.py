"""The answer while the database is away or too slow: 503 and when to come back, never 500."""

import logging
from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse

from events.outages import is_away
from timeline.api.narrowing import narrower
from timeline.api.problems import problem
from timeline.limits import PATIENCE, is_too_slow

RETRY_AFTER = 5  # seconds: a restarted PostgreSQL is back in two or three

logger = logging.getLogger(__name__)


def service_unavailable(detail: str, errors: Sequence[Mapping[str, str]] = ()) -> HttpResponse:
    """RFC 9457 problem details with status 503 and Retry-After; kept by no cache."""
    return problem(503, detail, errors, {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})


def too_slow(request: HttpRequest) -> HttpResponse:
    """503 that names what to narrow."""
    view = getattr(request.resolver_match.func, "cls", None)
    takes_span = "from" in getattr(getattr(view, "filterset_class", None), "base_filters", ())
    errors = narrower(request.GET, takes_span)
    names = " and ".join(f"`{error['parameter']}`" for error in errors)
    detail = f"This question takes longer than the {PATIENCE:g} seconds that one may."
    return service_unavailable(f"{detail} Narrow {names}." if errors else detail, errors)


class DatabaseDownMiddleware:
    """Answers 503 where a view ran into a database that is away or had no answer in time."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_too_slow(exception):
            logger.warning("Too slow: %s", request.get_full_path())
            return too_slow(request)
        if not is_away(exception):
            return None
        logger.error("The database is away: %s", exception)
        return service_unavailable("The database cannot be reached at the moment.")
