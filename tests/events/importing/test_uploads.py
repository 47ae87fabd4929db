"""Files handed in at the desk: tried, imported, broken off and taken up again."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from events.importing.uploads import GONE_AFTER, ask_for, receive, take, work_on, work_through
from events.models import Event, ImportRun, Upload, UploadPart
from tests.events.importing.files import VISITS, exported, ndjson, table

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to")
KNOWN = ("1", "2018-06-04", "", "An envoy", "PRK", "SYR")
UNKNOWN = ("2", "2018-06-05", "", "An envoy", "QQQ", "SYR")


class Killed(BaseException):
    """Stands for a process that is gone."""


@pytest.fixture
def hand_in(countries):
    """A function that hands in a file, which waits to be tried."""

    def received(name, content, format, **options):  # noqa: A002
        upload = Upload(file=name, format=format, **options)
        receive(upload, [content.encode() if isinstance(content, str) else content])
        return upload

    return received


def worked_through(upload):
    work_through()
    upload.refresh_from_db()
    return upload


def imported(upload):
    worked_through(upload)
    assert ask_for(upload, Upload.State.IMPORTING)
    return worked_through(upload)


def rejects_of(upload):
    return b"".join(upload.content(UploadPart.Of.REJECTS)).decode()


def test_a_file_is_tried_first_and_nothing_is_written(hand_in):
    upload = worked_through(hand_in("visits.csv", table(HEADER, KNOWN, UNKNOWN), "table", mapping=VISITS))

    assert upload.state == "tried"
    assert (upload.report["read"], upload.report["created"], upload.report["rejected"]) == (2, 1, 1)
    assert upload.report["reasons"] == ["3: The record knows no country 'QQQ'."]
    assert "QQQ" in rejects_of(upload)
    assert not Event.objects.exists()
    assert not ImportRun.objects.exists()


def test_what_was_tried_is_imported_in_the_name_of_who_handed_it_in(hand_in):
    from events.recording import record_changed

    user, told = get_user_model().objects.create_user("an-editor"), []
    record_changed.connect(lambda unit, **_: told.append((unit.user, unit.reason)), weak=False, dispatch_uid="test")
    try:
        upload = imported(hand_in("visits.csv", table(HEADER, KNOWN, UNKNOWN), "table", mapping=VISITS, user=user))
    finally:
        record_changed.disconnect(dispatch_uid="test")

    assert upload.state == "imported"
    assert upload.report["created"] == 1
    assert (user, "Imported from visits.csv, from row 1 on") in told
    assert Event.objects.get().review == "in_review"
    assert rejects_of(upload).count("\n") == 2  # the header and one row: what trying had rejected is gone


def test_the_file_goes_once_it_is_imported_and_the_rejects_stay(hand_in):
    upload = imported(hand_in("visits.csv", table(HEADER, KNOWN, UNKNOWN), "table", mapping=VISITS))

    assert not list(upload.content(UploadPart.Of.FILE))
    assert upload.has_rejects


def test_events_are_published_only_where_that_is_said(hand_in):
    imported(hand_in("a.ndjson", ndjson(exported("held")), "ndjson"))
    imported(hand_in("b.ndjson", ndjson(exported("shown")), "ndjson", publishing="publish"))

    assert dict(Event.objects.values_list("slug", "review")) == {"held": "in_review", "shown": "published"}


def test_a_table_without_a_mapping_gets_a_guess_and_waits(hand_in):
    upload = hand_in("visits.csv", table(("id", "date", "country"), ("1", "2018", "SYR")), "table")
    assert (upload.state, upload.mapping) == ("trying", "")  # others wait to write as long as a file is received

    worked_through(upload)
    assert upload.state == "new"
    assert "country: '{country}'" in upload.mapping
    assert take() is None


@pytest.mark.parametrize(
    ("name", "content", "format", "options", "words"),
    [
        ("a.csv", "no,start\n", "ndjson", {}, "a.csv is not what --format ndjson says"),
        ("a.csv", b"\xff\xfen\0", "table", {"mapping": VISITS}, "write encoding: utf-16 in the mapping"),
        ("a.csv", "no,start\n1,2018\n", "table", {"mapping": "kind: {"}, "a.csv.mapping.yaml is no YAML"),
        ("a.xlsx", "no,start\n", "table", {}, "it is no XLSX, whatever its name says"),
    ],
)
def test_a_file_that_is_not_what_it_is_said_to_be_is_refused_with_the_reason(
    hand_in, name, content, format, options, words  # noqa: A002
):  # fmt: skip
    upload = worked_through(hand_in(name, content, format, **options))

    assert upload.state == "refused"
    assert words in upload.error
    assert "/tmp" not in upload.error


def test_what_was_refused_is_tried_again_with_another_mapping(hand_in):
    upload = worked_through(hand_in("a.csv", table(HEADER, KNOWN), "table", mapping="kind: summit"))
    upload.mapping = VISITS
    upload.save()

    assert ask_for(upload, Upload.State.TRYING)
    assert worked_through(upload).state == "tried"


def test_nothing_is_imported_that_was_not_tried(hand_in):
    upload = hand_in("a.ndjson", ndjson(exported("an-event")), "ndjson")

    assert not ask_for(upload, Upload.State.IMPORTING)


def test_a_name_may_lead_nowhere_else(hand_in):
    upload = hand_in("../../etc/../" + "x" * 250 + ".ndjson", ndjson(exported("an-event")), "ndjson")

    assert worked_through(upload).state == "tried"


def test_a_file_may_be_called_like_one_of_rejects(hand_in):
    for name in ("rejects.csv", "rejects", "visits.rejects.csv"):
        upload = imported(hand_in(name, table(HEADER, KNOWN, UNKNOWN), "table", mapping=VISITS))

        assert (upload.state, upload.error) == ("imported", "")
        assert "QQQ" in rejects_of(upload)


def test_one_at_a_time_works_on_an_upload(hand_in):
    upload = hand_in("a.ndjson", ndjson(exported("an-event")), "ndjson")

    assert take() == upload
    assert take() is None
    Upload.objects.update(worked_on=timezone.now() - GONE_AFTER - timedelta(seconds=1))
    assert take() == upload


def test_an_import_that_was_broken_off_goes_on_where_it_was(hand_in):
    """Two batches; the process is gone after the first."""
    unknown = {"participants": [{"role": "party", "country": {"id": "QQQ"}}]}
    content = ndjson(*(exported(f"event-{n}", **(unknown if n % 500 == 7 else {})) for n in range(1_200)))
    upload = worked_through(hand_in("a.ndjson", content, "ndjson"))
    tried, tried_rejects = upload.report, rejects_of(upload)
    ask_for(upload, Upload.State.IMPORTING)

    def die(_):
        raise Killed

    with pytest.raises(Killed):
        work_through(on_batch=die)
    upload.refresh_from_db()
    assert (upload.state, upload.rows, Event.objects.count()) == ("importing", 1_000, 998)
    Upload.objects.update(worked_on=None)
    upload = worked_through(upload)

    assert upload.state == "imported"
    assert Event.objects.count() == 1_197
    assert {name: upload.report[name] for name in ("read", "created", "rejected")} == {
        name: tried[name] for name in ("read", "created", "rejected")
    }
    assert rejects_of(upload) == tried_rejects
    assert ImportRun.objects.count() == 1


def test_two_who_import_the_same_do_not_refuse_it(hand_in):
    """The second takes over from one who was only slow, who then finds that it went on without it."""
    content = ndjson(*(exported(f"event-{n}") for n in range(1_200)))
    upload = worked_through(hand_in("a.ndjson", content, "ndjson"))
    ask_for(upload, Upload.State.IMPORTING)
    slow = take()

    def meanwhile(_):
        Upload.objects.filter(worked_on__isnull=False).update(worked_on=timezone.now() - GONE_AFTER * 2)
        work_through()

    work_on(slow, meanwhile)
    upload.refresh_from_db()

    assert (upload.state, upload.error, Event.objects.count()) == ("imported", "", 1_200)


def test_a_mistake_of_ours_ends_one_upload_and_not_the_others(hand_in, monkeypatch, caplog):
    broken = hand_in("a.ndjson", ndjson(exported("an-event")), "ndjson")
    sound = hand_in("b.ndjson", ndjson(exported("another")), "ndjson")

    def fail_once(upload, on_batch):
        if upload.pk == broken.pk:
            raise RuntimeError
        work_on(upload, on_batch)

    monkeypatch.setattr("events.importing.uploads.work_on", fail_once)
    assert work_through() == 2

    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, sound.state) == ("refused", "tried")
    assert "log" in broken.error
    assert "broke off" in caplog.text


def test_the_command_works_through_what_waits(hand_in, capsys):
    upload = hand_in("a.ndjson", ndjson(exported("an-event")), "ndjson")

    call_command("run_imports")
    upload.refresh_from_db()

    assert upload.state == "tried"
    assert "1 files done." in capsys.readouterr().out
