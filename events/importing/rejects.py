"""The file of rejected rows, each with file, line and reason: to be mended, and imported like any other."""

import filecmp
import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import BinaryIO

from events.importing.drafts import Row
from events.importing.formats import Format
from events.importing.problems import ImportRefused


class Rejects:
    """Written as rows are rejected; there is no file where none were."""

    def __init__(self, path: Path, format: Format) -> None:  # noqa: A002
        self.path = path
        self._format = format
        self._file: BinaryIO | None = None

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell() if self._file else 0

    def open(self, size: int) -> bool:
        """Go on after the first *size* bytes, which belong to batches that were stored; whether they are there.

        A file that holds more is kept beside it: somebody may have mended some of that. Raises ImportRefused where
        the file cannot be written.
        """
        try:
            there = self.path.stat().st_size if self.path.exists() else 0
            if there < size or not self._ends_a_row(size):
                return False
            if there > size:
                keep_aside(self.path)
            self._file = self.path.open("ab")
            self._file.truncate(size)
        except OSError as error:
            raise ImportRefused(
                f"{self.path} cannot be written: {error.strerror}; name another file by --rejects."
            ) from None
        self._file.seek(size)
        return True

    def _ends_a_row(self, size: int) -> bool:
        """Whether the first *size* bytes are whole rows: where some were mended, they may have grown or shrunk."""
        if not size:
            return True
        with self.path.open("rb") as file:
            file.seek(size - 1)
            return file.read(1) == b"\n"

    def write(self, rejected: Iterable[tuple[Row, str]]) -> None:
        """Write rows with their reasons, and hand them to the system before the batch that they belong to is stored."""
        for row, reason in rejected:
            if self.size == 0:
                self._file.write(self._format.rejects_header())
            self._file.write(self._format.rejected(row, reason))
        self._file.flush()

    def finish(self) -> None:
        """Leave no file where nothing was rejected. Only at the end: another process may have gone on with it."""
        if not self.size:
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def keep_aside(path: Path) -> None:
    """Copy the file *path* beside itself: as ``NAME~`` or, where that is another one, as ``NAME~2`` and so on."""
    for number in count(1):
        aside = path.with_name(f"{path.name}~{number if number > 1 else ''}")
        if not aside.exists():
            shutil.copyfile(path, aside)
            return
        if filecmp.cmp(path, aside, shallow=False):
            return
