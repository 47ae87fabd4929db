import orjson
import pytest

from events.bulk import WholeEvent, create_events
from events.edtf import EDTFDate
from events.models import Claim, Country, Event, Participation
from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)
from timeline.clock import last_tick
from timeline.models import Entry, Pair, Posting
from timeline.rebuilding import rebuild

pytestmark = pytest.mark.django_db


def body(slug):
    return orjson.loads(Entry.objects.get(slug=slug).body)


def change(record, **values):
    record.refresh_from_db()
    with recording(None, "changed"):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def test_a_published_event_has_an_entry_in_the_transaction_that_published_it():
    EventFactory(slug="talks-1966", date="1966~", between=["PRK", "SYR"], claimed=["reports"])

    entry = Entry.objects.get()
    assert (entry.slug, entry.precision, entry.fit_z, entry.occurrence) == ("talks-1966", "year", 2, "occurred")
    assert set(Posting.objects.values_list("party", flat=True)) >= {"c:PRK", "c:SYR"}
    assert list(Pair.objects.values_list("a", "b")) == [("PRK", "SYR")]


def test_a_draft_leaves_no_trace():
    EventFactory(slug="public")
    before = last_tick()

    draft = EventFactory(review="draft", between=[], claimed=[])
    change(draft, title="Changed")

    assert Entry.objects.count() == 1
    assert last_tick() == before


def test_what_is_renamed_after_an_event_was_made_whole_is_called_so_in_it():
    country = CountryFactory(name="Upper Volta")
    event = Event(slug="talks", title="Talks", kind=KindFactory(), date=EDTFDate.parse("1984"), review="published")
    party, claim = Participation(role="party", country=country), Claim(source=SourceFactory(), stance="reports")

    with recording(None, "both at once") as unit:
        create_events(unit, [WholeEvent(event, [party], [claim])])
        country.name = "Burkina Faso"
        country.save()

    assert body("talks")["participants"][0]["country"]["name"] == "Burkina Faso"


def test_a_change_that_shows_nowhere_draws_no_number():
    event = EventFactory()
    before = last_tick()

    with recording(None, "there and back"):
        title = event.title
        event.title = "Another"
        event.save()
        event.title = title
        event.save()

    assert last_tick() == before


def test_a_leader_renamed_far_away_is_renamed_in_every_event():
    leader = LeaderFactory(name="Kim")
    participation = ParticipationFactory(leader=leader)

    change(leader, name="Kim Jong Un")

    assert body(participation.event.slug)["participants"][0]["leader"]["name"] == "Kim Jong Un"


def test_an_office_dated_later_shows_where_it_certainly_held():
    office = OfficeFactory(held="2011/..")
    held = ParticipationFactory(leader=office.leader, country=office.country, event=EventFactory(date="2018"))
    perhaps = ParticipationFactory(leader=office.leader, country=office.country, event=EventFactory(date="2011"))

    assert body(held.event.slug)["participants"][0]["office"]["title"] == "President"
    assert body(perhaps.event.slug)["participants"][0]["office"] is None

    change(office, held="2019/..")
    assert body(held.event.slug)["participants"][0]["office"] is None


def test_a_corrected_chain_changes_when_a_claim_was_known():
    origin = SourceFactory(published=None, accessed="2020-01-01")
    claim = ClaimFactory(source=origin)
    assert body(claim.event.slug)["claims"][0]["known"] == "2020-01-01T23:59:59Z"

    change(origin, via=SourceFactory(published="2018-06-04T03:35:00+04:00"))

    read = body(claim.event.slug)["claims"][0]
    assert read["known"] == "2018-06-03T23:35:00Z"
    assert len(read["via"]) == 1


def test_a_withdrawn_event_leaves_the_timeline_and_draws_a_number():
    event = EventFactory(between=["PRK", "SYR"])
    before = last_tick()

    change(event, review="withdrawn", withdrawal_reason="A hoax.")

    assert not Entry.objects.exists()
    assert not Posting.objects.exists()
    assert last_tick().number == before.number + 1


def test_an_event_with_more_than_thirty_countries_has_no_pairs():
    event = EventFactory()
    with recording(None, "a conference"):
        for _ in range(31):
            ParticipationFactory(event=event, country=CountryFactory(), role="signatory")

    assert Entry.objects.get().is_wide
    assert not Pair.objects.exists()


def test_rebuilding_finds_nothing_and_mends_what_was_broken():
    for year in ("1966", "1969"):
        EventFactory(date=year, between=["PRK", "SYR"], claimed=["reports"])
    assert rebuild(check=True).is_clean
    wanted = list(Entry.objects.order_by("key").values_list())

    Entry.objects.update(body="{}")
    Posting.objects.all().delete()
    assert rebuild(check=True).different == 2
    rebuild()

    assert rebuild(check=True).is_clean
    assert list(Entry.objects.order_by("key").values_list()) == wanted


def test_renaming_a_public_address_keeps_the_old_one_for_ever():
    event = EventFactory(slug="old")
    change(event, slug="new")

    with pytest.raises(Exception, match="published before"):
        EventFactory(slug="old")
    assert Entry.objects.get().slug == "new"


def test_an_organization_renamed_changes_claims_that_reached_us_through_it():
    publisher = OrganizationFactory(name="Trend")
    claim = ClaimFactory(source=SourceFactory(via=SourceFactory(publisher=publisher)))

    change(publisher, name="Trend News Agency")

    assert body(claim.event.slug)["claims"][0]["via"][0]["publisher"]["name"] == "Trend News Agency"
    assert Event.objects.count() == Entry.objects.count() == 1
    assert Country.objects.count() == 0
