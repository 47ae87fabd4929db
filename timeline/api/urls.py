from rest_framework.routers import SimpleRouter

from timeline.api.events import EventViewSet

router = SimpleRouter()
router.register("events", EventViewSet, basename="events")

urlpatterns = router.urls
