"""The pages of a record's history."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from events.models import Claim, Event, Leader, Version
from events.recording import recording
from tests.factories import ClaimFactory, CountryFactory, EventFactory, LeaderFactory, OfficeFactory, SourceFactory

pytestmark = pytest.mark.django_db


def page(action, record, *args):
    return reverse(f"admin:events_{type(record)._meta.model_name}_{action}", args=[record.pk, *args])


def change(record, reason="changed", **values):
    record.refresh_from_db()
    with recording(None, reason):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def seen_in(answer):
    """What the page that asks whether a version is to be taken back sends of itself."""
    (seen,) = re.findall(r'name="seen" value="(\d+)"', answer.content.decode())
    return {"seen": seen, "reason": "It was right"}


@pytest.fixture
def reader(client):
    """A browser in which somebody is logged in who may look at everything, and change nothing."""
    user = get_user_model().objects.create_user("a-reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    return client


def test_a_change_in_the_form_is_told_with_who_and_why_and_what(editor, page_of, filled_in):
    event = EventFactory(title="As it was", claimed=["reports"])
    values = filled_in(editor.get(page_of(event))) | {
        "title": "As it is", "claims-0-note": "Noted", "reason": "The source says so",
    }  # fmt: skip
    assert editor.post(page_of(event), values).status_code == 302

    answer = editor.get(page("history", event))

    last = answer.context["changes"][0]
    assert (last.version.who, last.version.reason) == ("an-editor", "The source says so")
    assert [difference.path[-1] for difference in last.differences] == ["title", "note"]
    text = answer.content.decode()
    assert "an-editor" in text
    assert "The source says so" in text
    assert "<del>was</del>" in text
    assert "<ins>is</ins>" in text


def test_a_published_event_is_not_changed_without_a_reason(editor, page_of, filled_in, errors_of):
    event = EventFactory(title="As it was")
    values = filled_in(editor.get(page_of(event))) | {"title": "Mine", "reason": " "}

    answer = editor.post(page_of(event), values)

    assert "This field is required" in errors_of(answer)
    assert answer.context["adminform"].form["title"].value() == "Mine"
    assert "Reason for the change" in answer.content.decode()
    assert Event.objects.get().title == "As it was"


@pytest.mark.parametrize("make", [lambda: EventFactory(review="draft"), CountryFactory, LeaderFactory, SourceFactory])
def test_other_records_may_be_changed_without_one(editor, page_of, filled_in, make):
    record = make()
    values = filled_in(editor.get(page_of(record))) | {record.name_field: "Mine"}

    assert editor.post(page_of(record), values).status_code == 302
    assert Version.objects.of(record)[0].reason == "Changed in the admin"


def test_what_is_new_asks_for_no_reason(editor, page_of):
    assert "Reason for the change" not in editor.get(page_of(Event, "add")).content.decode()


def test_the_log_does_not_name_the_reason_as_a_field(editor, page_of, filled_in):
    event = EventFactory()
    editor.post(page_of(event), filled_in(editor.get(page_of(event))) | {"title": "Mine"})

    log = get_user_model().objects.get().logentry_set.get()
    assert log.get_change_message() == "Changed Title."


def test_any_two_versions_stand_beside_each_other(editor):
    country = CountryFactory(name="One")
    change(country, name="Two", capital="Pyongyang")
    change(country, name="Three")
    last, _, first = Version.objects.of(country)

    answer = editor.get(page("compare", country), {"from": last.pk, "to": first.pk})

    found = [(difference.what, difference.before, difference.after) for difference in answer.context["differences"]]
    assert found == [("name", "One", "Three"), ("capital", "", "Pyongyang")]


@pytest.mark.parametrize("asked", [{}, {"from": "x", "to": "9" * 30}, {"from": "٣"}])
def test_what_cannot_be_compared_leads_back_to_the_list(editor, asked):
    country = CountryFactory()

    answer = editor.get(page("compare", country), asked, follow=True)

    assert answer.redirect_chain[-1][0] == page("history", country)
    assert "Choose two versions" in answer.content.decode()


def test_versions_of_another_record_are_not_to_be_had_here(editor):
    country, other = CountryFactory(), CountryFactory()
    version = Version.objects.of(other)[0]

    assert editor.get(page("take_back", country, version.pk)).status_code == 302
    assert editor.get(page("compare", country), {"from": version.pk, "to": version.pk}).status_code == 302


def test_taking_back_does_not_speak_of_the_review(editor):
    event = EventFactory(review="draft", title="Then")
    then = Version.objects.of(event)[0]
    ClaimFactory(event=event)
    change(event, title="Now", review="published")

    shown = [difference.what for difference in editor.get(page("take_back", event, then.pk)).context["differences"]]

    assert shown == ["title", "claims"]


def test_taking_back_shows_what_it_does_and_does_it(editor, client):
    event = EventFactory(title="Then", claimed=["reports", "denies"])
    then = Version.objects.of(event)[0]
    change(event, title="Now")
    with recording(None, "gone"):
        Claim.objects.last().delete()
    address = page("take_back", event, then.pk)

    answer = editor.get(address)
    assert [difference.what for difference in answer.context["differences"]] == ["title", "claims"]
    values = seen_in(answer)
    assert "This field is required" in editor.post(address, values | {"reason": ""}).content.decode()
    assert editor.post(address, values).status_code == 302

    event.refresh_from_db()
    assert (event.title, event.claims.count()) == ("Then", 2)
    version = Version.objects.of(event)[0]
    assert (version.who, version.reason) == ("an-editor", "It was right")
    assert client.get(f"/api/v1/events/{event.slug}/").json()["title"] == "Then"


def test_what_others_changed_meanwhile_is_shown_before_it_is_taken_back(editor):
    leader = LeaderFactory(name="Then", wikidata="Q1")
    then = Version.objects.of(leader)[0]
    change(leader, name="Now")
    address = page("take_back", leader, then.pk)
    values = seen_in(editor.get(address))
    change(leader, wikidata="Q2")

    answer = editor.post(address, values)

    assert "Somebody else changed it meanwhile" in answer.content.decode()
    assert [difference.what for difference in answer.context["differences"]] == ["name", "wikidata"]
    assert Leader.objects.get().wikidata == "Q2"
    assert editor.post(address, seen_in(answer)).status_code == 302
    assert Leader.objects.get().wikidata == "Q1"


def test_what_stands_in_the_way_is_said_and_the_reason_kept(editor):
    leader = LeaderFactory(name="Kim")
    office = OfficeFactory(leader=leader)
    then = Version.objects.of(leader)[0]
    with recording(None, "gone"):
        country = office.country
        office.delete()
        country.delete()

    address = page("take_back", leader, then.pk)
    answer = editor.post(address, seen_in(editor.get(address)))

    assert "is not among the countries any more" in answer.content.decode()
    assert "It was right" in answer.content.decode()


def test_a_deleted_record_is_found_and_made_again(editor, page_of):
    leader = LeaderFactory(slug="kim", name="Kim")
    key = leader.pk
    with recording(None, "By mistake"):
        leader.delete()

    listed = editor.get(page_of(Leader, "deleted"))
    assert "By mistake" in listed.content.decode()
    history = reverse("admin:events_leader_history", args=[key])
    assert history in listed.content.decode()
    _, then = (each.version for each in editor.get(history).context["changes"])
    address = reverse("admin:events_leader_take_back", args=[key, then.pk])
    assert editor.post(address, seen_in(editor.get(address))).status_code == 302

    assert Leader.objects.get(pk=key).name == "Kim"
    assert list(editor.get(page_of(Leader, "deleted")).context["rows"]) == []


def test_an_office_leads_to_the_history_of_its_holder(editor):
    office = OfficeFactory()

    assert editor.get(page("history", office))["Location"] == page("history", office.leader)


def test_a_long_history_has_pages(editor):
    country = CountryFactory()
    for number in range(55):
        change(country, name=f"Name {number}")

    first, second = (editor.get(page("history", country), {"p": number}).context["changes"] for number in (1, 2))

    assert (len(first), len(second)) == (50, 6)
    assert [d.after for d in first[-1].differences] == ["Name 5"]


def test_a_record_that_never_was_has_no_history(editor):
    assert editor.get(reverse("admin:events_leader_history", args=[4711])).status_code == 302
    assert editor.get(reverse("admin:events_leader_history", args=["9" * 40])).status_code == 302


def test_who_may_only_look_is_shown_the_history_and_takes_nothing_back(reader):
    country = CountryFactory(name="Then")
    then = Version.objects.of(country)[0]
    change(country, name="Now")

    assert "Take back" not in reader.get(page("history", country)).content.decode()
    assert reader.post(page("take_back", country, then.pk), {"reason": "Mine"}).status_code == 403
    country.refresh_from_db()
    assert country.name == "Now"


@pytest.mark.parametrize("action", ["history", "compare"])
def test_who_may_not_look_is_not_shown_the_history(client, action):
    client.force_login(get_user_model().objects.create_user("a-stranger", is_staff=True))

    assert client.get(page(action, CountryFactory())).status_code == 403
