"""Two rows of a list become one."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from events.models import Event, Leader, LikelyDuplicate, Organization, Version
from tests.factories import EventFactory, LeaderFactory, OrganizationFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


def merge_page(survivor, loser):
    return reverse(f"admin:events_{type(loser)._meta.model_name}_merge", args=[survivor.pk, loser.pk])


def choose(editor, page_of, *records):
    values = {"action": "merge_two", "_selected_action": [record.pk for record in records]}
    return editor.post(page_of(type(records[0]), "changelist"), values, follow=True)


@pytest.mark.parametrize("factory", [EventFactory, LeaderFactory, OrganizationFactory])
def test_two_chosen_rows_stand_beside_each_other_before_they_are_merged(editor, page_of, factory):
    one, other = factory(), factory()

    answer = choose(editor, page_of, one, other)

    assert answer.redirect_chain[-1][0] == merge_page(one, other)
    assert merge_page(other, one) in answer.content.decode()
    (identity,) = (columns for name, columns in answer.context["rows"] if name == "id")
    assert identity == [[one.slug], [other.slug], [one.slug]]
    assert type(one).objects.filter(pk=other.pk).exists()


def test_what_the_survivor_will_be_is_what_it_is(editor):
    loser = LeaderFactory(name="Kim Jong-woon", wikidata="Q56226")
    survivor = LeaderFactory(name="Kim Jong Un")
    event = ParticipationFactory(leader=loser).event
    answer = editor.get(merge_page(survivor, loser))
    told = {name: columns[2] for name, columns in answer.context["rows"]}

    assert editor.post(merge_page(survivor, loser), {"reason": "One person"}).status_code == 302

    survivor = Leader.objects.get()
    assert (told["aliases"], told["wikidata"]) == (survivor.aliases, [survivor.wikidata])
    assert event.participations.get().leader == survivor
    assert (Version.objects.of(survivor)[0].who, Version.objects.of(event)[0].reason) == ("an-editor", "One person")


def test_a_published_event_is_merged_with_a_reason_only(editor, client):
    survivor, loser = EventFactory(claimed=["reports"]), EventFactory(claimed=["denies"])

    assert "This field is required" in editor.post(merge_page(survivor, loser), {}).content.decode()
    assert editor.post(merge_page(survivor, loser), {"reason": "The same talks"}).status_code == 302

    assert survivor.claims.count() == 2
    assert client.get(f"/api/v1/events/{loser.slug}/")["Location"].endswith(f"/{survivor.slug}/")


def test_the_history_of_the_survivor_leads_to_that_of_the_loser(editor):
    survivor, loser = OrganizationFactory(), OrganizationFactory(name="Sana agency")
    editor.post(merge_page(survivor, loser), {})

    page = editor.get(reverse("admin:events_organization_history", args=[survivor.pk])).content.decode()
    history = reverse("admin:events_organization_history", args=[loser.pk])
    assert f'<a href="{history}">Sana agency</a>' in page
    assert "Became part of" in editor.get(history).content.decode()
    assert Organization.objects.filter(slug=survivor.slug).exists()


def test_what_cannot_be_merged_so_is_said_before_and_the_other_way_is_offered(editor):
    published, draft = EventFactory(), EventFactory(review="draft")

    answer = editor.get(merge_page(draft, published))

    assert "is not published" in answer.content.decode()
    assert 'type="submit" value="Merge' not in answer.content.decode()
    assert merge_page(published, draft) in answer.content.decode()
    assert "is not published" in editor.post(merge_page(draft, published), {"reason": "x"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_only_two_are_merged(editor, page_of, count):
    answer = choose(editor, page_of, *LeaderFactory.create_batch(count))

    assert "Choose two" in answer.content.decode()


def test_one_that_is_gone_meanwhile_is_told_of(editor, page_of):
    leader = LeaderFactory()

    answer = editor.get(reverse("admin:events_leader_merge", args=[leader.pk, 4711]), follow=True)

    assert "not there any more" in answer.content.decode()
    assert editor.get(merge_page(leader, leader), follow=True).redirect_chain


@pytest.mark.parametrize("missing", ["change_leader", "delete_leader"])
def test_who_may_not_change_and_delete_may_not_merge(client, page_of, missing):
    user = get_user_model().objects.create_user("half", is_staff=True)
    rights = Permission.objects.filter(codename__endswith="_leader").exclude(codename=missing)
    user.user_permissions.set(rights)
    client.force_login(user)
    one, other = LeaderFactory(), LeaderFactory()

    assert client.post(merge_page(one, other), {"reason": "Mine"}).status_code == 403
    assert "merge_two" not in client.get(page_of(Leader, "changelist")).content.decode()
    assert Leader.objects.count() == 2


def test_a_likely_duplicate_leads_to_the_page(editor, page_of):
    one, other = EventFactory.create_batch(2)
    LikelyDuplicate.objects.create(event=other, other=one)

    assert merge_page(one, other) in editor.get(page_of(LikelyDuplicate, "changelist")).content.decode()
    assert Event.objects.count() == 2
