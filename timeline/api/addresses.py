"""Where the id of an event leads, as answers: 301, 404 that says why, or 410."""

from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from timeline.addresses import Departed, Elsewhere, NeverGiven, NotYetKnown, NotYetRecorded, look_up
from timeline.api.problems import Gone, Moved, NotYet
from timeline.listing.rows import Row
from timeline.moments import Moment
from timeline.rendering import instant


def found_at(public_id: str, moment: Moment, request: Request, address_name: str) -> Row:
    """The state of the event *public_id* that stands at *moment*; raises Moved, Gone, NotYet or NotFound.

    ``address_name`` names the sort of address at which it was looked for.
    """
    if "\0" in public_id:
        raise NotFound("A public id has no NUL characters.")
    try:
        return look_up(public_id, moment)
    except Elsewhere as found:
        raise Moved.with_question(reverse(address_name, kwargs={"id": found.slug}), request) from None
    except Departed as departed:
        raise Gone(f"“{public_id}” was {departed.kind} and is no longer shown: {departed.reason}") from None
    except NotYetKnown as unknown:
        since = f"the first did by {instant(unknown.since)}" if unknown.since is not None else "none has yet"
        detail = f"No recorded source had told of “{public_id}” by then; {since}."
        raise NotYet("not-yet-known", detail, unknown.since) from None
    except NotYetRecorded as unrecorded:
        detail = f"The record did not hold “{public_id}” then; it has since number {unrecorded.since} of its clock."
        raise NotYet("not-yet-recorded", detail) from None
    except NeverGiven:
        raise NotFound(f"No event “{public_id[:120]}” is in the record.") from None
