"""Publishing, withdrawing, merging."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.bulk import WholeEvent, create_events
from events.merging import merge_events
from events.models import Claim, Event, ReviewNote
from events.models.events import Review
from events.models.reviews import Step
from events.recording import current_recording, recording
from events.review import (
    TRANSITIONS,
    ask_for_changes,
    comment_on,
    may_change,
    open_to,
    publish,
    submit,
    take,
    withdraw,
)
from tests.factories import (
    ClaimFactory,
    EventFactory,
    LeaderFactory,
    ParticipationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
#: Where each step leads from where; every other way is refused.
WAYS = {
    ("draft", "submit"): "in_review",
    ("in_review", "return"): "draft",
    ("draft", "publish"): "published",
    ("in_review", "publish"): "published",
    ("withdrawn", "publish"): "published",
    ("published", "withdraw"): "withdrawn",
}
#: Which steps each role may take.
ROLES = {
    "nobody": set(),
    "Contributors": {"submit"},
    "Editors": {"submit", "return", "publish", "withdraw"},
    "Administrators": {"submit", "return", "publish", "withdraw"},
    "superuser": {"submit", "return", "publish", "withdraw"},
}


def event_in(review):
    return EventFactory(review=review, claimed=["reports"], withdrawal_reason="x" * (review == "withdrawn"))


@pytest.mark.parametrize(("role", "review", "step"), list(product(ROLES, Review.values, Step.values)))
def test_who_may_take_which_step_from_where(member, role, review, step):
    user, event = member(role), event_in(review)
    leads_to = WAYS.get((review, step))

    if step not in ROLES[role]:
        with pytest.raises(PermissionDenied):
            take(step, event, user, "Why.")
    elif leads_to is None:
        with pytest.raises(ValidationError):
            take(step, event, user, "Why.")
    else:
        assert take(step, event, user, "Why.").review == leads_to
    may = leads_to is not None and step in ROLES[role]
    assert (step in {transition.step for transition in open_to(user, event)}) is may
    assert Event.objects.get().review == (leads_to if may else review)
    assert ReviewNote.objects.count() == may


def test_the_trail_tells_who_did_and_said_what(member):
    contributor, editor = member("Contributors", "anna"), member("Editors", "boris")
    event = EventFactory(review="draft", claimed=["reports"])

    submit(event, contributor, "Please look at the date.")
    comment_on(event, editor, " It should be a month. ")
    ask_for_changes(event, editor, "Make the date a month.")
    submit(event, contributor)
    publish(event, editor)

    assert [(str(note.author), note.step, note.text) for note in event.review_notes.all()] == [
        ("anna", "submit", "Please look at the date."),
        ("boris", "", "It should be a month."),
        ("boris", "return", "Make the date a month."),
        ("anna", "submit", ""),
        ("boris", "publish", ""),
    ]


@pytest.mark.parametrize(("step", "review"), [("return", "in_review"), ("withdraw", "published")])
@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_a_step_that_asks_for_a_text_gets_one_that_fits(step, review, text):
    event = event_in(review)

    with pytest.raises(ValidationError, match=r"Say |at most"):
        take(step, event, None, text)
    assert Event.objects.get().review == review


@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
def test_a_comment_says_something_and_not_too_much(text):
    with pytest.raises(ValidationError):
        comment_on(EventFactory(), None, text)


def test_nothing_is_published_without_a_claim():
    with pytest.raises(ValidationError, match="Add a claim"):
        publish(EventFactory(review="draft"), None)


def make(kind):
    return Event.objects.create(slug="bare", title="Bare", kind=kind, date="2018", review="published")


def make_many(kind):
    return Event.objects.bulk_create([Event(slug="bare", title="Bare", kind=kind, date="2018", review="published")])


def create_whole(kind):
    event = Event(slug="bare", title="Bare", kind=kind, date="2018", review="published")
    create_events(current_recording(Event), [WholeEvent(event)])


def save_as_published(kind):
    bare = EventFactory(slug="bare", kind=kind, review="draft")
    bare.review = "published"
    bare.save()


def take_the_last_claim_away(kind):
    EventFactory(slug="bare", kind=kind, claimed=["reports"]).claims.get().delete()


def give_the_last_claim_away(kind):
    claim = EventFactory(slug="bare", kind=kind, claimed=["reports"]).claims.get()
    claim.event = EventFactory(kind=kind)
    claim.save()


@pytest.mark.parametrize(
    "write",
    [make, make_many, create_whole, save_as_published, take_the_last_claim_away, give_the_last_claim_away]
)
def test_no_way_of_writing_leaves_a_published_event_without_a_claim(write):
    kind = EventFactory(review="draft").kind

    with pytest.raises(ValidationError, match="without a claim"), recording(None, "in passing"):
        write(kind)
    assert not Event.objects.filter(slug="bare", review="published", claims=None).exists()


@pytest.mark.parametrize("write", [
    lambda events: events.update(review="published"),
    lambda events: events.bulk_update([Event(pk=event.pk, review="published") for event in events], ["review"]),
])  # fmt: skip
def test_the_review_is_not_changed_in_bulk(write):
    event = EventFactory(review="draft")

    with pytest.raises(ValueError, match=r"events\.review"), recording(None, "in passing"):
        write(Event.objects.all())
    assert Event.objects.get() == event
    assert Event.objects.get().review == "draft"


def test_a_claim_may_make_room_for_another():
    event = EventFactory(claimed=["reports"])

    with recording(None, "a better source"):
        event.claims.get().delete()
        Claim.objects.create(event=event, source=SourceFactory(), stance="reports")

    assert event.claims.count() == 1


@pytest.mark.parametrize(("review", "may"), [
    ("draft", True), ("in_review", True), ("published", False), ("withdrawn", False),
])  # fmt: skip
def test_what_is_or_was_public_is_changed_by_who_may_publish(member, review, may):
    event = event_in(review)

    assert may_change(member("Contributors"), event) is may
    assert may_change(member("Editors"), event)


def test_what_a_published_event_shows_is_changed_by_who_may_publish(member):
    shown = EventFactory(between=["PRK"], claimed=["reports"])
    hidden = EventFactory(review="draft", between=["SYR"], claimed=["reports"])
    contributor = member("Contributors")

    for event, may in ((shown, False), (hidden, True)):
        source = event.claims.get().source
        for record in (source, source.publisher, event.participations.get().country):
            assert may_change(contributor, record) is may
    assert may_change(member("Editors"), shown.claims.get().source)


def test_the_trail_is_erased_with_the_event(member):
    from events.erasing import erase_event

    event = event_in("in_review")
    publish(event, member("Editors"), "kanarienvogel")

    erase_event(event, None, "Ordered.")

    assert not ReviewNote.objects.exists()


def test_what_was_withdrawn_can_be_published_again():
    event = withdraw(EventFactory(claimed=["reports"]), None, "Not so.")

    assert publish(event, None).withdrawal_reason == ""


def test_every_state_but_the_last_has_a_way_on():
    assert {source for transition in TRANSITIONS.values() for source in transition.sources} == set(Review)


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


def test_one_that_was_deleted_meanwhile_is_merged_into_nothing():
    draft, survivor = EventFactory(review="draft"), EventFactory()
    with recording(None, "not needed"):
        Event.objects.get(pk=draft.pk).delete()

    with pytest.raises(ValidationError, match="both are in the record"):
        merge_events(draft, survivor, None)


def test_a_leader_stands_once_after_a_merger():
    survivor, loser = EventFactory(), EventFactory()
    party = ParticipationFactory(event=survivor, leader=LeaderFactory(), role="host")
    ParticipationFactory(event=loser, leader=party.leader, role="host")

    merge_events(loser, survivor, None)

    assert survivor.participations.count() == 1
