import pytest
from django.db import connection, transaction

from events.models import Claim, Country, Event, Leader, Participation, Source
from events.recording import StaleRecord, WrittenOutsideRecording, record_changed, recording
from tests.factories import ClaimFactory, CountryFactory, EventFactory, KindFactory, LeaderFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What record_changed told, call by call."""
    calls = []

    def hear(sender, **told):
        calls.append(told)

    record_changed.connect(hear)
    yield calls
    record_changed.disconnect(hear)


@pytest.mark.parametrize(
    "write",
    [
        lambda country: Country(code="ZZZ", name="Nowhere").save(),
        lambda country: Country.objects.bulk_create([Country(code="ZZZ", name="Nowhere")]),
        lambda country: Country.objects.filter(pk=country.pk).update(name="Elsewhere"),
        lambda country: country.delete(),
        lambda country: Country.objects.all().delete(),
    ],
)
def test_a_write_outside_a_recording_raises(write):
    country = CountryFactory()

    with pytest.raises(WrittenOutsideRecording, match="Country"), transaction.atomic():
        write(country)

    assert Country.objects.get() == country


def test_one_signal_tells_everything_that_was_touched(heard):
    event = EventFactory(between=["PRK", "SYR"])
    leader = LeaderFactory()
    heard.clear()

    with recording("editor", "two changes"):
        Participation.objects.create(event=event, leader=leader, role="visitor")
        with recording("ignored", "joins the outer one"):
            leader.name = "Renamed"
            leader.save()

    assert [(call["events"], call["references"], call["unit"].user, call["unit"].reason) for call in heard] == [
        ({event.pk}, {Leader}, "editor", "two changes")
    ]


def test_nothing_is_told_when_nothing_changed(heard):
    event = EventFactory()
    heard.clear()

    with recording(None, "saved as it was"):
        event.save()

    assert heard == []


def test_a_change_far_away_tells_the_events_that_show_it(heard):
    read_in = SourceFactory()
    origin = SourceFactory(via=read_in)
    claim = ClaimFactory(source=origin)
    heard.clear()

    with recording(None, "corrected"):
        read_in.publisher.name = "Another name"
        read_in.publisher.save()

    assert heard[0]["events"] == {claim.event_id}


def test_the_second_of_two_editors_is_refused():
    country = CountryFactory(name="As it was")
    first, second = Country.objects.get(pk=country.pk), Country.objects.get(pk=country.pk)
    with recording(None, "first"):
        first.name = "First"
        first.save()

    second.name = "Second"
    with recording(None, "second"), pytest.raises(StaleRecord):
        second.save()

    assert Country.objects.get().name == "First"


class Fault(Exception):
    """Thrown in the middle of a change."""


@pytest.mark.django_db(transaction=True)
def test_a_fault_at_any_statement_leaves_everything_as_before_or_as_after(everything):
    """Record, entries, addresses and clock: never between."""
    EventFactory(slug="kept", between=["PRK", "SYR"], claimed=["reports"])
    LeaderFactory(slug="kim", name="Kim")
    KindFactory(slug="talks")

    def change() -> None:
        with recording(None, "a big change"):
            kept = Event.objects.get(slug="kept")
            leader = Leader.objects.get(slug="kim")
            leader.name = "Kim Jong Un"
            leader.save()
            Participation.objects.create(event=kept, leader=leader, role="host")
            made = Event.objects.create(
                slug="made", title="Made", kind=kept.kind, date="1966", review="published"
            )
            Participation.objects.create(event=made, country=Country.objects.get(code="PRK"), role="party")
            Claim.objects.create(event=made, source=Source.objects.get(), stance="reports")
            kept.refresh_from_db()
            kept.title = "Kept, renamed"
            kept.save()

    before = everything()
    statement = 0
    while True:
        statement += 1
        count = 0

        def fail_at(execute, sql, params, many, context, at=statement):
            nonlocal count
            count += 1
            if count == at:
                raise Fault
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(fail_at):
                change()
        except Fault:
            assert everything() == before, f"statement {statement}"
            continue
        break

    assert statement > 20
    assert Event.objects.get(slug="kept").title == "Kept, renamed"
