"""Whoever changes the record does so alone, from the first reading on."""

from threading import Event as Signal
from threading import Thread

import orjson
import pytest
from django.db import connection, transaction

from events.models import Claim, Country, Event, Participation
from events.recording import recording
from tests.factories import CountryFactory, EventFactory, OrganizationFactory, SourceFactory
from timeline.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

#: Long enough for another thread to get as far as it can.
MEANWHILE = 0.5


class Writer(Thread):
    """Somebody else: does *work* in a recording of its own and, where told to, waits before it ends or commits it."""

    def __init__(self, work, ends_after=None, commits_after=None) -> None:
        super().__init__()
        self.work, self.ends_after, self.commits_after = work, ends_after, commits_after
        self.has_worked, self.problem = Signal(), None
        self.start()

    def run(self) -> None:
        try:
            with transaction.atomic():
                with recording(None, "by somebody else"):
                    self.work()
                    self.pause(self.ends_after)
                self.pause(self.commits_after)
        except Exception as problem:
            self.problem = problem
        finally:
            connection.close()

    def pause(self, signal) -> None:
        if signal is not None:
            self.has_worked.set()
            signal.wait(10)


def beside(work, **waits) -> None:
    """Do *work* while the other, who waits in one of the ways of a Writer, has worked and not committed."""
    [(how, other)] = waits.items()
    end = Signal()
    first = Writer(other, **{how: end})
    first.has_worked.wait(10)
    second = Writer(work)
    second.join(MEANWHILE)
    end.set()
    for writer in (first, second):
        writer.join(10)
    assert [first.problem, second.problem] == [None, None]


def test_what_another_change_brings_is_among_what_a_change_reaches():
    publisher = OrganizationFactory(name="Agency")
    source = SourceFactory(publisher=publisher)
    event = EventFactory(slug="talks")

    def claim() -> None:
        Claim(event=Event.objects.get(pk=event.pk), source=source, stance="reports").save()

    def rename() -> None:
        publisher.refresh_from_db()
        publisher.name = "Agency Two"
        publisher.save()

    beside(rename, commits_after=claim)

    claims = orjson.loads(Entry.objects.get().body)["claims"]
    assert "Agency Two" in {claim["source"]["publisher"]["name"] for claim in claims}


def test_two_who_change_what_the_other_refers_to_do_not_wait_for_each_other():
    country, event = CountryFactory(code="PRK"), EventFactory(slug="talks", between=[])

    def rename() -> None:
        found = Country.objects.get(pk=country.pk)
        found.name = "Renamed"
        found.save()

    def add_party() -> None:
        Participation(event=Event.objects.get(pk=event.pk), country=country, role="host").save()

    beside(add_party, ends_after=rename)

    (party,) = orjson.loads(Entry.objects.get().body)["participants"]
    assert party["country"]["name"] == "Renamed"
