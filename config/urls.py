"""The one place that knows both the record's admin and the reading side."""

from django.contrib import admin
from django.urls import include, path

from timeline.api import health

handler400 = "timeline.api.problems.handler400"
handler403 = "timeline.api.problems.handler403"
handler404 = "timeline.api.problems.handler404"
handler500 = "timeline.api.problems.handler500"

admin.autodiscover()

urlpatterns = [
    # First, for it is asked most, and an address is held against one pattern after the other.
    path("api/v1/", include("timeline.api.urls")),
    path("", include("timeline.pages.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
