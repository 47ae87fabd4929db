"""Validators: an answer is as new as the last change that can show in it, so a 304 reads no record."""

import hashlib
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.http import parse_etags
from rest_framework import exceptions
from rest_framework.request import Request

#: Part of every ETag: raised when a release renders the same record differently.
RENDERING = 3
#: Seconds for which an answer pinned to a snapshot is kept without asking: a day, so that an erasure is not outlived.
PINNED_FOR = 86_400


class NotModified(exceptions.APIException):
    """The client has this answer already."""

    status_code = HTTPStatus.NOT_MODIFIED

    def __init__(self, etag: str, cache_control: str) -> None:
        super().__init__("Not modified.")
        self.etag, self.cache_control = etag, cache_control


@dataclass(frozen=True, slots=True)
class Freshness:
    """``number``: of the last change that can show in an answer. ``is_pinned``: only an erasure can change it.
    ``kept_for``: seconds for which it may be kept without asking.
    """

    number: int
    is_pinned: bool = False
    kept_for: int = 0

    @property
    def cache_control(self) -> str:
        seconds = PINNED_FOR if self.is_pinned else self.kept_for
        return f"public, max-age={seconds}" if seconds else "public, no-cache"


def etag_of(request: Request, look: str, freshness: Freshness) -> str:
    """A weak validator: the same question with the same *look*, above all the media type, since the same change.

    Links begin with the server's name, so that it belongs to the question.
    """
    sent = request.META
    asked = f"{RENDERING} {request.scheme}://{sent.get('HTTP_HOST')}{request.path}?{sent.get('QUERY_STRING')} {look}"
    return f'W/"{freshness.number}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"'


def check_validator(request: Request, etag: str, freshness: Freshness) -> None:
    """Raise NotModified where ``If-None-Match`` holds *etag*, whether weak or strong (RFC 9110)."""
    if opaque(etag) in map(opaque, held(request)):
        raise NotModified(etag, freshness.cache_control)


def wants_none(request: Request) -> bool:
    """Whether no answer is wanted if there is any: ``If-None-Match: *``. Only whoever has one can tell."""
    return "*" in held(request)


def held(request: Request) -> list[str]:
    """The ETags of ``If-None-Match``."""
    return parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))


def opaque(etag: str) -> str:
    return etag.removeprefix("W/")


def put_validators(response: HttpResponse, etag: str, freshness: Freshness, snapshot: int) -> None:
    response["ETag"] = etag
    response["Cache-Control"] = freshness.cache_control
    response["Snapshot"] = str(snapshot)
