"""What resources have in common that are drawn from the entries of one moment on the two clocks."""

from typing import ClassVar

from rest_framework.request import Request

from timeline.api.caching import Freshness
from timeline.api.filters import MomentFilterSet
from timeline.api.resources import PublicResource
from timeline.blocks import last_erasure, last_in_span
from timeline.models import Entry
from timeline.moments import Moment


class MomentResource(PublicResource):
    """Reads the question with its moment into ``filterset``, and tells since when that moment's answer has stood."""

    queryset = Entry.objects.none()
    filterset_class: ClassVar[type[MomentFilterSet]] = MomentFilterSet
    filterset: MomentFilterSet
    detail_parameters = frozenset(MomentFilterSet.base_filters)
    moment: Moment

    def filters(self) -> type[MomentFilterSet]:
        """What may be asked for here."""
        return self.filterset_class

    def how_fresh(self, request: Request) -> Freshness:
        self.filterset = self.filters()(request.query_params, self.queryset, request=request)
        self.moment = self.filterset.moment(self.tick)
        self.snapshot = self.moment.number
        resources = self.resources_named()
        if self.filterset.is_pinned(self.tick):
            return Freshness(last_erasure(resources), is_pinned=True)
        return self.fresh_since(resources)

    def resources_named(self) -> list[str]:
        """The collections whose records the answer names beside the entries."""
        return self.filterset.resources_named()

    def fresh_since(self, resources: list[str]) -> Freshness:
        """How fresh an answer is that is not pinned to a snapshot and names records of *resources*."""
        return Freshness(last_in_span(None, None, resources))

    def carried(self) -> dict[str, str]:
        return {"snapshot": str(self.snapshot)}
