"""Uploads of the desk: received, tried and imported in the background, from wherever an earlier run was ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from events.importing.guessing import guess
from events.importing.problems import ImportedElsewhere, ImportRefused
from events.importing.registry import TABLE
from events.importing.report import Report
from events.importing.running import import_events
from events.models import Upload, UploadPart
from events.models.uploads import PART

MOST_UPLOADED = 50 * 2**20  #: bytes; the command line takes any size
#: After so long without a sign, whoever worked on an upload is taken to be gone. A batch takes a second.
GONE_AFTER = timedelta(minutes=2)

logger = logging.getLogger(__name__)


def receive(upload: Upload, chunks: Iterable[bytes]) -> None:
    """Store a new *upload* with the file of these *chunks*, to be tried."""
    with transaction.atomic():
        upload.save()
        upload.size = append(upload, UploadPart.Of.FILE, 0, chunks)
        upload.state = Upload.State.TRYING
        upload.save()


def words_of(error: ImportRefused, folder: str) -> str:
    """What *error* says, without the *folder* in which the file stood for a moment."""
    return str(error).replace(f"{folder}/", "")


def append(upload: Upload, of: str, place: int, chunks: Iterable[bytes]) -> int:
    """Add *chunks* to what is stored up to *place*; the place after them."""
    for chunk in chunks:
        for start in range(0, len(chunk), PART):
            piece = bytes(chunk[start : start + PART])
            UploadPart.objects.create(upload=upload, of=of, place=place, content=piece)
            place += len(piece)
    return place


def change_how(upload: Upload, fields: Iterable[str]) -> None:
    """Store the *fields* that say how *upload* is imported. Only what was tried as it is now may be imported, and what
    was rejected by what it said before is offered no more.
    """
    upload.state, upload.report, upload.error = Upload.State.NEW, {}, ""
    with transaction.atomic():
        upload.save(update_fields=[*fields, "state", "report", "error"])
        upload.parts.filter(of=UploadPart.Of.REJECTS).delete()


def ask_for(upload: Upload, state: str) -> bool:
    """Have *upload* tried or imported; whether it stood so that it can be."""
    before = Q(state__in=[Upload.State.NEW, Upload.State.TRIED, Upload.State.REFUSED])
    if state == Upload.State.IMPORTING:
        before = Q(state=Upload.State.TRIED)
    with transaction.atomic():
        asked = Upload.objects.filter(before, pk=upload.pk).update(
            state=state, rows=0, total=0, report={}, error="", worked_on=None, finished=None
        )
        if asked:
            upload.parts.filter(of=UploadPart.Of.REJECTS).delete()
    return bool(asked)


def work_through(on_batch: Callable[[Upload], None] = lambda upload: None) -> int:
    """Get on with every upload that waits and that nobody works on; how many there were."""
    done = 0
    while (upload := take()) is not None:
        try:
            work_on(upload, on_batch)
        except (OperationalError, InterfaceError):
            raise  # the database is away: the upload is as it was, and is taken up again
        except Exception:
            logger.exception("The upload %s broke off.", upload.pk)
            end(upload, Upload.State.REFUSED, error="It broke off by a mistake of Chancery's; the server's log has it.")
        done += 1
    return done


def take() -> Upload | None:
    """The oldest upload that waits, taken so that nobody else takes it, or None."""
    now = timezone.now()
    waiting = Upload.objects.filter(
        Q(worked_on=None) | Q(worked_on__lt=now - GONE_AFTER), state__in=Upload.WORKING
    ).order_by("pk")
    for upload in waiting:
        taken = Upload.objects.filter(pk=upload.pk, worked_on=upload.worked_on, state=upload.state)
        if taken.update(worked_on=now):
            return upload
    return None


def work_on(upload: Upload, on_batch: Callable[[Upload], None]) -> None:
    """Try or import *upload*, as its state says; a table without a mapping gets a first one, to be completed."""
    if upload.format == TABLE and not upload.mapping.strip():
        guess_mapping(upload)
    else:
        bring_in(upload, on_batch)


def guess_mapping(upload: Upload) -> None:
    with TemporaryDirectory() as folder:
        try:
            mapping = guess(write_file(upload, Path(folder)))
        except ImportRefused as error:
            end(upload, Upload.State.REFUSED, error=words_of(error, folder))
        else:
            end(upload, Upload.State.NEW, mapping=mapping)


def bring_in(upload: Upload, on_batch: Callable[[Upload], None]) -> None:
    importing = upload.state == Upload.State.IMPORTING
    with TemporaryDirectory() as folder:
        path = write_file(upload, Path(folder))
        rejects = path.with_name(f"{path.name}.rejects")  # which no upload is called, as it is longer
        kept = write(upload, UploadPart.Of.REJECTS, rejects) if importing else 0

        def keep(written: Path) -> None:
            nonlocal kept
            kept = append(upload, UploadPart.Of.REJECTS, kept, read_from(written, kept))

        def told(_: Path, rows: int, total: int) -> None:
            Upload.objects.filter(pk=upload.pk).update(rows=rows, total=max(rows, total), worked_on=timezone.now())
            on_batch(upload)

        try:
            report = import_events(
                [path],
                upload.format,
                mapping=write_mapping(upload, path),
                dataset=upload.dataset,
                publish=upload.publishing == Upload.Publishing.PUBLISH,
                dry_run=not importing,
                rejects=rejects,
                user=upload.user,
                on_batch=told,
                keep=keep,
            )
        except ImportedElsewhere:
            return  # somebody who was only slow, and goes on
        except ImportRefused as error:
            end(upload, Upload.State.REFUSED, error=words_of(error, folder))
            return
        if not importing and rejects.exists():
            upload.parts.filter(of=UploadPart.Of.REJECTS).delete()  # of one who was gone
            keep(rejects)
    end(upload, Upload.State.IMPORTED if importing else Upload.State.TRIED, report=summary(report))


def end(upload: Upload, state: str, **values: Any) -> None:
    """Note how the work on *upload* ended. What was imported is in the record: the file goes."""
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(state=state, worked_on=None, finished=timezone.now(), **values)
        if state == Upload.State.IMPORTED:
            upload.parts.filter(of=UploadPart.Of.FILE).delete()


def summary(report: Report) -> dict[str, Any]:
    """*report* as it is kept and shown; reasons name lines alone, for there is one file."""
    reasons = [reason.split(":", 1)[1] for reason in report.reasons]
    return report.counts() | {"alike": report.alike, "left_alone": report.left_alone, "reasons": reasons}


def write_file(upload: Upload, folder: Path) -> Path:
    """The file of *upload* in *folder*, under its own name, as far as that is a name."""
    name = Path(upload.file.replace("\\", "/").replace("\0", ""))
    path = folder / f"{name.stem[:50] or 'upload'}{name.suffix[:10]}"
    write(upload, UploadPart.Of.FILE, path)
    return path


def write_mapping(upload: Upload, path: Path) -> Path | None:
    if not upload.mapping.strip():
        return None
    mapping = path.with_name(f"{path.name}.mapping.yaml")
    mapping.write_text(upload.mapping, encoding="utf-8")
    return mapping


def write(upload: Upload, of: str, path: Path) -> int:
    """Write what is stored to *path*; its bytes."""
    with path.open("wb") as file:
        for content in upload.content(of):
            file.write(content)
        return file.tell()


def read_from(path: Path, place: int) -> Iterable[bytes]:
    with path.open("rb") as file:
        file.seek(place)
        while chunk := file.read(PART):
            yield chunk
