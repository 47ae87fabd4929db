"""Pages of events that may begin behind any of them."""

from typing import Any

from timeline.addresses import Elsewhere, look_up
from timeline.api.pagination import TEXT, KeysetPagination, parameter, question_of
from timeline.api.problems import BadParameter, parameter_error
from timeline.listing.rows import Row
from timeline.paging import write_cursor


class EventPagination(KeysetPagination):
    """``after`` is the public id of an event, found by the question or not: the page begins behind its place."""

    parameters = (*KeysetPagination.parameters, "after")
    beginnings = KeysetPagination.beginnings | {"after"}

    def beginning(self) -> str | None:
        cursor, public_id = super().beginning(), self.request.query_params.get("after")
        if public_id is None:
            return cursor
        if cursor is not None:
            raise BadParameter(parameter_error("after", public_id, "either `after` or `cursor`, which begin the page"))
        place = self.view.order().values_of(self.standing(public_id))
        return write_cursor(False, place, question_of(self.request))

    def standing(self, public_id: str) -> Row:
        """The state of the event *public_id* at the moment that is asked for; raises BadParameter."""
        try:
            return look_up(public_id.replace("\0", ""), self.view.moment)
        except Elsewhere as found:
            return look_up(found.slug, self.view.moment)
        except LookupError:
            expected = "the id of an event that the record holds, and knows of, at the moment asked for"
            raise BadParameter(parameter_error("after", public_id, expected)) from None

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        words = "The id of an event: the page begins behind its place in the order. Links have a cursor instead."
        after = parameter("after", words, TEXT, "assad-visit-to-north-korea")
        return [*super().get_schema_operation_parameters(view), after]
