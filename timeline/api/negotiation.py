"""Which format answers: ``?format=`` before ``Accept``."""

from collections.abc import Sequence

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from timeline.api.problems import BadParameter, parameter_error


class FormatOrAccept(DefaultContentNegotiation):
    """DRF's negotiation, with a 400 that lists the formats where ``?format=`` names none of them."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format")
        if wanted is None:
            return super().select_renderer(request, renderers, format_suffix)
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        formats = ", ".join(renderer.format for renderer in renderers)
        raise BadParameter(parameter_error("format", wanted, f"one of the formats that apply here: {formats}"))
