"""Packed files, read as what is in them: gzip, and ZIP with a single file. Nothing is unpacked to disk."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from lzma import LZMAError
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from events.importing.problems import ImportRefused

GZIP, ZIP, EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
#: One of these stands in every office document, which is a ZIP, too: it is for whoever reads such.
OFFICE = frozenset({"[Content_Types].xml", "mimetype", "Index/Document.iwa"})
BY_THE_WAY = re.compile(r"__MACOSX/|(?:.*/)?\.DS_Store\Z|.*/\Z")  #: what macOS puts beside the files, and folders
CHUNK = 2**18  # bytes
#: Packed, a table has a tenth of its size, one that a program made up a fiftieth; equal bytes have a thousandth.
MOST_TIMES = 200
ALWAYS_ALLOWED = 100 * 2**20  # bytes
MOST_IN_A_LINE = 64 * 2**20  # bytes: a line is held in memory, whole
#: BZIP2 tells of damage by an error of the system's without a number; EINVAL: a ZIP leads to before its beginning.
DAMAGE_NUMBERS = (None, EINVAL)
DAMAGES = (EOFError, zlib.error, LZMAError, zipfile.BadZipFile, gzip.BadGzipFile)
#: How a name ends of what is packed: with what it is, which would be the end of its name, and how it is packed.
ENDS = re.compile(r"(?:\.(?:csv|tsv|tab|txt|ndjson|jsonl|json))?\.(?:gz|zip)\Z", re.IGNORECASE)


def open_unpacked(path: Path) -> BinaryIO:
    """The bytes of the file *path* or, where it is packed, of what is in it.

    Raises ImportRefused where it is a ZIP of several files; and, as far as it was read, where it is damaged or unpacks
    to more than any table.
    """
    with path.open("rb") as file:
        start = file.read(len(ZIP))
    if start.startswith(GZIP):
        return io.BufferedReader(_Unpacked(gzip.open(path), path), CHUNK)
    if start in (ZIP, EMPTY_ZIP) and (within := _within(path)) is not None:
        return io.BufferedReader(_Unpacked(within, path), CHUNK)
    return path.open("rb")


def stem_of(path: PurePath) -> str:
    """The name of *path* without what says how it is written and packed: 2018.export of 2018.export.CSV.zip."""
    stem = ENDS.sub("", path.name)
    return path.stem if stem in ("", path.name) else stem


def _within(path: Path) -> BinaryIO | None:
    """The one file in the ZIP *path*, opened; None of an office document. Raises ImportRefused."""
    try:
        with _telling_of_damage(path), zipfile.ZipFile(path) as packed:
            if not OFFICE.isdisjoint(packed.namelist()):
                return None
            files = [each for each in packed.infolist() if not BY_THE_WAY.match(each.filename)]
            if len(files) != 1:
                named = ", ".join(each.filename for each in files[:5]) + (", …" if len(files) > 5 else "")
                what = f"{len(files)} files ({named})" if files else "no file"
                raise ImportRefused(
                    f"{path} is a ZIP with {what} in it, where one is wanted: unpack it. Nothing was imported."
                )
            return packed.open(files[0])
    except (NotImplementedError, RuntimeError) as error:
        # Methods of packing that Python lacks, and passwords.
        raise ImportRefused(
            f"{path} cannot be unpacked here ({error}): unpack it by the program that packed it. Nothing was imported."
        ) from None


@contextmanager
def _telling_of_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (*DAMAGES, OSError) as error:
        if getattr(error, "errno", None) not in DAMAGE_NUMBERS:
            raise
        raise ImportRefused(f"{path} is packed, and damaged ({error}): fetch it anew. Nothing was imported.") from None


class _Unpacked(io.RawIOBase):
    """What is in the file *path*, as long as it is no more than a table could be."""

    def __init__(self, within: BinaryIO, path: Path) -> None:
        self._within, self._path = within, path
        self._most = max(ALWAYS_ALLOWED, MOST_TIMES * path.stat().st_size)
        self._size = self._in_line = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _telling_of_damage(self._path):
            part = self._within.read(len(buffer))
        buffer[: len(part)] = part
        self._size += len(part)
        last = part.rfind(b"\n")
        self._in_line = len(part) - last - 1 if last >= 0 else self._in_line + len(part)
        if self._size > self._most or self._in_line > MOST_IN_A_LINE:
            raise ImportRefused(
                f"{self._path} unpacks to more than {MOST_TIMES} times its size, or to a line of more than "
                f"{MOST_IN_A_LINE >> 20} MB: it is no table. Nothing was imported."
            )
        return len(part)

    def close(self) -> None:
        self._within.close()
        super().close()
