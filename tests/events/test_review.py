"""Publishing, withdrawing, merging."""

import pytest
from django.core.exceptions import ValidationError

from events.merging import merge_events
from events.models import Event
from events.recording import recording
from events.review import publish, withdraw
from tests.factories import ClaimFactory, EventFactory, LeaderFactory, ParticipationFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("review", ["draft", "in_review"])
def test_what_has_a_claim_can_be_published(review):
    event = EventFactory(review=review, claimed=["reports"])

    assert publish(event, None).review == "published"


def test_nothing_is_published_without_a_claim():
    with pytest.raises(ValidationError, match="Add a claim"):
        publish(EventFactory(review="draft"), None)


def test_what_was_withdrawn_can_be_published_again():
    event = withdraw(EventFactory(claimed=["reports"]), None, "Not so.")

    assert publish(event, None).withdrawal_reason == ""


@pytest.mark.parametrize(("review", "reason", "problem"), [("published", " ", "why"), ("draft", "No.", "Only a")])
def test_a_withdrawal_needs_a_published_event_and_a_reason(review, reason, problem):
    with pytest.raises(ValidationError, match=problem):
        withdraw(EventFactory(review=review), None, reason)


def test_the_survivor_holds_what_both_held():
    source = SourceFactory()
    survivor, loser = EventFactory(between=["PRK", "SYR"]), EventFactory(between=["PRK", "USA"], summary="What it was.")
    ClaimFactory(event=survivor, source=source, locator="para. 1")
    ClaimFactory(event=loser, source=source, locator="para. 1", note="More of it.")
    ClaimFactory(event=loser, source=source, locator="para. 2")

    merged = merge_events(loser, survivor, None, "The same meeting.")

    assert {p.country.code for p in merged.participations.all()} == {"PRK", "SYR", "USA"}
    claims = list(merged.claims.order_by("locator").values_list("locator", "note"))
    assert claims == [("para. 1", "More of it."), ("para. 2", "")]
    assert merged.summary == "What it was."
    loser = Event.objects.get(pk=loser.pk)
    assert (loser.review, loser.merged_into) == ("withdrawn", merged)
    assert loser.withdrawal_reason == f"Merged into “{merged.slug}”. The same meeting."


def test_a_draft_that_was_merged_is_gone():
    draft, survivor = EventFactory(review="draft", claimed=["reports"]), EventFactory()

    merge_events(draft, survivor, None)

    assert not Event.objects.filter(pk=draft.pk).exists()
    assert survivor.claims.count() == 1


def test_what_cannot_be_merged_is_said():
    one, draft = EventFactory(), EventFactory(review="draft")
    gone = withdraw(EventFactory(), None, "Not so.")
    for loser, survivor, problem in ((one, one, "itself"), (one, draft, "not published"), (one, gone, "withdrawn")):
        with pytest.raises(ValidationError, match=problem):
            merge_events(loser, survivor, None)
    other = EventFactory()
    merge_events(one, other, None)
    with pytest.raises(ValidationError, match="before"):
        merge_events(one, EventFactory(), None)
    one.refresh_from_db()
    one.review = "published"
    with recording(None, "published again"), pytest.raises(ValidationError, match="merged into"):
        one.save()


def test_a_leader_stands_once_after_a_merger():
    survivor, loser = EventFactory(), EventFactory()
    party = ParticipationFactory(event=survivor, leader=LeaderFactory(), role="host")
    ParticipationFactory(event=loser, leader=party.leader, role="host")

    merge_events(loser, survivor, None)

    assert survivor.participations.count() == 1

