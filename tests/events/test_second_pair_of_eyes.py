"""Where nobody is to publish an event that only they have worked on."""

import pytest
from django.core.exceptions import ValidationError

from events.bulk import WholeEvent, create_events
from events.models import Claim, Event, Participation
from events.models.reviews import Step
from events.recording import recording
from events.review import (
    open_to,
    publish,
    submit,
)
from tests.factories import (
    EventFactory,
    KindFactory,
    LeaderFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def work_on(event, user):
    with recording(user, "worked on"):
        Participation.objects.create(event=event, leader=LeaderFactory(), role="party")


@pytest.fixture
def drafted(member):
    """A function that makes a draft by *user*."""

    def draft(user):
        with recording(user, "drafted"):
            return EventFactory(review="draft", claimed=["reports"])

    return draft


def test_with_a_second_pair_of_eyes_nobody_publishes_what_only_they_have_touched(member, drafted, settings):
    settings.SECOND_PAIR_OF_EYES = True
    editor, other = member("Editors"), member("Editors")
    event = drafted(editor)
    submit(event, editor)

    with pytest.raises(ValidationError, match="somebody else"):
        publish(event, editor)
    assert Step.PUBLISH not in {transition.step for transition in open_to(editor, Event.objects.get())}

    assert publish(event, other).review == "published"


def test_who_changed_a_claim_or_a_party_was_a_second_pair(member, drafted, settings):
    settings.SECOND_PAIR_OF_EYES = True
    editor = member("Editors")
    event = drafted(editor)
    work_on(event, member("Contributors"))

    assert publish(event, editor).review == "published"


def test_what_was_changed_far_away_is_no_second_pair(member, drafted, settings):
    settings.SECOND_PAIR_OF_EYES = True
    editor = member("Editors")
    event = drafted(editor)
    with recording(member("Editors"), "renamed"):
        publisher = event.claims.get().source.publisher
        publisher.name = "Renamed"
        publisher.save()

    with pytest.raises(ValidationError, match="somebody else"):
        publish(event, editor)


def test_what_came_from_files_was_made_by_somebody_else(member, settings):
    settings.SECOND_PAIR_OF_EYES = True
    editor, event = member("Editors"), EventFactory(review="draft", claimed=["reports"])
    work_on(event, editor)

    assert publish(event, editor).review == "published"


def test_what_a_user_imported_is_theirs(member, settings):
    settings.SECOND_PAIR_OF_EYES = True
    editor, kind, source = member("Editors"), KindFactory(), SourceFactory()
    whole = WholeEvent(
        Event(slug="row-1", title="Row 1", kind=kind, date="2018", review="in_review"),
        claims=[Claim(source=source, stance="reports")],
    )
    with recording(editor, "Imported") as unit:
        create_events(unit, [whole])

    with pytest.raises(ValidationError, match="somebody else"):
        publish(whole.event, editor)
    assert publish(whole.event, member("Editors")).review == "published"


def test_a_second_pair_stays_when_its_account_goes(member, drafted, settings):
    settings.SECOND_PAIR_OF_EYES = True
    editor, other = member("Editors"), member("Contributors")
    event = drafted(editor)
    work_on(event, other)
    other.delete()

    assert publish(event, editor).review == "published"


def test_without_the_setting_one_pair_is_enough(member, drafted):
    editor = member("Editors")

    assert publish(drafted(editor), editor).review == "published"
