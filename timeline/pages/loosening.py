"""Why nothing was found, and what to leave out to find something."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.http import QueryDict
from rest_framework.request import Request

from timeline.api.filters import EventFilterSet
from timeline.listing.reading import entries_at
from timeline.models import Entry, Tick
from timeline.pages.asking import without
from timeline.pages.counting import Found, counted
from timeline.pages.page import Page

#: Seconds for counting what every wider question would find.
PATIENCE = 1.0
#: Left out, these make no question wider.
NOT_NARROWING = {"ordering"}
#: Left out together: the ends of one span.
TOGETHER = (("from", "to"),)


class Wider(NamedTuple):
    """The question with ``without`` left out, parameters: ``asked`` is what is left, and finds ``found``."""

    without: tuple[str, ...]
    asked: dict[str, str]
    found: Found


def wider(asked: Mapping[str, str], view: Page) -> list[Wider]:
    """What *asked*, of which *view* found nothing, would find with one thing less; none where that takes too long to
    count.
    """
    with view.optional(PATIENCE):
        found = [
            Wider(names, left, found_by(left, view.request, view.tick)) for names, left in with_one_thing_less(asked)
        ]
        return [question for question in found if question.found.number]
    return []


def with_one_thing_less(asked: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Names of parameters that narrow *asked*, and the question without them."""
    alone = [(name,) for name in asked if name not in NOT_NARROWING]
    together = [names for names in TOGETHER if all(name in asked for name in names)]
    for names in [*alone, *together]:
        yield names, without(asked, *names)


def found_by(asked: Mapping[str, str], request: Request, tick: Tick) -> Found:
    sent = QueryDict(mutable=True)
    sent.update(asked)
    filterset = EventFilterSet(sent, Entry.objects.none(), request=request)
    return counted(entries_at(filterset.moment(tick), filterset.query))
