from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import EventFactory
from timeline.clock import last_tick, number_at
from timeline.models import Clock, Entry, Tick

pytestmark = pytest.mark.django_db


def test_the_clock_never_goes_back_though_the_machines_does():
    EventFactory()
    ahead = datetime.now(UTC) + timedelta(hours=1)
    Clock.objects.update(at=ahead)  # as if the machine's clock was put back by an hour since

    EventFactory(slug="later")

    assert last_tick().at == ahead + timedelta(microseconds=1)
    assert Entry.objects.get(slug="later").modified == last_tick().at


def test_each_number_is_kept_with_its_instant():
    for _ in range(3):
        EventFactory()

    ticks = list(Tick.objects.order_by("number"))
    assert [tick.at for tick in ticks] == sorted({tick.at for tick in ticks})
    assert [number_at(tick.at) for tick in ticks] == [tick.number for tick in ticks]
    assert number_at(ticks[0].at - timedelta(seconds=1)) == 0
