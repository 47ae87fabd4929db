import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.loading.applying import load_record
from events.loading.problems import LoadProblems
from events.models import Claim, Country, Event, Kind, LoadedBlock, Office, Participation, Source
from events.recording import record_changed, recording

pytestmark = pytest.mark.django_db


def problems_of(*paths):
    before = (Country.objects.count(), Event.objects.count(), LoadedBlock.objects.count())
    with pytest.raises(LoadProblems) as caught:
        load_record(paths)
    assert (Country.objects.count(), Event.objects.count(), LoadedBlock.objects.count()) == before
    return [str(problem) for problem in caught.value.problems]


def change(record, **values):
    with recording(None, "a curator's change"):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def test_a_folder_is_loaded_with_all_that_its_blocks_hold(folder):
    report = load_record([folder])

    event = Event.objects.get(slug="mission-in-pyongyang")
    assert str(event.date) == "1969"
    assert event.place_country.code == "PRK"
    assert event.verification == "reported"
    assert [claim.locator for claim in event.claims.all()] == ["para. 9", "para. 10"]
    assert event.participations.get(role="initiator").office.title == "President of Syria"
    assert Source.objects.get(slug="kcna-report").via.slug == "trend-article"
    assert Country.objects.get(code="RUS").successions_before.get().predecessor.code == "SUN"
    assert report.tallies["events"].created == 2


def test_a_second_run_writes_nothing_and_draws_no_change(folder):
    load_record([folder])
    heard = []
    record_changed.connect(heard.append, weak=False, dispatch_uid="test")
    try:
        with CaptureQueriesContext(connection) as queries:
            report = load_record([folder])
    finally:
        record_changed.disconnect(dispatch_uid="test")

    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert heard == []
    assert {str(tally).partition(" ")[2] for tally in report.tallies.values()} == {"unchanged"}


def test_the_order_of_rows_in_a_file_says_nothing(folder, edit):
    load_record([folder])
    rows = "  - role: recipient\n    country: PRK\n"
    edit("events.yaml", rows, "")
    edit("events.yaml", "  participants:\n", "  participants:\n" + rows)

    assert load_record([folder]).tallies["events"].unchanged == 2


def test_what_the_file_changed_is_updated_and_rows_that_stay_keep_their_keys(folder, edit):
    load_record([folder])
    keys = {claim.stance: claim.pk for claim in Claim.objects.all()}
    edit("events.yaml", "stance: mentions\n    locator: para. 10", "stance: mentions\n    locator: para. 11")
    edit("events.yaml", "  - role: recipient\n    country: PRK\n", "  - role: host\n    country: PRK\n")
    edit("leaders.yaml", "2000-07-17/..", "2000-07-17/2024")
    office = Office.objects.get().pk

    report = load_record([folder])

    assert report.tallies["events"].updated == report.tallies["leaders"].updated == 1
    assert {claim.stance: claim.pk for claim in Claim.objects.all()} == keys
    assert Claim.objects.get(stance="mentions").locator == "para. 11"
    assert set(Participation.objects.values_list("role", flat=True)) == {"initiator", "host"}
    assert Office.objects.get().pk == office
    assert load_record([folder]).tallies["events"].unchanged == 2


def test_what_a_curator_changed_is_left_alone_and_said(folder, edit):
    load_record([folder])
    change(Event.objects.get(slug="visit"), title="Changed by hand")
    edit("events.yaml", "title: A visit", "title: Changed in the file")

    report = load_record([folder])

    assert Event.objects.get(slug="visit").title == "Changed by hand"
    assert report.tallies["events"].left_alone == [("visit", "changed since it was loaded.")]
    assert "events/visit left alone" in str(report)


def test_what_a_curator_made_otherwise_is_left_alone(folder):
    with recording(None, "by hand"):
        Country.objects.create(code="SYR", name="Syrian Arab Republic")

    assert [slug for slug, _ in load_record([folder]).tallies["countries"].left_alone] == ["SYR"]
    assert Country.objects.get(code="SYR").name == "Syrian Arab Republic"


def test_what_a_curator_deleted_stays_deleted(folder):
    load_record([folder])
    with recording(None, "by hand"):
        Event.objects.get(slug="visit").delete()

    assert [slug for slug, _ in load_record([folder]).tallies["events"].left_alone] == ["visit"]


def test_an_event_that_does_not_say_is_as_important_as_its_kind(folder, edit):
    edit("events.yaml", "  importance: 70\n", "")

    load_record([folder])

    event = Event.objects.get(slug="visit")
    assert event.importance == event.kind.default_importance
    assert load_record([folder]).tallies["events"].unchanged == 2


