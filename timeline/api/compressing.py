"""Answers that leave compressed, to whoever takes gzip."""

import re

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import decorator_from_middleware

#: In ``Accept-Encoding``: that gzip is not acceptable (RFC 9110).
REFUSED = re.compile(r"\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)


class Compression(GZipMiddleware):
    """Django's, which takes every mention of gzip for a wish, a refusal too."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if REFUSED.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        return super().process_response(request, response)


compressed = decorator_from_middleware(Compression)
