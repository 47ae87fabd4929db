"""Files that are not as they should be: refused or rejected with words that help, by the command and at the desk."""

import csv
import gzip
import os

import orjson
import pytest
from django.core.management import CommandError, call_command

from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event, Upload
from tests.events.importing.files import VISITS, exported, gdelt, icews, ndjson, table

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to")
VISIT = ("1", "2018-06-04", "", "Somebody", "North Korea", "Syria")
NO_UTF8 = "no,start,end,who,from,to,Länder\n".encode("cp1252")


@pytest.fixture
def by_hand(folder):
    """A function that calls the command with a mapping of visits; what it refuses is raised as CommandError."""
    (folder / "visits.yaml").write_text(VISITS)

    def call(name, content, format="table", *options):  # noqa: A002
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        mapping = ["--mapping", "visits.yaml"] if format == "table" and "--guess" not in options else []
        call_command("import_events", name, "--format", format, *mapping, *options)

    return call


@pytest.mark.parametrize(("content", "why", "guessed"), [
    (NO_UTF8, "bytes that are no UTF-8: save the file as UTF-8, or name its encoding in the mapping", False),
    (b"no,st\0art\n1,2\n", "a NUL character: take it out", True),
    (b",,\n , \n", "its header is blank", True),
    (b'"no,start"\n"1,2018"\n', "its first line is one cell, in quotation marks", True),
])  # fmt: skip
def test_a_header_that_cannot_be_read_is_refused(by_hand, folder, content, why, guessed):
    for options in ((), ("--guess",), ("--guess", "--mapping", "new.yaml"))[: 3 if guessed else 1]:
        with pytest.raises(CommandError, match=why):
            by_hand("t.csv", content, "table", *options)

    assert not (folder / "new.yaml").exists()


def test_a_header_of_nuls_is_refused_at_the_desk(folder):
    from events.importing.uploads import receive, work_through

    upload = Upload(file="t.csv", format="table")
    receive(upload, [b"no,st\0art\n1,2\n"])
    work_through()
    upload.refresh_from_db()

    assert (upload.state, upload.error[:42]) == ("refused", "t.csv is not what --format table says: the")
    assert "take it out" in upload.error


def test_rows_of_other_bytes_are_rejected(countries, visits, bring_in, folder):
    rows = table(HEADER, VISIT, ("2", "2018", "", "Müller", "Syria", "Russia")).encode("cp1252")
    visits()
    report = bring_in("v.csv", rows, "table", mapping=folder / "visits.yaml")

    assert report.created == 1
    assert report.reasons == [
        "v.csv:3: who holds bytes that are no UTF-8: save the file as UTF-8, or name its encoding in the mapping."
    ]


@pytest.mark.parametrize("digits", [4, 5_000])
def test_an_importance_of_many_digits_is_rejected_alone(countries, bring_in, folder, digits):
    (folder / "m.yaml").write_text(VISITS + "importance: '{importance}'\n")
    rows = table((*HEADER, "importance"), (*VISIT, "9" * digits), ("2", *VISIT[1:], "90"))

    report = bring_in("visits.csv", rows, "table", mapping=folder / "m.yaml")

    assert (report.created, report.rejected) == (1, 1)
    assert "importance is" in report.reasons[0]
    assert len(report.reasons[0]) < 150


def test_an_exported_row_with_an_importance_of_many_digits_is_rejected_alone(countries, bring_in):
    columns = ("id", "title", "summary", "date", "date_reason", "kind", "place", "place_country", "latitude",
               "longitude", "participants", "importance", "claims")  # fmt: skip
    row = ("one", "Talks", "", "2018", "", "talks", "", "", "", "", "party:PRK", "9" * 5_000, "reports:x")

    assert bring_in("e.csv", table(columns, row), "csv").rejected == 1


def test_a_line_of_too_many_levels_is_rejected_and_kept(countries, bring_in, folder):
    deep = orjson.dumps(exported("deep"))[:-1] + b',"x":' + b"[" * 300 + b"]" * 300 + b"}"

    first = bring_in("e.ndjson", ndjson(exported("one")) + deep.replace(b"talks", b"talk") + b"\n", "ndjson")
    again = import_events([folder / "e.rejects.ndjson"], "ndjson")

    assert (first.created, first.rejected, again.rejected) == (1, 1, 1)
    kept = orjson.loads((folder / "e.rejects.rejects.ndjson").read_bytes())
    assert kept["row"].encode() == deep.replace(b"talks", b"talk")
    assert "so many levels" in kept["rejected"]["because"]


def test_a_line_of_other_bytes_is_rejected_until_it_is_mended(countries, bring_in, folder):
    line = ndjson(exported("two", title="Gespräch")).decode().encode("latin-1")
    bring_in("e.ndjson", ndjson(exported("one")) + line, "ndjson")
    rejects = folder / "e.rejects.ndjson"

    assert orjson.loads(rejects.read_bytes())["row"] == line.decode("latin-1").replace("ä", r"\xe4").rstrip()
    assert import_events([rejects], "ndjson").rejected == 1
    rejects.write_text(rejects.read_text().replace(r"\\xe4", "ä"))
    assert import_events([rejects], "ndjson").created == 1
    assert Event.objects.get(slug="two").title == "Gespräch"


