from django.urls import path
from rest_framework.routers import SimpleRouter

from tests.scale.plain.views import DensityView, EventViewSet, TileView, hello

router = SimpleRouter()
router.register("events", EventViewSet)

urlpatterns = [
    path("hello/", hello),
    path("density/", DensityView.as_view()),
    path("tiles/", TileView.as_view()),
    *router.urls,
]
