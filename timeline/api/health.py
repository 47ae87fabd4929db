"""Two questions of whoever looks after the server: does it run, and can it answer?"""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timeline.api.unavailable import service_unavailable
from timeline.pending import waiting


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """`/healthz`: this process answers. Says nothing of the database, so that its loss restarts no server."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
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
