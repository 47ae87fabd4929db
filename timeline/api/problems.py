"""Every error as RFC 9457 problem details, in every format, on every path."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from rest_framework import exceptions
from rest_framework.request import Request

MEDIA_TYPE = "application/problem+json"


class BadParameter(exceptions.APIException):
    """One or more query parameters that cannot be read: 400.

    Each of ``errors`` names ``parameter`` and ``value``, says what is ``expected``, and may suggest a value.
    """

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, *errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{error['parameter']}: expected {error['expected']}" for error in errors) + ".")
        self.errors = list(errors)


class Moved(exceptions.APIException):
    """What stood at this address stands at ``location`` now: 301."""

    status_code = HTTPStatus.MOVED_PERMANENTLY

    def __init__(self, location: str) -> None:
        super().__init__(f"This is at {location} now.")
        self.location = location

    @classmethod
    def with_question(cls, address: str, request: Request) -> "Moved":
        """To *address*, with what was asked at the old one."""
        asked = request.META.get("QUERY_STRING", "")
        return cls(f"{address}?{asked}" if asked else address)


class SeeOther(Moved):
    """What was asked for in words of a form's own has an address, ``location``: 303."""

    status_code = HTTPStatus.SEE_OTHER


class Gone(exceptions.APIException):
    """The address was given out once and what stood there is no longer shown: 410, with the reason."""

    status_code = HTTPStatus.GONE


class NotYet(exceptions.NotFound):
    """There is such an event, but not at the moment that was asked for: 404, with a ``reason`` to tell by.

    ``since``: from when it was known, in seconds of UTC since 1970, where that is what the reason turns on.
    """

    def __init__(self, reason: str, detail: str, since: int | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.since = reason, since


def parameter_error(parameter: str, value: str, expected: str, suggestion: str = "") -> dict[str, str]:
    error = {"parameter": parameter, "value": value[:200], "expected": expected}
    return error | ({"suggestion": suggestion} if suggestion else {})


def problem_document(status: int, detail: str) -> dict[str, Any]:
    """``type`` is ``about:blank``, for the status says which sort it is."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail}


class Problem(HttpResponse):
    """A problem document as an answer; ``document`` is what it says."""

    def __init__(self, document: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(orjson.dumps(document), MEDIA_TYPE, document["status"], headers=headers)
        self.document = document


def problem(
    status: int,
    detail: str,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    reason: str | None = None,
) -> Problem:
    document = problem_document(status, detail)
    if reason:
        document["reason"] = reason
    if errors:
        document["errors"] = list(errors)
    return Problem(document, headers)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's exceptions, and Django's that mean the same, as problems; None lets any other go on."""
    if isinstance(error, Http404):
        return problem(404, "There is nothing at this address.")
    if isinstance(error, PermissionDenied):
        return problem(403, "This is not allowed.")
    if not isinstance(error, exceptions.APIException):
        return None
    if error.status_code == HTTPStatus.NOT_MODIFIED:
        return HttpResponseNotModified(headers={"ETag": error.etag, "Cache-Control": error.cache_control})
    headers, detail = {}, str(error.detail)
    if isinstance(error, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
        detail = not_allowed(context["request"].method, headers["Allow"])
    if isinstance(error, Moved):
        headers["Location"] = error.location
    errors, reason = getattr(error, "errors", ()), getattr(error, "reason", None)
    return problem(error.status_code, detail, errors, headers, reason)


def not_allowed(method: str, allowed: str) -> str:
    """What is told whoever asks by another method than those *allowed*."""
    return f"{method} does not apply here, where things are read only: {allowed}."


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(400, "The request cannot be read.")


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(403, "This is not allowed.")


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(404, "There is nothing at this address.")


def handler500(request: HttpRequest) -> HttpResponse:
    return problem(500, "Something went wrong here; it was noted.")
