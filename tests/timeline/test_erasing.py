"""Nothing of an erased event is left in any table, answer or index."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from events.bulk import WholeEvent, create_events
from events.erasing import erase_event
from events.merging import merge_events
from events.models import (
    Article,
    Claim,
    Event,
    ImportedRow,
    LikelyDuplicate,
    LoadedBlock,
    TableUpload,
    Upload,
    UploadPart,
    Version,
)
from events.recording import recording
from events.review import comment_on
from tests.factories import ClaimFactory, EventFactory, KindFactory, SourceFactory
from timeline.clock import last_tick
from timeline.rebuilding import rebuild

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"


def tables_with(word):
    """The tables in which *word* stands in any column of any row, whatever its type."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    held = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    if word.encode() in held.lower():
                        found.add(table)
    return found


def say(event, word):
    event.refresh_from_db()
    with recording(None, "changed"):
        for name in ("title", "summary", "date_reason", "place_name"):
            setattr(event, name, f"{name} {word}")
        event.assessed_occurrence, event.assessment_reason = "cancelled", word
        event.save()


def import_event(slug, title):
    """An event written whole, as an import does: the history has nothing of it before it is changed or deleted."""
    event = Event(slug=slug, title=title, kind=KindFactory(), date="2018", review="published")
    with recording(None, "imported") as unit:
        create_events(unit, [WholeEvent(event, claims=[Claim(source=SourceFactory(), stance="reports", note=title)])])
    return event


def test_the_canary_is_nowhere_after_an_erasure(client):
    event, twin = EventFactory(slug="told"), EventFactory(slug="twin")
    say(event, CANARY)
    ClaimFactory(event=event, note=CANARY, figures=CANARY, locator=CANARY)
    say(twin, f"{CANARY} twice")
    merge_events(twin, Event.objects.get(pk=event.pk), None, CANARY)
    # One that was never public is deleted when it is merged: its history is not.
    draft = EventFactory(slug="draft", review="draft")
    say(draft, f"{CANARY} in a draft")
    for reviewed in (event, twin, draft):
        comment_on(reviewed, None, f"{CANARY}?")
    merge_events(draft, Event.objects.get(pk=event.pk), None, CANARY)
    imported = import_event("imported", CANARY)
    ImportedRow.objects.create(dataset="d", external_id="1", event=event, digest=1, content=1)
    LikelyDuplicate.objects.create(event=event, other=imported)
    upload = Upload.objects.create(file="e.csv", format="csv", state="tried", report={"reasons": [CANARY]})
    UploadPart.objects.create(upload=upload, of="file", place=0, content=CANARY.encode())
    TableUpload.objects.create(name="t", content=CANARY.encode())
    article = Article.objects.create(source=SourceFactory(), text=CANARY, paragraphs=[CANARY])
    article.proposals.create(
        paragraph=1, start=0, end=9, title=CANARY, stance="reports", state="joined", event=event, marks=[CANARY]
    )
    LoadedBlock.objects.create(resource="events", slug="told", digest="x")
    LogEntry.objects.create(
        user=get_user_model().objects.create_user("editor"), action_flag=CHANGE, object_id=str(event.pk),
        content_type=ContentType.objects.get_for_model(Event), object_repr=CANARY, change_message=CANARY,
    )  # fmt: skip
    assert tables_with(CANARY) >= {
        "events_article", "events_event", "events_proposal", "events_reviewnote", "events_tableupload",
        "events_upload", "events_uploadpart",
        "events_version", "timeline_entry", "timeline_pastentry", "timeline_words",
    }  # fmt: skip

    for slug in ("told", "imported"):
        call_command("erase_event", slug, reason="A court ordered it.", yes=True, verbosity=0)

    assert tables_with(CANARY) == set()
    for address in ("told", "twin"):
        for asked in ({}, {"snapshot": "1"}, {"as_of": "2018"}):
            answer = client.get(f"/api/v1/events/{address}/", asked)
            assert answer.status_code == 410
            assert "A court ordered it." in answer.json()["detail"]
    kinds = {line["id"]: line["kind"] for line in client.get("/api/v1/changes/").json()["results"]}
    assert kinds == {"told": "erased", "twin": "erased", "imported": "erased"}
    assert not Version.objects.filter(resource="events").exists()
    assert rebuild(check=True).is_clean


