"""Random histories of the record: every answer of every earlier moment stays what it was."""

from unittest import mock

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from events.erasing import erase_event
from events.merging import merge_events
from events.merging_parties import merge_parties
from events.models import Address, Claim, Country, Event, Leader, Organization, Participation, Source
from events.recording import recording
from events.review import publish, withdraw
from tests.factories import (
    ClaimFactory,
    EventFactory,
    LeaderFactory,
    ParticipationFactory,
    SourceFactory,
)
from tests.timeline.naive import DAYS, NAMED, STANCES, answers, asked, holders, leads
from timeline import rendering
from timeline.clock import last_tick
from timeline.models import Pending
from timeline.rebuilding import rebuild

DATES = st.sampled_from(["1966", "1966~", "1973-10", "[2018-05-30..]", "2018-06-12", "-0043", "2011/.."])
WORDS = st.sampled_from(["alpha", "beta", "alpha gamma"])
NUMBERS = st.integers(0, 1_000)
CODES = ("PRK", "SYR", "KOR")
PARTIES = st.sampled_from([Country, Leader, Organization])
CLAIMS = st.tuples(
    st.sampled_from(STANCES), st.sampled_from(DAYS), st.integers(0, 2), st.none() | DATES, NUMBERS
)  #: stance, day of publication, publisher, date given, source
QUESTIONS = ({}, {"q": "alpha -gamma"}, {"ordering": "-importance"})


