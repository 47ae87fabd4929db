"""The record as reviewable files, to download: what is curated here can be looked through in git."""

import tempfile
import zipfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from events.loading.blocks import SHAPES
from events.loading.writing import dump_record
from events.models import Event

#: Events that are written while an editor waits, some ten seconds. SQLite lets nobody save meanwhile.
MOST_DUMPED = 5_000
FOLDER = "record"  #: in the archive
IN_MEMORY = 2**20  #: bytes of an archive; a larger one waits on the disk


def may_dump(request: HttpRequest) -> bool:
    """Whether the user may see all that a dump holds, drafts included."""
    rights = [f"{shape.model._meta.app_label}.view_{shape.model._meta.model_name}" for shape in SHAPES.values()]
    return request.user.is_active and request.user.is_staff and request.user.has_perms(rights)


class Dumping:
    """An admin of events from which the whole record can be downloaded."""

    def get_urls(self) -> list:
        return [path("dump/", self.admin_site.admin_view(self.dump_view), name="events_dump"), *super().get_urls()]

    def dump_view(self, request: HttpRequest) -> HttpResponse:
        """A ZIP archive of what ``manage.py dump_record`` writes."""
        if not may_dump(request):
            raise PermissionDenied
        count = Event.objects.count()
        if count > MOST_DUMPED:
            self.message_user(
                request,
                f"The record has {count:,} events; up to {MOST_DUMPED:,} can be downloaded here. Write them on the "
                "server, by manage.py dump_record PATH.",
                messages.WARNING,
            )
            return HttpResponseRedirect(reverse(f"{self.admin_site.name}:index"))
        # FileResponse closes it, and so removes it, once it is sent.
        archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        write_archive(archive)
        archive.seek(0)
        return FileResponse(archive, as_attachment=True, filename="record.zip")


def write_archive(archive: tempfile.SpooledTemporaryFile) -> None:
    """Write the files of a dump to *archive*. The same record makes the same bytes: nothing tells of when."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive, "w") as packed:
        for filename in dump_record(folder):
            entry = zipfile.ZipInfo(f"{FOLDER}/{filename}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with Path(folder, filename).open("rb") as file, packed.open(entry, "w") as target:
                while chunk := file.read(2**16):
                    target.write(chunk)
