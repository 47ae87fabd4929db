import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from events.groups import make_groups, permissions_by_group

pytestmark = pytest.mark.django_db


def held(name):
    return {
        (permission.content_type.app_label, permission.codename)
        for permission in Group.objects.get(name=name).permissions.select_related("content_type")
    }


def test_every_migration_ends_with_the_groups_there():
    assert {name: held(name) for name in Group.objects.values_list("name", flat=True)} == dict(permissions_by_group())


def test_what_an_administrator_changed_stays_and_what_is_missing_comes_back():
    contributors = Group.objects.get(name="Contributors")
    contributors.permissions.clear()
    Group.objects.get(name="Editors").delete()

    call_command("migrate", verbosity=0)

    assert held("Contributors") == set()
    assert held("Editors") == dict(permissions_by_group())["Editors"]


def test_a_group_waits_until_all_its_permissions_are_there():
    Group.objects.all().delete()
    Permission.objects.filter(codename="publish_event").delete()

    make_groups()

    assert list(Group.objects.values_list("name", flat=True)) == ["Contributors"]


def test_only_administrators_erase_and_nobody_makes_users():
    by_group = dict(permissions_by_group())

    assert [name for name, permissions in by_group.items() if ("events", "erase_event") in permissions] == [
        "Administrators"
    ]
    assert not any(label == "auth" for permissions in by_group.values() for label, _ in permissions)
