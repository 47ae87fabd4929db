"""Two questions of whoever looks after the server: does it run, and can it answer?"""

from collections.abc import Callable
from functools import cache, wraps

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from timeline.api.problems import not_allowed, problem
from timeline.api.unavailable import service_unavailable
from timeline.pending import waiting

ALLOW = "GET, HEAD, OPTIONS"


def read_only(view: Callable) -> Callable:
    """*view*, which is asked and told nothing: other methods are answered as everywhere in the API."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def respond(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ALLOW})
        return problem(405, not_allowed(request.method, ALLOW), headers={"Allow": ALLOW})

    return respond


@read_only
def alive(request: HttpRequest) -> HttpResponse:
    """`/healthz`: this process answers. Says nothing of the database, so that its loss restarts no server."""
    return JsonResponse({"status": "ok"})


@read_only
def ready(request: HttpRequest) -> HttpResponse:
    """`/readyz`: the database is there and has every migration of this code; else 503 with the reason.

    ``pending``: how many events wait for ``manage.py project_pending`` to show what changed in them.
    """
    try:
        missing = _newest_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except Error:
        return service_unavailable("The database cannot be reached at the moment.")
    if missing:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in missing))
        return service_unavailable(f"Migrations are yet to be applied: {names}. Run manage.py migrate.")
    return JsonResponse({"status": "ok", "database": "ok", "migrations": "ok", "pending": waiting()})


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of each app's last migration on disk; read once, as the code of a process does not change."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
