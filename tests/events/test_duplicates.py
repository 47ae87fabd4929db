import pytest

from events.duplicates import Sketch, likely_duplicates
from events.edtf import EDTFDate
from tests.factories import CountryFactory, EventFactory, KindFactory, LeaderFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sketch():
    """A function that gives a sketch of a date, countries' codes and a title."""

    def made(date, countries=(), title="", kind=None):
        keys = [CountryFactory(code=code).pk for code in countries]
        return Sketch(title, EDTFDate.parse(date), kind, {"country": keys})

    return made


def titles(sketch, **options):
    return [each.event.title for each in likely_duplicates(sketch, **options)]


@pytest.mark.parametrize(("written", "recorded", "found"), [
    ("2018-05-30", "2018-05-30", True),
    ("2018-05-30", "2018-06-02", True),  # reports differ by days
    ("2018-05-30", "2018-07-01", False),
    ("1966-07", "1966", True),
    ("1966", "1966-07", True),
    ("1966", "1968", False),
    ("[2018-05-30..]", "2018-06", True),
    ("2011/..", "2011", True),
    ("../1990", "1990", True),
    ("-0043-03-15", "-0043", True),
])  # fmt: skip
def test_the_same_parties_at_a_near_date_are_a_likely_duplicate(sketch, written, recorded, found):
    EventFactory(title="Recorded", date=recorded, between=["PRK", "SYR"], kind=KindFactory(slug="talks"))

    kind = KindFactory(slug="talks").pk
    assert titles(sketch(written, ["PRK", "SYR"], kind=kind)) == (["Recorded"] if found else [])


def test_other_parties_are_another_event(sketch):
    EventFactory(title="Recorded", date="1966", between=["PRK", "SYR"])

    assert titles(sketch("1966", ["FRA", "DEU"])) == []


def test_one_common_party_alone_is_not_enough(sketch):
    EventFactory(title="Visit to Moscow", date="1966", between=["PRK", "SUN"])

    assert titles(sketch("1966", ["PRK", "SYR"], "A mission opens in Damascus")) == []


def test_the_title_decides_where_no_party_is_named_yet(sketch):
    EventFactory(title="Syria opens its mission in Pyongyang", date="1969")
    EventFactory(title="Something else altogether", date="1969")

    assert titles(sketch("1969", title="Syria opens a mission in Pyongyang")) == [
        "Syria opens its mission in Pyongyang"
    ]


def test_the_likelier_comes_first(sketch):
    EventFactory(title="Talks in Geneva", date="1969", between=["PRK", "SYR"])
    EventFactory(title="Mission in Pyongyang", date="1969", between=["PRK", "SYR"])

    assert titles(sketch("1969", ["PRK", "SYR"], "A mission in Pyongyang"))[0] == "Mission in Pyongyang"


def test_a_person_counts_as_a_party():
    leader = LeaderFactory()
    event = EventFactory(title="Recorded", date="2018-06-12")
    ParticipationFactory(event=event, leader=leader)

    assert titles(Sketch("", EDTFDate.parse("2018-06-12"), None, {"leader": [leader.pk]})) == ["Recorded"]


def test_neither_the_event_itself_nor_what_was_withdrawn_is_offered(sketch):
    event = EventFactory(title="Itself", date="1966", between=["PRK", "SYR"])
    EventFactory(date="1966", between=["PRK", "SYR"], review="withdrawn", withdrawal_reason="A hoax.")

    assert titles(sketch("1966", ["PRK", "SYR"]), but=event.pk) == []


def test_nothing_is_looked_for_without_a_date_or_without_anything_else(sketch, django_assert_num_queries):
    EventFactory(date="1966", between=["PRK", "SYR"])
    nameless = sketch("1966")
    undated = Sketch("Talks", None)

    with django_assert_num_queries(0):
        assert likely_duplicates(nameless) == likely_duplicates(undated) == []


def test_it_says_what_they_have_in_common(sketch):
    EventFactory(title="Talks in Geneva", date="1966", between=["PRK", "SYR"], kind=KindFactory(slug="talks"))

    [like] = likely_duplicates(sketch("1966-05", ["PRK", "SYR"], "Talks in Geneva", KindFactory(slug="talks").pk))
    assert like.common == ("the same parties", "the same kind", "a near date", "a similar title")


def test_in_a_large_record_the_nearest_are_compared_not_the_earliest(sketch, monkeypatch):
    monkeypatch.setattr("events.duplicates.MOST_CONSIDERED", 3)
    for day in range(1, 8):
        EventFactory(title=f"Talks of day {day}", date=f"2018-06-0{day}", between=["PRK", "SYR"])
    EventFactory(title="Envoys meet in Pyongyang", date="2018-06-08", between=["PRK", "SYR"])

    assert titles(sketch("2018-06-08", title="Envoys meet in Pyongyang")) == ["Envoys meet in Pyongyang"]
    assert titles(sketch("2018-06-08", ["PRK", "SYR"]))[0] == "Envoys meet in Pyongyang"


def test_it_costs_three_queries_however_many_are_compared(sketch, django_assert_num_queries):
    for _ in range(9):
        EventFactory(title="Talks", date="2018-06-08", between=["PRK", "SYR"])
    written = sketch("2018-06-08", ["PRK", "SYR"])

    with django_assert_num_queries(3):  # the near ones, their parties, those to be shown
        assert len(likely_duplicates(written)) == 5
