"""What every format does: say whether a file is of it, read its rows, make drafts of them, and write rows back."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from events.importing.drafts import Draft, Row
from events.importing.packing import GZIP, ZIP, open_unpacked
from events.importing.problems import ImportRefused

#: What a rejected row carries when it is written back; read over when the mended file is imported.
REJECTED = ("rejected_file", "rejected_line", "rejected_because")
LOOKED_AT = 100  #: rows without a header, to see whether the file is what it is said to be
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: the packing of .xls, and of what Excel encrypts


class Format(ABC):
    """A file of one format."""

    name: str
    published = False  #: whether its events are published where nothing is said
    rejects_suffix: str

    def __init__(self, path: Path) -> None:
        self.path = path

    def options(self) -> dict[str, object]:
        """What else decides what its rows become: another run with the same goes on where this one was ended."""
        return {}

    @abstractmethod
    def check(self) -> int:
        """How many rows it has, about: for the progress bar. Raises ImportRefused where it is not of the format."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """The rows, one after the other, in memory one at a time."""

    @abstractmethod
    def draft(self, row: Row) -> Draft:
        """What *row* says. Raises Rejected."""

    @abstractmethod
    def rejects_header(self) -> bytes:
        """What stands before the rows in a file of rejects."""

    @abstractmethod
    def rejected(self, row: Row, reason: str) -> bytes:
        """*row* as it is written back, with its file, line and the *reason*, to be mended and imported again."""

    def refuse(self, why: str) -> ImportRefused:
        return ImportRefused(f"{self.path} is not what --format {self.name} says: {why} Nothing was imported.")

    def open_bytes(self) -> BinaryIO:
        """What is in it, whether or not it is packed. Raises ImportRefused, while it is read, too."""
        return open_unpacked(self.path)

    def beginning(self) -> bytes:
        """Its first bytes, unpacked, whatever they are. Raises ImportRefused where they cannot be read."""
        if not is_storable(self.path.name):
            raise ImportRefused(f"The name of {str(self.path)!r} holds bytes that are no UTF-8: rename the file.")
        try:
            if self.path.exists() and not self.path.is_file():
                raise ImportRefused(f"{self.path} cannot be read: a folder or a pipe stands where a file is wanted.")
            with self.open_bytes() as file:
                start = file.read(4096)
        except OSError as error:
            raise ImportRefused(f"{self.path} cannot be read: {error.strerror}.") from None
        if not start.strip():
            raise self.refuse("it is empty.")
        if start.startswith(OLD_EXCEL):
            raise self.refuse("it is an old spreadsheet (.xls) or has a password: save it as XLSX without, or as CSV.")
        return start

    def head(self) -> bytes:
        """The first bytes. Raises ImportRefused where the file cannot be read, is no text, or no UTF-8 at all."""
        head = self.beginning()
        if head.startswith((ZIP, GZIP)):
            raise self.refuse("it is a spreadsheet or another office document, or packed twice: save it as text.")
        if head[257:262] == b"ustar":
            raise self.refuse("it is a TAR archive: unpack it.")
        # Files that were not written to their end may have a tail of NULs: of UTF-16, one stands in the first letter.
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" in head[:2] and 4 * head.count(b"\0") > len(head)):
            raise self.refuse("it is no UTF-8 text, but UTF-16 (a spreadsheet's “Unicode text”?): save it as UTF-8.")
        return head


def is_storable(text: str) -> bool:
    """Whether the whole *text* was UTF-8; bytes that were not stand in it as lone surrogates."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
