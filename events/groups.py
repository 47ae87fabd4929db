"""The groups of the desk: contributors draft and submit, editors publish and withdraw, administrators also erase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps as present_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS

#: By group: what it may do beyond the group before it, as actions on models of ``events``, or of another app.
GROUPS: dict[str, dict[str, str]] = {
    "Contributors": {
        "event": "add change view submit",
        "participation": "add change delete view",
        "claim": "add change delete view",
        "source": "add change view",
        "organization": "add change view",
        "leader": "add change view",
        "office": "add change view",
        "country": "view",
        "succession": "view",
        "kind": "view",
        "reviewnote": "add view",
        "likelyduplicate": "view",
    },
    "Editors": {
        "event": "delete publish withdraw",
        "source": "delete",
        "organization": "delete",
        "leader": "delete",
        "office": "delete",
        "country": "add change delete",
        "succession": "add change delete",
        "kind": "add change delete",
        "importrun": "view",
        "upload": "add change delete view",
    },
    "Administrators": {"event": "erase", "axes.accessattempt": "view delete"},
}


def permissions_by_group() -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """Each group with all that it may: (app label, codename)."""
    permissions: set[tuple[str, str]] = set()
    for group, added in GROUPS.items():
        for name, actions in added.items():
            label, _, model = name.rpartition(".")
            permissions |= {(label or "events", f"{action}_{model}") for action in actions.split()}
        yield group, set(permissions)


def make_groups(sender: Any = None, using: str = DEFAULT_DB_ALIAS, apps: Apps = present_apps, **kwargs: Any) -> None:
    """Make the groups that are missing; one that is there is the administrators' own, whatever it may by now.

    After every `migrate`, for permissions are made only then. A group waits while one of its permissions is not there,
    as amid a migration to an older state.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    there = set(group_model.objects.using(using).values_list("name", flat=True))
    if there >= GROUPS.keys():
        return
    keys = {
        (label, codename): key
        for key, label, codename in permission_model.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for name, permissions in permissions_by_group():
        if name not in there and permissions <= keys.keys():
            group = group_model.objects.using(using).create(name=name)
            group.permissions.set(keys[permission] for permission in permissions)
