"""What an id of people and organizations meant before they were merged, it means at every snapshot of then."""

import pytest

from events.merging import merge_events
from events.merging_parties import merge_parties
from events.recording import recording
from tests.factories import ClaimFactory, EventFactory, LeaderFactory, OrganizationFactory, ParticipationFactory
from timeline.clock import last_tick
from timeline.models import FormerHolder, Tick

pytestmark = pytest.mark.django_db
NAMES = ("first", "second", "third")


def rename(record, slug):
    record.refresh_from_db()
    with recording(None, "renamed"):
        record.slug = slug
        record.save()


@pytest.fixture
def found(client):
    """The ids of the events that a question finds, in order."""

    def find(**asked):
        answer = client.get("/api/v1/events/", asked)
        assert answer.status_code == 200, answer.json()
        return [event["id"] for event in answer.json()["results"]]

    return find


@pytest.fixture(params=["leader", "organization", "publisher"])
def three(request):
    """By what to ask, and three that are asked for by it, with an event each, named alike."""
    factory = LeaderFactory if request.param == "leader" else OrganizationFactory
    parties = [factory(slug=name) for name in NAMES]
    for name, party in zip(NAMES, parties, strict=True):
        event = EventFactory(slug=name, claimed=["reports"])
        if request.param == "publisher":
            ClaimFactory(event=event, source__publisher=party)
        else:
            ParticipationFactory(event=event, **{request.param: party})
    return request.param, parties


def test_those_that_are_one_since_were_two(three, found):
    question, (first, second, third) = three
    apart = last_tick().number
    merge_parties(first, second, None)
    two = last_tick().number
    merge_parties(second, third, None)
    one = last_tick().number

    def told(**asked):
        return {name: found(**{question: name}, **asked) for name in NAMES}

    assert told(snapshot=apart) == {name: [name] for name in NAMES}
    assert told(snapshot=two) == {"first": ["first", "second"], "second": ["first", "second"], "third": ["third"]}
    assert told(snapshot=one) == told() == {name: list(NAMES) for name in NAMES}
    instant = Tick.objects.get(number=apart).at.isoformat()
    assert told(snapshot=instant, as_of="2030") == {name: [name] for name in NAMES}
    assert found(**{question: "first,third"}, snapshot=apart) == ["first", "third"]


def test_an_id_of_before_or_after_the_merge_is_that_of_its_record(three, found):
    question, (first, second, _) = three
    rename(first, "earlier")
    before = last_tick().number
    merge_parties(first, second, None)
    rename(second, "later")

    assert [found(**{question: name}, snapshot=before) for name in ("first", "earlier")] == [["first"]] * 2
    assert [found(**{question: name}, snapshot=before) for name in ("second", "later")] == [["second"]] * 2
    assert found(**{question: "first"}) == found(**{question: "later"}) == ["first", "second"]


def test_of_two_merges_in_one_recording_the_first_to_have_it_counts(three, found):
    question, (first, second, third) = three
    before = last_tick().number
    with recording(None, "all one"):
        merge_parties(first, second, None)
        merge_parties(second, third, None)

    assert [found(**{question: name}, snapshot=before) for name in NAMES] == [[name] for name in NAMES]
    assert found(**{question: "second"}) == list(NAMES)


def test_events_that_are_merged_need_no_such_note():
    merge_events(EventFactory(), EventFactory(), None)

    assert not FormerHolder.objects.exists()
