from datetime import UTC, datetime, timedelta

import pytest

from events.recording import recording
from tests.factories import CountryFactory
from timeline.models import Tick
from timeline.remembering import MOST_KEPT, remembered, remembering

AT = datetime(2018, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def reads():
    return []


@pytest.fixture
def ask(reads):
    def read():
        reads.append(len(reads))
        return len(reads)

    mine = object()  # what other tests asked at the same ticks is remembered, too
    return lambda question=mine: remembered((mine, question), read)


def test_at_one_tick_a_question_is_read_once(ask, reads):
    for _ in range(2):
        with remembering(Tick(7, AT)):
            assert (ask(), ask()) == (1, 1)
    assert len(reads) == 1


@pytest.mark.parametrize("later", [Tick(8, AT), Tick(7, AT + timedelta(microseconds=1))], ids=["next", "restored"])
def test_at_another_tick_it_is_read_anew(ask, later):
    with remembering(Tick(7, AT)):
        assert ask() == 1
    with remembering(later):
        assert ask() == 2


def test_outside_of_a_view_nothing_is_remembered(ask):
    with remembering(Tick(9, AT)):
        assert ask() == 1
    assert (ask(), ask()) == (2, 3)


def test_what_could_not_be_read_is_asked_again(ask):
    def fail():
        raise LookupError

    with remembering(Tick(10, AT)):
        with pytest.raises(LookupError):
            remembered("fails", fail)
        assert ask() == 1


def test_however_much_is_asked_a_process_keeps_only_so_much(ask, reads):
    with remembering(Tick(11, AT)):
        for question in range(MOST_KEPT + 1):
            ask(question)
        ask(MOST_KEPT)
        assert len(reads) == MOST_KEPT + 1
        ask(0)
        assert len(reads) == MOST_KEPT + 2


@pytest.mark.django_db
def test_a_country_goes_by_its_new_name_as_soon_as_it_has_one(client):
    country = CountryFactory(code="PRK", name="North Korea")

    def words():
        return client.get("/api/v1/events/", {"country": "PRK"}).json()["query"]["words"]

    assert "North Korea" in words()
    with recording(None, "Its own name"):
        country.name = "Democratic People's Republic of Korea"
        country.save()
    assert "Democratic People's Republic of Korea" in words()
