"""Whatever is done to the record, the timeline equals a rebuild."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from events.models import Claim, Event, Kind, Leader, Office, Organization, Participation, Source
from events.recording import recording
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)
from timeline.clock import last_tick
from timeline.models import Entry
from timeline.rebuilding import rebuild

CODES = ("PRK", "SYR", "USA")
DATES = st.sampled_from(["1966", "1966~", "1973-10", "[2018-05-30..]", "2018-06-12", "-0043", "2011/..", "196X"])
NUMBERS = st.integers(0, 1_000)


def any_of(model, number):
    """Some record of *model*, or None where there is none."""
    records = list(model.objects.order_by("pk"))
    return records[number % len(records)] if records else None


class ChangingRecord(RuleBasedStateMachine):
    """Each rule is one recording; after each, the projection is checked against the record."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        for code in CODES:
            CountryFactory(code=code)

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def change(self, record, **values):
        with recording(None, "changed") as unit:
            for name, value in values.items():
                setattr(record, name, value)
            record.save()
            unit.to_be_borne_out.clear()  # the timeline follows whatever the record holds

    @rule(date=DATES, review=st.sampled_from(["draft", "published"]))
    def add_event(self, date, review):
        EventFactory(date=date, review=review, between=CODES[:2])

    @precondition(lambda self: Event.objects.exists())
    @rule(event=NUMBERS, stance=st.sampled_from(Stance.values), source=NUMBERS, published=DATES)
    def add_claim(self, event, stance, source, published):
        origin = any_of(Source, source) if source % 2 else None
        ClaimFactory(event=any_of(Event, event), stance=stance, source=origin or SourceFactory())

    @precondition(lambda self: Event.objects.exists())
    @rule(event=NUMBERS, role=st.sampled_from(Role.values), person=st.booleans())
    def add_party(self, event, role, person):
        chosen = any_of(Event, event)
        if person:
            office = OfficeFactory(country=CountryFactory(code="PRK"))
            ParticipationFactory(event=chosen, role=role, leader=office.leader, country=office.country)
        else:
            ParticipationFactory(event=chosen, role=role, organization=OrganizationFactory())

    @precondition(lambda self: Event.objects.exists())
    @rule(event=NUMBERS, date=DATES, importance=st.integers(0, 100))
    def change_event(self, event, date, importance):
        self.change(any_of(Event, event), date=date, importance=importance)

    @precondition(lambda self: Event.objects.exists())
    @rule(event=NUMBERS, step=st.sampled_from(["published", "withdrawn"]))
    def review_event(self, event, step):
        self.change(any_of(Event, event), review=step, withdrawal_reason="Taken back.")

    @precondition(lambda self: Event.objects.exists())
    @rule(event=NUMBERS, number=NUMBERS)
    def rename_event(self, event, number):
        chosen = any_of(Event, event)
        self.change(chosen, slug=f"renamed-{chosen.pk}-{number}")

    @precondition(lambda self: Event.objects.exists())
    @rule(event=NUMBERS, occurrence=st.sampled_from(["", "cancelled"]))
    def assess_event(self, event, occurrence):
        self.change(any_of(Event, event), assessed_occurrence=occurrence, assessment_reason="Seen." * bool(occurrence))

    @rule(model=st.sampled_from([Leader, Organization, Kind, Source]), record=NUMBERS, name=st.text("abc", min_size=1))
    def rename_far_away(self, model, record, name):
        chosen = any_of(model, record)
        if chosen:
            field = {Kind: "label", Source: "title"}.get(model, "name")
            self.change(chosen, **{field: name})

    @precondition(lambda self: Source.objects.count() > 1)
    @rule(source=NUMBERS, through=NUMBERS)
    def correct_chain(self, source, through):
        origin, via = any_of(Source, source), any_of(Source, through)
        if via.via_id is None and via.pk != origin.pk and not origin.read_here.exists():
            self.change(origin, via=via)

    @precondition(lambda self: Office.objects.exists())
    @rule(office=NUMBERS, held=DATES)
    def date_office(self, office, held):
        chosen = any_of(Office, office)
        if not Office.objects.filter(leader=chosen.leader, title=chosen.title, held=held).exists():
            self.change(chosen, held=held)

    @precondition(lambda self: Claim.objects.exists())
    @rule(claim=NUMBERS)
    def remove_claim(self, claim):
        with recording(None, "removed") as unit:
            any_of(Claim, claim).delete()
            unit.to_be_borne_out.clear()  # the timeline follows whatever the record holds

    @precondition(lambda self: Participation.objects.exists())
    @rule(participation=NUMBERS)
    def remove_party(self, participation):
        with recording(None, "removed"):
            any_of(Participation, participation).delete()

    @invariant()
    def timeline_equals_a_rebuild(self):
        report = rebuild(check=True)
        assert report.is_clean, str(report)
        assert Entry.objects.count() == Event.objects.published().count()
        newest = Entry.objects.order_by("-recorded_from").first()
        assert newest is None or newest.recorded_from <= last_tick().number


@pytest.mark.django_db
def test_the_timeline_equals_a_rebuild_after_every_change():
    run_state_machine_as_test(
        ChangingRecord,
        settings=settings(max_examples=8, stateful_step_count=12, suppress_health_check=list(HealthCheck)),
    )
