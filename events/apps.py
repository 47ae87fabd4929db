from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    """The record: what curators keep."""

    name = "events"
    verbose_name = "The record"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from events import recording
        from events.contributions import note_contributions
        from events.groups import make_groups
        from events.loading.vocabulary import load_kinds
        from events.logins.locking import forget_own_failures
        from events.tables.storing import forget_tables

        recording.watch(self.get_models())
        recording.record_changed.connect(note_contributions)
        recording.record_erased.connect(forget_tables)
        user_logged_in.connect(forget_own_failures)
        post_migrate.connect(load_kinds, sender=self)
        post_migrate.connect(make_groups, sender=self)
