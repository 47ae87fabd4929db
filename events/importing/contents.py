"""What an event says, as one number: by it a person's correction is told from what the import left."""

from collections.abc import Iterable
from operator import itemgetter

from events.importing.drafts import digest_of
from events.models import Claim, Event, Participation

TOLD = (
    "title", "summary", "kind_id", "date_reason", "place_name", "place_country_id", "latitude", "longitude",
    "importance",
)  # fmt: skip
FIELDS = (*TOLD, "assessed_occurrence", "assessed_verification", "assessment_reason")
PARTY = ("role", "country_id", "organization_id", "leader_id", "office_id")
CLAIM = ("source_id", "stance", "figures", "locator", "note")
#: Of the instances' own dictionaries: the descriptors of foreign keys take longer than all the rest.
fields_of, party_of, claim_of = itemgetter(*FIELDS), itemgetter(*PARTY), itemgetter(*CLAIM)
told_of = itemgetter(*TOLD)
acting_of = itemgetter("country_id", "organization_id", "leader_id")


def content_of(event: Event, participations: Iterable[Participation], claims: Iterable[Claim]) -> int:
    """64 bits over all that a person may correct; not the review, which is another decision. References are saved."""
    return digest_of(
        list(fields_of(vars(event))),
        str(event.date),
        sorted([str(list(party_of(vars(row)))) for row in participations]),
        sorted([str([row.date and row.date.edtf, *claim_of(vars(row))]) for row in claims]),
    )


def brief_of(event: Event, participations: Iterable[Participation], claims: Iterable[Claim]) -> int:
    """64 bits over what a row says: the event without its assessment, the parties without their offices, and of the
    claims only which source takes which stance.
    """
    return digest_of(
        told_of(vars(event)),
        str(event.date),
        sorted({str((row.role, *acting_of(vars(row)))) for row in participations}),
        sorted({(row.source_id or 0, row.stance) for row in claims}),
    )


def likeness_of(event: Event, participations: Iterable[Participation]) -> int | None:
    """64 bits over kind, date and parties; None for fewer than two parties, which say too little.

    A person counts as whoever he or she acts for.
    """
    parties = {
        ("country", country) if country else ("organization", organization) if organization else ("leader", leader)
        for country, organization, leader in map(acting_of, map(vars, participations))
    }  # fmt: skip
    if len(parties) < 2:
        return None
    return digest_of(event.kind_id, event.date.canonical, sorted(parties))
