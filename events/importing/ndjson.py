"""Chancery's own NDJSON, as ``/api/v1/events/?format=ndjson`` exports it: an event a line, whole."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, ClassVar

import orjson

from events.importing.drafts import ClaimDraft, Draft, PartyDraft, Row, SourceDraft, digest, number
from events.importing.formats import LOOKED_AT, REJECTED, Format
from events.importing.problems import Rejected

#: Chancery's own exports: their rows are known by the event's public id.
DATASET = "chancery"
NEEDED = ("id", "title", "date", "kind", "participants", "claims")
MODIFIED = re.compile(rb',"modified":"[^"]*"\}\s*\Z')  #: as exports end


class NDJSON(Format):
    name: ClassVar[str] = "ndjson"
    published = True
    rejects_suffix = ".ndjson"

    def check(self) -> int:
        self.head()
        if not any(_is_event(row.raw) for row in islice(self.rows(), LOOKED_AT)):
            raise self.refuse(
                f"a line is one JSON object with {', '.join(NEEDED)}, as ?format=ndjson exports; line 1 is none."
            )
        with self.open_bytes() as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))

    def rows(self) -> Iterator[Row]:
        with self.open_bytes() as file:
            for number_of, line in enumerate(file, 1):
                if number_of == 1:
                    line = line.removeprefix(BOM_UTF8)
                if not line.isspace():
                    yield Row(number_of, line, _because(line))

    def draft(self, row: Row) -> Draft:
        event = _object(row.raw)
        data = MODIFIED.sub(b"", row.raw)  # a new date of change alone is no change
        if "rejected" in event:
            event.pop("rejected")
            if isinstance(event.get("row"), str):
                event = _object(event["row"])
            data = _written(event)
        missing = [name for name in NEEDED if name not in event]
        if missing:
            raise Rejected(f"The event lacks {', '.join(missing)}.")
        try:
            return _draft(event, digest(data))
        except (AttributeError, KeyError, TypeError) as error:
            raise Rejected(
                f"It is no event as ?format=ndjson exports it ({type(error).__name__}: {error}); see docs/importing.md."
            ) from None

    def rejects_header(self) -> bytes:
        return b""

    def rejected(self, row: Row, reason: str) -> bytes:
        where = {name.removeprefix("rejected_"): value for name, value in
                 zip(REJECTED, (self.path.name, row.line, reason), strict=True)}  # fmt: skip
        try:
            event = _object(row.raw)
            event.pop("rejected", None)
            return _written({"rejected": where, **event}) + b"\n"
        except Rejected:
            # Bytes that are no UTF-8 as \xe9, which is no JSON: rejected once more until somebody has mended it.
            text = row.raw.decode("utf-8", "backslashreplace").rstrip("\r\n")
            return _written({"rejected": where, "row": text}) + b"\n"


def _is_event(line: bytes) -> bool:
    try:
        event = _object(line)
    except Rejected:
        return False
    return "rejected" in event or all(name in event for name in NEEDED)


def _because(line: bytes) -> str:
    """Why *line* was rejected before, where it was written back."""
    if not line.startswith(b'{"rejected":'):
        return ""
    try:
        return str(_object(line)["rejected"]["because"])
    except (Rejected, KeyError, TypeError):
        return ""


def _object(text: bytes | str) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Rejected(f"The line is no JSON: {error}.") from None
    if not isinstance(found, dict):
        raise Rejected("The line is no JSON object: an event stands in { }.")
    return found


def _written(event: dict[str, Any]) -> bytes:
    """*event* as JSON. Raises Rejected where objects stand in each other deeper than they can be written again."""
    try:
        return orjson.dumps(event)
    except orjson.JSONEncodeError as error:
        raise Rejected(f"The line cannot be written again ({error}): no event has so many levels.") from None


def _draft(event: dict[str, Any], row_digest: int) -> Draft:
    date, place = event["date"], event.get("place") or {}
    importance = event.get("importance")
    if importance is not None and type(importance) is not int:
        raise Rejected(f"importance is {importance!r}; it is a whole number from 0 to 100.")
    public_id = _text(event, "id")
    return Draft(
        dataset=DATASET,
        external_id=public_id[:200],
        digest=row_digest,
        slug=public_id,
        title=_text(event, "title"),
        summary=_text_of(event, "summary"),
        date=_text(date, "edtf"),
        date_reason=_text_of(date, "reason"),
        kind=_text(event["kind"], "id"),
        place_name=_text_of(place, "name"),
        place_country=_text_of(place, "country"),
        latitude=number(place.get("latitude"), "latitude"),
        longitude=number(place.get("longitude"), "longitude"),
        importance=importance,
        parties=tuple([_party(orjson.dumps(party)) for party in event["participants"]]),
        claims=tuple([_claim(claim) for claim in event["claims"]]),
        assessment=_assessment(event),
        exact=True,
    )


def _text(part: dict[str, Any], name: str) -> str:
    value = part[name]
    if not isinstance(value, str) or not value:
        raise Rejected(f"{name} is {value!r}, where a text is wanted.")
    if "\0" in value:
        raise Rejected(f"{name} is {value!r}, which holds a NUL character; take it out.")
    return value


def _text_of(part: dict[str, Any], name: str) -> str:
    """The text under *name*, "" where nothing stands there."""
    value = part.get(name)
    return "" if value is None or value == "" else _text(part, name)


@lru_cache(maxsize=16_384)
def _party(text: bytes) -> PartyDraft:
    """The party that *text* shows. Written again and compared as a text, one that came before is known at once."""
    party = orjson.loads(text)
    country, organization, leader, office = map(party.get, ("country", "organization", "leader", "office"))
    return PartyDraft(
        _text(party, "role"),
        _text(country, "id") if country else "",
        _text(organization, "id") if organization else "",
        _text(leader, "id") if leader else "",
        office=(_text(office, "title"), _text(office, "held")) if office else None,
    )


def _claim(claim: dict[str, Any]) -> ClaimDraft:
    date = claim.get("date")
    return ClaimDraft(
        _chain(orjson.dumps([claim["source"], *(claim.get("via") or ())])),
        _text(claim, "stance"),
        _text(date, "edtf") if date else "",
        _text_of(claim, "figures"),
        _text_of(claim, "locator"),
        _text_of(claim, "note"),
    )


@lru_cache(maxsize=4_096)
def _chain(text: bytes) -> SourceDraft:
    """The source that *text* shows, with those through which it was read behind it: as ``_party`` is."""
    source, ids = None, set()
    for link in reversed(orjson.loads(text)):
        source = _source(link, source)
        if source.id in ids:
            raise Rejected(f"The source {source.id!r} is read through itself.")
        ids.add(source.id)
    return source


def _source(source: dict[str, Any], via: SourceDraft | None) -> SourceDraft:
    publisher = source.get("publisher") or {}
    return SourceDraft(
        _text(source, "id"),
        _text_of(source, "title"),
        _text_of(publisher, "id"),
        _text_of(publisher, "name"),
        _text_of(source, "kind"),
        _text_of(source, "language"),
        _text_of(source, "url"),
        _text_of(source, "archive_url"),
        _text_of(source, "published"),
        _text_of(source, "accessed"),
        via,
    )


def _assessment(event: dict[str, Any]) -> tuple[str, str, str]:
    """What the curators set over what the claims amount to: at least one of the two, where they set anything."""
    assessed = event.get("assessment")
    if not assessed:
        return "", "", ""
    occurrence, verification = _text(event, "occurrence"), _text(event, "verification")
    same_occurrence = occurrence == assessed["derived_occurrence"]
    same_verification = verification == assessed["derived_verification"]
    if same_occurrence and same_verification:
        return occurrence, verification, _text(assessed, "reason")
    return "" if same_occurrence else occurrence, "" if same_verification else verification, _text(assessed, "reason")
