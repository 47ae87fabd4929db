"""What density and tiles have in common: both are drawn from all entries that a question finds."""

from typing import Any

from django.http import HttpResponse

from timeline.api.filters import EventFilterSet
from timeline.api.moments import MomentResource
from timeline.api.renderers import json_response


def leave_out(filter_set: type[EventFilterSet], *names: str) -> None:
    """Refuse the inherited parameters *names*: what they say does not apply here."""
    filter_set.declared_filters = {
        name: taken for name, taken in filter_set.declared_filters.items() if name not in names
    }
    filter_set.base_filters = filter_set.get_filters()


class TimelineResource(MomentResource):
    """An answer that is drawn from all entries that a question finds at a moment, and sent compressed."""

    varies_by = ("Accept", "Accept-Encoding")

    def allowed_parameters(self) -> set[str]:
        return {"fields", "format"} | set(self.filters().base_filters)

    def answer(self, document: dict[str, Any]) -> HttpResponse:
        """*document*, or the part of it that ``fields`` asks for."""
        return json_response(self.kept(document | {"snapshot": self.snapshot}))
