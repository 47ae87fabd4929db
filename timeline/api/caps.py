"""How long an address may be: longer ones are refused before anything reads them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from timeline.api.problems import problem

LONGEST_URL = 8_192  #: bytes, path and query together


def cap_url(get_response: Callable) -> Callable:
    """Middleware: 414 for an address of more than LONGEST_URL bytes."""

    def respond(request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) + len(request.path) > LONGEST_URL:
            return problem(414, f"An address here has at most {LONGEST_URL:,} bytes.")
        return get_response(request)

    return respond
