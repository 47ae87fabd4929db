from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """The reading side: what readers get."""

    name = "timeline"
    verbose_name = "The timeline"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from events.recording import record_changed, record_erased, record_opened
        from timeline import limits, overview, projecting  # noqa: F401 (it adds to what the desk shows)

        connection_created.connect(limits.compile_nothing, dispatch_uid="timeline.limits")
        record_opened.connect(projecting.on_record_opened, dispatch_uid="timeline.turn")
        record_changed.connect(projecting.on_record_changed, dispatch_uid="timeline.projecting")
        record_erased.connect(projecting.on_record_erased, dispatch_uid="timeline.erasing")
