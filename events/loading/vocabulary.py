"""The project's own kinds, kept in the record by every `migrate`."""

from __future__ import annotations

from typing import Any

from django.apps import apps as present_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections

from events.vocabulary import KINDS


def load_kinds(sender: Any = None, using: str = DEFAULT_DB_ALIAS, apps: Apps = present_apps, **kwargs: Any) -> None:
    """Make the kinds of the vocabulary exist as it describes them; what curators changed is left alone.

    Does nothing where the tables are not (or no longer) those of today's models, as amid a migration to an older state.
    """
    from events.loading.applying import VOCABULARY, apply_reading
    from events.loading.reading import read_paths
    from events.recording import recording

    if using == DEFAULT_DB_ALIAS and _tables_stand(using, apps):
        with recording(None, "The vocabulary's kinds"):
            apply_reading(read_paths([KINDS]), loaded_as=VOCABULARY)


def _tables_stand(using: str, migrated: Apps) -> bool:
    """Whether every model's table is there, and the events' have the columns of today's models."""
    if migrated is not present_apps:
        for model in present_apps.get_app_config("events").get_models():
            try:
                there = migrated.get_model("events", model.__name__)
            except LookupError:
                return False
            if _columns(there) != _columns(model):
                return False
    tables = {model._meta.db_table for model in present_apps.get_models(include_auto_created=True)}
    return tables <= set(connections[using].introspection.table_names())


def _columns(model: Any) -> set[str]:
    return {field.column for field in model._meta.concrete_fields}