def test_the_id_of_a_draft_is_nowhere_after_its_survivor_was_erased():
    event, draft = EventFactory(slug="told"), EventFactory(slug="talks", review="draft")
    for slug in (f"old-{CANARY}", f"new-{CANARY}"):
        with recording(None, "renamed"):
            draft.slug = slug
            draft.save()
    EventFactory(slug="talks")
    for slug in ("talks", f"old-{CANARY}", f"new-{CANARY}"):
        LoadedBlock.objects.create(resource="events", slug=slug, digest="x")
    merge_events(draft, event, None)

    call_command("erase_event", "told", reason="A court ordered it.", yes=True, verbosity=0)

    assert tables_with(CANARY) == set()
    assert [block.slug for block in LoadedBlock.objects.filter(resource="events")] == ["talks"]


def test_nothing_is_erased_while_a_file_that_may_hold_it_is_imported():
    EventFactory(slug="told")
    Upload.objects.create(file="e.csv", format="csv", state="importing")

    with pytest.raises(CommandError, match="being imported"):
        call_command("erase_event", "told", reason="Ordered.", yes=True, verbosity=0)
    assert Event.objects.exists()


def test_what_somebody_merged_meanwhile_is_erased_with_the_one_that_holds_its_claims_only():
    loser, survivor = EventFactory(), EventFactory()
    merge_events(loser, survivor, None)

    with pytest.raises(ValidationError, match=f"merged into “{survivor.slug}”"):
        erase_event(loser, None, "Ordered.")
    assert Event.objects.filter(pk=loser.pk).exists()


def test_what_somebody_deleted_meanwhile_is_not_erased():
    draft = EventFactory(review="draft")
    with recording(None, "not needed"):
        Event.objects.get(pk=draft.pk).delete()

    with pytest.raises(ValidationError, match="not in the record any more"):
        erase_event(draft, None, "Ordered.")


def test_an_erasure_voids_what_was_pinned(client):
    event = EventFactory()
    pinned = client.get("/api/v1/events/", {"snapshot": "1"})

    call_command("erase_event", event.slug, reason="Ordered.", yes=True, verbosity=0)

    again = client.get("/api/v1/events/", {"snapshot": "1"}, headers={"if-none-match": pinned["ETag"]})
    assert again.status_code == 200
    assert again.json()["results"] == []


def test_a_draft_is_erased_without_a_trace(client):
    draft = EventFactory(slug="draft", review="draft")
    pinned = client.get("/api/v1/events/", {"snapshot": last_tick().number})

    call_command("erase_event", "draft", reason="Ordered.", yes=True, verbosity=0)

    assert not Event.objects.filter(pk=draft.pk).exists()
    again = client.get("/api/v1/events/", {"snapshot": last_tick().number})
    assert (again["ETag"], again["Snapshot"]) == (pinned["ETag"], pinned["Snapshot"])
    assert client.get("/api/v1/events/draft/").status_code == 404


@pytest.mark.parametrize(
    ("public_id", "reason", "yes", "problem"),
    [("nobody", "Ordered.", True, "No event"), ("told", " ", True, "why"), ("told", "Ordered.", False, "--yes")],
)
def test_what_cannot_be_erased_is_said(public_id, reason, yes, problem):
    EventFactory(slug="told")

    with pytest.raises(CommandError, match=problem):
        call_command("erase_event", public_id, reason=reason, yes=yes, verbosity=0)
    assert Event.objects.filter(slug="told").exists()
