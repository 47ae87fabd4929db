"""Encodings of CSV files that are no UTF-8, and bytes that are none of them."""

import codecs

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ESCAPED = "chancery.escaped"  #: how bytes are read that are none of the encoding: as ``is_storable`` knows them


def is_encoding(name: str) -> bool:
    """Whether texts can be read by the encoding *name*."""
    try:
        b"a".decode(name, "ignore")
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError):
        return False
    return True


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """As “surrogateescape”, which lets bytes below 128 through as an error: half a letter of UTF-16 may be one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC80 | byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(ESCAPED, _escaped)
