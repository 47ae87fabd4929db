"""Packed files are read as what is in them: GDELT publishes one ZIP a day, or a quarter of an hour."""

import gzip
import io
import zipfile

import pytest

from events.importing import packing
from events.importing.guessing import guess
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event, ImportRun
from tests.events.importing.files import VISITS, exported, gdelt, gdelt1, icews, ndjson, table

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to")
UNKNOWN = gdelt(GLOBALEVENTID="700000002", EventCode="042", Actor1CountryCode="QQQ")
OWN_HEADER = ("id", "title", "summary", "date", "date_reason", "kind", "place", "place_country", "latitude",
              "longitude", "participants", "importance", "claims")  # fmt: skip
FILES = {
    "ndjson": ndjson(exported("one")),
    "csv": table(OWN_HEADER, ("1", "Talks", "", "2018", "", "talks", *[""] * 4, "party:PRK", "", "reports:s")).encode(),
    "gdelt1": gdelt1().encode(),
    "gdelt2": gdelt().encode(),
    "icews": icews({}).encode(),
    "table": table(HEADER, ("1", "2018", "", "x", "PRK", "SYR")).encode(),
}


def zipped(*contents, names=("e.CSV", "b.txt"), method=zipfile.ZIP_DEFLATED):
    """A ZIP of files with these *contents*."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in zip(names, contents, strict=False):
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def bring(folder, countries, bring_in):
    """A function that imports a packed file of any format."""
    from tests.factories import SourceFactory

    SourceFactory(slug="s")
    (folder / "m.yaml").write_text(VISITS)

    def bring_in_by_mapping(name, content, format, **options):  # noqa: A002
        mapping = {"mapping": folder / "m.yaml"} if format == "table" else {}
        return bring_in(name, content, format, **mapping, **options)

    return bring_in_by_mapping


@pytest.mark.parametrize("format", FILES)
def test_every_format_is_read_out_of_zip_and_gzip(bring, format):  # noqa: A002
    content = FILES[format]

    assert bring("a.zip", zipped(content), format).created == 1
    assert bring("b.gz", gzip.compress(content), format).unchanged == 1
    assert bring("c.csv", content, format).unchanged == 1


def test_what_macos_puts_beside_a_file_is_passed_over(bring):
    names = ("events/", "events/e.CSV", "__MACOSX/events/._e.CSV", "events/.DS_Store")

    assert bring("e.zip", zipped("", gdelt(), "x", "x", names=names), "gdelt2").created == 1


@pytest.mark.parametrize(
    ("name", "rejects"),
    [("20180604.export.CSV.zip", "20180604.export.rejects.tsv"), ("2018.zip", "2018.rejects.tsv"),
     ("events.2016.zip", "events.2016.rejects.tsv"), ("E.TAB.GZ", "E.rejects.tsv"), (".csv.gz", ".csv.rejects.tsv")],
)  # fmt: skip
def test_rejects_are_called_as_if_the_file_were_not_packed_and_can_be_imported(bring, folder, name, rejects):
    pack = gzip.compress if name.lower().endswith(".gz") else lambda content: zipped(content)
    report = bring(name, pack((gdelt() + "\n" + UNKNOWN).encode()), "gdelt2")

    assert report.rejects == [rejects]
    assert report.reasons[0].startswith(f"{name}:3: ")
    mended = (folder / rejects).read_text().replace("QQQ", "RUS")
    assert bring("mended.tsv", mended, "gdelt2").created == 1


def test_an_ended_import_of_a_packed_file_goes_on(bring, folder):
    rows = "".join(gdelt(GLOBALEVENTID=str(number), SQLDATE=f"{1900 + number // 20}0101") for number in range(1_500))

    def stop(*told):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring("e.CSV.zip", zipped(rows), "gdelt2", on_batch=stop)
    told = []
    report = bring("e.CSV.gz", gzip.compress(rows.encode()), "gdelt2", on_batch=lambda *batch: told.append(batch[1]))

    assert told == [1_500]
    assert (report.read, report.created + report.merged, report.unchanged) == (1_500, 1_500, 0)
    assert ImportRun.objects.count() == 1


def turned(content):
    """*content* with a byte of what is packed in it turned."""
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


ROWS = "".join(gdelt(GLOBALEVENTID=str(number), Actor1Name=str(number**2)) for number in range(3_000)).encode()
PACKED = zipped(ROWS)
OFFICE = zipped("", "", names=("[Content_Types].xml", "xl"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (PACKED[: len(PACKED) // 2], "is packed, and damaged (File is not a zip file): fetch it anew"),
        (turned(PACKED), "is packed, and damaged ("),
        (turned(zipped(ROWS, method=zipfile.ZIP_BZIP2)), "is packed, and damaged (Invalid data stream)"),
        (PACKED[:-6] + b"\xff" * 4 + PACKED[-2:], "is packed, and damaged ("),
        (gzip.compress(ROWS)[:-2_000], "is packed, and damaged ("),
        (turned(gzip.compress(ROWS)), "is packed, and damaged ("),
        (gzip.compress(ROWS) + b"rest", "is packed, and damaged (Not a gzipped file (b're'))"),
        (zipped("", ""), "is a ZIP with 2 files (e.CSV, b.txt) in it, where one is wanted: unpack it"),
        (zipped(*[""] * 7, names="abcdefg"), "7 files (a, b, c, d, e, …)"),
        (zipped(), "is a ZIP with no file in it"),
        (zipped(PACKED), "packed twice: save it as text"),
        (gzip.compress(OFFICE), "it is a spreadsheet or another office document"),
        (OFFICE, "it is a spreadsheet or another office document"),
        (gzip.compress(b"e.CSV".ljust(257, b"\0") + b"ustar" + b"x" * 600), "it is a TAR archive: unpack it"),
        (gzip.compress(b""), "it is empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # what is packed has the time in it
)  # fmt: skip
def test_what_is_damaged_or_no_single_file_is_refused_before_anything_is_written(bring, content, why):
    with pytest.raises(ImportRefused) as refusal:
        bring("e.CSV.zip", content, "gdelt2")

    assert why in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was imported.")
    assert not Event.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_zip_with_a_password_is_refused(bring):
    content = bytearray(zipped(ROWS))
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(ImportRefused, match=r"cannot be unpacked here .+password"):
        bring("e.zip", bytes(content), "gdelt2")


@pytest.mark.parametrize("line", [1_000, 10_000_000])
def test_what_unpacks_to_more_than_any_table_is_refused(bring, monkeypatch, line):
    monkeypatch.setattr(packing, "ALWAYS_ALLOWED", 2 * 2**20)
    monkeypatch.setattr(packing, "MOST_IN_A_LINE", 2**20)
    content = gdelt().encode() + (b"x" * line + b"\n") * (10_000_000 // line)

    with pytest.raises(ImportRefused, match="unpacks to more than 200 times its size, or to a line of more than 1 MB"):
        bring("e.gz", gzip.compress(content), "gdelt2")
    assert not Event.objects.exists()


def test_a_packed_table_is_guessed_and_other_encodings_are_read(folder, bring):
    text = table(HEADER, ("1", "2018-06-04", "", "Äbc", "PRK", "SYR"))
    (folder / "visits.csv.zip").write_bytes(zipped(text.encode("windows-1252")))

    mapping = guess(folder / "visits.csv.zip")

    assert "id: visits\n" in mapping
    assert "encoding: windows-1252" in mapping
    (folder / "m.yaml").write_text(VISITS + "encoding: windows-1252\n")
    assert import_events([folder / "visits.csv.zip"], "table", mapping=folder / "m.yaml").created == 1
    assert Event.objects.get().title == "Visit of Äbc to SYR"


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(content)])
def test_a_spreadsheet_that_is_packed_once_more_is_to_be_unpacked(bring, pack):
    with pytest.raises(ImportRefused, match=r"it is (a packed spreadsheet|packed, and no XLSX): unpack it"):
        bring("visits.zip", pack(OFFICE), "table")
