"""What somebody had typed when their login had run out: carried through the login page, and given back afterwards.

It travels as a hidden field of the login form, so that whoever is not logged in stores nothing here. After the login it
waits in the session for the page that it belongs to.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

FIELD = "typed"  #: of the login form, and of the session
SALT = "events.logins.typed"
LONGEST = 1_000_000  #: characters of the hidden field; a request may have 2.5 million
MOST_AGE = 24 * 3600  #: seconds between typing and logging in
#: Never carried: neither the token of a session that is over, nor passwords.
LEFT_OUT = ("csrfmiddlewaretoken", FIELD)

SENTENCE = "Your login had run out. What you had typed stands here again; nothing of it is saved yet."
FILES = "A file that you had chosen has to be chosen again."


class TooLong(ValueError):
    """More was typed than can be carried."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The *fields* of a form that was sent to *path*, its query included; *files*: whether files were among them."""

    path: str
    fields: dict[str, list[str]]
    files: bool

    @classmethod
    def of(cls, request: HttpRequest) -> Typed:
        fields = {
            name: values for name, values in request.POST.lists() if name not in LEFT_OUT and "password" not in name
        }
        return cls(request.get_full_path(), fields, bool(request.FILES))

    @classmethod
    def unpack(cls, text: str) -> Typed | None:
        """What ``pack`` made; None of anything else, or where it is too old."""
        try:
            return cls(**signing.loads(text, salt=SALT, max_age=MOST_AGE))
        except (signing.BadSignature, TypeError):
            return None

    def pack(self) -> str:
        """As the value of a hidden field; signed, so that it is what was typed here. Raises TooLong."""
        text = signing.dumps(asdict(self), salt=SALT, compress=True)
        if len(text) > LONGEST:
            raise TooLong(f"{len(text):,} characters")
        return text

    def put(self, request: HttpRequest) -> None:
        """Let it wait in the session; what waited there before is given up."""
        request.session[FIELD] = asdict(self)

    @property
    def data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        return data

    @property
    def sentences(self) -> list[str]:
        return [SENTENCE, FILES] if self.files else [SENTENCE]


def take(request: HttpRequest) -> Typed | None:
    """What waits for this very page, once."""
    waiting: dict[str, Any] | None = request.session.get(FIELD)
    if waiting is None or waiting["path"] != request.get_full_path():
        return None
    del request.session[FIELD]
    return Typed(**waiting)


def send_again(request: HttpRequest, typed: Typed) -> None:
    """Make *request* the one by which *typed* was sent, for a view that is sure to save nothing of it."""
    # Reading the files first: it would empty the fields.
    request._files = MultiValueDict()
    request.method, request.POST = "POST", typed.data
