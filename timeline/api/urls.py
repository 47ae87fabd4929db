"""The public API, version 1."""

from django.urls import path, register_converter
from rest_framework.routers import SimpleRouter

from timeline.api.changes import ChangeViewSet
from timeline.api.compressing import compressed
from timeline.api.countries import CountryViewSet
from timeline.api.density import DensityViewSet
from timeline.api.dyads import DyadViewSet, RelationViewSet
from timeline.api.events import EventViewSet
from timeline.api.kinds import KindViewSet
from timeline.api.leaders import LeaderViewSet
from timeline.api.organizations import OrganizationViewSet
from timeline.api.root import DocsView, RootView, SchemaView
from timeline.api.sources import SourceViewSet
from timeline.api.tiles import TileInfoViewSet, TilesViewSet, TileViewSet


class Integer:
    """A whole number, below zero too."""

    regex = "-?[0-9]{1,15}"
    to_python = int
    to_url = str


register_converter(Integer, "integer")
router = SimpleRouter()
for viewset in (
    EventViewSet, CountryViewSet, KindViewSet, LeaderViewSet, OrganizationViewSet, SourceViewSet,
):  # fmt: skip
    resource = viewset.record.resource
    router.register(resource, viewset, basename=resource)

urlpatterns = [
    *router.urls,
    path("", RootView.as_view(), name="api-root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="schema"), name="docs"),
    path("changes/", ChangeViewSet.as_view({"get": "list"}), name="changes"),
    path("dyads/<str:a>/<str:b>/", DyadViewSet.as_view({"get": "retrieve"}), name="dyad"),
    path("countries/<str:id>/relations/", RelationViewSet.as_view({"get": "list"}), name="relations"),
    # What every timeline loads, over whatever line its reader has: tiles side by side shrink to a tenth or less.
    path("timeline/density/", compressed(DensityViewSet.as_view({"get": "retrieve"})), name="density"),
    path("timeline/tiles/", compressed(TilesViewSet.as_view({"get": "retrieve"})), name="tiles"),
    path("timeline/tiles/info/", TileInfoViewSet.as_view({"get": "retrieve"}), name="tile-info"),
    path(
        "timeline/tiles/<integer:z>/<integer:index>/",
        compressed(TileViewSet.as_view({"get": "retrieve"})),
        name="tile",
    ),
]
