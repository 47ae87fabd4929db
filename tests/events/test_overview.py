"""What needs doing: each concern finds what it speaks of, and nothing else."""

import pytest

from events.models import LikelyDuplicate
from events.overview import CONCERNS, overdue
from events.recording import recording
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

JUNE_2018 = 1_528_000_000  # 3 June 2018, in seconds since 1970


def found(name):
    concern = next(concern for concern in CONCERNS if concern.name == name)
    return {str(record) for record in concern.find()}


def test_drafts_and_what_is_in_review_stand_apart():
    EventFactory(title="Draft", review="draft")
    EventFactory(title="Handed in", review="in_review")
    EventFactory(title="Published")

    assert found("drafts") == {"Draft"}
    assert found("in-review") == {"Handed in"}


@pytest.mark.parametrize(
    ("date", "stances", "is_overdue"),
    [
        ("2018-06-02", ["announces"], True),
        ("2018-06-02", ["announces", "reports"], False),
        ("2018-06-02", ["announces", "cancels"], False),
        ("2018-06", ["announces"], False),
        ("[2018-05-30..]", ["announces"], False),
    ],
)
def test_a_planned_event_is_overdue_once_its_date_has_wholly_passed(date, stances, is_overdue):
    EventFactory(date=date, claimed=stances)

    assert overdue(now=JUNE_2018).exists() is is_overdue


def test_a_withdrawn_plan_is_not_overdue():
    EventFactory(claimed=["announces"], review="withdrawn", withdrawal_reason="It was another one.")

    assert not overdue().exists()


def test_two_reports_of_one_publisher_are_one_origin():
    publisher = OrganizationFactory()
    alone = EventFactory(title="Alone")
    for _ in range(2):
        ClaimFactory(event=alone, source=SourceFactory(publisher=publisher))
    EventFactory(title="Twice", claimed=["reports", "reports"])

    assert found("one-origin") == {"Alone"}


def test_a_denial_waits_until_a_curator_says_what_to_hold():
    EventFactory(title="Denied", claimed=["alleges", "denies"])
    EventFactory(title="Weighed", claimed=["alleges", "denies"], assessed_verification="alleged",
                 assessment_reason="The denial names no facts.")  # fmt: skip
    EventFactory(title="Alleged", claimed=["alleges"])

    assert found("denied") == {"Denied"}


@pytest.mark.parametrize(
    ("one", "other", "contradicts"),
    [
        (("reports", "2018-06-01"), ("reports", "2018-06-02"), True),
        (("reports", "2018-06-02"), ("alleges", "2018-06-01"), True),
        (("reports", "2018-06"), ("reports", "2018-06-02"), False),
        (("reports", "2018-06-01"), ("reports", None), False),
        (("announces", "2018-06-01"), ("reports", "2018-06-02"), False),
    ],
)
def test_dates_contradict_where_two_sources_say_that_it_happened_on_days_apart(one, other, contradicts):
    event = EventFactory(title="Talks")
    for stance, date in (one, other):
        ClaimFactory(event=event, stance=stance, date=date)

    assert (found("contradictory") == {"Talks"}) is contradicts


def test_what_an_origin_took_back_contradicts_nothing():
    event, source = EventFactory(), SourceFactory()
    ClaimFactory(event=event, date="2018-06-01", source=source)
    ClaimFactory(event=event, date="2018-06-02")
    ClaimFactory(event=event, stance="retracts", source=SourceFactory(publisher=source.publisher))

    assert found("contradictory") == set()


def test_dates_of_different_events_contradict_nothing():
    for day in ("2018-06-01", "2018-06-02"):
        ClaimFactory(date=day)

    assert found("contradictory") == set()


@pytest.mark.parametrize(
    ("date", "acts_for", "is_outside"),
    [
        ("2010", "SYR", False),
        ("2000", "SYR", False),
        ("1990", "SYR", True),
        ("2010", "PRK", True),
        ("1990", None, False),
    ],
)
def test_a_person_acts_outside_office_where_none_of_that_country_covers_the_date(date, acts_for, is_outside):
    leader = OfficeFactory(country=CountryFactory(code="SYR"), held="2000-07-17/2024").leader
    event = EventFactory(title="Visit", date=date)
    ParticipationFactory(event=event, leader=leader, country=acts_for and CountryFactory(code=acts_for))

    assert (found("no-office") == {"Visit"}) is is_outside


def test_a_person_may_act_for_an_organization():
    office = OfficeFactory(country=None, organization=OrganizationFactory(), held="2000/..")
    ParticipationFactory(event=EventFactory(title="Known"), leader=office.leader, organization=office.organization)
    ParticipationFactory(event=EventFactory(title="Unknown"), leader=LeaderFactory(), organization=office.organization)

    assert found("no-office") == {"Unknown"}


def test_a_likely_duplicate_waits_until_it_is_dismissed():
    pair = LikelyDuplicate.objects.create(event=EventFactory(), other=EventFactory())
    LikelyDuplicate.objects.create(event=pair.other, other=pair.event, dismissed=True)

    assert found("duplicates") == {str(pair)}


def test_a_source_is_a_dead_end_where_it_can_be_found_nowhere():
    paper = SourceFactory(title="Paper", url="https://paper.example/1")
    SourceFactory(title="Agency", via=paper)
    SourceFactory(title="Hearsay", published=None, accessed="2018-06-04")
    SourceFactory(title="Kept", archive_url="https://archive.example/1")

    assert found("dead-end") == {"Hearsay"}
    assert found("undated") == {"Hearsay"}


def test_every_concern_is_counted_by_one_query_and_only_up_to_the_most(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("events.overview.MOST_COUNTED", 2)
    for _ in range(4):
        EventFactory(review="draft")

    with django_assert_num_queries(len(CONCERNS)):  # a count each
        counts = {concern.name: concern.count() for concern in CONCERNS}

    assert counts["drafts"] == 3


def test_what_readers_do_not_see_yet_is_told():
    from timeline.models import Pending

    event = EventFactory(title="Waiting")
    Pending.objects.create(key=event.pk)

    assert found("not-shown") == {"Waiting"}


def test_a_concern_is_gone_once_it_is_dealt_with():
    event = EventFactory(title="Draft", review="draft", claimed=["reports"])
    with recording(None, "published"):
        event.review = "published"
        event.save()

    assert found("drafts") == set()
