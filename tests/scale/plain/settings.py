"""Chancery's settings with plain views instead of its own: what the benchmark compares with."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES
from config.settings import REST_FRAMEWORK as CHANCERY
from tests.scale.driver import PATIENCE

ROOT_URLCONF = "tests.scale.plain.urls"
REST_FRAMEWORK = {
    name: CHANCERY[name]
    for name in ("DEFAULT_AUTHENTICATION_CLASSES", "DEFAULT_PERMISSION_CLASSES", "UNAUTHENTICATED_USER")
} | {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "tests.scale.plain.pagination.Pagination",
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "rest_framework.filters.SearchFilter",
        "rest_framework.filters.OrderingFilter",
    ],
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # What nobody waits for any more is to end, that of a server that has ended too.
    limits = f"-c statement_timeout={1000 * (PATIENCE - 10)} -c client_connection_check_interval=1000"
    DATABASES["default"]["OPTIONS"]["options"] = limits
