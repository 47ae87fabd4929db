import pytest
from django.core.exceptions import ValidationError

from events.admin.widgets import NamesField
from events.models import Address, Event, Kind, Leader
from events.recording import record_changed
from tests.factories import ClaimFactory, CountryFactory, EventFactory, KindFactory, LeaderFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """What recordings told at their end: the user and the reason."""
    heard = []

    def hear(unit, **_):
        heard.append((unit.user and unit.user.username, unit.reason))

    record_changed.connect(hear)
    yield heard
    record_changed.disconnect(hear)


def test_each_way_of_writing_is_one_recording_by_the_editor(editor, page_of, filled_in, told):
    source, kind = SourceFactory(), KindFactory()
    told.clear()

    new = filled_in(editor.get(page_of(Event, "add"))) | {
        "title": "Talks", "slug": "talks", "kind": kind.pk, "date": "1973-10",
        "claims-0-source": source.pk, "claims-0-stance": "reports",
    }  # fmt: skip
    assert editor.post(page_of(Event, "add"), new).status_code == 302
    event = Event.objects.get()
    values = filled_in(editor.get(page_of(event))) | {"claims-0-note": "Changed"}
    assert editor.post(page_of(event), values).status_code == 302
    assert editor.post(page_of(event, "delete"), {"post": "yes"}).status_code == 302
    chosen = {"action": "delete_selected", "post": "yes", "_selected_action": [LeaderFactory().pk]}
    told.pop()
    assert editor.post(page_of(Leader, "changelist"), chosen).status_code == 302

    assert told == [("an-editor", f"{what} in the admin") for what in ("Added", "Changed", "Deleted")] + [
        ("an-editor", "Changed from a list in the admin")
    ]
    assert not Event.objects.exists()
    assert not Leader.objects.exists()


def test_an_importance_of_the_editors_own_wins_over_the_kinds(editor, page_of, filled_in):
    kind = KindFactory(slug="of-our-own", default_importance=70)
    common = {"title": "Talks", "kind": kind.pk, "date": "1973"}
    for slug, importance in (("left-empty", ""), ("given", "0")):
        new = filled_in(editor.get(page_of(Event, "add"))) | common | {"slug": slug, "importance": importance}
        assert editor.post(page_of(Event, "add"), new).status_code == 302

    assert dict(Event.objects.values_list("slug", "importance")) == {"left-empty": 70, "given": 0}


def test_the_form_says_what_it_understood_and_why_the_status_is_so(editor, page_of):
    claim = ClaimFactory(event=EventFactory(date="1973-10"), source=SourceFactory(publisher__name="Trend"))
    page = editor.get(page_of(claim.event)).content.decode()

    assert 'class="edtf-meaning" for="id_date">some time in October 1973<' in page
    assert "Reported by one origin: Trend." in page


def test_the_derived_status_stands_beside_the_one_that_is_shown(editor, page_of):
    event = EventFactory(claimed=["reports"], assessed_verification="disputed", assessment_reason="Archives differ.")
    page = editor.get(page_of(event)).content.decode()

    assert "Occurred, disputed" in page
    assert "Occurred, reported" in page


def test_an_address_that_was_public_is_kept_when_it_changes(editor, page_of, filled_in):
    event = EventFactory(slug="before")
    answer = editor.get(page_of(event))
    assert "the old one leads to the new one" in answer.content.decode()

    assert editor.post(page_of(event), filled_in(answer) | {"slug": "after"}).status_code == 302
    assert set(Address.objects.filter(resource="events").values_list("slug", "key")) == {
        ("before", event.pk), ("after", event.pk),
    }  # fmt: skip


def test_nothing_in_a_page_is_inline(editor, page_of):
    event = EventFactory(between=["PRK"], claimed=["reports"])
    for page in (page_of(event), page_of(Event, "add"), page_of(Event, "changelist"), page_of(CountryFactory())):
        text = editor.get(page).content.decode()

        assert " style=" not in text
        assert "<style" not in text
        assert text.count("<script") == text.count("<script src=") + text.count("<script id=")


def test_kinds_have_their_pages(editor, page_of):
    for page in (page_of(KindFactory()), page_of(Kind, "add"), page_of(Kind, "changelist")):
        assert editor.get(page).status_code == 200


@pytest.mark.parametrize(("text", "names"), [
    ("", []), (" DPRK \r\n\r\nNorth Korea\nDPRK", ["DPRK", "North Korea"]), ("김정은", ["김정은"]),
])  # fmt: skip
def test_names_are_written_one_a_line(text, names):
    field = NamesField(required=False)

    assert field.clean(text) == names
    assert field.clean(field.prepare_value(names)) == names
    assert not field.has_changed(names, text)


@pytest.mark.parametrize("text", ["a\0b", "x" * 201, "\n".join(map(str, range(101)))])
def test_names_have_limits(text):
    with pytest.raises(ValidationError):
        NamesField(required=False).clean(text)
