"""Rows in batches, as ``itertools.batched`` has them from Python 3.12 on."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Row = TypeVar("Row")


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """*rows*, which may be endless, *size* at a time."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
