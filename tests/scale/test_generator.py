from collections import Counter
from itertools import islice

import pytest

from events.edtf import EDTFDate
from events.importing.running import import_events
from events.models import Claim, Event, Participation
from tests.scale.filling import change_some
from tests.scale.generator import Made, share_before, write
from tests.scale.references import load_references
from tests.scale.shape import FIRST_YEAR, LAST_YEAR
from timeline.clock import last_tick
from timeline.models import Entry, PastEntry

SOME = 4000


@pytest.fixture(scope="module")
def events() -> list[dict]:
    return list(Made(SOME).events())


def test_the_same_seed_makes_the_same_events_and_another_seed_others(events):
    assert list(Made(SOME, seed=1).events()) == events
    assert list(islice(Made(SOME, seed=2).events(), 10)) != events[:10]


def test_there_are_as_many_as_asked_for_each_with_an_id_of_its_own(events):
    assert len({event["id"] for event in events}) == len(events) == SOME


def test_they_come_in_order_of_date(events):
    dates = [EDTFDate.parse(event["date"]["edtf"]) for event in events]

    assert dates == sorted(dates, key=lambda date: date.position)


def test_dates_are_as_precise_as_records_have_them_and_most_are_recent(events):
    precisions = Counter(EDTFDate.parse(event["date"]["edtf"]).precision for event in events)

    assert 0.65 < precisions["day"] / SOME < 0.75
    assert 0.10 < precisions["month"] / SOME < 0.15
    assert share_before(FIRST_YEAR) == 0
    assert share_before((FIRST_YEAR + LAST_YEAR) / 2) < 0.2
    assert share_before(LAST_YEAR + 1) == pytest.approx(1)


def test_three_take_part_and_one_event_in_ten_has_several_sources(events):
    several = [event for event in events if len(event["claims"]) > 1]

    assert {len(event["participants"]) for event in events} == {3}
    assert 0.08 < len(several) / SOME < 0.12
    assert all(len({claim["source"]["id"] for claim in event["claims"]}) > 1 for event in several)


def test_few_countries_take_part_in_most_and_most_words_are_rare(events):
    codes = Counter(each["country"]["id"] for event in events for each in event["participants"] if each["country"])
    words = Counter(word for event in events for word in event["summary"].lower().strip(".").split())

    assert sum(count for _, count in codes.most_common(10)) > 0.4 * codes.total()
    assert words["security"] > 20 * words.most_common(500)[-1][1]


@pytest.mark.django_db
def test_made_events_are_imported_and_shown(tmp_path):
    made, file = Made(100), tmp_path / "events.ndjson"
    load_references(made)
    write(made, file)

    created = import_events([file], "ndjson").created

    events = Event.objects.filter(slug__startswith="event-")
    assert created == events.count() == Entry.objects.filter(slug__startswith="event-").count() == 100
    assert Participation.objects.filter(event__in=events).count() == 300
    assert Claim.objects.filter(event__in=events).count() == sum(len(event["claims"]) for event in made.events())


@pytest.mark.django_db
def test_some_are_changed_and_what_they_were_is_kept(tmp_path):
    made, file = Made(100), tmp_path / "events.ndjson"
    load_references(made)
    write(made, file)
    import_events([file], "ndjson")
    before = last_tick().number

    change_some()

    changed = Event.objects.filter(summary__endswith="Revised since.")
    assert changed.count() == 10
    assert PastEntry.objects.filter(key__in=changed, recorded_from__lte=before, recorded_to__gt=before).exists()
