from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.erasing import erase_event
from events.loading.applying import load_record
from events.loading.blocks import block_of
from events.loading.writing import FolderInUse, dump_record
from events.merging import merge_events
from events.models import Address, Event, Kind
from events.recording import recording
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[3] / "fixtures"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_loading_and_dumping_gives_the_same_bytes(folder, tmp_path):
    load_record([folder])

    dump_record(tmp_path / "dump")

    assert contents(tmp_path / "dump") == contents(folder)


def test_loading_and_dumping_the_fixtures_gives_the_same_bytes(tmp_path):
    load_record([FIXTURES])

    dump_record(tmp_path / "dump")

    assert contents(tmp_path / "dump") == contents(FIXTURES)


def test_a_kind_is_written_only_where_it_differs_from_the_vocabulary(tmp_path):
    with recording(None, "a kind of our own"):
        kind = Kind.objects.get(slug="summit")
        kind.label = "Top-level meeting"
        kind.save()

    assert dump_record(tmp_path) == {"kinds.yaml": 1}
    assert "Top-level meeting" in (tmp_path / "kinds.yaml").read_text()


def test_a_dump_replaces_an_earlier_one_but_mixes_with_nothing_else(folder, tmp_path):
    load_record([folder])
    dump_record(folder)
    (folder / "notes.txt").write_text("mine")

    with pytest.raises(FolderInUse, match=r"notes\.txt"):
        dump_record(folder)
    with pytest.raises(CommandError, match=r"notes\.txt"):
        call_command("dump_record", str(folder))
    with pytest.raises(FolderInUse, match="is a file"):
        dump_record(folder / "events.yaml")


def test_a_file_that_cannot_be_written_leaves_the_earlier_dump_whole(folder, monkeypatch):
    load_record([folder])
    before = contents(folder)
    (folder / "sources.yaml.writing").mkdir()

    with pytest.raises(OSError, match=r"sources\.yaml"):
        dump_record(folder)

    (folder / "sources.yaml.writing").rmdir()
    assert contents(folder) == before


def test_a_merged_event_is_written_and_read_with_its_survivor(tmp_path):
    loser, survivor = EventFactory(slug="a-loser", claimed=["reports"]), EventFactory(slug="b-survivor")
    merge_events(loser, survivor, None)
    before = block_of(Event.objects.get(slug="a-loser"))
    dump_record(tmp_path / "dump")
    erase_event(Event.objects.get(pk=survivor.pk), None, "To be read again.")
    Address.objects.filter(resource="events").delete()

    load_record([tmp_path / "dump"])

    assert before["merged_into"] == "b-survivor"
    assert block_of(Event.objects.get(slug="a-loser")) == before
