"""Where a reader of the API begins."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.views import APIView

from timeline.api.negotiation import FormatOrAccept
from timeline.api.options import OptionsInAllow
from timeline.api.parameters import check_parameters
from timeline.api.renderers import JSONRenderer, json_response

COLLECTIONS = ("countries", "events", "kinds", "leaders", "organizations", "sources")


class RootView(OptionsInAllow, APIView):
    """The addresses of the collections, the schema and its page."""

    renderer_classes = (JSONRenderer,)
    content_negotiation_class = FormatOrAccept

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        check_parameters(request.query_params, {"format"})
        addresses = {name: reverse(f"{name}-list") for name in COLLECTIONS} | {
            "changes": reverse("changes"),
            "density": reverse("density"),
            "tiles": reverse("tile-info"),
            "schema": reverse("schema"),
            "docs": reverse("docs"),
        }
        return json_response({name: request.build_absolute_uri(address) for name, address in addresses.items()})


class SchemaView(OptionsInAllow, SpectacularJSONAPIView):
    """The schema, in OpenAPI."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_parameters(request.query_params, ())


class DocsView(OptionsInAllow, SpectacularSwaggerSplitView):
    """Its page."""
