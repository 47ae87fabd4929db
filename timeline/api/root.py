"""Where a reader of the API begins."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

COLLECTIONS = ("countries", "events", "kinds", "leaders", "organizations", "sources")


@require_safe
def api_root(request: HttpRequest) -> JsonResponse:
    """The addresses of the collections, the schema and its page."""
    addresses = {name: reverse(f"{name}-list") for name in COLLECTIONS} | {
        "changes": reverse("changes"),
        "density": reverse("density"),
        "tiles": reverse("tile-info"),
        "schema": reverse("schema"),
        "docs": reverse("docs"),
    }
    return JsonResponse({name: request.build_absolute_uri(address) for name, address in addresses.items()})
