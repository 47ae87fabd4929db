"""A state of an event → the event's JSON, as readers get it. The one place that knows its shape."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from events.assertions import day_label
from events.chains import known_at
from events.edtf import EDTFDate, label, plain
from events.models import Claim, Event, Office, Participation, Source
from events.status import status_words
from events.vocabulary.roles import Role
from timeline.states import Chains, State

#: The root under which this release answers; part of the rendering, as links are.
ROOT = "/api/v1/"
ROLE_ORDER = {role: place for place, role in enumerate(Role.values)}


def render_content(event: Event, state: State, chains: Chains) -> str:
    """The JSON of *event* without ``modified``, which is known only once the record's clock was drawn."""
    return orjson.dumps(event_json(event, state, chains)).decode()


def with_modified(content: str, modified: datetime) -> str:
    """*content* with the instant of the commit that made it so."""
    return f'{content[:-1]},"modified":"{utc(modified)}"}}'


def event_json(event: Event, state: State, chains: Chains) -> dict[str, Any]:
    """*event* as it was known in *state*; title, summary, parties and place are the record's present ones."""
    return {
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
        "participants": [participant_json(p, state.date) for p in in_order_of_role(event.participations.all())],
        "claims": [claim_json(claim, chains[claim.source_id]) for claim in in_order_known(state.claims, chains)],
        "importance": event.importance,
    }


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
    """An EDTF date with its words and the plain days of its bounds; an open end is null."""
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


def in_order_of_role(participations: Sequence[Participation]) -> list[Participation]:
    return sorted(participations, key=lambda p: (ROLE_ORDER[p.role], p.pk))


def participant_json(participation: Participation, date: EDTFDate) -> dict[str, Any]:
    office = participation.office or office_held(participation, date)
    return {
        "role": participation.role,
        "country": named(participation.country),
        "organization": named(participation.organization),
        "leader": named(participation.leader),
        "office": {"title": office.title, "held": office.held.edtf} if office else None,
    }


def named(record: Any) -> dict[str, str] | None:
    return {"id": record.public_id, "name": record.name} if record else None


def office_held(participation: Participation, date: EDTFDate) -> Office | None:
    """The only office with the party acted for that certainly overlaps *date*; None where none or several do."""
    leader = participation.leader
    if leader is None or not (participation.country_id or participation.organization_id):
        return None
    held = [
        office
        for office in leader.offices.all()
        if office.country_id == participation.country_id
        and office.organization_id == participation.organization_id
        and office.held.latest_start <= date.earliest_end
        and date.latest_start <= office.held.earliest_end
    ]
    return held[0] if len(held) == 1 else None


def in_order_known(claims: Sequence[Claim], chains: Chains) -> list[Claim]:
    return sorted(claims, key=lambda claim: (known_at(chains[claim.source_id]), claim.pk))


def claim_json(claim: Claim, chain: Sequence[Source]) -> dict[str, Any]:
    origin, *via = chain
    return {
        "stance": claim.stance,
        "date": date_json(claim.date) if claim.date else None,
        "figures": claim.figures,
        "locator": claim.locator,
        "note": claim.note,
        "known": instant(known_at(chain)),
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


def utc(moment: datetime) -> str:
    """*moment* as ``YYYY-MM-DDThh:mm:ss.ffffffZ``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
