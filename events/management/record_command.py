"""What the commands on the record have in common."""

from typing import ClassVar

from django.core.management.base import BaseCommand


class RecordCommand(BaseCommand):
    """Begins at once: Django would load all views and the admin before, only to check them, as ``migrate`` does too."""

    requires_system_checks: ClassVar[tuple[str, ...]] = ()
