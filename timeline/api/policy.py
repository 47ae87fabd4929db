"""The Content-Security-Policy of every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
#: Of the one page that others may frame.
FRAMED_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
DOCS = "/api/v1/docs/"
DOCS_POLICY = POLICY + "; style-src 'self' 'unsafe-inline'"


def content_security_policy(get_response: Callable) -> Callable:
    """Middleware: nothing from foreign hosts, nothing inline; a view that has set a policy keeps its own.

    Swagger UI writes its styles into the page, so the API's docs alone may have them inline.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", DOCS_POLICY if request.path == DOCS else POLICY)
        return response

    return respond
