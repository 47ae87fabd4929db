"""What a format is told: the events, read for it, and the list that they are of."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import orjson

from events.edtf import EDTFDate

if TYPE_CHECKING:
    from timeline.listing.rows import Row

#: An event's JSON; beside it ``key``, the record's, which never changes, and ``number``, that of its last change.
Event = dict[str, Any]

#: What XML cannot write (controls, surrogates, noncharacters), and what turns the direction of the text around it.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f" "\u202a-\u202e\u2066-\u2069" "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of time to be named behind the events: ``held`` is EDTF."""

    title: str
    held: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One answer of a list of events.

    ``root`` is the server's address without a slash at its end, ``address`` that of this answer, ``words`` the question
    as a sentence. ``next`` and ``previous`` lead to the pages beside it, None where there is none: with a ``next``,
    more match than were sent. ``begin`` and ``end`` are those of the span asked for.
    """

    root: str
    address: str
    snapshot: int
    words: str = ""
    next: str | None = None
    previous: str | None = None
    begin: EDTFDate | None = None
    end: EDTFDate | None = None
    group: str | None = None
    eras: tuple[Era, ...] = ()

    def page(self, event: Event) -> str:
        """The whole address of the page of *event*, for people."""
        return f"{self.root}/events/{event['id']}/"

    def address_of(self, event: Event) -> str:
        """The whole address of *event* in the API, for programs."""
        return f"{self.root}{event['url']}"

    def uuid(self, event: Event) -> str:
        """The same for ever, though the event's public id or title may change."""
        return str(uuid5(NAMESPACE_URL, f"{self.root}/events#{event['key']}"))


def read_event(row: "Row") -> Event:
    """The event that *row* shows, without the characters that could harm a reader."""
    return cleaned(orjson.loads(row.body)) | {"key": row.key, "number": row.recorded_from}


def cleaned(value: Any) -> Any:
    """*value* with all texts in it cleaned of what is UNSAFE."""
    match value:
        case str():
            return UNSAFE.sub("", value)
        case dict():
            return {name: cleaned(member) for name, member in value.items()}
        case list():
            return [cleaned(member) for member in value]
    return value
