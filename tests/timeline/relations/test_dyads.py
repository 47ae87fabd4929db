"""What the entries tell of pairs of countries, read some at a time."""

import pytest

from events.bulk import WholeEvent, create_events
from events.edtf import EDTFDate
from events.models import Claim, Event, Kind, Participation
from events.recording import recording
from tests.factories import CountryFactory, SourceFactory
from tests.shared import shared
from tests.timeline.limited import few_values_in_a_statement
from timeline.clock import last_tick
from timeline.moments import Moment
from timeline.relations.dyads import dyad_json, states_of_pairs

#: North Korea, by its code and by one that it might have had before.
CODES = frozenset({"PRK", "KOP"})
OTHERS = [frozenset({"SYR"}), frozenset({"USA"}), frozenset({"CUB"})]
STATES = ["embassies", "severed", "unknown"]


@shared
def two_hundred_steps() -> None:
    """A hundred embassies in Syria, and a hundred breaks with the United States; every tenth is changed later."""
    source = SourceFactory()
    whole = []
    for number in range(200):
        kind, *codes = ("relations-severed", "KOP", "USA") if number % 2 else ("embassy-opened", "PRK", "SYR")
        event = Event(slug=f"event-{number}", title="Step", kind=Kind.objects.get(slug=kind), review="published",
                      date=EDTFDate.parse(str(1800 + number)))
        parties = [Participation(role="party", country=CountryFactory(code=code)) for code in codes]
        whole.append(WholeEvent(event, parties, [Claim(source=source, stance="reports")]))
    with recording(None, "made for a test") as unit:
        create_events(unit, whole)
    with recording(None, "changed"):
        for event in Event.objects.filter(slug__endswith="7"):
            event.title = "Changed"
            event.save()


@pytest.fixture(params=["present", "past"])
def moment(request, two_hundred_steps):
    number = last_tick().number
    return Moment(number) if request.param == "present" else Moment(number - 1, is_current=False)


@pytest.fixture
def few_at_a_time(monkeypatch):
    """Fifty rows are read at a time, and a statement of SQLite may have no more than 150 values."""
    monkeypatch.setattr("timeline.relations.dyads.AT_A_TIME", 50)
    with few_values_in_a_statement(150):
        yield


@pytest.mark.parametrize(
    ("moment", "queries"),
    [
        ("present", 10),  # the kinds; places and rows of each fifty, and that there are no more places
        ("past", 7),  # the keys of what stands still and of what has ended; 180 and 20 rows, fifty at a time
    ],
    indirect=["moment"],
)
def test_how_a_country_of_two_codes_stands_with_others_is_told_from_some_rows_at_a_time(
    moment, queries, few_at_a_time, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        assert states_of_pairs(moment, CODES, OTHERS) == STATES


def test_relations_are_the_same_however_many_rows_are_read_at_a_time(moment, monkeypatch):
    told = dyad_json(moment, CODES, OTHERS[0])
    assert (told["state"], told["events"], len(told["intervals"])) == ("embassies", 100, 2)
    for number in (1, 3, 100):
        monkeypatch.setattr("timeline.relations.dyads.AT_A_TIME", number)
        assert dyad_json(moment, CODES, OTHERS[0]) == told
