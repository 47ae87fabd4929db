"""Chancery's settings with plain views instead of its own: what the benchmark compares with."""

from config.settings import *  # noqa: F403
from config.settings import REST_FRAMEWORK as CHANCERY

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
