"""The public API, version 1."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from timeline.api.changes import ChangeViewSet
from timeline.api.countries import CountryViewSet
from timeline.api.dyads import DyadViewSet, RelationViewSet
from timeline.api.events import EventViewSet
from timeline.api.kinds import KindViewSet
from timeline.api.leaders import LeaderViewSet
from timeline.api.organizations import OrganizationViewSet
from timeline.api.root import api_root
from timeline.api.sources import SourceViewSet

router = SimpleRouter()
for viewset in (
    CountryViewSet, EventViewSet, KindViewSet, LeaderViewSet, OrganizationViewSet, SourceViewSet,
):  # fmt: skip
    resource = viewset.record.resource
    router.register(resource, viewset, basename=resource)

urlpatterns = [
    path("", api_root, name="api-root"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("changes/", ChangeViewSet.as_view({"get": "list"}), name="changes"),
    path("dyads/<str:a>/<str:b>/", DyadViewSet.as_view({"get": "retrieve"}), name="dyad"),
    path("countries/<str:id>/relations/", RelationViewSet.as_view({"get": "list"}), name="relations"),
    *router.urls,
]
