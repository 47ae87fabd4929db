"""A rebuild of any size: cut short, it goes on where it was; what it makes is found as before."""

import pytest

from tests.factories import EventFactory
from timeline import rebuilding
from timeline.clock import last_tick
from timeline.models import Entry, Horizon, Rebuild
from timeline.rebuilding import rebuild

pytestmark = pytest.mark.django_db


class CutShort(Exception):
    pass


@pytest.fixture
def five_spoilt(monkeypatch):
    """Five events whose entries are wrong, to be rebuilt two at a time."""
    monkeypatch.setattr(rebuilding, "MOST_AT_ONCE", 2)
    for year in range(1966, 1971):
        EventFactory(date=str(year), claimed=["reports"])
    Entry.objects.update(body="{}")


def cut_short(events):
    raise CutShort


def test_a_rebuild_that_was_cut_short_goes_on_behind_its_last_batch(five_spoilt):
    with pytest.raises(CutShort):
        rebuild(on_batch=cut_short)
    assert Entry.objects.filter(body="{}").count() == 3

    assert rebuild(resume=True).events == 3

    assert rebuild(check=True).is_clean
    assert not Rebuild.objects.exists()


def test_without_being_told_to_go_on_it_begins_anew(five_spoilt):
    with pytest.raises(CutShort):
        rebuild(on_batch=cut_short)

    assert rebuild().events == 5


def test_a_comparison_leaves_no_trace_of_how_far_it_came(five_spoilt):
    with pytest.raises(CutShort):
        rebuild(check=True, on_batch=cut_short)

    assert rebuild(resume=True).events == 5


def test_a_horizon_too_narrow_is_found_and_widened():
    EventFactory(date="1966", claimed=["reports"])
    Horizon.objects.update(known_from=2**40)
    assert not rebuild(check=True).is_clean

    rebuild()

    assert rebuild(check=True).is_clean


def test_nobody_keeps_an_answer_made_of_what_was_mended_in_place(client, five_spoilt):
    number = last_tick().number
    addresses = ["/api/v1/events/", f"/api/v1/events/?snapshot={number}", "/api/v1/timeline/tiles/2/196/?k=0&s=0"]
    etags = {address: client.get(address)["ETag"] for address in addresses}

    Entry.objects.update(importance=1)
    rebuild()

    assert not [a for a in addresses if client.get(a, headers={"if-none-match": etags[a]}).status_code == 304]
    numbers = last_tick().number
    assert rebuild().is_clean
    assert last_tick().number == numbers
