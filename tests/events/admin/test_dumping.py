import io
import zipfile

import pytest
from django.urls import reverse

from events.loading.applying import load_record
from events.loading.blocks import SHAPES
from events.models import Event
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
RIGHTS = [f"view_{shape.model._meta.model_name}" for shape in SHAPES.values()]


def downloaded(browser):
    return browser.get(reverse("admin:events_dump")).getvalue()


def test_what_is_downloaded_can_be_loaded_and_changes_nothing(editor, curated_record, tmp_path):
    EventFactory(title="A draft", review="draft")
    answer = editor.get(reverse("admin:events_dump"))

    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as packed:
        packed.extractall(tmp_path)
    report = load_record([tmp_path / "record"])

    assert answer["Content-Disposition"] == 'attachment; filename="record.zip"'
    assert "A draft" in (tmp_path / "record/events.yaml").read_text()
    assert report.of("events").unchanged == Event.objects.count()
    assert not any(tally.created or tally.updated or tally.left_alone for tally in report.tallies.values())


def test_the_same_record_makes_the_same_bytes(editor):
    EventFactory()

    assert downloaded(editor) == downloaded(editor)


def test_who_sees_every_sort_of_record_may_download_it(permitted):
    EventFactory()
    browser = permitted(*RIGHTS)

    assert zipfile.is_zipfile(io.BytesIO(downloaded(browser)))
    assert reverse("admin:events_dump") in browser.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("missing", RIGHTS)
def test_who_may_not_see_one_sort_may_not_download_the_record(permitted, missing):
    browser = permitted(*set(RIGHTS) - {missing})

    assert browser.get(reverse("admin:events_dump")).status_code == 403
    assert reverse("admin:events_dump") not in browser.get(reverse("admin:index")).content.decode()


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get(reverse("admin:events_dump")).status_code == 302


def test_a_large_record_is_written_on_the_server(editor, monkeypatch):
    monkeypatch.setattr("events.admin.dumping.MOST_DUMPED", 1)
    EventFactory()
    EventFactory()

    answer = editor.get(reverse("admin:events_dump"), follow=True)

    assert "manage.py dump_record PATH" in answer.content.decode()
