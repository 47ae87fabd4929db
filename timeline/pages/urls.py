"""The explorer: pages for readers, at the root."""

from django.urls import path

from timeline.pages.explorer import EmbedPage, ExplorerPage

urlpatterns = [
    path("", ExplorerPage.as_view({"get": "list"}), name="explorer"),
    path("embed/", EmbedPage.as_view({"get": "list"}), name="embed"),
]
