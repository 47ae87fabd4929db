"""A rebuild of any size: cut short, it goes on where it was; what it makes is found as before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Address
from events.recording import recording
from tests.factories import ClaimFactory, EventFactory, OrganizationFactory, SourceFactory
from timeline import projecting, rebuilding
from timeline.clock import last_tick
from timeline.models import Entry, Horizon, PastEntry, Pending, Posting, Rebuild, Rollup
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


@pytest.fixture
def renamed(monkeypatch):
    """A publisher of three events, renamed while two events at most are shown at once: so they wait."""
    publisher = OrganizationFactory(name="Trend")
    for year in range(1966, 1969):
        ClaimFactory(event=EventFactory(date=str(year)), source=SourceFactory(publisher=publisher))
    monkeypatch.setattr(projecting, "MOST_AT_ONCE", 2)

    def rename():
        with recording(None, "renamed"):
            publisher.name = "Trend News Agency"
            publisher.save()
        assert Pending.objects.count() == 3

    return rename


def test_a_rebuild_shows_what_waits_as_the_change_that_it_is(client, renamed):
    number = last_tick().number
    then = f"/api/v1/events/?snapshot={number}"
    shown = client.get(then).json()["results"]
    addresses = ["/api/v1/events/", *(f"/api/v1/events/{event['id']}/" for event in shown)]
    etags = {address: client.get(address)["ETag"] for address in addresses}
    renamed()

    assert "3 had waited" in str(rebuild())

    assert not Pending.objects.exists()
    assert {"Trend News Agency"} == {
        claim["source"]["publisher"]["name"]
        for event in client.get("/api/v1/events/").json()["results"]
        for claim in event["claims"]
    }
    changed = client.get(f"/api/v1/changes/?after={number}").json()["results"]
    assert {change["id"] for change in changed} == {event["id"] for event in shown}
    assert client.get(then).json()["results"] == shown
    assert not [a for a in addresses if client.get(a, headers={"if-none-match": etags[a]}).status_code == 304]
    assert rebuild(check=True).is_clean


def test_what_waits_is_not_astray(renamed):
    renamed()

    report = rebuild(check=True)

    assert report.is_clean
    assert "3 wait for project_pending" in str(report)
    assert Pending.objects.count() == 3


def test_what_is_astray_besides_what_waits_is_mended_in_place(client, renamed):
    EventFactory(slug="another", date="1970", claimed=["reports"])
    Entry.objects.filter(slug="another").update(body="{}")
    number = last_tick().number
    renamed()

    assert rebuild().different == 1

    changed = client.get(f"/api/v1/changes/?after={number}").json()["results"]
    assert len(changed) == 3
    assert Entry.objects.get(slug="another").recorded_from <= number


@pytest.fixture
def three_without_addresses(monkeypatch):
    """Seven events, to be looked at two at a time, of which the keys of the second, fifth and last stand only in rows:
    of the fifth in one of the past, of the others in entries.
    """
    monkeypatch.setattr(rebuilding, "MOST_AT_ONCE", 2)
    events = [EventFactory() for _ in range(7)]
    for year in ("1971", "2001"):
        ClaimFactory(event=events[4], source=SourceFactory(published=year))
    astray = [events[number].pk for number in (1, 4, 6)]
    Address.objects.filter(key__in=astray).delete()
    Entry.objects.filter(key=events[4].pk).delete()
    assert PastEntry.objects.filter(key=events[4].pk).exists()
    # Another id that the third once had.
    Address.objects.create(resource="events", slug="earlier", key=events[2].pk)
    return events


def test_what_has_no_address_is_looked_at_in_its_place(three_without_addresses):
    batches = []

    report = rebuild(check=True, on_batch=batches.append)

    assert batches == [2, 2, 2, 1]
    assert (report.events, report.different) == (7, 1)


def test_no_batch_but_the_last_looks_through_all_history_ahead(three_without_addresses):
    with CaptureQueriesContext(connection) as asked:
        rebuild(check=True)

    walks = [q["sql"] for q in asked if "timeline_pastentry" in q["sql"] and " ORDER BY " in q["sql"]]
    assert [" <= " in sql for sql in walks] == [True, True, False, False, False]


def counts():
    return {
        (row.country, row.tier, row.bucket, row.quad): (row.total, row.own) for row in Rollup.objects.exclude(total=0)
    }


def before_the_first_count_is_mended(meddle):
    """Lets *meddle* happen after years have been compared, the fourth of all units, before a turn is taken to mend."""
    compared, waiting = [], [meddle]

    def wrapper(execute, sql, params, many, context):
        compared.extend(["unit"] * ("timeline_entry AS entry" in sql))
        if waiting and len(compared) == 4 and "timeline_clock" in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.fixture
def miscounted():
    """Three events whose counts are wrong in all ways, and what they are."""
    for year in (1966, 1966, 1970):
        EventFactory(date=str(year), between=["PRK", "SYR"], claimed=["reports"])
    right = counts()
    Rollup.objects.filter(country="PRK", tier=3, bucket=1966).update(total=7)
    Rollup.objects.filter(country="SYR").delete()
    Rollup.objects.create(country="USA", tier=5, bucket=0, quad="", total=1, own=1)
    return right


def test_counts_astray_are_found_and_mended(client, miscounted):
    address = "/api/v1/timeline/tiles/2/196/?k=0&s=0"
    etag = client.get(address)["ETag"]
    # In the year 1966, of SYR in 1966 and 1970, and on a day on which nothing was.
    assert (rebuild(check=True).counts, rebuild().counts) == (4, 4)

    assert counts() == miscounted
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200
    assert rebuild(check=True).is_clean


def test_more_counts_than_are_mended_at_once_are_mended_in_turn(miscounted, monkeypatch):
    monkeypatch.setattr(rebuilding, "COUNTS_AT_ONCE", 1)

    assert rebuild().counts == 4

    assert counts() == miscounted


def test_what_changes_while_counts_are_compared_stays_counted(miscounted):
    def change():
        EventFactory(date="1966", between=["PRK", "USA"], claimed=["reports"])

    with before_the_first_count_is_mended(change):
        rebuild()

    assert rebuild(check=True).is_clean
    assert counts()["PRK", 3, 1966, "verbal-cooperation"] == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_counts_are_compared(miscounted):
    held = []

    def wrapper(execute, sql, params, many, context):
        if "timeline_entry AS entry" in sql:
            held.append(connection.in_atomic_block)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        rebuild()

    assert set(held) == {False}
    assert counts() == miscounted


def test_two_rebuilds_at_once_mend_no_count_twice(miscounted):
    reports = []

    with before_the_first_count_is_mended(lambda: reports.append(rebuild())):
        reports.append(rebuild())

    assert [report.counts for report in reports] == [4, 0]
    assert counts() == miscounted


def test_a_country_whose_posting_was_lost_is_counted_right_in_the_end():
    for year in (1966, 1970):
        EventFactory(date=str(year), between=["PRK", "SYR"], claimed=["reports"])
    right = counts()
    Posting.objects.filter(party="c:PRK").first().delete()

    assert rebuild().different == 1

    assert counts() == right
    assert rebuild(check=True).is_clean
