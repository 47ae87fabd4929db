"""The explorer: pages for readers, at the root."""

from django.urls import path

from timeline.pages.countries import CountryPage
from timeline.pages.dyads import DyadPage
from timeline.pages.events import EventPage
from timeline.pages.explorer import EmbedPage, ExplorerPage
from timeline.pages.icon import icon
from timeline.pages.leaders import LeaderPage
from timeline.pages.organizations import OrganizationPage
from timeline.pages.preview import preview
from timeline.pages.sources import SourcePage

urlpatterns = [
    path("", ExplorerPage.as_view({"get": "list"}), name="explorer"),
    path("embed/", EmbedPage.as_view({"get": "list"}), name="embed"),
    path("events/<str:id>/", EventPage.as_view({"get": "retrieve"}), name="event-page"),
    path("countries/<str:id>/", CountryPage.as_view({"get": "retrieve"}), name="country-page"),
    path("leaders/<str:id>/", LeaderPage.as_view({"get": "retrieve"}), name="leader-page"),
    path("organizations/<str:id>/", OrganizationPage.as_view({"get": "retrieve"}), name="organization-page"),
    path("sources/<str:id>/", SourcePage.as_view({"get": "retrieve"}), name="source-page"),
    path("dyads/<str:a>/<str:b>/", DyadPage.as_view({"get": "retrieve"}), name="dyad-page"),
    path("preview/<int:key>/", preview, name="event-preview"),
    path("favicon.ico", icon),
]