def test_ndjson_may_begin_with_a_mark_of_its_bytes(countries, bring_in):
    mark = b"\xef\xbb\xbf"

    assert bring_in("one.ndjson", mark + ndjson(exported("one")), "ndjson").created == 1
    assert bring_in("e.ndjson", mark + ndjson(exported("one"), exported("two")), "ndjson").created == 1


@pytest.mark.parametrize("separator", [r"'\t'", "''", "semicolon", "[;]", "'\"'"])
def test_a_separator_is_one_character_or_tab(countries, bring_in, folder, separator):
    (folder / "m.yaml").write_text(f"{VISITS}separator: {separator}\n")

    with pytest.raises(ImportRefused, match=r"m\.yaml: separator is .* or the word tab"):
        bring_in("visits.csv", table(HEADER, VISIT), "table", mapping=folder / "m.yaml")


@pytest.mark.parametrize(("separator", "written"), [("tab", "\t"), ("'^'", "^"), ('"\\t"', "\t")])
def test_a_table_is_parted_by_what_the_mapping_says(countries, bring_in, folder, separator, written):
    (folder / "m.yaml").write_text(f"{VISITS}separator: {separator}\n")

    assert bring_in("visits.csv", "\n".join(map(written.join, (HEADER, VISIT))), "table",
                    mapping=folder / "m.yaml").created == 1  # fmt: skip
    with pytest.raises(ImportRefused, match="parted by commas, not by"):
        bring_in("other.csv", table(HEADER, VISIT), "table", mapping=folder / "m.yaml")


@pytest.mark.parametrize(
    ("mapping", "why"),
    [(VISITS + 'summary: "a\\0b"\n', "a text holds a NUL character"), ("[" * 5_000, "is no YAML: maximum recursion"),
     (VISITS.replace("title: Visits", r'title: "\uD800"'), "a text holds bytes that are no UTF-8")],
)  # fmt: skip
def test_a_mapping_that_cannot_be_kept_is_refused(countries, bring_in, folder, mapping, why):
    (folder / "m.yaml").write_text(mapping)

    with pytest.raises(ImportRefused, match=rf"m\.yaml:? {why}"):
        bring_in("visits.csv", table(HEADER, VISIT), "table", mapping=folder / "m.yaml")


@pytest.mark.parametrize("form", ["'%d.%m.'", "'%d %Y'", "'%Q'", "'%d/%d/%Y'", "[a]"])
def test_a_format_by_which_no_date_is_read_is_refused(countries, bring_in, folder, form):
    (folder / "m.yaml").write_text(VISITS.replace("date: {", f"date: {{format: {form}, "))

    with pytest.raises(ImportRefused, match=r"date\.from has the format .*%d\.%m\.%Y is 31\.12\.1999"):
        bring_in("visits.csv", table(HEADER, VISIT), "table", mapping=folder / "m.yaml")


def test_a_rejected_row_is_named_by_the_line_on_which_it_begins(countries, visits, folder):
    report = visits(
        ("1", "2018", "", "One\nTwo\nThree", "Nowhere", "Syria"), ("2", "2018", "", "x", "Nowhere", "Syria")
    )

    assert [reason.split(": ")[0] for reason in report.reasons] == ["visits.csv:2", "visits.csv:5"]


def test_a_quotation_mark_that_is_not_closed_is_told_of_where_it_stands(by_hand, countries):
    rows = table(HEADER, VISIT, VISIT).encode() + b'3,2018,,"Somebody,PRK,SYR\n' + table(VISIT, VISIT).encode()

    with pytest.raises(CommandError, match="line 4 to 6, a single row, is no CSV"):
        by_hand("visits.csv", rows)


@pytest.mark.parametrize("name", ["A\rB", "A\nB", "A\r\nB", '"A", B'])
def test_a_rejected_row_comes_back_as_it_was(countries, visits, bring_in, folder, name):
    visits()
    quoted = name.replace('"', '""')
    bring_in("v.csv", table(HEADER) + f'1,2018,,"{quoted}",Nowhere,Syria\n', "table", mapping=folder / "visits.yaml")

    with (folder / "v.rejects.csv").open(newline="") as file:
        _, row = csv.reader(file, strict=True)
    assert row[3:] == ["1", "2018", "", name, "Nowhere", "Syria"]


