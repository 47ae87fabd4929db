"""Tables by their mappings: the worked examples of the documents, spreadsheets, and guesses."""

import json
import re
import shlex
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from events.importing.drafts import Row
from events.importing.filling import filled_down
from events.importing.guessing import guess
from events.importing.mapping import read_mapping
from events.importing.problems import ImportRefused
from events.models import Event
from tests.events.importing.files import VISITS
from tests.events.importing.files import table as csv_of

pytestmark = pytest.mark.django_db

TEXT = (settings.BASE_DIR / "docs/importing.md").read_text()
FILES = re.findall(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
RUNS = re.findall(r"^```console\n\$ manage.py (.+?)\n```\n+```json\n(.+?)\n```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture
def examples(folder, curated_record):
    """The files of the documents, and the curated record to import them into."""
    for name, content in FILES:
        (folder / name).write_text(content)
    return folder


def run(*arguments):
    output = StringIO()
    call_command(*arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def test_the_documents_show_four_examples():
    assert (len(FILES), len(RUNS)) == (8, 4)
    assert TEXT.count("```console") == 4


def test_the_guess_that_the_documents_show_is_made(examples):
    shown = (examples / "pyongyang.yaml").read_text()
    guessed = guess(examples / "pyongyang.csv").splitlines()

    there = {line for line in shown.splitlines() if "accessed" not in line} - {*guessed}
    assert there == {"- {role: host, country: PRK}"}


@pytest.mark.parametrize(("command", "shown"), RUNS, ids=[command.split()[1] for command, _ in RUNS])
def test_an_example_of_the_documents_does_what_they_show(command, shown, examples):
    said = json.loads(run(*shlex.split(command)).splitlines()[-1])

    assert said.pop("seconds") >= 0
    assert said == json.loads(shown)
    assert sum(said.values()) == 2 * said["read"]
    assert json.loads(run(*shlex.split(command)).splitlines()[-1])["unchanged"] == said["created"]


def parties(event):
    return sorted(
        f"{p.role}:{'/'.join(str(part) for part in (p.leader, p.country) if part)}" for p in event.participations.all()
    )


def test_what_the_examples_become(examples):
    for command, _ in RUNS:
        run(*shlex.split(command))

    summit = Event.objects.get(slug="our-meetings-1")
    assert (summit.title, summit.date.edtf) == ("Summit: North Korea – Syria", "2018-06-04")
    assert parties(summit) == ["party:North Korea", "party:Syria"]
    visit = Event.objects.get(slug="our-visits-17")
    assert (visit.review, visit.kind.slug, visit.date.edtf) == ("published", "official-visit", "2019-04-24/2019-04-26")
    assert parties(visit) == ["host:China", "visitor:Kim Jong Un/North Korea"]
    assert parties(Event.objects.get(slug="our-visits-18")) == ["host:China", "visitor:Sergey Lavrov/Russia"]
    assert Event.objects.get(slug="our-visits-19").date.edtf == "2019-11-05"
    assert [event.date.edtf for event in Event.objects.filter(slug__startswith="our-relations")] == ["1966/..", "1970~"]
    rejects = (examples / "meetings.rejects.csv").read_text()
    assert "'06.2018' is no date of the form %d.%m.%Y" in rejects
    assert "Was it Soviet Union (SUN)?" in rejects


def test_every_key_of_a_mapping_is_told_of():
    from events.importing.mapping import CLAIM, DATASET, EVENT, FILE, PARTY, PLACE, Value

    told = TEXT.split("## Tables", 1)[1].split("### Meetings", 1)[0]
    names = {*FILE, *EVENT, *PARTY, *PLACE, *CLAIM, *DATASET, *Value.__dataclass_fields__}
    assert {name for name in names if not re.search(rf"`{name}(: yes)?`", told)} == set()


def test_every_option_of_the_command_is_told_of():
    from events.management.commands.import_events import Command

    parser = Command().create_parser("manage.py", "import_events")
    django_own = {"--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color",
                  "--force-color", "--skip-checks", "--format"}  # fmt: skip
    options = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
    assert {name for name in options - django_own if f"`{name}" not in TEXT} == set()


def test_a_guess_is_a_mapping_that_wants_few_answers(folder):
    path = folder / "trips.csv"
    path.write_text(csv_of(
        ("ID", "Start date", "End date", "Type", "Visitor", "From country", "City", "Latitude", "Longitude", "Remarks",
         "x"),
        ("1", "04.06.2018", "05.06.2018", "State", "Kim", "DPRK; Syria", "Rome", "41.9", "12.5", "Met.", "NA"),
    ))  # fmt: skip

    text = guess(path)
    answered = text.replace("accessed: ''", "accessed: '2020-01-01'").replace("State: ''", "State: summit")
    (folder / "m.yaml").write_text(answered)
    found = read_mapping(folder / "m.yaml")

    assert "# Not mapped: x" in text
    assert found.date[0].format == found.date[1].format == ("%d.%m.%Y",)
    assert found.event["kind"].values == (("State", "summit"),)
    assert found.missing == {"NA"}
    (party,) = found.participants
    assert (party["country"].text, party["country"].split) == ("{From country}", (";",))
    assert (party["leader"].text, party["leader"].if_known) == ("{Visitor}", True)
    assert {name: value.text for name, value in found.place.items() if value.text} == {
        "name": "{City}", "latitude": "{Latitude}", "longitude": "{Longitude}",
    }  # fmt: skip


def test_a_guess_reads_run_together_names_and_leaves_out_a_locator_that_is_too_long(folder):
    path = folder / "states.csv"
    path.write_text(csv_of(("StateName", "BeginDate", "Source"), ("Syria", "1966", "A long reference. " * 10)))

    text = guess(path)

    assert "text: '{StateName}'" in text
    assert "date: '{BeginDate}'" in text
    assert "locator" not in text


def test_a_guess_takes_no_column_for_the_id_that_repeats(folder):
    path = folder / "states.csv"
    path.write_text(csv_of(("State id", "Begin"), ("SYR", "1961"), ("SYR", "1946")))

    text = guess(path)

    assert "id: '{State id}'" not in text
    assert "# State id stands on several rows" in text


def test_a_blank_kind_is_what_the_mapping_says_otherwise(folder, bring_in, countries):
    (folder / "m.yaml").write_text(VISITS.replace(
        "kind: official-visit", "kind: {text: '{what}', values: {State: state-visit}, otherwise: official-visit}"
    ))  # fmt: skip
    rows = csv_of(
        ("no", "start", "end", "who", "from", "to", "what"),
        ("1", "1966", "", "", "PRK", "SYR", ""), ("2", "1967", "", "", "PRK", "SYR", "State"),
    )  # fmt: skip

    report = bring_in("visits.csv", rows, "table", mapping=folder / "m.yaml")

    assert report.created == 2
    assert set(Event.objects.values_list("slug", "kind__slug")) == {
        ("visits-1", "official-visit"), ("visits-2", "state-visit"),
    }  # fmt: skip


def test_columns_may_have_one_name_unless_they_are_read(folder, bring_in, countries):
    (folder / "m.yaml").write_text(VISITS)
    header = ("no", "start", "end", "who", "from", "to", "notes", "", "notes", "")
    row = ("1", "1966", "", "x", "PRK", "SYR", "a", "b", "c", "d")

    assert "# Not mapped: notes (column G), column H, notes (column I), column J\n" in guess_of(folder, header, row)
    assert bring_in("visits.csv", csv_of(header, row), "table", mapping=folder / "m.yaml").created == 1
    with pytest.raises(ImportRefused, match=r"the header several: write which of to \(column F\), to \(column G\)"):
        bring_in("visits.csv", csv_of((*header[:6], "to"), row[:7]), "table", mapping=folder / "m.yaml")


def guess_of(folder, *rows):
    (folder / "t.csv").write_text(csv_of(*rows))
    return guess(folder / "t.csv")


def test_a_kind_for_which_the_mapping_has_no_answer_is_named(folder, bring_in, countries):
    (folder / "m.yaml").write_text(VISITS.replace("kind: official-visit", "kind: {text: '{who}', values: {State: ''}}"))
    rows = csv_of(("no", "start", "end", "who", "from", "to"), ("1", "1966", "", "State", "PRK", "SYR"))

    report = bring_in("visits.csv", rows, "table", mapping=folder / "m.yaml")

    assert report.reasons == ["visits.csv:2: It has no kind: the mapping puts nothing for 'State'."]


def test_a_guess_overwrites_nothing(folder):
    (folder / "t.csv").write_text("id;date;country\n1;2018;SYR\n")

    assert "separator: ;" in run("import_events", "t.csv", "--format", "table", "--guess")
    run("import_events", "t.csv", "--format", "table", "--guess", "--mapping", "m.yaml")
    with pytest.raises(CommandError, match="Nothing is overwritten"):
        run("import_events", "t.csv", "--format", "table", "--guess", "--mapping", "m.yaml")


def test_a_cell_alone_in_its_row_is_the_heading_of_a_group():
    rows = ["Syria,,,", ",2018,a,", ",,b,c", "Iraq,,,", ",,d,", ",2019,,", ",,e,", '",,,']

    filled = [",".join(row.raw) for row in filled_down((Row(1, row.split(",")) for row in rows), [0, 1])]

    assert filled == [
        "Syria,,,", "Syria,2018,a,", "Syria,2018,b,c", "Iraq,,,", "Iraq,,d,", ",2019,,", "Iraq,2019,e,", "Iraq,2019,,",
    ]  # fmt: skip


def test_a_blank_cell_says_what_stands_above_it_where_the_mapping_says_so(folder, bring_in, countries):
    (folder / "m.yaml").write_text(VISITS + "fill_down: [from, start]\n")
    rows = csv_of(("no", "start", "end", "who", "from", "to"), ("1", "2018-06-04", "", "A", "North Korea", "Syria"),
                  ("2", "", "", "B", '"', "Nowhere"), ("3", "2019", "", "C", "ditto", "Syria"))  # fmt: skip

    report = bring_in("t.csv", rows, "table", mapping=folder / "m.yaml")

    assert (report.created, report.rejected) == (2, 1)
    assert Event.objects.get(date="2019").participations.filter(role="visitor", country__code="PRK").exists()
    rejects = (folder / "t.rejects.csv").read_text()
    assert "2,2018-06-04,,B,North Korea,Nowhere" in rejects, "what stood above is lost"
    mended = rejects.replace("Nowhere", "Syria").replace("2018-06-04", "")
    assert bring_in("t.rejects.csv", mended, "table", mapping=folder / "m.yaml").created == 0, "a blank is one there"
    assert bring_in("t.csv", rows, "table", mapping=folder / "m.yaml").unchanged == 2

    (folder / "m.yaml").write_text(VISITS + "fill_down: [form]\n")
    with pytest.raises(ImportRefused, match=r"the mapping names a column 'form'.* Did you mean “from”?"):
        bring_in("t.csv", rows, "table", mapping=folder / "m.yaml")
