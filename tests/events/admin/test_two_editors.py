import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from events.history import take_back
from events.models import Claim, Country, Event, Leader, Participation, Version
from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    LeaderFactory,
    OfficeFactory,
    ParticipationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_form(editor, page_of, filled_in):
    """A function that opens a record's form and gives what would be sent of it."""
    return lambda record: filled_in(editor.get(page_of(record)))


@pytest.fixture
def send(editor, page_of):
    return lambda record, values: editor.post(page_of(record), values)


def change(record, user=None, reason="somebody else", **values):
    with recording(user, reason):
        record.refresh_from_db()
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def test_a_form_that_nobody_overtook_is_saved(open_form, send):
    event = EventFactory(between=["PRK"], claimed=["reports"])

    assert send(event, open_form(event) | {"title": "Mine"}).status_code == 302
    assert Event.objects.get().title == "Mine"


def test_both_values_of_a_field_are_told_and_nothing_is_saved(open_form, send, errors_of):
    event = EventFactory(title="As it was")
    values = open_form(event) | {"title": "Mine"}
    change(event, title="Theirs")

    answer = send(event, values)

    assert "Title: yours “Mine”, theirs “Theirs”." in errors_of(answer)
    assert answer.context["adminform"].form["title"].value() == "Mine"
    assert Event.objects.get().title == "Theirs"


def test_saving_again_keeps_what_stands_in_the_form(open_form, send, filled_in):
    event = EventFactory(title="As it was")
    values = open_form(event) | {"title": "Mine"}
    change(event, title="Theirs")

    assert send(event, filled_in(send(event, values))).status_code == 302
    assert Event.objects.get().title == "Mine"


def test_what_the_second_did_not_touch_is_taken_over_from_the_first(open_form, send, errors_of, filled_in):
    event = EventFactory(summary="As it was", importance=10)
    values = open_form(event) | {"importance": "30"}
    change(event, summary="Theirs")

    answer = send(event, values)
    assert "Summary: theirs “Theirs”, taken over" in errors_of(answer)
    assert "Importance" not in errors_of(answer)

    assert send(event, filled_in(answer)).status_code == 302
    event = Event.objects.get()
    assert (event.summary, event.importance) == ("Theirs", 30)


def test_a_choice_is_told_by_its_name(open_form, send, errors_of):
    event = EventFactory(place_country=CountryFactory(code="PRK", name="North Korea"))
    values = open_form(event) | {"place_country": CountryFactory(code="SYR", name="Syria").pk}
    change(event, place_country=CountryFactory(code="CHN", name="China"))

    assert "Place country: yours “Syria”, theirs “China”." in errors_of(send(event, values))


def test_a_third_change_is_told_again(open_form, send, errors_of, filled_in):
    event = EventFactory()
    values = open_form(event) | {"title": "Mine"}
    change(event, title="Second")
    again = filled_in(send(event, values))
    change(event, title="Third")

    assert "theirs “Third”" in errors_of(send(event, again))


def test_a_row_that_both_changed_is_told(open_form, send, errors_of):
    claim = ClaimFactory(note="As it was")
    values = open_form(claim.event) | {"claims-0-note": "Mine"}
    change(claim, note="Theirs")

    assert "Note: yours “Mine”, theirs “Theirs”." in errors_of(send(claim.event, values))
    assert Claim.objects.get().note == "Theirs"


def test_a_row_that_was_added_stands_in_the_form(open_form, send, errors_of, filled_in):
    event = EventFactory()
    values = open_form(event) | {"title": "Mine"}
    ClaimFactory(event=event, note="Theirs")

    answer = send(event, values)
    assert "One of the claims" in errors_of(answer)
    assert "added by them" in errors_of(answer)

    assert send(event, filled_in(answer)).status_code == 302
    assert (Event.objects.get().title, Claim.objects.get().note) == ("Mine", "Theirs")


def test_a_row_that_was_removed_goes_unless_it_was_changed_here(open_form, send, errors_of, filled_in):
    event = EventFactory(review="draft")
    for note in ("untouched", "touched"):
        ClaimFactory(event=event, note=note)
    values = open_form(event) | {"claims-1-note": "Mine"}
    with recording(None, "somebody else"):
        event.claims.all().delete()

    answer = send(event, values)
    assert "was removed; yours stands here as a new row" in errors_of(answer)
    assert "that you had not changed was removed" in errors_of(answer)

    assert send(event, filled_in(answer)).status_code == 302
    assert [claim.note for claim in Claim.objects.all()] == ["Mine"]


def test_new_rows_of_the_second_survive(open_form, send, filled_in):
    event = EventFactory()
    values = open_form(event) | {"participations-0-role": "party", "participations-0-country": CountryFactory().pk}
    ParticipationFactory(event=event, country=CountryFactory())

    assert send(event, filled_in(send(event, values))).status_code == 302
    assert Participation.objects.count() == 2


