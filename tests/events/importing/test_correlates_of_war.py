"""Tables whose states are numbered or abbreviated as the Correlates of War project does, and whose days are -9."""

import pytest
import yaml

from events.importing.correlates_of_war import COUNTRIES, NUMBERS, is_state, state_named
from events.importing.guessing import guess
from events.models import Country, Event
from tests.events.importing.files import parties, table
from tests.factories import CountryFactory

pytestmark = pytest.mark.django_db

STATES = """\
dataset: {id: disputes, title: Disputes, publisher: historians, publisher_name: Historians, accessed: '2020-01-01'}
id: '{no}'
kind: armed-clash
date: '{date}'
participants:
- {role: party, country: {text: '{state}', cow: yes, values: {Pyongyang: North Korea}}}
"""
NO_SUCH_STATE = "The record knows no country 'state 730 of the Correlates of War'."
#: In the shape of their disputes, one row for each pair.
PAIRS = ("disno", "statea", "namea", "stateb", "nameb", "strtday", "strtmnth", "strtyr", "endday", "endmnth", "endyear")


@pytest.fixture
def told_of(countries, folder, bring_in):
    """A function that imports one row of a state at a date: whom the event names, or why it was rejected."""
    CountryFactory(code="KOR", name="South Korea")
    (folder / "m.yaml").write_text(STATES)

    def import_state(state, date):
        row = table(("no", "date", "state"), (f"{state} {date}", date, state))
        report = bring_in("states.csv", row, "table", mapping=folder / "m.yaml")
        return report.reasons[0].partition(": ")[2] if report.rejected else parties(Event.objects.latest("pk"))

    return import_state


@pytest.mark.parametrize(
    ("state", "date", "meant"),
    [
        ("365", "1969-03-02", "Soviet Union"),
        ("RUS", "1969-03-02", "Soviet Union"),
        ("365", "2014", "Russia"),
        ("365.0", "2014", "Russia"),
        ("002", "2014", "United States"),
        ("ROK", "2014", "South Korea"),
        ("KOR", "2014", None),
        ("South Korea", "2014", "South Korea"),
        ("Pyongyang", "2014", "North Korea"),
    ],
)
def test_a_state_is_the_country_that_it_was_at_the_date(state, date, meant, told_of):
    told = told_of(state, date)

    assert told == ([f"party:{meant}"] if meant else NO_SUCH_STATE)


def test_a_date_of_two_of_its_countries_is_asked_for(told_of):
    why = "The country 'state 365 of the Correlates of War' may be Soviet Union (SUN) or Russia (RUS): write which."
    assert told_of("365", "1991") == why
    assert told_of("Russia", "1991") == ["party:Russia"]


def test_a_number_of_no_state_is_no_country(told_of):
    assert told_of("999", "2014") == "The record knows no country '999'."


def test_each_state_is_a_country_of_the_curated_record(curated_record):
    codes = {code for each in COUNTRIES.values() for code in each}

    assert codes <= set(Country.objects.values_list("code", flat=True))
    assert len(set(NUMBERS.values())) == len(NUMBERS) == len(COUNTRIES)


def test_what_is_no_state_stays_as_it_is():
    assert [state_named(text) for text in ("", "0", "1000", "Korea", "USSR", "rus", "٢")] == [
        "", "0", "1000", "Korea", "USSR", "rus", "٢",
    ]  # fmt: skip
    assert not is_state("HAN")


def test_the_guess_reads_a_table_of_pairs(curated_record, folder, bring_in):
    rows = [
        ("1", "2", "USA", "731", "PRK", "23", "1", "1968", "23", "12", "1968"),
        ("2", "732", "ROK", "731", "PRK", "-9", "1", "1967", "19", "1", "1967"),
        ("3", "365", "RUS", "710", "CHN", "2", "3", "1969", "-9", "9", "1969"),
    ]
    (folder / "pairs.csv").write_text(table(PAIRS, *rows))

    text = guess(folder / "pairs.csv")
    mapping = yaml.safe_load(text)

    assert mapping["missing"] == ["-9"]
    assert mapping["date"]["from"] == {"year": "{strtyr}", "month": "{strtmnth}", "day": "{strtday}"}
    assert [party["country"] for party in mapping["participants"]] == [
        {"text": "{statea}", "cow": True}, {"text": "{stateb}", "cow": True},
    ]  # fmt: skip
    (folder / "m.yaml").write_text(text.replace("kind: ''", "kind: armed-clash"))
    report = bring_in("pairs.csv", table(PAIRS, *rows), "table", mapping=folder / "m.yaml")
    assert (report.created, report.reasons) == (3, [])
    found = {(event.date.edtf, *parties(event)) for event in Event.objects.filter(slug__startswith="pairs-")}
    assert found == {
        ("1968-01-23/1968-12-23", "party:North Korea", "party:United States"),
        ("1967-01/1967-01-19", "party:North Korea", "party:South Korea"),
        ("1969-03-02/1969-09", "party:China", "party:Soviet Union"),
    }


@pytest.mark.parametrize(
    ("column", "cells", "are_states"),
    [
        ("State", ["FRN", "UKG", "AUS"], True),  # no other list has these
        ("Country", ["USA", "SYR", "RUS"], False),  # of ISO 3166
        ("stabb", ["USA", "SYR", "RUS"], True),
        ("ccode", ["2", "652", "365"], True),
        ("State A", ["2", "652", "365"], True),
        ("State A", ["USA", "AUS", "SLV"], False),  # by ISO's letters, of which AUS is Australia
        ("Country", ["USA"] * 9 + ["XYZ"], False),
        ("State", ["DEN", "CRO", "BUL"], False),  # the IOC has them, too
        ("Country code", ["840", "760", "643"], False),  # by ISO's numbers
        ("Deaths", ["2", "652", "365"], False),
    ],
)
def test_other_lists_are_not_taken_for_theirs(column, cells, are_states, curated_record, folder):
    (folder / "t.csv").write_text(table(("date", column), *(("2014-02-01", cell) for cell in cells)))

    assert ("cow: yes" in guess(folder / "t.csv")) is are_states


@pytest.mark.parametrize(
    ("month", "day", "why"),
    [
        ("-9", "", "The month is '-9'; it is 1 to 12, or a name. Where it stands for nothing, the mapping names it"),
        ("1", "-9", "The day is '-9'; it is 1 to 31. Where it stands for nothing, the mapping names it under missing."),
    ],
)
def test_a_day_that_is_none_is_told_with_what_to_do(month, day, why, countries, folder, bring_in):
    parts = "date: {year: '{year}', month: '{month}', day: '{day}'}"
    (folder / "m.yaml").write_text(STATES.replace("date: '{date}'", parts))
    row = table(("no", "year", "month", "day", "state"), ("1", "1967", month, day, "731"))

    report = bring_in("days.csv", row, "table", mapping=folder / "m.yaml")

    assert why in report.reasons[0]
