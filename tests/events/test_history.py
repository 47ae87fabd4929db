"""Every change to every record leaves a version; two can be compared, and one be taken back."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from events.bulk import WholeEvent, create_events
from events.differences import differences
from events.history import changes_of, take_back
from events.merging import merge_events
from events.models import Claim, Event, Leader, Participation, Succession, Version
from events.recording import recording
from events.review import withdraw
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

pytestmark = pytest.mark.django_db


def change(record, reason="changed", user=None, **values):
    record.refresh_from_db()
    with recording(user, reason):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def told(record):
    """What the history of *record* says, the latest first: each change as (path, before, after)."""
    changes = changes_of(list(Version.objects.of(record)))
    return [[(d.what, d.before, d.after) for d in each.differences] for each in changes]


def import_event(review="published"):
    """An event written whole, as an import does."""
    event = Event(title="Imported", kind=KindFactory(), date="2018", review=review, slug="imported")
    with recording(None, "imported") as unit:
        create_events(unit, [WholeEvent(event, claims=[Claim(source=SourceFactory(), stance="reports")])])
    return Event.objects.get(slug="imported")


def test_a_change_says_who_why_and_what():
    country = CountryFactory(name="As it was")
    change(country, "Renamed by law", get_user_model().objects.create_user("pyo"), name="As it is")

    version, first = Version.objects.of(country)
    assert (version.who, version.reason, version.at > first.at) == ("pyo", "Renamed by law", True)
    assert told(country) == [[("name", "As it was", "As it is")], []]


def test_the_name_of_who_changed_it_outlives_the_user():
    country, user = CountryFactory(), get_user_model().objects.create_user("pyo")
    change(country, user=user, name="Other")
    user.delete()

    assert Version.objects.of(country)[0].who == "pyo"


def test_a_change_of_a_claim_is_one_of_its_event():
    claim = ClaimFactory(source=SourceFactory(title="KCNA report"), locator="para. 8")
    change(claim, note="New")

    assert told(claim.event)[0] == [("claims, KCNA report · reports · para. 8, note", "", "New")]


def test_a_change_of_an_office_is_one_of_its_holder():
    office = OfficeFactory(title="President", held="2000/..")
    change(office, held="2001/..")

    assert told(office.leader)[0] == [("offices, President · 2001/.., held", "2000/..", "2001/..")]


def test_a_row_that_comes_and_one_that_goes():
    event = EventFactory(between=["PRK"])
    with recording(None, "in and out"):
        event.participations.all().delete()
        Participation.objects.create(event=event, role="observer", leader=LeaderFactory(name="Assad"))

    assert told(event)[0] == [("participants", "party · Country PRK", ""), ("participants", "", "observer · Assad")]


def test_a_predecessor_is_told_by_its_name():
    successor = CountryFactory()
    with recording(None, "followed"):
        Succession.objects.create(predecessor=CountryFactory(name="Soviet Union"), successor=successor)

    assert told(successor)[0] == [("predecessors", "", "Soviet Union")]


def test_one_recording_makes_one_version_of_all_that_belongs_together():
    event = EventFactory(between=["PRK", "SYR"])
    with recording(None, "all at once"):
        ClaimFactory(event=event)
        event.refresh_from_db()
        event.title = "New"
        event.save()
        event.participations.first().delete()

    assert [version.reason for version in Version.objects.of(event)].count("all at once") == 1


def test_what_changes_nothing_leaves_no_version():
    event = EventFactory(title="As it was")
    count = Version.objects.of(event).count()
    change(event)
    with recording(None, "there and back"):
        for title in ("Other", "As it was"):
            event.title = title
            event.save()

    assert Version.objects.of(event).count() == count


def test_an_update_in_bulk_leaves_a_version_of_each():
    EventFactory.create_batch(3)
    with recording(None, "in bulk"):
        Event.objects.update(importance=7)

    assert list(Version.objects.filter(reason="in bulk").values_list("content__importance", flat=True)) == [7, 7, 7]


def test_an_import_leaves_no_versions_and_loses_nothing():
    event = import_event()
    assert not Version.objects.of(event).exists()

    change(event, "mended", title="Mended")

    changes = changes_of(list(Version.objects.of(event)))
    assert [each.is_first_kept for each in changes] == [False, True]
    assert told(event)[0] == [("title", "Imported", "Mended")]
    assert changes[1].version.content["claims"][0]["stance"] == "reports"


def test_what_was_imported_and_deleted_can_be_made_again():
    event = import_event(review="draft")
    key = event.pk
    with recording(None, "gone"):
        event.delete()
    deletion, last_kept = Version.objects.filter(resource="events", key=key)

    again = take_back(last_kept, None, "It was right")

    assert (deletion.content, deletion.reason) == (None, "gone")
    assert (again.pk, again.title, again.review, again.claims.count()) == (key, "Imported", "draft", 1)


def test_taking_back_brings_all_rows_of_then():
    event = EventFactory(title="Then", between=["PRK", "SYR"], claimed=["reports", "denies"])
    then = Version.objects.of(event)[0]
    kept = event.participations.first().pk
    change(event, title="Now")
    with recording(None, "rows"):
        event.claims.last().delete()
        event.participations.last().delete()
        Participation.objects.create(event=event, role="host", country=CountryFactory(code="CHN"))

    take_back(then, None, "It was right")

    last = Version.objects.of(event)[0]
    assert (last.content, last.reason) == (then.content, "It was right")
    assert event.participations.filter(pk=kept).exists()
    event.refresh_from_db()
    assert event.verification == "disputed"


def test_taking_back_leaves_the_review_where_it_stands():
    event = EventFactory(title="Then", review="draft", claimed=["reports"])
    then = Version.objects.of(event)[0]
    change(event, title="Now", review="published")
    withdraw(event, None, "Wrong")

    event = take_back(then, None, "")

    assert (event.title, event.review, event.withdrawal_reason) == ("Then", "withdrawn", "Wrong")


def test_records_that_go_by_another_name_since_are_the_same():
    leader, source = LeaderFactory(slug="kim", name="Kim"), SourceFactory(slug="kcna")
    event = ParticipationFactory(leader=leader).event
    ClaimFactory(event=event, source=source)
    then = Version.objects.of(event)[0]
    change(leader, slug="kim-jong-un", name="Kim Jong Un")
    change(source, slug="kcna-report")
    change(event, title="Now")
    assert [what for what, *_ in told(event)[0]] == ["title"]

    take_back(then, None, "")

    assert event.participations.get().leader == leader
    assert event.claims.get().source == source


def test_a_party_that_is_gone_is_named_and_nothing_is_changed():
    party = ParticipationFactory(leader=LeaderFactory(slug="kim", name="Kim"))
    event, then = party.event, Version.objects.of(party.event)[0]
    with recording(None, "deleted"):
        party.delete()
        Leader.objects.get(slug="kim").delete()
    change(event, title="Now")

    with pytest.raises(ValidationError, match=r"“Kim \(kim\)”, which is not among the leaders any more"):
        take_back(then, None, "")
    assert Event.objects.get().title == "Now"


def test_a_column_that_is_gone_is_named():
    country = CountryFactory()
    then = Version.objects.of(country)[0]
    then.content |= {"national_anthem": "Aegukka"}

    with pytest.raises(ValidationError, match="“national anthem”, which the record has no place for"):
        take_back(then, None, "")


def test_a_rule_of_today_that_a_version_breaks_is_said():
    event = EventFactory()
    then = Version.objects.of(event)[0]
    then.content |= {"importance": 1_000}

    with pytest.raises(ValidationError, match="Importance lies between 0 and 100"):
        take_back(then, None, "")


def test_a_merged_event_is_not_taken_back():
    loser, survivor = EventFactory(title="Loser"), EventFactory(title="Survivor")
    then = Version.objects.of(loser)[0]
    merge_events(loser, survivor, None, "The same")

    with pytest.raises(ValidationError, match="merged into “Survivor”"):
        take_back(then, None, "")


def test_an_address_of_then_is_the_address_again(client):
    country = CountryFactory(code="OLD")
    then = Version.objects.of(country)[0]
    change(country, code="NEW")

    take_back(then, None, "")

    assert client.get("/api/v1/countries/OLD/").status_code == 200
    assert client.get("/api/v1/countries/NEW/")["Location"] == "/api/v1/countries/OLD/"


def test_any_two_versions_can_be_compared():
    country = CountryFactory(name="One", aliases=["A"])
    change(country, name="Two", capital="Pyongyang")
    change(country, name="Three", aliases=["A", "B"])

    last, _, first = Version.objects.of(country)

    assert [(d.what, d.before, d.after) for d in differences(first, last)] == [
        ("name", "One", "Three"), ("aliases", "A", "A\nB"), ("capital", "", "Pyongyang"),
    ]  # fmt: skip


def test_every_record_has_a_history():
    for factory in (CountryFactory, OrganizationFactory, KindFactory, SourceFactory, LeaderFactory, EventFactory):
        made = factory()
        assert changes_of(list(Version.objects.of(made)))[-1].is_creation


def test_versions_are_read_and_written_by_the_batch(django_assert_max_num_queries):
    for _ in range(20):
        EventFactory(between=["PRK", "SYR"], claimed=["reports"])
    with django_assert_max_num_queries(60), recording(None, "in bulk"):
        Event.objects.update(importance=7)

    assert Version.objects.filter(reason="in bulk").count() == 20


def test_taking_back_leaves_no_published_event_without_a_claim():
    event = EventFactory(review="draft")
    then = Version.objects.of(event)[0]
    ClaimFactory(event=event)
    change(event, review="published")

    with pytest.raises(ValidationError, match="claim"):
        take_back(then, None, "")
    assert event.claims.exists()
