"""What changed since: for whoever keeps a mirror."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from timeline.api.documents.events import ChangeDocument
from timeline.api.fields import IntegerField
from timeline.api.problems import BadParameter, parameter_error
from timeline.api.renderers import JSONRenderer, NDJSONRenderer
from timeline.api.streamed import StreamedResource
from timeline.api.strict_filters import StrictFilterSet, asked
from timeline.changes import ORDER, change_json, changes_between
from timeline.models import UNTIL_FURTHER_NOTICE, Departure, Entry
from timeline.paging import Listing, Order


class ChangeFilterSet(StrictFilterSet):
    """From which number on."""

    after = asked(IntegerField, "A number of the record's clock: what changed later is listed; 0 for everything.", "0",
                  low=0, high=UNTIL_FURTHER_NOTICE)


@extend_schema_view(list=extend_schema(summary="Events that changed since a number of the record's clock"))
class ChangeViewSet(StreamedResource):
    """One line for each public id whose event changed or left, in order of its last number."""

    serializer_class = ChangeDocument
    filterset_class = ChangeFilterSet
    queryset = Entry.objects.none()
    formats = (JSONRenderer, NDJSONRenderer)

    def listing(self) -> Listing:
        filterset = ChangeFilterSet(self.request.query_params, self.queryset, request=self.request)
        after = filterset.values["after"] or 0
        if after > self.snapshot:
            # Of a record that was put back to an older copy; a mirror that heard nothing would believe itself whole.
            expected = f"a number from 0 to {self.snapshot}, which the record's clock shows"
            raise BadParameter(parameter_error("after", str(after), expected))
        return changes_between(after, self.snapshot)

    def listing_still(self) -> Listing:
        return self.listing()

    def whole_or_part(self, row: Entry | Departure) -> Any:
        return self.kept(change_json(row))

    def order(self) -> Order:
        return ORDER
