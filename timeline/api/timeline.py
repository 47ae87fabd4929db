"""What density and tiles have in common: both are drawn from all entries that a question finds."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from timeline.api.caching import Freshness
from timeline.api.filters import EventFilterSet
from timeline.api.resources import PublicResource
from timeline.blocks import last_erasure, last_in_span
from timeline.models import Entry
from timeline.moments import Moment


def leave_out(filter_set: type[EventFilterSet], *names: str) -> None:
    """Refuse the inherited parameters *names*: what they say does not apply here."""
    filter_set.declared_filters = {
        name: taken for name, taken in filter_set.declared_filters.items() if name not in names
    }
    filter_set.base_filters = filter_set.get_filters()


class TimelineResource(PublicResource):
    """An answer that is drawn from all entries that a question finds at a moment."""

    queryset = Entry.objects.none()
    serializer_class: ClassVar[type[Serializer]]
    moment: Moment

    def allowed_parameters(self) -> set[str]:
        return {"fields", "format"} | set(self.filterset_class.base_filters)

    def how_fresh(self, request: Request) -> Freshness:
        self.filterset = self.filterset_class(request.query_params, self.queryset, request=request)
        self.moment = self.filterset.moment(self.tick)
        self.snapshot = self.moment.number
        resources = self.filterset.resources_named()
        if self.filterset.is_pinned(self.tick):
            return Freshness(last_erasure(resources), is_pinned=True)
        return self.fresh_since(resources)

    def fresh_since(self, resources: list[str]) -> Freshness:
        return Freshness(last_in_span(None, None, resources))

    def answer(self, document: dict[str, Any]) -> Response:
        """*document*, or the part of it that ``fields`` asks for."""
        document |= {"snapshot": self.snapshot}
        return Response(
            {name: document[name] for name in document if self.fields_asked is None or name in self.fields_asked}
        )
