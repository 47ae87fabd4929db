"""Places for so many at a time, given in turn to those who wait, and soon enough or not at all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from timeline.api import room as rooms
from timeline.api.room import PATIENCE, PAUSE, WAITING, Room


@pytest.fixture
def long_patience(monkeypatch):
    monkeypatch.setattr(rooms, "PATIENCE", 30)


def waiting(room, number):
    """Wait until *number* wait for *room*."""
    while len(room.turns) < number:
        sleep(0.001)


def seconds_of_refusal(room):
    began = monotonic()
    assert not room.enter()
    return monotonic() - began


def test_there_are_as_many_places_as_were_made_and_are_given_back():
    room = Room(2)
    assert room.enter()
    assert room.enter()
    assert not room.enter()
    room.leave()
    assert room.enter()
    assert not room.enter()


@pytest.mark.usefixtures("long_patience")
def test_a_place_goes_to_who_has_waited_longest_and_to_nobody_who_comes_just_then():
    room, served = Room(1), []
    assert room.enter()

    def ask(name):
        assert room.enter()
        served.append(name)

    with ThreadPoolExecutor() as threads:
        for number in range(3):
            threads.submit(ask, number)
            waiting(room, number + 1)
        for number in range(3):
            room.leave()
            assert room.free == 0
            while len(served) <= number:
                sleep(0.001)

    assert served == [0, 1, 2]


def test_who_waits_in_vain_hears_so_within_a_tenth_of_a_second():
    assert PATIENCE <= seconds_of_refusal(Room(0)) < 0.1


@pytest.mark.usefixtures("long_patience")
def test_beside_many_who_wait_nobody_waits_for_long():
    room = Room(0)
    with ThreadPoolExecutor(WAITING) as threads:
        answers = [threads.submit(room.enter) for _ in range(WAITING)]
        waiting(room, WAITING)
        assert PAUSE <= seconds_of_refusal(room) < PATIENCE
        for _ in answers:
            room.leave()

    assert all(answer.result() for answer in answers)


def test_a_place_that_is_given_in_the_last_moment_is_kept(monkeypatch):
    room = Room(1)

    class OutOfPatience:
        """A lock for which nobody waits to the end, though it is opened meanwhile."""

        def acquire(self, timeout=None):
            if timeout is None:
                return True
            room.leave()
            return False

        def release(self):
            pass

    assert room.enter()
    monkeypatch.setattr(rooms, "Lock", OutOfPatience)
    assert room.enter()
    assert (room.free, len(room.turns)) == (0, 0)


def test_in_a_crowd_no_place_is_given_twice_and_none_is_lost(monkeypatch):
    monkeypatch.setattr(rooms, "PATIENCE", 0.0005)
    monkeypatch.setattr(rooms, "PAUSE", 0.0001)
    room, inside, most, counting = Room(3), 0, 0, threading.Lock()

    def come_and_go(_):
        nonlocal inside, most
        if not room.enter():
            return False
        with counting:
            inside += 1
            most = max(most, inside)
        sleep(0.0003)
        with counting:
            inside -= 1
        room.leave()
        return True

    with ThreadPoolExecutor(40) as threads:
        served = list(threads.map(come_and_go, range(2000)))

    assert (most, room.free, len(room.turns)) == (3, 3, 0)
    assert any(served)
    assert not all(served)
