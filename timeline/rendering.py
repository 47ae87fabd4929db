"""A state of an event → the event's JSON, as readers get it. The one place that knows its shape."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import orjson

from events.chains import Chain
from events.edtf import EDTFDate, day_label, label, plain
from events.models import Claim, Event, Office, Source
from events.status import status_words
from timeline.states import Chains, State

if TYPE_CHECKING:
    from timeline.references import Party, References

#: The root under which this release answers; part of the rendering, as links are.
ROOT = "/api/v1/"


def render_content(event: Event, state: State, parties: Sequence["Party"], references: "References") -> str:
    """The JSON of *event*, in which *parties* take part, as it was known in *state*; title, summary, parties and place
    are the record's present ones. Without ``modified``, which is known only once the record's clock was drawn.
    """
    content = {
        "id": event.slug,
        "url": f"{ROOT}events/{event.slug}/",
        "title": event.title,
        "summary": event.summary,
        "date": date_json(state.date) | {"reason": event.date_reason if state.date.edtf == event.date.edtf else ""},
        "kind": {
            "id": event.kind.slug,
            "label": event.kind.label,
            "category": event.kind.category or None,
            "quad": event.kind.quad,
        },
        "occurrence": state.occurrence,
        "verification": state.verification,
        "status_words": words(event, state),
        "assessment": assessment_json(event, state),
        "origins": state.status.origins,
        "place": place_json(event),
        "participants": [party.shown(state.date) for party in in_order_of_role(parties)],
        "claims": [
            claim_json(claim) | references.chain_shown(claim.source_id)
            for claim in in_order_known(state.claims, references.chains)
        ],
        "importance": event.importance,
    }
    return orjson.dumps(content).decode()


def with_modified(content: str, modified: datetime) -> str:
    """*content* with the instant of the commit that made it so."""
    return f'{content[:-1]},"modified":"{utc(modified)}"}}'


def words(event: Event, state: State) -> str:
    """The status in words, the curator's assessment before what follows from the claims."""
    derived = status_words(state.status, label(state.date))
    if not is_assessed(event, state):
        return derived
    return (
        f"Assessed by the curators as {state.occurrence}, {state.verification}: {event.assessment_reason} "
        f"From the claims alone: {derived}"
    )


def is_assessed(event: Event, state: State) -> bool:
    """Whether the curators set another status than the claims amount to: they assess the present state only."""
    return state.is_last and bool(event.assessed_occurrence or event.assessed_verification)


def assessment_json(event: Event, state: State) -> dict[str, str] | None:
    """The curator's reason, and the status derived from the claims that it replaces; None where there is none."""
    if not is_assessed(event, state):
        return None
    return {
        "reason": event.assessment_reason,
        "derived_occurrence": state.status.occurrence,
        "derived_verification": state.status.verification,
    }


def date_json(date: EDTFDate) -> dict[str, Any]:
    """An EDTF date with its words and the plain days of its bounds; an open end is null. Remembered, so not to be
    changed.
    """
    return _date_json(date.edtf)


@lru_cache(maxsize=16_384)
def _date_json(edtf: str) -> dict[str, Any]:
    date = EDTFDate.parse(edtf)
    timed = date.precision == "time"
    return {
        "edtf": date.edtf,
        "label": label(date),
        "precision": date.precision,
        "approximate": date.approximate,
        "uncertain": date.uncertain,
        "earliest_start": plain(date.earliest_start, timed),
        "latest_start": plain(date.latest_start, timed),
        "earliest_end": plain(date.earliest_end, timed),
        "latest_end": plain(date.latest_end, timed),
    }


def place_json(event: Event) -> dict[str, Any] | None:
    if not (event.place_name or event.place_country or event.latitude is not None):
        return None
    return {
        "name": event.place_name,
        "country": event.place_country.code if event.place_country else None,
        "latitude": event.latitude,
        "longitude": event.longitude,
    }


def in_order_of_role(parties: Iterable["Party"]) -> list["Party"]:
    """*parties*, of one role in the order in which they come."""
    return sorted(parties, key=attrgetter("bit"))


def participant_json(party: "Party", office: Office | None) -> dict[str, Any]:
    return {
        "role": party.role,
        "country": named(party.country),
        "organization": named(party.organization),
        "leader": named(party.leader),
        "office": {"title": office.title, "held": office.held.edtf} if office else None,
    }


def named(record: Any) -> dict[str, str] | None:
    return {"id": record.public_id, "name": record.name} if record else None


def in_order_known(claims: Sequence[Claim], chains: Chains) -> list[Claim]:
    return sorted(claims, key=lambda claim: (chains[claim.source_id].known, claim.pk))


def claim_json(claim: Claim) -> dict[str, Any]:
    """*claim* without the chain through which it is known."""
    return {
        "stance": claim.stance,
        "date": date_json(claim.date) if claim.date else None,
        "figures": claim.figures,
        "locator": claim.locator,
        "note": claim.note,
    }


def chain_json(chain: Chain) -> dict[str, Any]:
    """What a claim shows of its *chain*."""
    origin, *via = chain
    return {
        "known": instant(chain.known),
        "source": source_json(origin),
        "via": [source_json(source) for source in via],
    }


def source_json(source: Source) -> dict[str, Any]:
    """A source as it stands everywhere: in claims, in chains, in its own list."""
    return {
        "id": source.slug,
        "url": source.url or None,
        "title": source.title,
        "publisher": named(source.publisher),
        "kind": source.kind,
        "language": source.language or None,
        "published": source.published.edtf if source.published else None,
        "published_label": day_label(source.published) if source.published else None,
        "accessed": source.accessed.isoformat() if source.accessed else None,
        "archive_url": source.archive_url or None,
    }


def instant(seconds: int) -> str:
    """Seconds of UTC since 1970 as ``YYYY-MM-DDThh:mm:ssZ``."""
    return f"{plain(seconds, True)}Z"


@lru_cache(maxsize=256)  # of a batch, all have the same
def utc(moment: datetime) -> str:
    """*moment* as ``YYYY-MM-DDThh:mm:ss.ffffffZ``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