def test_examples_are_passed_over_unless_named_and_load_on_top(folder):
    example = folder / "examples" / "one"
    example.mkdir(parents=True)
    (example / "countries.yaml").write_text("- id: XAA\n  name: Elsewhere\n  predecessors: [SUN]\n")

    load_record([folder])
    assert not Country.objects.filter(code="XAA").exists()

    load_record([example])
    assert Country.objects.filter(code="XAA").exists()
    assert load_record([folder, folder / "examples", folder / "countries.yaml"]).tallies["countries"].unchanged == 5


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("events.yaml", "date: '1969'\n  place", "dat: '1969'\n  place", 4, "Did you mean “date”?"),
        ("events.yaml", "  title: A visit\n", "", 27, "needs “title”"),
        ("events.yaml", "country: SYR", "country: SRY", 14, "Did you mean “SYR”?"),
        ("events.yaml", "country: SYR", "country: Syria", 14, "Did you mean “SYR”?"),
        ("events.yaml", "date: '1969'", "date: 1969-13", 4, "'1969-13' cannot be read as a date"),
        ("events.yaml", "id: visit", "id: mission-in-pyongyang", 27, "events.yaml:1 already"),
        ("events.yaml", "importance: 60", "importance: high", 10, "a whole number such as 60"),
        ("events.yaml", "importance: 60", "importance: 600", 1, "Importance lies between 0 and 100"),
        ("events.yaml", "title: A visit", "title: [A visit]", 28, "one value, not a list"),
        ("events.yaml", "title: A visit", "id: again", 28, "a second time; the first is on line 27"),
        ("events.yaml", "title: A visit", "title: 'A visit", 30, "it begins on line 27"),
        ("events.yaml", "title: A visit", 'title: "A\\0visit"', 28, "a control character"),
        ("events.yaml", "  - role: recipient\n    country: PRK\n", "  - role: recipient\n", 17, "Name a country,"),
        ("events.yaml", "role: recipient", "role: recipent", 17, "Did you mean “recipient”?"),
        ("events.yaml", "office: President of Syria", "office: King", 13, "the record has: President of Syria."),
        ("events.yaml", "locator: para. 10", "locator: para. 10\n  - source: kcna-report\n    stance: mentions\n"
         "    locator: para. 10", 27, "claims this at that place already"),
        ("events.yaml", "review: draft", "review: published", 32, "no source is named for"),
        ("sources.yaml", "  published: '2018-06-04T03:35:00+04:00'\n", "", 7, "Say when it was published"),
        ("sources.yaml", "kind: article", "kind: article\n  via: kcna-report", 6, "a beginning"),
        ("countries.yaml", "alpha_2: KP", "alpha_2: kp", 5, "Two capital letters"),
        ("sources.yaml", "publisher: kcna", "publisher: [", 5, "it begins on line 3"),
        ("countries.yaml", "id: SYR", "id: Syria", 16, "“id”"),
        ("organizations.yaml", "- id: trend", "- id\n- id: trend", 5, "is a mapping of id, name"),
    ],
)  # fmt: skip
def test_a_problem_is_said_at_its_line_and_nothing_is_loaded(folder, edit, file, old, new, line, said):
    edit(file, old, new)

    found = problems_of(folder)

    assert any(text.startswith(f"{folder / file}:{line}:") and said in text for text in found), found


def test_every_problem_is_gathered(folder, edit):
    edit("events.yaml", "date: '1969'", "date: soon")
    edit("events.yaml", "kind: state-visit", "kind: state-vist")
    edit("countries.yaml", "numeric: '408'", "numeric: '4'")

    assert len(problems_of(folder)) == 3


def test_files_that_cannot_be_read_are_named(folder, tmp_path):
    (folder / "event.yaml").write_text("[]")
    (folder / "sources.yaml").write_bytes(b"- id: a\n  title: \xe9t\xe9\n")
    (tmp_path / "nothing").mkdir()

    found = problems_of(folder, "", tmp_path / "absent", tmp_path / "nothing")

    for said in ("sources.yaml:2: Byte 0xe9", "Did you mean “events.yaml”?", "(empty path)", "no such file",
                 "No YAML file in this folder"):  # fmt: skip
        assert any(said in text for text in found), (said, found)


def test_the_command_tells_what_it_did_and_fails_with_the_problems(folder, edit, capsys):
    call_command("load_record", str(folder))
    assert "countries: 4 created" in capsys.readouterr().out

    edit("events.yaml", "date: '1969'", "date: soon")
    with pytest.raises(CommandError, match=r"events.yaml:4: “date”"):
        call_command("load_record", str(folder))


def test_a_curated_kind_survives_a_migration(folder):
    change(Kind.objects.get(slug="summit"), definition="As we define it.")

    call_command("migrate", verbosity=0)

    assert Kind.objects.get(slug="summit").definition == "As we define it."
