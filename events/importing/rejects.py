"""The file of rejected rows, each with file, line and reason: to be mended, and imported like any other."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from events.importing.drafts import Row
from events.importing.formats import Format
from events.importing.problems import ImportRefused


class Rejects:
    """Written as rows are rejected; there is no file where none were."""

    def __init__(self, path: Path, format: Format) -> None:  # noqa: A002
        if path.exists() and path.resolve() == format.path.resolve():
            raise ImportRefused(f"{path} is the file that is imported: name another one by --rejects.")
        self.path = path
        self._format = format
        self._file: BinaryIO | None = None

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell() if self._file else 0

    def open(self, size: int) -> bool:
        """Go on after the first *size* bytes, what follows belongs to no batch that was stored; whether they are there.

        Raises ImportRefused where the file cannot be written.
        """
        there = self.path.stat().st_size if self.path.exists() else 0
        if there < size:
            return False
        try:
            if there and not size:
                self.path.replace(self.path.with_name(f"{self.path.name}~"))  # somebody may have mended some of it
            self._file = self.path.open("ab")
            self._file.truncate(size)
        except OSError as error:
            raise ImportRefused(
                f"{self.path} cannot be written: {error.strerror}; name another file by --rejects."
            ) from None
        self._file.seek(size)
        return True

    def write(self, rejected: Iterable[tuple[Row, str]]) -> None:
        """Write rows with their reasons, and hand them to the system before the batch that they belong to is stored."""
        for row, reason in rejected:
            if self.size == 0:
                self._file.write(self._format.rejects_header())
            self._file.write(self._format.rejected(row, reason))
        self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            if not self.path.stat().st_size:
                self.path.unlink()
