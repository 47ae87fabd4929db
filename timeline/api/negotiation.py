"""Which format answers: ``?format=`` before ``Accept``."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from operator import attrgetter

from django.http import HttpRequest
from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from timeline.api.problems import BadParameter, parameter_error


@lru_cache(256)
def preferred(header: str, media_types: tuple[str, ...]) -> int:
    """Which of *media_types* an ``Accept`` header likes best (RFC 9110): of those that it likes alike, the one that it
    names more closely, or else the first. Raises NotAcceptable.

    REST framework itself takes ``text/csv, application/json;q=0.1`` for JSON. Browsers and programs send the same few
    headers over and over, and to take one apart costs as much as a statement.
    """
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT"] = header
    ranges = sorted(ranges_of(asked), key=attrgetter("specificity"), reverse=True)
    liked = []
    for place, media_type in enumerate(media_types):
        closest = next((each for each in ranges if holds(each, media_type)), None)
        if closest is not None and closest.quality:
            liked.append((-closest.quality, -closest.specificity, place))
    if not liked:
        raise NotAcceptable(f"`Accept` names none of the media types that there are here: {', '.join(media_types)}.")
    return min(liked)[-1]


def ranges_of(asked: HttpRequest) -> Iterator[MediaType]:
    """The media ranges of its ``Accept`` header that can be read."""
    for written in DefaultContentNegotiation().get_accept_list(asked):
        with suppress(ValueError):  # parameters in an encoding that there is not
            yield MediaType(written)


def holds(wanted: MediaType, media_type: str) -> bool:
    """Whether *media_type* is in the range *wanted*, whatever parameters that has: ``charset=utf-8`` goes with all."""
    main_type, _, sub_type = media_type.partition("/")
    return wanted.main_type in ("*", main_type) and wanted.sub_type in ("*", sub_type)


class FormatOrAccept(DefaultContentNegotiation):
    """Content negotiation, with a 400 that lists the formats where ``?format=`` names none of them."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format")
        if wanted is None:
            media_types = tuple(renderer.media_type for renderer in renderers)
            renderer = renderers[preferred(request.META.get("HTTP_ACCEPT", "").strip() or "*/*", media_types)]
            return renderer, renderer.media_type
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        formats = ", ".join(renderer.format for renderer in renderers)
        raise BadParameter(parameter_error("format", wanted, f"one of the formats that apply here: {formats}"))
