"""Primary keys as anybody may send them."""

from typing import Any

BIGGEST_KEY = 2**63 - 1


def key_of(value: Any) -> int | None:
    """The primary key that *value*, which anybody may have sent, writes; None where it is none."""
    text = str(value)
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return int(text) if is_number and int(text) <= BIGGEST_KEY else None