def test_offices_and_aliases_are_compared_too(open_form, send, errors_of):
    office = OfficeFactory(title="President", held="2000/..")
    values = open_form(office.leader) | {"aliases": "Mine"}
    change(office, held="2001/..")
    change(office.leader, aliases=["Theirs"])

    errors = errors_of(send(office.leader, values))

    assert "Held: theirs “2001/..”, taken over" in errors
    assert "Aliases: yours “Mine”, theirs “Theirs”." in errors
    assert Leader.objects.get().aliases == ["Theirs"]


@pytest.mark.parametrize("token", ["", "x", "[]", "{}", '{"version": 1, "fields": 1, "rows": {}}', "[" * 100_000])
def test_a_form_without_a_readable_token_is_not_trusted(open_form, send, errors_of, token):
    country = CountryFactory(name="As it is")

    assert "Somebody else" in errors_of(send(country, open_form(country) | {"name": "Mine", "seen": token}))
    assert Country.objects.get().name == "As it is"


def test_mangled_rows_are_refused_and_not_fatal(open_form, send, errors_of):
    claim = ClaimFactory()
    values = open_form(claim.event)
    token = json.loads(values["seen"]) | {"version": 0}
    mangled = {"claims-TOTAL_FORMS": "x", "claims-0-id": "٣", "participations-INITIAL_FORMS": "99", "claims-9-": "y"}

    assert errors_of(send(claim.event, values | mangled | {"seen": json.dumps(token)}))
    assert errors_of(send(claim.event, values | mangled))


def test_it_is_told_who_changed_it_and_why(open_form, send, errors_of):
    event, pyo = EventFactory(), get_user_model().objects.create_user("pyo")
    change(event, pyo, "Before it was opened", title="As it was")
    values = open_form(event) | {"title": "Mine"}
    change(event, pyo, "The source says so", title="Theirs")
    change(event, pyo, "And once more", summary="Theirs")

    answer = send(event, values)

    assert "pyo changed this while you worked on it" in errors_of(answer)
    told = answer.content.decode()
    assert "The source says so" in told
    assert "And once more" in told
    assert "Before it was opened" not in told


def test_both_values_stand_beside_each_other(open_form, send):
    event = EventFactory(title="As it was", importance=10)
    values = open_form(event) | {"title": "Mine"}
    change(event, title="Theirs", importance=20)
    ClaimFactory(event=event, source=SourceFactory(title="KCNA report"))

    conflict = send(event, values).context["adminform"].form.conflict

    assert [(meeting.what, *meeting.sides, meeting.outcome) for meeting in conflict.meetings] == [
        ("Title", "Mine", "Theirs", "yours"),
        ("Importance", "10", "20", "theirs, for you had not changed it"),
        ("One of the claims", "", str(Claim.objects.get()), "theirs, added"),
    ]  # fmt: skip


def test_what_else_is_wrong_with_the_form_is_told_as_well(open_form, send):
    event = EventFactory(title="As it was")
    values = open_form(event) | {"title": "Mine", "latitude": "39"}
    change(event, title="Theirs")

    told = send(event, values).content.decode()

    assert "Give both latitude and longitude" in told
    assert "Somebody else changed this" in told


def test_the_reason_that_was_typed_is_not_lost(open_form, send):
    event = EventFactory()
    values = open_form(event) | {"title": "Mine", "reason": "A long story"}
    change(event, title="Theirs")

    assert send(event, values).context["adminform"].form["reason"].value() == "A long story"
    assert not Version.objects.filter(reason="A long story").exists()


def test_what_was_typed_of_a_record_that_is_deleted_is_not_lost(open_form, send):
    leader, pyo = LeaderFactory(), get_user_model().objects.create_user("pyo")
    values = open_form(leader) | {"aliases": "A name that took long to find"}
    key = leader.pk
    with recording(pyo, "Found twice"):
        Leader.objects.get().delete()
    leader.pk = key

    told = send(leader, values).content.decode()

    assert "pyo deleted this while you worked on it (“Found twice”)" in told
    assert "A name that took long to find" in told
    assert reverse("admin:events_leader_history", args=[key]) in told


def test_what_was_deleted_and_taken_back_meanwhile_is_not_saved_over(open_form, send, errors_of):
    leader = LeaderFactory(name="As it was")
    change(leader, name="Before")
    values = open_form(leader) | {"name": "Mine"}
    key = leader.pk
    with recording(None, "not one of ours"):
        leader.delete()
    took_back = take_back(Version.objects.filter(key=key, content__name="As it was").get(), None, "it is, after all")
    change(took_back, name="Theirs")

    assert took_back.version == json.loads(values["seen"])["version"]
    assert "Name: yours “Mine”, theirs “Theirs”." in errors_of(send(took_back, values))
    assert Leader.objects.get().name == "Theirs"


def test_what_never_was_is_not_spoken_of_as_deleted(editor, open_form):
    values = open_form(CountryFactory())

    assert editor.post(reverse("admin:events_country_change", args=[4711]), values).status_code == 302
