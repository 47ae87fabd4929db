"""Two people, or two organizations, become one, everywhere."""

import pytest
from django.core.exceptions import ValidationError

from events.history import merged_here, take_back
from events.loading.applying import load_record
from events.merging_parties import merge_parties
from events.models import Claim, Event, Leader, LoadedBlock, Office, Organization, Participation, Source, Version
from events.recording import record_changed
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    LeaderFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Two entries of one person: the one to go, and the one to stay."""
    return (
        LeaderFactory(slug="kim-jong-woon", name="Kim Jong-woon", aliases=["Kim"], wikidata="Q56226"),
        LeaderFactory(slug="kim-jong-un", name="Kim Jong Un", aliases=["Respected Comrade"]),
    )


def test_the_survivor_has_all_names_and_what_it_left_blank(two):
    survivor = merge_parties(*two, None, "One person")

    assert survivor.aliases == ["Kim", "Kim Jong-woon", "Respected Comrade"]
    assert (survivor.wikidata, survivor.name) == ("Q56226", "Kim Jong Un")
    assert "kim jong woon" in survivor.names_folded
    assert list(Leader.objects.all()) == [survivor]


def test_the_survivor_takes_part_where_either_did(two):
    loser, survivor = two
    both = EventFactory()
    office = OfficeFactory(leader=loser)
    ParticipationFactory(event=both, leader=loser, office=office)
    ParticipationFactory(event=both, leader=survivor)
    ParticipationFactory(event=both, leader=loser, role="visitor")
    ParticipationFactory(leader=loser)

    merge_parties(loser, survivor, None)

    assert sorted(both.participations.values_list("role", "leader", "office")) == [
        ("party", survivor.pk, office.pk), ("visitor", survivor.pk, None),
    ]  # fmt: skip
    assert Participation.objects.filter(leader=survivor).count() == 3


def test_an_office_that_both_have_is_one(two):
    loser, survivor = two
    same = {"title": "President", "held": "2011/..", "country": CountryFactory()}
    theirs, kept = OfficeFactory(leader=loser, **same), OfficeFactory(leader=survivor, **same)
    other = OfficeFactory(leader=loser, title="Marshal")
    party = ParticipationFactory(leader=loser, office=theirs)

    merge_parties(loser, survivor, None)

    assert set(survivor.offices.all()) == {kept, other}
    party.refresh_from_db()
    assert (party.leader, party.office) == (survivor, kept)


def test_sources_offices_and_parties_of_an_organization_go_over():
    loser, survivor = OrganizationFactory(slug="sana-agency"), OrganizationFactory(slug="sana")
    claim = ClaimFactory(source=SourceFactory(publisher=loser))
    office = OfficeFactory(organization=loser, country=None)
    party = ParticipationFactory(organization=loser)

    merge_parties(loser, survivor, None)

    assert Source.objects.get(pk=claim.source_id).publisher == survivor
    assert Office.objects.get(pk=office.pk).organization == survivor
    assert Participation.objects.get(pk=party.pk).organization == survivor
    assert not Organization.objects.filter(slug="sana-agency").exists()


def test_two_origins_that_are_one_publisher_confirm_no_more():
    event = EventFactory(claimed=["reports", "reports"])
    one, other = (claim.source.publisher for claim in Claim.objects.all())
    event.refresh_from_db()
    assert event.verification == "confirmed"

    merge_parties(one, other, None)

    event.refresh_from_db()
    assert event.verification == "reported"


def test_nothing_is_left_that_has_the_key_of_the_loser(two):
    loser, survivor = two
    ParticipationFactory(leader=loser)
    merge_parties(loser, survivor, None)

    for relation in Leader._meta.related_objects:
        assert not relation.related_model.objects.filter(**{relation.field.attname: loser.pk}).exists()


def test_it_is_one_recording_in_every_history(two):
    loser, survivor = two
    event = ParticipationFactory(leader=loser).event
    heard = []

    def hear(**told):
        heard.append(told["events"])

    record_changed.connect(hear)
    merge_parties(loser, survivor, None, "One person")
    record_changed.disconnect(hear)

    assert heard == [{event.pk}]
    for record in (event, survivor):
        assert Version.objects.of(record)[0].reason == "One person"
    (gone,) = merged_here(survivor)
    assert (gone.key, gone.content, gone.reason) == (loser.pk, None, "One person")


def test_what_became_part_of_another_is_not_taken_back(two):
    then = Version.objects.of(two[0])[0]
    merge_parties(*two, None)

    with pytest.raises(ValidationError, match="merged into “Kim Jong Un”"):
        take_back(then, None, "")


def test_a_version_of_before_names_the_survivor_when_it_is_taken_back(two):
    event = ParticipationFactory(leader=two[0]).event
    then = Version.objects.of(event)[0]
    merge_parties(*two, None)
    event.participations.get()
    take_back(then, None, "")

    assert event.participations.get().leader == two[1]


def test_readers_are_led_to_the_survivor_and_told_of_its_events(client, two):
    event = ParticipationFactory(leader=two[0], event__slug="met").event
    before = client.get("/api/v1/events/").json()["snapshot"]

    merge_parties(*two, None)

    answer = client.get("/api/v1/leaders/kim-jong-woon/")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/leaders/kim-jong-un/")
    for asked in ("kim-jong-woon", "kim-jong-un"):
        assert [found["id"] for found in client.get("/api/v1/events/", {"leader": asked}).json()["results"]] == ["met"]
    (line,) = client.get("/api/v1/changes/", {"after": before}).json()["results"]
    assert (line["id"], line["kind"]) == (event.slug, "changed")
    assert line["event"]["participants"][0]["leader"] == {"id": "kim-jong-un", "name": "Kim Jong Un"}


def test_an_organization_s_address_leads_on_from_one_merge_to_the_next(client):
    first, second, third = (OrganizationFactory(slug=slug) for slug in ("first", "second", "third"))
    merge_parties(first, second, None)
    merge_parties(second, third, None)

    assert client.get("/api/v1/organizations/first/")["Location"] == "/api/v1/organizations/third/"
    assert client.get("/api/v1/organizations/?fields=id").json()["results"] == [{"id": "third"}]


def test_one_is_not_merged_into_itself(two):
    with pytest.raises(ValidationError, match="into itself"):
        merge_parties(two[0], two[0], None)


def test_files_that_name_the_loser_go_on_being_loaded(two, tmp_path):
    merge_parties(*two, None)
    CountryFactory(code="PRK")
    (tmp_path / "events.yaml").write_text(
        "- id: visit\n  title: Visit\n  kind: state-visit\n  date: '2018'\n"
        "  participants:\n  - role: visitor\n    leader: kim-jong-woon\n"
    )
    load_record([tmp_path])

    assert Event.objects.get().participations.get().leader == two[1]
    assert load_record([tmp_path]).of("events").updated == 0
    assert LoadedBlock.objects.filter(slug="visit").exists()


def test_many_rows_go_over_at_once(two, django_assert_max_num_queries):
    for _ in range(30):
        ParticipationFactory(leader=two[0])

    with django_assert_max_num_queries(120):
        merge_parties(*two, None)

    assert Participation.objects.filter(leader=two[1]).count() == 30
