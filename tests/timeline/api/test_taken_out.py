"""What was taken out of the record since, a snapshot from before is asked for all the same."""

import pytest

from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)
from tests.shared import shared
from timeline.clock import last_tick

pytestmark = pytest.mark.django_db
EVENTS = "/api/v1/events/"
ASKED = {
    "country": "OLD", "between": "OLD,PRK", "place": "OLD", "leader": "old", "organization": "old", "kind": "old",
    "source": "old", "publisher": "old-publisher",
}  # fmt: skip


@shared
def taken_out() -> None:
    """An event, and much that it showed and that the last number has deleted."""
    for code in ("OLD", "PRK", "NEW"):
        CountryFactory(code=code)
    old, prk = CountryFactory(code="OLD"), CountryFactory(code="PRK")
    leader, body = LeaderFactory(slug="old"), OrganizationFactory(slug="old")
    source = SourceFactory(slug="old", publisher=OrganizationFactory(slug="old-publisher"))
    kind = KindFactory(slug="old", effect="opens")
    event = EventFactory(slug="met", kind=kind, place_country=old, between=["PRK"], claimed=["reports"])
    parties = [ParticipationFactory(event=event, **party) for party in (
        {"country": old}, {"country": None, "leader": leader}, {"organization": body},
    )]  # fmt: skip
    claim = ClaimFactory(event=event, source=source)
    with recording(None, "taken out") as unit:
        for row in (*parties, claim):
            row.delete()
        event.refresh_from_db()
        event.kind, event.place_country = KindFactory(slug="talks"), prk
        event.save()
        for record in (old, leader, body, source, source.publisher, kind):
            record.delete()
        unit.to_be_borne_out.clear()


@pytest.fixture
def before(taken_out):
    """The number at which the event still showed it."""
    return last_tick().number - 1


@pytest.mark.parametrize(("parameter", "value"), ASKED.items())
def test_it_is_found_in_a_snapshot_and_nowhere_now(client, before, parameter, value):
    then, now = (client.get(EVENTS, {parameter: value} | asked) for asked in ({"snapshot": before}, {}))

    assert [event["id"] for event in then.json()["results"]] == ["met"]
    assert (now.status_code, now.json()["results"]) == (200, [])


def test_a_country_has_the_relations_that_it_had(client, before):
    asked = {"snapshot": before}
    (relation,) = client.get("/api/v1/countries/PRK/relations/", asked).json()["results"]
    assert relation == {
        "country": {"id": "OLD", "name": "OLD"}, "url": "/api/v1/dyads/OLD/PRK/", "events": 1, "state": "relations",
    }  # fmt: skip
    assert client.get("/api/v1/countries/PRK/relations/").json()["results"] == []

    dyad = client.get(relation["url"], asked).json()
    assert (dyad["state"], dyad["events"], dyad["counts"]["quad"]) == ("relations", 1, {"verbal-cooperation": 1})
    assert client.get(relation["url"]).json()["events"] == 0


def test_what_never_was_is_refused_still(client, before):
    assert client.get(EVENTS, {"country": "NIX", "snapshot": before}).status_code == 400
    assert client.get("/api/v1/dyads/NIX/PRK/", {"snapshot": before}).status_code == 404