def test_a_folder_a_pipe_and_a_name_of_other_bytes_are_refused(by_hand, folder):
    os.mkfifo(folder / "pipe.csv")
    (folder / "folder.xlsx").mkdir()
    (folder / "circle.csv").symlink_to("circle.csv")

    for name in ("pipe.csv", "folder.xlsx"):
        with pytest.raises(CommandError, match="a folder or a pipe stands where a file is wanted"):
            call_command("import_events", name, "--format", "table", "--mapping", "visits.yaml")
    with pytest.raises(CommandError, match="cannot be read: Too many levels of symbolic links"):
        call_command("import_events", "circle.csv", "--format", "table", "--mapping", "visits.yaml")
    with pytest.raises(CommandError, match="holds bytes that are no UTF-8: rename the file"):
        by_hand("M\udcfcnchen.csv", table(HEADER, VISIT))


def test_in_chancerys_own_csv_a_lone_party_is_known_by_its_id(countries, bring_in):
    from tests.factories import LeaderFactory, OrganizationFactory, SourceFactory

    LeaderFactory(slug="king-abdullah", name="Abdullah II")
    OrganizationFactory(slug="a-league", name="A League")
    OrganizationFactory(slug="another", name="Another", aliases=["A league"])
    OrganizationFactory(slug="twice")
    LeaderFactory(slug="twice")
    SourceFactory(slug="a-source")
    columns = ("id", "title", "summary", "date", "date_reason", "kind", "place", "place_country", "latitude",
               "longitude", "participants", "importance", "claims")  # fmt: skip

    def row(number, party):
        return (f"e-{number}", "Talks", "", "2018", "", "talks", *[""] * 4, f"party:{party}", "", "reports:a-source")

    report = bring_in("e.csv", table(columns, row(1, "king-abdullah"), row(2, "a-league"), row(3, "twice"),
                                     row(4, "a-leage")), "csv")  # fmt: skip

    assert (report.created, report.rejected) == (2, 2)
    assert Event.objects.get(slug="e-1").participations.get().leader.slug == "king-abdullah"
    assert Event.objects.get(slug="e-2").participations.get().organization.slug == "a-league"
    assert "an organization and a person here" in report.reasons[0]
    assert "Did you mean “a-league”?" in report.reasons[1]


def test_a_tail_of_nuls_is_a_row_to_be_mended(countries, bring_in, folder):
    first = bring_in("e.CSV", gdelt().encode() + bytes(4_096), "gdelt2")
    again = import_events([folder / "e.rejects.tsv"], "gdelt2")

    assert (first.created, first.rejected, again.rejected) == (1, 1, 1)


@pytest.mark.parametrize(("format", "content", "cut"), [
    ("gdelt2", gdelt() + gdelt(GLOBALEVENTID="700000002", EventCode="112"), "s.example/a\n"),
    ("icews", icews({}, {"Event ID": "2", "CAMEO Code": "112"}), ".3\n"),
])  # fmt: skip
def test_a_row_that_was_cut_in_its_last_cell_is_rejected(countries, bring_in, folder, format, content, cut):  # noqa: A002
    assert content.endswith(cut)

    report = bring_in("e.txt", content.removesuffix(cut), format)

    assert (report.created, report.rejected) == (1, 1)
    assert "The file ends in this row, with no line break behind it: was it cut off?" in report.reasons[0]
    [rejects] = folder.glob("e.rejects.*")
    rejects.write_text(rejects.read_text().removesuffix("\n") + cut.removesuffix("\n"))
    assert import_events([rejects], format).created == 1


FILES = {
    "ndjson": ndjson(exported("one"), exported("two"), exported("three")),
    "gdelt2": (gdelt() + gdelt(GLOBALEVENTID="700000002", EventCode="042")).encode(),
    "icews": icews({}, {"Event ID": "2", "CAMEO Code": "042"}).encode(),
    "table": table(HEADER, VISIT, ("2", *VISIT[1:]), ("3", "2018", "", "A, B\nC", "Syria", "Russia")).encode(),
}


def mangled(content):
    """Cut and changed at every fifth of its length, parted and encoded otherwise, with NULs and other line ends."""
    for at in range(0, len(content), len(content) // 5 + 1):
        yield content[:at]
        yield content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
    for mark in (b";", b"|", b"\t", b","):
        yield content.replace(b",", mark).replace(b"\t", mark)
    yield from (content.decode().encode(encoding) for encoding in ("utf-16", "utf-16-le", "utf-8-sig"))
    yield content.replace(b"o", b"\0")
    yield bytes(5_000)
    yield b"\n" * 3 + content
    yield content.replace(b"\n", b"\r")
    yield content.replace(b"\n", b"\r\n")
    yield gzip.compress(content)


@pytest.mark.parametrize("format", FILES)
def test_a_mangled_file_is_refused_in_a_sentence_or_read_row_by_row(by_hand, countries, format):  # noqa: A002
    refused = []
    for place, content in enumerate(mangled(FILES[format])):
        try:
            by_hand(f"{place}.txt", content, format)
        except CommandError as error:
            refused.append(str(error))

    assert len(refused) >= 5
    assert all(refusal.count("\n") == 0 and refusal.endswith("Nothing was imported.") for refusal in refused)
