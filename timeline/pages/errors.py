"""Errors at the addresses of pages, as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from timeline.api.problems import MEDIA_TYPE, Problem

#: Where programs ask, who are answered with problem documents.
OF_PROGRAMS = ("/api/", "/healthz", "/readyz")
#: What a reader is told above the problem's own words.
HEADINGS = {
    400: "This address cannot be read",
    403: "This is not open to you",
    404: "There is nothing here",
    405: "This cannot be done here",
    410: "This is no longer shown",
    414: "This address is too long",
    503: "No answer just now",
}


def is_of_a_page(request: HttpRequest) -> bool:
    """Whether whoever asks would rather read a page than a problem document."""
    if request.path.startswith(OF_PROGRAMS):
        return False
    try:
        return request.get_preferred_type(["text/html", MEDIA_TYPE]) != MEDIA_TYPE
    except ValueError:  # parameters in an encoding that there is not
        return True


def problems_as_pages(get_response: Callable) -> Callable:
    """Middleware: a problem document that answers the address of a page becomes a page that says the same.

    One place for whatever refuses an address: a view, Django itself, a limit, or a database that is away.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Where a redirect leads is in its headers, and nobody is shown what else it says.
        if isinstance(response, Problem) and response.status_code >= 400 and is_of_a_page(request):
            turn_into_page(request, response)
        return response

    return respond


def turn_into_page(request: HttpRequest, response: Problem) -> None:
    """Status and headers stay. The template asks the database nothing: it may be what is away."""
    context = {
        "title": HEADINGS.get(response.status_code, "Something went wrong here"),
        "description": response.document["detail"],
        "problem": response.document,
        "path": request.path,
        "comes_back": "Retry-After" in response.headers,
        "is_of_the_desk": request.path.startswith(reverse("admin:index")),
    }
    response.content = render_to_string("timeline/error.html", context)
    response["Content-Type"] = "text/html; charset=utf-8"
    response["Content-Length"] = str(len(response.content))
    patch_vary_headers(response, ["Accept"])
