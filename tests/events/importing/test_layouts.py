"""Tables as they lie in their files: titles above them, several sheets, columns without names."""

import csv
from datetime import datetime

import openpyxl
import pytest
import yaml

from events.importing.guessing import guess
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import VISITS, parties, table

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to")
VISIT = ("1", "2018-06-04", "", "Somebody", "North Korea", "Syria")
TITLES = (("Visits of our desk",), (), ("Kept since", "2018"))


def workbook(path, *sheets, merged=()):
    """A spreadsheet of sheets, each a name and its rows; ranges are merged in the last."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def mapping_of(path, **answers):
    """The guessed mapping of *path* with these parts put in."""
    return yaml.safe_load(guess(path)) | answers


def bring_by_guess(path, **answers):
    mapping = path.with_suffix(".yaml")
    mapping.write_text(yaml.safe_dump(mapping_of(path, **answers), allow_unicode=True))
    return import_events([path], "table", mapping=mapping)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_below_titles_is_found_and_may_be_named(kind, folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS + "header: 4\n")
    if kind == "csv":
        (folder / "v.csv").write_text(table(*TITLES, HEADER, VISIT))
    else:
        workbook(folder / "v.xlsx", ("Visits", (*TITLES, HEADER, VISIT)))

    guessed = mapping_of(folder / f"v.{kind}")
    report = import_events([folder / f"v.{kind}"], "table", mapping=folder / "m.yaml")

    assert (guessed["header"], guessed["dataset"]["title"]) == (4, "Visits of our desk")
    assert (report.read, report.created) == (1, 1)


def test_a_mapping_without_the_row_of_the_header_is_told_of_it(folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS)

    with pytest.raises(ImportRefused, match=r"has Visits of our desk\. Row 4 has it: .* write header: 4"):
        bring_in("v.csv", table(*TITLES, HEADER, VISIT), "table", mapping=folder / "m.yaml")


@pytest.mark.parametrize("row", ["3", "40"])
def test_a_header_that_is_not_there_is_refused(row, folder, countries, bring_in):
    (folder / "m.yaml").write_text(f"{VISITS}header: {row}\n")

    with pytest.raises(ImportRefused, match=f"its header is row {row}, which is blank or not there"):
        bring_in("v.csv", table(HEADER, VISIT), "table", mapping=folder / "m.yaml")


@pytest.mark.parametrize("row", ["0", "x", "4-3", "[4]", "1.5"])
def test_a_header_is_a_row_or_some(row, folder, countries, bring_in):
    (folder / "m.yaml").write_text(f"{VISITS}header: {row}\n")

    with pytest.raises(ImportRefused, match=r"m\.yaml: .*header"):
        bring_in("v.csv", table(HEADER, VISIT), "table", mapping=folder / "m.yaml")


GROUPS = (
    ("Date", "Visitor", "", "Host", "", "Purpose"),
    ("", "Name", "Country", "Name", "Country", ""),
    ("2018-06-12", "Somebody", "United States", "Somebody else", "North Korea", "Talks"),
)  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx", "merged.xlsx"])
@pytest.mark.parametrize("titles", [(), (("Meetings",), ("Kept by us",))])
def test_a_header_of_two_rows_is_read_as_one(kind, titles, folder, countries):
    path = folder / f"v.{kind}"
    rows = (*titles, *GROUPS)
    if kind == "csv":
        path.write_text(table(*rows))
    else:
        top = len(titles) + 1
        merged = [f"A{top}:A{top + 1}", f"B{top}:C{top}", f"D{top}:E{top}", f"F{top}:F{top + 1}"]
        workbook(path, ("Data", rows), merged=merged if kind == "merged.xlsx" else ())

    assert mapping_of(path)["header"] == f"{len(titles) + 1}-{len(titles) + 2}"
    assert bring_by_guess(path, kind="talks").created == 1
    assert parties(Event.objects.get()) == ["host:North Korea", "visitor:United States"]


def test_a_header_of_two_rows_is_found_where_what_is_merged_stands_first_and_last(folder, countries):
    rows = (("Country", "Date", ""), ("", "From", "To"), ("Syria", "2018-06-12", "2018-06-14"))
    workbook(folder / "v.xlsx", ("Data", rows), merged=["A1:A2", "B1:C1"])

    found = mapping_of(folder / "v.xlsx")

    assert found["header"] == "1-2"
    assert found["date"] == {"from": "{Date From}", "to": "{Date To}"}


def test_rejects_below_titles_come_in_by_the_same_mapping(folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS + "header: 4\n")
    bring_in("v.csv", table(*TITLES, HEADER, (*VISIT[:4], "Nowhere", "Syria")), "table", mapping=folder / "m.yaml")
    rejects = folder / "v.rejects.csv"

    assert next(csv.reader(rejects.read_text("utf-8-sig").splitlines()))[3:] == list(HEADER)
    rejects.write_text(rejects.read_text().replace("Nowhere,Syria", "PRK,Syria"))
    assert import_events([rejects], "table", mapping=folder / "m.yaml").created == 1



@pytest.mark.parametrize(
    ("rows", "separator"),
    [
        (["Title", "a;b;c", "2018;Syria, North Korea, Russia;x", "2018;Syria, Iraq;y"], ";"),
        (["a\tb", "2018\tx, y", "2019\tx, y"], "tab"),
        (["sep=;", "a;b", "2018;x"], ";"),
        (["a|b|c", "1|2|3"], "|"),
    ],
)
def test_what_parts_the_cells_is_told_by_all_of_the_first_rows(rows, separator, folder):
    (folder / "t.csv").write_text("\n".join(rows) + "\n")

    assert mapping_of(folder / "t.csv")["separator"] == separator


def test_rows_that_something_else_parts_are_rejected_with_what_it_is(folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS)
    rows = table(HEADER, VISIT) + ";".join(VISIT) + "\n" + ";".join(("2", *VISIT[1:])) + "\n"

    report = bring_in("t.csv", rows, "table", mapping=folder / "m.yaml")

    assert "separator" not in mapping_of(folder / "t.csv")
    assert (report.created, report.rejected) == (1, 2)
    assert report.reasons[0].endswith("The row has 1 cells; the header has 6. Here semicolons part them.")


def test_of_several_sheets_the_first_that_is_shown_and_has_a_table_is_guessed(folder, countries):
    path = workbook(folder / "t.xlsx", ("Old", (HEADER, VISIT)), ("Read me", [["How to use this"]]),
                    ("Visits", (HEADER, VISIT)), ("More", (HEADER, VISIT)))  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)

    assert mapping_of(path)["sheet"] == "Visits"
    assert "# ??? Of the sheets Old (hidden), Read me, Visits, More this is Visits" in guess(path)


def test_the_first_sheet_that_is_shown_is_read(folder, countries):
    (folder / "m.yaml").write_text(VISITS)
    path = workbook(folder / "t.xlsx", ("Lists", [["a", "b"]]), ("Visits", (HEADER, VISIT)))
    book = openpyxl.load_workbook(path)
    book["Lists"].sheet_state = "hidden"
    book.active = 1
    book.save(path)

    assert import_events([path], "table", mapping=folder / "m.yaml").created == 1


def test_columns_without_a_name_or_with_one_name_have_their_letter(folder, countries, bring_in):
    (folder / "m.yaml").write_text(
        VISITS.replace("{from}", "{column B}").replace("{to}", "{to (column G)}").replace("{who}", "{who is  it}")
    )
    header = ("no", "", "start", "end", "who\nis it", "to", "to")

    report = bring_in(
        "v.csv", table(header, ("1", "Nowhere", "2018", "", "A", "x", "Syria")), "table", mapping=folder / "m.yaml"
    )
    rejects = folder / "v.rejects.csv"
    rejects.write_text(rejects.read_text().replace(",Nowhere,", ",PRK,"))

    assert report.rejected == 1
    assert import_events([rejects], "table", mapping=folder / "m.yaml").created == 1
    assert parties(Event.objects.get()) == ["host:Syria", "visitor:North Korea"]


def test_a_note_beside_a_spreadsheets_table_is_no_matter(folder, countries):
    (folder / "m.yaml").write_text(VISITS)
    rows = (HEADER, (*VISIT, "", "check"), ("2", *VISIT[1:4], "Nowhere", "Syria", "", "!"))
    path = workbook(folder / "t.xlsx", ("Visits", rows))

    report = import_events([path], "table", mapping=folder / "m.yaml")

    assert (report.created, report.rejected) == (1, 1)
    rejects = folder / "t.rejects.csv"
    rejects.write_text(rejects.read_text().replace("Nowhere", "Russia"))
    assert import_events([rejects], "table", mapping=folder / "m.yaml").created == 1


def test_a_table_beside_the_first_is_told_of_and_left_out(folder, countries):
    header = ("Date", "Country")
    rows = [(*header, "", *header), ("2018", "Syria", "", "2019", "Russia"), ("2017", "Russia", "", "", "")]
    (folder / "t.csv").write_text(table(*rows))

    text = guess(folder / "t.csv")

    assert "# ??? Date (column D) begins a second table" in text
    assert [party["country"] for party in yaml.safe_load(text)["participants"]] == ["{Country (column B)}"]


def test_years_as_names_of_columns_are_told_of(folder, countries):
    (folder / "t.csv").write_text(table(("Country", "2016", "2017", "2018"), ("Syria", "1", "2", "3")))

    assert "# ??? Columns are called 2016, 2017 …: where they tell of events, give each" in guess(folder / "t.csv")


def test_blank_cells_behind_a_row_of_csv_are_no_matter(folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS)
    rows = ",".join(HEADER) + "\n" + ",".join(VISIT) + ",,\n" + " , ,\u00a0,\n"

    assert vars_of(bring_in("v.csv", rows, "table", mapping=folder / "m.yaml")) == (1, 1, 0)


def vars_of(report):
    return report.read, report.created, report.rejected


def test_a_row_without_an_id_stays_the_same_where_rows_and_columns_change_places(folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS.replace("id: '{no}'\n", "").replace("claim: {locator: 'visit {no}'}\n", ""))
    other = ("2", "2018", "", "x", "Russia", "Syria")
    bring_in("v.csv", table(HEADER, VISIT, other), "table", mapping=folder / "m.yaml")

    moved = [("", *reversed(row)) for row in (HEADER, other, VISIT)]
    report = bring_in("v.csv", table(*moved), "table", mapping=folder / "m.yaml")

    assert (report.unchanged, report.created) == (2, 0)


def test_rows_without_ids_are_known_by_what_tells_them_apart(folder, countries):
    header = ("Date", "Visitor country", "Host country", "Purpose")
    rows = [("2018-06-04", "Syria", "Russia", "Talks"), ("2018-06-04", "North Korea", "Russia", "Talks")]
    path = folder / "v.csv"
    path.write_text(table(header, *rows))
    answers = mapping_of(path, kind="official-visit")
    (folder / "m.yaml").write_text(yaml.safe_dump(answers))

    first = import_events([path], "table", mapping=folder / "m.yaml")
    path.write_text(table((*header, "New"), ("2018-06-04", "Syria", "Russia", "On trade", "x"), (*rows[1], "y")))
    again = import_events([path], "table", mapping=folder / "m.yaml")

    assert answers["id"] == "{Date} {Visitor country} {Host country}"
    assert (first.created, again.created, again.updated, again.unchanged) == (2, 0, 1, 1)
    assert set(Event.objects.values_list("summary", flat=True)) == {"On trade", "Talks"}


def test_rows_in_other_letters_are_told_apart_too(folder, countries):
    path = folder / "v.csv"
    path.write_text(table(("日期", "国家"), ("2018", "朝鲜"), ("2018", "叙利亚")))

    assert mapping_of(path)["id"] == "{日期} {国家}"


def test_a_totals_row_is_rejected_for_what_it_lacks(folder, countries):
    (folder / "m.yaml").write_text(VISITS)
    rows = (HEADER, (1, datetime(2018, 6, 4), *VISIT[2:]), ("Total", None, None, 1))
    path = workbook(folder / "t.xlsx", ("Visits", rows))

    report = import_events([path], "table", mapping=folder / "m.yaml")

    assert report.created == 1
    assert report.reasons == ["t.xlsx:3: It has no date: the cells that the mapping takes it from are blank."]


def test_a_heading_between_the_rows_is_no_event(folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS)
    year, no_date = ("", "2018", "", "", "", ""), ("", "", "", "", "Syria", "")
    rows = table(HEADER, year, VISIT, ("2", "2019", "", "", "", ""), no_date)

    report = bring_in("v.csv", rows, "table", mapping=folder / "m.yaml")

    assert (report.created, report.rejected) == (2, 2)
    assert report.reasons[0] == "v.csv:2: Nothing but '2018' stands in the row: if it is no heading, fill in the rest."
    assert report.reasons[1].startswith("v.csv:5: It has no date")


def test_degrees_may_have_a_decimal_comma(folder, countries, bring_in):
    (folder / "m.yaml").write_text(VISITS + "place: {name: '{city}', latitude: '{lat}', longitude: '{long}'}\n")
    rows = table((*HEADER, "city", "lat", "long"), (*VISIT, "Damascus", "33,51", "-36,3"), (*VISIT, "x", "1,2,3", "4"))

    report = bring_in("v.csv", rows, "table", mapping=folder / "m.yaml")

    assert (Event.objects.get().latitude, Event.objects.get().longitude) == (33.51, -36.3)
    assert "latitude is '1,2,3'" in report.reasons[0]
