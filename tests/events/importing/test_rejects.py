"""Where rejected rows go: over nothing that is read, over no others, and over none that a person has mended."""

import os

import pytest

from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import VISITS, exported, ndjson, table

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to")
UNKNOWN = ("7", "2018", "", "Somebody", "North Korea", "Atlantis")
BAD = exported("bad", kind={"id": "none"})


def test_rejects_of_two_files_have_to_have_two_places(countries, folder):
    for year in ("2018", "2019"):
        (folder / year).mkdir()
        (folder / year / "visits.csv").write_text(table(HEADER, UNKNOWN))
    (folder / "m.yaml").write_text(VISITS)
    files = [folder / "2018/visits.csv", folder / "2019/visits.csv"]

    with pytest.raises(ImportRefused, match=r"would both be written to visits\.rejects\.csv"):
        import_events(files, "table", mapping=folder / "m.yaml")
    assert not (folder / "visits.rejects.csv").exists()
    for file in files:
        import_events([file], "table", mapping=folder / "m.yaml", rejects=file.parent)
        assert (file.parent / "visits.rejects.csv").read_text().count("\n") == 2


@pytest.mark.parametrize(
    ("options", "files"), [({}, ["e.ndjson", "e.rejects.ndjson"]), ({"rejects": "e.ndjson"}, ["e.ndjson"])]
)
def test_rejects_are_never_written_over_what_is_imported(options, files, countries, folder):
    for name in ("e.ndjson", "e.rejects.ndjson"):
        (folder / name).write_bytes(ndjson(exported("good"), BAD))

    with pytest.raises(ImportRefused, match="which is read by this import"):
        import_events([folder / name for name in files], "ndjson", **options)

    assert not Event.objects.exists()
    assert {path.name for path in folder.iterdir()} == {"e.ndjson", "e.rejects.ndjson"}


def test_rejects_are_never_written_over_the_mapping(countries, folder):
    (folder / "t.csv").write_text(table(HEADER, UNKNOWN))
    (folder / "m.yaml").write_text(VISITS)

    with pytest.raises(ImportRefused, match="which is read by this import"):
        import_events([folder / "t.csv"], "table", mapping=folder / "m.yaml", rejects=folder / "m.yaml")

    assert (folder / "m.yaml").read_text() == VISITS


@pytest.fixture
def ended(countries, folder):
    """An import of three rejected lines that was ended after the second; a function that goes on with it."""
    path, rejects = folder / "e.ndjson", folder / "e.rejects.ndjson"
    path.write_bytes(ndjson(*(exported(f"bad-{n}", kind={"id": "none"}) for n in range(3))))

    def stop(*told):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("events.importing.running.MOST_AT_ONCE", 2)
        with pytest.raises(KeyboardInterrupt):
            import_events([path], "ndjson", on_batch=stop)
    assert rejects.read_bytes().count(b"\n") == 2
    return rejects, lambda: import_events([path], "ndjson")


@pytest.mark.parametrize(
    "mend",
    [
        lambda text: text.replace('{"id":"none"}', '{"id":"agreement-signed"}'),
        lambda text: text.replace('{"id":"none"}', '{"id":"aid"}'),
        lambda text: text + text.splitlines(keepends=True)[0].replace("none", "talks"),
    ],
    ids=["longer", "shorter", "a line more"],
)
def test_what_was_mended_before_the_import_went_on_is_kept(mend, ended):
    rejects, go_on = ended
    mended = mend(rejects.read_text())
    rejects.write_text(mended)

    assert go_on().rejected == 3
    assert rejects.with_name("e.rejects.ndjson~").read_text() == mended
    lines = rejects.read_text().splitlines()
    assert [f'"id":"bad-{n}"' in line for n, line in enumerate(lines)] == [True] * 3


def test_an_import_that_goes_on_leaves_no_copy_where_nothing_was_done_to_the_rejects(ended, folder):
    _, go_on = ended
    go_on()

    assert {path.name for path in folder.iterdir()} == {"e.ndjson", "e.rejects.ndjson"}


def test_no_copy_of_earlier_rejects_is_written_over(countries, bring_in, folder):
    rejects = folder / "e.rejects.ndjson"
    for text in ("mended once\n", "mended twice\n", "mended twice\n", "mended thrice\n"):
        rejects.write_text(text)
        bring_in("e.ndjson", ndjson(BAD), "ndjson")

    kept = [rejects.with_name(f"{rejects.name}~{number}").read_text() for number in ("", "2", "3")]
    assert kept == ["mended once\n", "mended twice\n", "mended thrice\n"]
    assert rejects.read_text().count("\n") == 1


@pytest.mark.parametrize("make", [lambda path: path.symlink_to("/dev/zero"), os.mkfifo], ids=["device", "pipe"])
def test_what_is_no_file_is_neither_written_nor_deleted(make, countries, bring_in, folder):
    make(folder / "nowhere")

    with pytest.raises(ImportRefused, match="nowhere, which is no file"):
        bring_in("e.ndjson", ndjson(BAD), "ndjson", rejects="nowhere")

    assert os.path.lexists(folder / "nowhere")
