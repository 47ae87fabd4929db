"""A file that is not what it is said to be is refused, with the reason, before anything is written."""

import csv
import io
import re

import pytest

from events.importing.exported_csv import READ
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event, ImportRun
from tests.events.importing.files import VISITS, exported, gdelt, icews, ndjson, table

pytestmark = pytest.mark.django_db

GOOD = gdelt() + gdelt(GLOBALEVENTID="700000002")
ROWS = icews({}, {"Event ID": "2"})


def own_csv(*dates, latitude="39.03"):
    rest = ("", "talks", "", "", latitude, "125.7", "party:PRK", "50", "reports:x")
    return table(READ, *((f"talks-{number}", "Talks", "", date, *rest) for number, date in enumerate(dates)))


def with_commas(text):
    copy = io.StringIO()
    csv.writer(copy).writerows(line.split("\t") for line in text.splitlines())
    return copy.getvalue()


def as_spreadsheets_quote(text):
    return re.sub("[^\t\n]*,[^\t\n]*", r'"\g<0>"', text)


def zeros_lost(text):
    return "\n".join(
        "\t".join(cell.lstrip("0") if cell.isdigit() else cell for cell in line.split("\t"))
        for line in text.splitlines()
    )


@pytest.mark.parametrize(
    ("content", "form", "why"),
    [
        (with_commas(GOOD), "gdelt2", "parted by commas, not by tabs"),
        (GOOD.replace("\t", ";"), "gdelt2", "parted by semicolons, not by tabs"),
        (GOOD.replace("\n", "\r"), "gdelt2", "its rows end in carriage returns alone"),
        (zeros_lost(GOOD), "gdelt2", "codes were turned to numbers (40 for 040; 2 such rows)"),
        (GOOD, "gdelt1", "61 columns, not 58 or 57: it is --format gdelt2"),
        (GOOD.replace("20180604", "4/6/2018"), "gdelt2", "SQLDATE is a day as 20180604"),
        (with_commas(ROWS), "icews", "parted by commas, not by tabs"),
        (zeros_lost(ROWS), "icews", "codes were turned to numbers (40 for 040; 2 such rows)"),
        (ROWS.replace("Story ID", "Story"), "icews", "the header lacks Story ID"),
        (ROWS.replace("2018-06-04", "04/06/2018"), "icews",
         "Event Date is a day as 2018-06-04, but '04/06/2018' on line 2, and so on in 2 of 2 rows"),
        (GOOD, "icews", "the header lacks Event ID, "),
        ("rejected_file\trejected_line\trejected_because\n", "icews", "the header lacks Event ID, "),
        (ROWS.replace("Event ID", "No\tEvent ID"), "icews", "the header has besides 'No'. It has the 20 columns"),
        (re.sub("[^\t\n]+", r'"\g<0>"', ROWS), "icews", "its cells, or its lines, stand in quotation marks"),
        (re.sub(".+", r'"\g<0>"', ROWS), "icews", "its cells, or its lines, stand in quotation marks"),
        (as_spreadsheets_quote(ROWS), "icews", """but '"Foreign Ministry,Executive,Government"' on line 2"""),
        (as_spreadsheets_quote(GOOD), "gdelt2",
         "ActionGeo_FullName is text without quotation marks around it, but '\"Damascus, Syria\"' on line 1"),
        (ROWS.replace("33.5", "33,5"), "icews", "Latitude is a number with a point, as in 39.03, but '33,5'"),
        (ROWS.replace("\t11\t", "\t1.1E+01\t"), "icews", "Story ID is a whole number, or NA, but '1.1E+01' on line 2"),
        (GOOD.replace("33.5", "33,5"), "gdelt2", "ActionGeo_Lat is a number with a point, as in 39.03, but '33,5'"),
        (GOOD.replace("70000000", "7.00E+0"), "gdelt2", "GLOBALEVENTID is a whole number, but '7.00E+01' on line 1"),
        (GOOD.replace("\t040\t", "\t20\t"), "gdelt2", "EventCode is text of three or four digits, as in 040, but '20'"),
        (GOOD.replace("20180605120000", "2,01806E+13"), "gdelt2", "DATEADDED is a moment as 20180604120000, but"),
        (GOOD + "1\t2\n" * 3, "gdelt2", "a row has 61 cells, but 2 on line 3, and so on in 3 of 5 rows"),
        (ROWS.replace("District\t", "").replace("Damascus\tNA", "Damascus"), "icews", "the header lacks District"),
        (ndjson(exported("one")), "csv", "line 1 is no CSV"),
        ("id,title\none,Talks\n", "csv", "is missing"),
        (own_csv("1966", "4/6/2018", "5/6/2018"), "csv", "date is a date as 2018-06-04, but '4/6/2018' on line 3"),
        (own_csv("43255"), "csv", "date is a date as 2018-06-04, but '43255' on line 2, and so on in 1 of 1 rows"),
        (own_csv("1966", latitude="39,03"), "csv", "latitude is a number with a point, as in 39.03, but '39,03'"),
        (own_csv("1966", "2018-06-04").replace(",", ";"), "csv", "parted by semicolons, not by commas"),
        ("id,title\none,Talks\n", "ndjson", "a line is one JSON object"),
        (b"[" + ndjson(exported("one")) + b"]", "ndjson", "a line is one JSON object"),
        ("", "ndjson", "it is empty"),
        (GOOD.encode("utf-16"), "gdelt2", "save it as UTF-8"),
        (b"PK\x03\x04" + GOOD.encode(), "gdelt2", "is packed, and damaged"),
    ],
)
def test_a_file_that_is_something_else_is_refused(content, form, why, countries, bring_in):
    with pytest.raises(ImportRefused) as refusal:
        bring_in("file", content, form)

    assert why in str(refusal.value)
    assert "Nothing was imported" in str(refusal.value)
    assert not Event.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("mapping", "content", "why"),
    [
        (VISITS, table(("no", "start", "end", "who", "from", "too")), "names a column 'to'"),
        (VISITS, "no;start;end;who;from;to\n", "parted by semicolons, not by commas"),
        (VISITS.replace("kind: official-visit", "kind: {text: '{code}', cameo: yes}"),
         "no,start,end,who,from,to,code\n1,2018,2018,x,SYR,PRK,40\n", "turned to numbers (40 for 040"),
        (VISITS.replace("kind:", "kindd:"), "no\n", "no key “kindd”. Did you mean “kind”?"),
        (VISITS.replace("{role: host, country: '{to}'}", "{role: host}"), "no\n", "participant 2 needs a role"),
        (VISITS.replace(", accessed: '2020-01-01'", ""), "no\n", "dataset needs the date"),
        (VISITS.replace("if_known: yes", "if_known: maybe"), "no\n", "if_known is yes or no"),
        ("[", "no\n", "is no YAML"),
        (VISITS + "kind: state-visit\n", "no\n", "is no YAML: kind stands twice"),
        (VISITS + "? [a, b]\n: c\n", "no\n", "is no YAML"),
        (VISITS.replace("'{to}'}\nclaim", "{to}}\nclaim"), "no\n",
         "no key “to”. If a column is meant, put it in quotation marks: '{to}'"),
        (VISITS.replace("{from: '{start}', to: '{end}'}", "{from}"), "no\n", "quotation marks: '{from}'"),
        (VISITS.replace("id: visits", "id: Our visits"), "no\n", "dataset: 'Our visits' is no id"),
        (VISITS.replace("publisher: historians", "publisher: Le Monde"), "no\n",
         "the publisher is an id, as in le-monde, and 'Le Monde' is none"),
        (VISITS.replace("2020-01-01", "1.1.2020"), "no\n", "dataset: The source 'visits' was accessed '1.1.2020'"),
        (VISITS.replace("accessed: '2020-01-01'", "published: 1.1.2020"), "no\n",
         "dataset: The source 'visits', published: '1.1.2020' cannot be read"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_fit_its_mapping_is_refused(mapping, content, why, countries, bring_in, folder):
    (folder / "m.yaml").write_text(mapping)

    with pytest.raises(ImportRefused) as refusal:
        bring_in("t.csv", content, "table", mapping=folder / "m.yaml")

    assert why in str(refusal.value)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"format": "table"}, "needs --mapping"),
        ({"format": "ndjson", "mapping": "m.yaml"}, "--mapping goes with table"),
        ({"format": "ndjson", "dataset": "x"}, "--dataset goes with"),
        ({"format": "xml"}, "no format 'xml'"),
        ({"format": "ndjson", "rejects": "e.ndjson"}, "which is read by this import"),
        ({"format": "ndjson", "rejects": "no/such/folder/x"}, "cannot be written"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options, why, folder, countries):
    (folder / "e.ndjson").write_bytes(ndjson(exported("one")))

    with pytest.raises(ImportRefused, match=why):
        import_events([folder / "e.ndjson"], **options)


def test_of_two_files_none_is_imported_where_one_is_refused(folder, countries):
    (folder / "good.ndjson").write_bytes(ndjson(exported("one")))
    (folder / "bad.ndjson").write_text("{}\n")

    with pytest.raises(ImportRefused, match=r"bad\.ndjson"):
        import_events([folder / "good.ndjson", folder / "bad.ndjson"], "ndjson")

    assert not Event.objects.exists()


def test_a_row_of_another_width_is_refused_alone(countries, bring_in, folder):
    report = bring_in("e.CSV", GOOD + "1\t2\t3\n", "gdelt2")

    assert (report.created, report.merged, report.rejected) == (1, 1, 1)
    assert (folder / "e.rejects.tsv").read_text().endswith("The row has 3 cells; the header has 61.\t1\t2\t3\n")
