"""Validators: an answer is as new as the record's clock, so a 304 reads nothing but the clock."""

import hashlib
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.http import parse_etags
from rest_framework import exceptions
from rest_framework.request import Request

from timeline.clock import Tick

#: Part of every ETag: raised when a release renders the same record differently.
RENDERING = 1


class NotModified(exceptions.APIException):
    """The client has this answer already."""

    status_code = HTTPStatus.NOT_MODIFIED

    def __init__(self, etag: str) -> None:
        super().__init__("Not modified.")
        self.etag = etag


def etag_of(request: Request, media_type: str, tick: Tick) -> str:
    """A weak validator: the same question in the same format, at the same number of the record's clock."""
    asked = f"{RENDERING} {request.build_absolute_uri()} {media_type}"
    return f'W/"{tick.number}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"'


def check_validator(request: Request, etag: str) -> None:
    """Raise NotModified where ``If-None-Match`` holds *etag*."""
    if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        raise NotModified(etag)


def put_validators(response: HttpResponse, etag: str, tick: Tick) -> None:
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    response["Snapshot"] = str(tick.number)