class Histories(RuleBasedStateMachine):
    """Each rule is one change; whatever was answered at a number is kept, and asked again at the end."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.client = Client()
        self.answers, self.leads, self.holders = {}, {}, {}
        for code, day in zip(CODES, DAYS, strict=True):
            event = EventFactory(between=[code])
            ParticipationFactory(event=event, leader=LeaderFactory())
            ClaimFactory(event=event, source__published=day)
        self.keep()

    @staticmethod
    def any_of(model, number):
        records = list(model.objects.order_by("pk"))
        return records[number % len(records)]

    def any_event(self, number, **which):
        events = list(Event.objects.filter(**which).order_by("pk"))
        return events[number % len(events)] if events else None

    def keep(self):
        """What the record's clock shows now is what stands: the same number, the same answers."""
        number, now = last_tick().number, answers()
        assert self.answers.setdefault(number, now) == now
        self.leads[number], self.holders[number] = leads(), holders()
        assert not Pending.objects.exists()

    def change(self, record, **values):
        with recording(None, "changed"):
            for name, value in values.items():
                setattr(record, name, value)
            record.save()
        self.keep()

    @rule(date=DATES, words=WORDS, party=NUMBERS, importance=st.integers(0, 3),
          claims=st.lists(CLAIMS, min_size=2, max_size=5))
    def add_event(self, date, words, party, importance, claims):
        with recording(None, "added"):
            event = EventFactory(date=date, title=words, importance=importance)
            ParticipationFactory(event=event, country=self.any_of(Country, party), leader=self.any_of(Leader, party))
            for claim in claims:
                self.claim(event, *claim)
        self.keep()

    @rule(number=NUMBERS, claim=CLAIMS)
    def add_claim(self, number, claim):
        if event := self.any_event(number, merged_into=None):
            with recording(None, "added"):
                self.claim(event, *claim)
            self.keep()

    def claim(self, event, stance, day, publisher, date, source):
        sources = list(Source.objects.order_by("pk"))
        origin = sources[source % len(sources)] if sources and source % 3 == 0 else SourceFactory(
            published=day, publisher=self.any_of(Organization, publisher)
        )
        ClaimFactory(event=event, stance=stance, source=origin, date=date)

    @precondition(lambda self: Claim.objects.exists())
    @rule(number=NUMBERS)
    def remove_claim(self, number):
        claims = list(Claim.objects.order_by("pk"))
        with recording(None, "removed") as unit:
            claims[number % len(claims)].delete()
            unit.to_be_borne_out.clear()  # the history follows whatever the record holds
        self.keep()

    @rule(number=NUMBERS, date=DATES, words=WORDS, importance=st.integers(0, 3))
    def change_event(self, number, date, words, importance):
        if event := self.any_event(number):
            self.change(event, date=date, title=words, importance=importance)

    @rule(number=NUMBERS)
    def rename_event(self, number):
        if event := self.any_event(number):
            self.change(event, slug=f"renamed-{event.pk}-{number % 3}")

    @precondition(lambda self: Source.objects.exists())
    @rule(number=NUMBERS, day=st.sampled_from(DAYS), through=NUMBERS)
    def correct_source_far_away(self, number, day, through):
        sources = list(Source.objects.order_by("pk"))
        source, via = sources[number % len(sources)], sources[through % len(sources)]
        if through % 2 and via.via_id is None and via != source and not source.read_here.exists():
            self.change(source, via=via)
        else:
            self.change(source, published=day, slug=f"source-{source.pk}-{through}")

    @rule(model=PARTIES, number=NUMBERS)
    def rename_party(self, model, number):
        record = self.any_of(model, number)
        code = CODES[number % 3] if number % 2 else f"R{'ABC'[number % 3]}{'XY'[number // 2 % 2]}"
        value = code if model is Country else f"{model._meta.model_name}-{number % 5}"
        if not Address.objects.filter(resource=model.resource, slug=value).exclude(key=record.pk).exists():
            self.change(record, **{model.address_field: value})

    @rule(model=st.sampled_from([Leader, Organization]), number=NUMBERS, other=NUMBERS)
    def merge_parties(self, model, number, other):
        loser, survivor = self.any_of(model, number), self.any_of(model, other)
        if loser != survivor:
            merge_parties(loser, survivor, None)
            self.keep()

    @rule(number=NUMBERS, other=NUMBERS)
    def take_country_out(self, number, other):
        """Of those that are no function's to merge, one is put in the other's place and deleted."""
        country, instead = self.any_of(Country, number), self.any_of(Country, other)
        together = Participation.objects.filter(country=country, event__participations__country=instead)
        if country != instead and not together.exists():
            with recording(None, "one and the same"):
                Participation.objects.filter(country=country).update(country=instead)
                country.delete()
            self.keep()

    @rule(number=NUMBERS)
    def withdraw(self, number):
        if event := self.any_event(number, review="published"):
            withdraw(event, None, "Taken back.")
            self.keep()

    @rule(number=NUMBERS)
    def publish(self, number):
        event = self.any_event(number, review="withdrawn", merged_into=None)
        if event and event.claims.exists():
            publish(event, None)
            self.keep()

    @rule(number=NUMBERS, other=NUMBERS)
    def merge(self, number, other):
        loser, survivor = (self.any_event(n, review="published") for n in (number, other))
        if loser != survivor:
            merge_events(loser, survivor, None)
            self.keep()

    @rule(number=NUMBERS)
    def erase(self, number):
        if number % 3 == 0 and (event := self.any_event(number, merged_into=None)):
            keys = {event.pk, *Event.objects.filter(merged_into=event).values_list("pk", flat=True)}
            known = Event.objects.filter(merged_into__in=keys).values_list("pk", flat=True)
            while more := set(known) - keys:
                keys |= more
            erase_event(event, None, "Ordered.")
            slugs = set(Address.objects.filter(key__in=keys).values_list("slug", flat=True))
            self.forget(keys, slugs)
            self.keep()

    def forget(self, keys, slugs):
        for found in self.answers.values():
            for until, rows in found.items():
                found[until] = [row for row in rows if row["key"] not in keys]
        for found in self.leads.values():
            found.update(dict.fromkeys(slugs & found.keys()))
            found.update({slug: None for slug, into in found.items() if into in slugs})

    def check(self):
        last = max(self.answers)
        for number, found in self.answers.items():
            for until, rows in found.items():
                for question in QUESTIONS:
                    self.check_list(number, until, asked(rows, question), question)
            for name, resource in NAMED.items():
                then, now = (self.meanings(resource, n) for n in (number, last))
                changed = {slug for slug, ids in then.items() if ids != now[slug]}
                for slug in {*changed, sorted(then)[number % len(then)]}:
                    self.check_list(number, None, asked(found[None], {name: then[slug]}), {name: slug})
            for slug, into in self.leads[number].items():
                answer = self.client.get(f"/api/v1/events/{slug}/", {"snapshot": number})
                where = answer.get("Location", "").rpartition("/events/")[2].partition("/")[0]
                expected = (200, "") if into == slug else (301, into) if into else (410, "")
                assert (answer.status_code, where) == expected, (number, slug, into)

    def meanings(self, resource, number):
        """Each id of *resource*, with all that its record ever has, as records were at *number*."""
        first = {}  # whose each was at the number, or whose it was first
        for held in (held for n, held in sorted(self.holders.items()) if n >= number):
            first = {slug: key for (of, slug), key in held.items() if of == resource} | first
        return {slug: {other for other, key in first.items() if key == first[slug]} for slug in first}

    def check_list(self, number, until, expected, question):
        sent = {"snapshot": number, "page_size": 500, **question} | ({"as_of": until} if until else {})
        got = self.client.get("/api/v1/events/", sent).json()["results"]
        shown = [
            {
                "id": event["id"], "title": event["title"], "date": event["date"]["edtf"],
                "occurrence": event["occurrence"], "verification": event["verification"],
                "importance": event["importance"],
                "claims": sorted((claim["source"]["id"], claim["stance"]) for claim in event["claims"]),
            }
            for event in got
        ]
        assert shown == [{n: v for n, v in row.items() if n not in ("key", *NAMED)} for row in expected], sent

    def teardown(self):
        try:
            assert (report := rebuild(check=True)).is_clean, str(report)
            self.check()
            before = last_tick()
            with mock.patch.object(rendering, "label", lambda date: f"about {date.edtf}"):
                rebuild()
            assert last_tick() == before
            self.check()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


@pytest.mark.django_db
def test_every_moment_answers_for_ever_what_it_answered_first():
    run_state_machine_as_test(
        Histories,
        settings=settings(max_examples=6, stateful_step_count=12, suppress_health_check=list(HealthCheck)),
    )
