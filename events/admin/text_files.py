"""Text files that editors upload, whatever they were encoded in."""

import codecs
import re

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

LARGEST = 2_000_000  #: bytes
KINDS = (".txt", ".text", ".md", ".htm", ".html", ".xhtml")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
#: What a page may declare: others are no text, or take long to undo.
KNOWN = (
    "utf-8", "utf8", "iso-8859", "windows-", "cp", "koi8", "shift", "euc", "gb", "big5", "us-ascii", "latin", "mac",
)  # fmt: skip
FALLBACK = "windows-1252"


def read_text(upload: UploadedFile) -> str:
    """The text of *upload*. Raises ValidationError, naming the file, where it is none that can be read."""
    name = upload.name or "The file"
    if not name.lower().endswith(KINDS):
        raise ValidationError(f"“{name}” is neither plain text nor HTML: save it as one of {', '.join(KINDS)}.")
    if upload.size > LARGEST:
        raise ValidationError(
            f"“{name}” has {upload.size:,} bytes; up to {LARGEST:,} are read. Paste the article's own text instead."
        )
    data = upload.read()
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise ValidationError(
            f"“{name}” cannot be read as {encoding}, which it says it is. Save it as UTF-8, or paste the text."
        ) from None
    if "\0" in text:
        raise ValidationError(f"“{name}” is no text: it holds zero bytes. Save it as plain text in UTF-8.")
    return text


def encoding_of(data: bytes) -> str:
    """By its mark, by what its HTML declares, else UTF-8 where it is that, else what Windows wrote in the West."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    declared = DECLARED.search(data[:4_096])
    if declared and (name := declared[1].decode("ascii").lower()).startswith(KNOWN):
        return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return FALLBACK
    return "utf-8"
