"""Pages of the reading side."""

from django.urls import path

from timeline.pages.preview import preview

urlpatterns = [
    path("preview/<int:key>/", preview, name="event-preview"),
]
