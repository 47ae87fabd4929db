"""Import and export of tables, page by page."""

import io
import re

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.erasing import erase_event
from events.loading.blocks import SHAPES
from events.models import Country, Event, Organization, TableUpload, Version
from events.recording import record_changed, recording
from tests.factories import CountryFactory, EventFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

CSV, XLSX, JSON = "0", "1", "2"
MODELS = [shape.model for shape in SHAPES.values()]


def address(model, page):
    return reverse(f"admin:events_{model._meta.model_name}_{page}")


def export(browser, model, file_format=CSV, query=""):
    return browser.post(address(model, "export") + query, {"format": file_format, "resource": "0"})


def hand_in(browser, model, content, file_format=CSV, reason=""):
    file = SimpleUploadedFile("table.csv", content.encode() if isinstance(content, str) else content)
    return browser.post(
        address(model, "import"), {"format": file_format, "resource": "0", "reason": reason, "import_file": file}
    )


def confirm(browser, model, preview):
    form = preview.context["confirm_form"]
    return browser.post(address(model, "process_import"), form.initial, follow=True)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["import", "export"])
def test_every_sort_of_record_has_its_pages(editor, model, page):
    assert address(model, page) in editor.get(address(model, "changelist")).content.decode()
    assert editor.get(address(model, page)).status_code == 200


def test_a_table_is_looked_through_before_it_is_written(editor):
    CountryFactory(code="SYR", name="Syria")
    told = []

    def hear(unit, **_):
        told.append((unit.user.username, unit.reason))

    record_changed.connect(hear)

    preview = hand_in(editor, Country, "id,name\nSYR,Syrian Republic\nPRK,North Korea\n", reason="New names")
    page = preview.content.decode()
    assert "1 new, 1 changed, 0 as they are." in page
    assert "<ins>" in page
    assert "style=" not in page
    assert list(Country.objects.values_list("name", flat=True)) == ["Syria"]
    told.clear()

    page = confirm(editor, Country, preview).content.decode()
    record_changed.disconnect(hear)
    assert set(Country.objects.values_list("name", flat=True)) == {"North Korea", "Syrian Republic"}
    assert "1 new, 1 updated" in page
    assert told == [("an-editor", "New names")]
    assert LogEntry.objects.count() == 2
    assert not TableUpload.objects.exists()


def test_what_is_refused_is_told_by_row_and_column(editor):
    answer = hand_in(editor, Country, "id,name\nSYR,Syria\nPR,North Korea\n")

    cells = re.findall(r"<td>(.*?)</td>", answer.content.decode().partition('class="table-errors"')[2])
    assert cells[:3] == ["3", "PR", "id"]
    assert "Three capital letters" in cells[3]
    assert "confirm_form" not in answer.context


def test_a_file_that_is_no_table_is_told_at_its_field(editor):
    answer = hand_in(editor, Country, b"no zip", XLSX)

    assert "The spreadsheet cannot be read" in answer.content.decode()


def test_bytes_that_are_no_text_are_told_at_the_field(editor):
    assert "save it as UTF-8" in hand_in(editor, Country, b"id,name\nSYR,S\xfcd\n").content.decode()


def test_a_table_without_rows_is_told_at_the_field(editor):
    assert "No valid data" in hand_in(editor, Country, "id,name\n").content.decode()


def test_a_file_that_is_too_large_is_not_read(editor, monkeypatch):
    monkeypatch.setattr("events.admin.tables.MOST_BYTES", 5)

    assert "and may have" in hand_in(editor, Country, "id,name\nSYR,Syria\n").content.decode()


def test_a_table_is_imported_once(editor):
    preview = hand_in(editor, Country, "id,name\nSYR,Syria\n")
    confirm(editor, Country, preview)

    assert "The table is gone" in confirm(editor, Country, preview).content.decode()


def test_where_the_record_changed_since_the_preview_nothing_is_written(editor):
    CountryFactory(code="SYR", name="Syria")
    content = export(editor, Country).content.decode()
    preview = hand_in(editor, Country, content.replace("Syria", "Syrian Republic"))
    country = Country.objects.get()
    with recording(None, "changed by another"):
        country.capital = "Damascus"
        country.save()

    page = confirm(editor, Country, preview).content.decode()

    assert "a row is refused now that was not before" in page
    assert Country.objects.get().name == "Syria"


