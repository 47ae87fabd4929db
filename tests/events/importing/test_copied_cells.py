"""What cells carry along that were copied from a page: marks of footnotes, marks that nobody sees, flags."""

import pytest
import yaml

from events.importing.guessing import guess
from events.importing.running import import_events
from events.importing.values import without_footnotes
from events.models import Event
from tests.events.importing.files import VISITS, parties, table
from tests.factories import LeaderFactory

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to")


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("Kim Jong Un[3]", "Kim Jong Un"),
        ("Kim Jong Un[3], Donald Trump[a][12]", "Kim Jong Un, Donald Trump"),
        ("12 June 2018[note 1]", "12 June 2018"),
        ("[2018-06-03..]", "[2018-06-03..]"),
        ("[1]", "[1]"),
        ("https://news.example/?ids[0]=5", "https://news.example/?ids[0]=5"),
        ("Talks [sic]", "Talks [sic]"),
        ("S/RES/1718[2006]", "S/RES/1718[2006]"),
    ],
)
def test_the_mark_of_a_footnote_is_no_part_of_a_name_or_date(cell, plain):
    assert without_footnotes({"x": cell}) == {"x": plain}


def test_footnotes_stay_in_what_is_told_and_are_passed_over_elsewhere(countries, folder, bring_in):
    (folder / "m.yaml").write_text(VISITS + "summary: '{who}'\n")
    row = ("1[b]", "2018[1]", "", "Somebody[2]", "North Korea[a]", "Syria[3][4]")

    bring_in("v.csv", table(HEADER, row), "table", mapping=folder / "m.yaml")

    event = Event.objects.get()
    assert (event.slug, event.date.edtf, event.summary) == ("visits-1", "2018", "Somebody[2]")
    assert event.title == "Visit of Somebody to Syria"
    assert parties(event) == ["host:Syria", "visitor:North Korea"]


def test_a_table_of_an_encyclopedia_is_guessed_without_its_footnotes(countries, folder):
    for slug, name in (("kim", "Kim Jong Un"), ("trump", "Donald Trump"), ("putin", "Vladimir Putin")):
        LeaderFactory(slug=slug, name=name)
    rows = [("12 June 2018[1]", "Kim Jong Un[3], Donald Trump[4]"), ("2019", "Kim Jong Un and Vladimir Putin[8]")]
    (folder / "t.csv").write_text(table(("Date", "Participants"), *rows))

    mapping = yaml.safe_load(guess(folder / "t.csv")) | {"kind": "summit"}
    (folder / "m.yaml").write_text(yaml.safe_dump(mapping))

    assert mapping["participants"] == [
        {"role": "party", "leader": {"text": "{Participants}", "split": [", ", " and "]}},
    ]  # fmt: skip
    assert import_events([folder / "t.csv"], "table", mapping=folder / "m.yaml").created == 2
    assert parties(Event.objects.get(date="2018-06-12")) == ["party:Donald Trump", "party:Kim Jong Un"]


def test_what_nobody_sees_around_a_cell_is_no_part_of_it(countries, folder, bring_in):
    (folder / "m.yaml").write_text(VISITS)
    header = ("\ufeffno", "start\u200b", "end", "\u00a0who ", "from", "to\u200e")
    row = ("1", "\u200f2018-06-04\u200e", "\u2060", "Somebody", "\u00a0Syria\u200b", "\ufeffNorth\u00a0Korea ")

    assert bring_in("v.csv", table(header, row), "table", mapping=folder / "m.yaml").created == 1
    assert parties(Event.objects.get()) == ["host:North Korea", "visitor:Syria"]
    assert Event.objects.get().date.edtf == "2018-06-04"


def test_a_flag_is_its_country(countries, folder):
    (folder / "t.csv").write_text(table(("Date", "Country"), ("2018", "🇰🇵"), ("2018", "🇸🇾 Syria"), ("2018", "Russia")))

    (party,) = yaml.safe_load(guess(folder / "t.csv"))["participants"]

    assert party["country"] == {"text": "{Country}", "values": {"🇰🇵": "North Korea"}}
