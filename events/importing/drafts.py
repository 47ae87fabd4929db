"""One event as it was read from a row, still in words: what is meant by them is found out by ``resolving``."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from events.importing.problems import Rejected

MOST_DIGITS = 9  # Python refuses to read some thousands as a number, which an error of a row is not


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in its file: ``line`` counts from 1, ``raw`` is whatever its format reads and writes back.

    ``because``: why it was rejected before, where it comes out of a file of rejects.
    """

    line: int
    raw: Any
    because: str = ""


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source by its public id, with what it is made from where the record lacks it: nothing but the id says that
    the record must have it. Dates are texts."""

    id: str
    title: str = ""
    publisher: str = ""  #: public id
    publisher_name: str = ""
    kind: str = ""
    language: str = ""
    url: str = ""
    archive_url: str = ""
    published: str = ""
    accessed: str = ""
    via: "SourceDraft | None" = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What one source says; two with the same locator, or the same note, are one telling."""

    source: SourceDraft
    stance: str = "reports"
    date: str = ""
    figures: str = ""
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A party by names or ids. ``name`` is an organization's or a person's, whichever the record knows; ``party``,
    which stands alone, a country's, too.

    A ``leader`` that is only named ``if_known`` is left out where the record does not know the person.
    """

    role: str
    country: str = ""
    organization: str = ""
    leader: str = ""
    name: str = ""
    party: str = ""
    of: str = ""  #: the country of whoever bears that ``name``, and does not act for it; or that is called so itself
    office: tuple[str, str] | None = None  #: title, and when it was held
    if_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One event in words. ``dataset`` and ``external_id`` say which row it is, whatever file it comes in.

    ``exact``: countries, people and organizations are public ids of a record like this one, whatever the date.
    ``brief``: of its claims it has stance and source alone, and it tells neither of offices nor of an assessment.
    ``fingerprint``: rows of a dataset that have the same one tell of one event; None where every row is its own.
    """

    dataset: str
    external_id: str
    digest: int  #: of all that the row says, so that a change is seen
    slug: str
    date: str
    kind: str
    title: str = ""  #: made of kind and parties where it is blank
    summary: str = ""
    date_reason: str = ""
    place_name: str = ""
    place_country: str = ""
    place_as_of_today: bool = False  #: that is the country in which the place lies now, whatever the date
    latitude: float | None = None
    longitude: float | None = None
    importance: int | None = None  #: the kind's where it is None
    parties: tuple[PartyDraft, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    assessment: tuple[str, str, str] = ("", "", "")  #: occurrence, verification, reason
    exact: bool = False
    brief: bool = False
    fingerprint: int | None = None


def digest(data: bytes) -> int:
    """64 bits of BLAKE2 of *data*, as a signed integer that a database column holds."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def digest_of(*values: Any) -> int:
    return digest(repr(values).encode("utf-8", "surrogatepass"))


def number(text: Any, name: str) -> float | None:
    """The number that *text* writes, None for nothing. Raises Rejected, naming the field *name*."""
    if text is None or text == "":
        return None
    try:
        if isinstance(text, bool) or (isinstance(text, str) and text.strip("+-.0123456789eE")):
            raise ValueError
        return float(text) + 0.0  # no -0.0, which SQLite gives back as 0.0, as if somebody had changed it
    except (TypeError, ValueError, OverflowError):
        raise Rejected(f"{name} is {text!r}, which is no number; write degrees, as in 39.03.") from None


def whole(text: str, name: str) -> int | None:
    """The whole number that *text* writes, None for nothing. Raises Rejected, naming the field *name*."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Rejected(f"{name} is {text[:40]!r}; it is a whole number from 0 to 100.")
    return int(text)
