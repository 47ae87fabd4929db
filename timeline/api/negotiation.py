"""Which format answers: ``?format=`` before ``Accept``."""

from collections.abc import Sequence
from functools import lru_cache

from django.http import HttpRequest
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from timeline.api.problems import BadParameter, parameter_error


@lru_cache(256)
def accepted(header: str, classes: tuple[type[BaseRenderer], ...]) -> tuple[int, str]:
    """Which of the renderers *classes* an ``Accept`` header chooses, and the media type. Raises NotAcceptable.

    Browsers and programs send the same few headers over and over, and to take one apart costs as much as a statement.
    """
    renderers = [renderer() for renderer in classes]
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT"] = header
    chosen, media_type = DefaultContentNegotiation().select_renderer(Request(asked), renderers)
    return renderers.index(chosen), media_type


class FormatOrAccept(DefaultContentNegotiation):
    """DRF's negotiation, with a 400 that lists the formats where ``?format=`` names none of them."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format")
        if wanted is None:
            place, media_type = accepted(request.META.get("HTTP_ACCEPT", "*/*"), tuple(map(type, renderers)))
            return renderers[place], media_type
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        formats = ", ".join(renderer.format for renderer in renderers)
        raise BadParameter(parameter_error("format", wanted, f"one of the formats that apply here: {formats}"))
