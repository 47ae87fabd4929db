"""Where a table waits between its preview and its import: in the database, so that any server can go on with it."""

import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone
from import_export.tmp_storages import BaseStorage

from events.models import TableUpload

KEPT_FOR = timedelta(days=1)


class TableIsGone(Exception):
    """It was imported already, or waited for more than a day."""


class TableStorage(BaseStorage):
    """Under a name that nobody guesses."""

    def save(self, data: bytes) -> None:
        TableUpload.objects.filter(created__lt=timezone.now() - KEPT_FOR).delete()
        self.name = secrets.token_urlsafe(32)
        TableUpload.objects.create(name=self.name, content=data)

    def read(self) -> bytes:
        table = TableUpload.objects.filter(name=self.name).first()
        if table is None:
            raise TableIsGone
        return bytes(table.content)

    def remove(self) -> None:
        TableUpload.objects.filter(name=self.name).delete()


def forget_tables(**kwargs: Any) -> None:
    """After an erasure: a table that waits may hold what was erased. Whoever handed it in does so again."""
    TableUpload.objects.all().delete()
