"""Importing at the desk, page by page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from events.importing.uploads import work_through
from events.models import Event, Upload
from tests.events.importing.files import VISITS, exported, ndjson, table
from tests.factories import CountryFactory, KindFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

ROWS = table(("no", "start", "end", "who", "from", "to"), ("1", "2018-06-04", "", "An envoy", "PRK", "SYR"),
             ("2", "2018", "", "An envoy", "QQQ", "SYR"))  # fmt: skip


@pytest.fixture(autouse=True)
def known():
    CountryFactory(code="PRK")
    CountryFactory(code="SYR")


@pytest.fixture
def hand_in():
    """A function that hands a file in by a browser; the upload and the answer."""

    def send(browser, name="visits.csv", content=ROWS, format="table", **fields):  # noqa: A002
        values = {"format": format, "mapping": "", "dataset": "", "publishing": "review"} | fields
        values["content"] = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        answer = browser.post(reverse("admin:events_upload_add"), values, follow=True)
        return Upload.objects.order_by("pk").last(), answer

    return send


def press(browser, upload, button, **fields):
    values = {name: getattr(upload, name) for name in ("format", "mapping", "dataset", "publishing")}
    return browser.post(page(upload), values | fields | {button: "x"}, follow=True)


def page(upload):
    return reverse("admin:events_upload_change", args=[upload.pk])


def test_from_a_table_to_events(editor, hand_in):
    upload, answer = hand_in(editor)
    assert answer["Refresh"] == "2"
    work_through()
    assert "answer what stands behind ???" in editor.get(page(upload)).content.decode()

    answer = press(editor, upload, "_try", mapping=VISITS)
    assert answer["Refresh"] == "2"
    work_through()
    answer = editor.get(page(upload))
    assert "Refresh" not in answer
    assert "line 3: The record knows no country &#x27;QQQ&#x27;." in answer.content.decode()
    assert not Event.objects.exists()

    upload.refresh_from_db()
    press(editor, upload, "_import")
    work_through()
    assert Event.objects.get().title == "Visit of An envoy to SYR"

    rejects = editor.get(reverse("admin:events_upload_rejects", args=[upload.pk]))
    assert rejects["Content-Disposition"] == 'attachment; filename="visits.rejects.csv"'
    assert b"QQQ" in rejects.getvalue()


def test_what_was_changed_since_it_was_tried_is_tried_once_more_first(editor, hand_in):
    upload, _ = hand_in(editor, mapping=VISITS)
    work_through()
    upload.refresh_from_db()
    assert upload.has_rejects

    answer = press(editor, upload, "_import", mapping=VISITS.replace("visitor", "initiator"))

    assert "try it once more first" in answer.content.decode()
    assert not upload.has_rejects, "the rows that another mapping rejected are offered still"
    upload.refresh_from_db()
    assert upload.state == "new"


def test_an_import_that_nobody_gets_on_with_says_what_is_missing(editor, hand_in):
    upload, _ = hand_in(editor, mapping=VISITS)
    Upload.objects.update(created="2018-06-04T00:00:00Z")

    assert "manage.py run_imports" in editor.get(page(upload)).content.decode()


def test_an_import_says_that_it_waits_until_there_is_a_number_of_rows(editor, hand_in):
    hand_in(editor, mapping=VISITS)
    upload, _ = hand_in(editor, mapping=VISITS)
    said = editor.get(page(upload)).content.decode()
    assert "It waits for its turn: 1 import before it." in said
    assert "of about" not in said
    assert "waits" in editor.get(reverse("admin:events_upload_changelist")).content.decode()

    Upload.objects.filter(pk=upload.pk).update(worked_on=timezone.now())
    assert "no row is done yet" in editor.get(page(upload)).content.decode()
    Upload.objects.filter(pk=upload.pk).update(rows=1, total=2)
    assert "1 of about 2 rows" in editor.get(page(upload)).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"format": "gdelt2", "mapping": VISITS}, "A mapping goes with table"),
        ({"format": "ndjson", "dataset": "gdelt"}, "It goes with gdelt1, gdelt2, icews"),
        ({"format": "xml"}, "not one of the available choices"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_field(editor, hand_in, fields, words):
    upload, answer = hand_in(editor, **fields)

    assert upload is None
    assert words in answer.content.decode()


def test_a_file_that_is_too_large_is_sent_to_the_command_line(editor, hand_in, monkeypatch):
    monkeypatch.setattr("events.admin.imports.MOST_UPLOADED", 10)

    upload, answer = hand_in(editor)

    assert upload is None
    assert "manage.py import_events" in answer.content.decode()


def test_who_may_not_write_events_may_try_and_not_import(permitted, hand_in):
    browser = permitted("add_upload", "change_upload", "view_upload")
    upload, _ = hand_in(browser, mapping=VISITS)
    work_through()
    upload.refresh_from_db()

    assert b'name="_import"' not in browser.get(page(upload)).content
    assert press(browser, upload, "_import").status_code == 403
    assert not Event.objects.exists()


def test_who_may_not_publish_cannot_have_events_published(permitted, hand_in):
    browser = permitted("add_upload", "change_upload", "view_upload", "add_event", "change_event")
    KindFactory()
    OrganizationFactory(slug="a-paper")

    upload, answer = hand_in(browser, "a.ndjson", ndjson(exported("an-event")), "ndjson", publishing="publish")

    assert upload is None
    assert "not one of the available choices" in answer.content.decode()


def test_who_may_not_publish_cannot_import_what_another_wants_published(permitted, hand_in, editor):
    upload, _ = hand_in(editor, "a.ndjson", ndjson(exported("an-event")), "ndjson", publishing="publish")
    work_through()
    upload.refresh_from_db()
    assert b'name="_import"' in editor.get(page(upload)).content

    browser = permitted("add_upload", "change_upload", "view_upload", "add_event", "change_event")
    browser.post(page(upload), {"format": "ndjson", "publishing": "publish", "_import": "x"})
    work_through()
    upload.refresh_from_db()

    assert b'name="_import"' not in browser.get(page(upload)).content
    assert upload.state == "tried"


@pytest.mark.parametrize("name", ["add", "changelist"])
def test_who_has_no_right_to_imports_does_not_get_there(permitted, name):
    assert permitted("view_event").get(reverse(f"admin:events_upload_{name}")).status_code == 403


def test_rejects_are_for_those_who_may_look_at_the_import(permitted, hand_in, editor):
    upload, _ = hand_in(editor, mapping=VISITS)
    work_through()
    address = reverse("admin:events_upload_rejects", args=[upload.pk])

    assert editor.get(address).status_code == 200
    assert editor.get(reverse("admin:events_upload_rejects", args=[upload.pk + 1])).status_code == 404
    assert permitted("view_event").get(address).status_code == 403


def test_an_import_under_way_is_not_deleted(editor, hand_in):
    upload, _ = hand_in(editor, mapping=VISITS)
    address = reverse("admin:events_upload_delete", args=[upload.pk])

    assert editor.post(address, {"post": "yes"}).status_code == 403
    work_through()
    editor.post(address, {"post": "yes"})
    assert not Upload.objects.exists()


def test_what_a_file_is_has_to_be_said(editor, hand_in):
    page_to_hand_in = editor.get(reverse("admin:events_upload_add")).content.decode()
    upload, answer = hand_in(editor, format="")

    assert '<option value="" selected>Choose what the file is</option>' in page_to_hand_in
    assert '<option value="table">table: any other table, as CSV or XLSX</option>' in page_to_hand_in
    assert (upload, answer.context["adminform"].form.errors["format"]) == (None, ["This field is required."])


def test_a_table_as_excel_writes_it_gets_a_mapping_with_its_encoding(editor, hand_in):
    upload, _ = hand_in(editor, "visits.csv", "Besuche;\nNr;Länder\n1;Syrien\n".encode("cp1252"))
    work_through()
    upload.refresh_from_db()

    assert upload.state == "new"
    assert "separator: ;\nencoding: windows-1252\nheader: 2" in upload.mapping
    assert "Is “Länder” written so?" in editor.get(page(upload)).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("visits.csv", b"Nr;Land\0er\n1;Syrien\n", "a NUL character: take it out"),
        ("visits.xlsx", b"PK\x03\x04" + bytes(100), "the spreadsheet is damaged"),
        ("visits.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old spreadsheet (.xls)"),
        ("visits.csv", ",,\n", "its header is blank"),
    ],
)
def test_a_table_of_which_no_mapping_can_be_guessed_is_refused_on_its_page(editor, hand_in, name, content, words):
    upload, _ = hand_in(editor, name, content)
    work_through()
    upload.refresh_from_db()

    answer = editor.get(page(upload))
    assert upload.state == "refused"
    assert words in answer.content.decode()