@pytest.mark.parametrize("file_format", [CSV, XLSX, JSON])
def test_what_was_exported_changes_nothing(editor, file_format):
    EventFactory(between=["SYR", "PRK"], claimed=["reports", "denies"])
    content = export(editor, Event, file_format).content

    preview = hand_in(editor, Event, content, file_format)

    assert "0 new, 0 changed, 1 as they are." in preview.content.decode()


def test_an_erasure_leaves_no_table_that_waits(editor):
    event = EventFactory(slug="told", claimed=["reports"])
    hand_in(editor, Event, export(editor, Event).content)
    assert TableUpload.objects.exists()

    erase_event(event, None, "A court ordered it.")

    assert not TableUpload.objects.exists()


def test_contributors_change_by_a_table_what_they_may_change_by_hand(client):
    user = User.objects.create_user("anna", is_staff=True)
    user.groups.add(Group.objects.get(name="Contributors"))
    client.force_login(user)
    EventFactory(slug="a-draft", title="Draft", review="draft")
    EventFactory(slug="in-public", title="Public", claimed=["reports"])

    answer = hand_in(client, Event, "id,title\na-draft,Ours\nin-public,Ours\n").content.decode()
    assert "You may not change this one." in answer
    assert answer.count("<td>in-public</td>") == 1
    assert "<td>a-draft</td>" not in answer

    confirm(client, Event, hand_in(client, Event, "id,title\na-draft,Ours\n"))
    assert dict(Event.objects.values_list("slug", "title")) == {"a-draft": "Ours", "in-public": "Public"}


def test_just_what_the_list_shows_is_exported(editor):
    EventFactory(slug="a-draft", review="draft")
    EventFactory(slug="not-a-draft")

    content = export(editor, Event, query="?needs=drafts").content.decode()

    assert "a-draft" in content
    assert "not-a-draft" not in content


def test_no_cell_of_an_export_is_a_formula(editor):
    OrganizationFactory(slug="a-body", name='=HYPERLINK("https://evil.example")')

    book = openpyxl.load_workbook(io.BytesIO(export(editor, Organization, XLSX).content))

    assert all(cell.data_type != "f" for row in book.active for cell in row)
    assert "'=HYPERLINK" in export(editor, Organization).content.decode()


def test_too_many_records_are_not_exported_at_once(editor, monkeypatch):
    monkeypatch.setattr("events.admin.tables.MOST_EXPORTED", 1)
    CountryFactory()
    CountryFactory()

    assert "narrow it by a search or a filter" in export(editor, Country).content.decode()


@pytest.mark.parametrize(
    ("rights", "may_import", "may_export"),
    [
        ((), False, False),
        (("view_country",), False, True),
        (("view_country", "change_country"), False, True),
        (("view_country", "change_country", "add_country"), True, True),
        (("view_event", "change_event", "add_event"), False, False),
    ],
)
def test_import_takes_rights_to_add_and_change_and_export_the_right_to_view(permitted, rights, may_import, may_export):
    browser = permitted(*rights)

    assert (browser.get(address(Country, "import")).status_code == 200) is may_import
    assert (browser.get(address(Country, "export")).status_code == 200) is may_export
    assert (hand_in(browser, Country, "id,name\nSYR,Syria\n").status_code == 200) is may_import
    assert (export(browser, Country).status_code == 200) is may_export


def test_offices_have_no_table_of_their_own(editor):
    assert editor.get("/admin/events/office/import/").status_code == 403


def test_a_table_stands_in_the_history_with_its_reason(editor):
    organization = OrganizationFactory(slug="a-body", name="Body")

    preview = hand_in(editor, Organization, "id,name\na-body,The body\n", reason="As it writes itself")
    confirm(editor, Organization, preview)

    version = Version.objects.filter(resource="organizations", key=organization.pk).order_by("pk").last()
    assert (version.reason, version.user.username) == ("As it writes itself", "an-editor")
