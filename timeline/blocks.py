"""What changed last, per block of time and per collection: so that an answer about 1966 outlives an edit in 2018."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from zlib import crc32

from django.db import connection
from django.db.models import Model

from events.edtf import OPEN_END, OPEN_START
from events.edtf.calendar import DAY, civil_from_days
from timeline.models import LastChange
from timeline.remembering import remembered

if TYPE_CHECKING:
    from events.edtf import EDTFDate
    from timeline.writing import Change

#: Blocks of time are decades, by the floor of the year by ten.
TIME = "time"
#: Single events share these, so that one event's address is looked up without reading it.
ADDRESSES = "addresses"
ADDRESS_BLOCKS = 256
#: Erasures, and what a rebuild mends in place, void even what is pinned to a snapshot.
ERASURES = "erasures"
#: An event that spans more decades than this, or has an open end, counts in the block that every question asks for.
MOST_DECADES = 30
ANY_TIME = 1_000_000


def mark_change(change: "Change", number: int) -> None:
    """Note *number* in all blocks in which something of *change* shows, before or after it."""
    extents = {(row.earliest_start, row.latest_end) for row in change.ended}
    extents |= {(made.entry.earliest_start, made.entry.latest_end) for made in change.begun}
    slugs = {row.slug for row in change.ended} | {made.entry.slug for made in change.begun}
    slugs |= {departure.slug for departure in (*change.returned, *change.departed)}
    times = {(TIME, decade) for extent in extents for decade in decades(*extent)}
    _mark(times | {(ADDRESSES, address_block(slug)) for slug in slugs}, number)


def mark_references(models: Iterable[type[Model]], number: int) -> None:
    """Note *number* for the collections of *models*."""
    _mark({(model.resource, 0) for model in models}, number)


def void_everything(number: int) -> None:
    """Note *number* for every answer that there is."""
    _mark({(ERASURES, 0)}, number)


def decades(first: int, last: int) -> Collection[int]:
    """The blocks of time in which something between *first* and *last*, in seconds since 1970, counts."""
    if first <= OPEN_START or last >= OPEN_END:
        return (ANY_TIME,)
    begin, end = (civil_from_days(second // DAY)[0] // 10 for second in (first, last))
    return range(begin, end + 1) if end - begin < MOST_DECADES else (ANY_TIME,)


def address_block(slug: str) -> int:
    return crc32(slug.encode()) % ADDRESS_BLOCKS


def last_in_span(begin: "EDTFDate | None", end: "EDTFDate | None", resources: Iterable[str]) -> int:
    """The number of the last change that can show in a list of events between *begin* and *end*, either of them open,
    whose question names records of *resources*. Where *end* is before *begin*, what overlaps both lies between them.
    """
    first = -ANY_TIME if begin is None else civil_from_days(begin.earliest_start // DAY)[0] // 10
    last = ANY_TIME if end is None else civil_from_days(end.latest_end // DAY)[0] // 10
    return _last_in_decades(min(first, last), max(first, last), resources)


def last_between(first: int, last: int, resources: Iterable[str]) -> int:
    """The same for what overlaps *first* to *last*, seconds since 1970."""
    return _last_in_decades(*(civil_from_days(second // DAY)[0] // 10 for second in (first, last)), resources)


def _last_in_decades(first: int, last: int, resources: Iterable[str]) -> int:
    times = _numbers().get(TIME, {})
    spanned = (number for block, number in times.items() if first <= block <= last or block == ANY_TIME)
    return max(_last([*resources, ERASURES]), max(spanned, default=0))


def last_at_address(slug: str) -> int:
    """The number of the last change that can show at the address of one event."""
    return max(_last([ERASURES]), _numbers().get(ADDRESSES, {}).get(address_block(slug), 0))


def last_erasure(resources: Iterable[str] = ()) -> int:
    """The number of the last change that can show in an answer pinned to a snapshot, naming records of *resources*."""
    return _last([*resources, ERASURES])


def _last(subjects: Iterable[str]) -> int:
    """The last number of *subjects*, which have one block each."""
    return max(_numbers().get(subject, {}).get(0, 0) for subject in subjects)


def _numbers() -> dict[str, dict[int, int]]:
    """The number of each block, by its subject: some hundreds, asked for with every answer."""
    return remembered("numbers", _read_numbers)


def _read_numbers() -> dict[str, dict[int, int]]:
    numbers: dict[str, dict[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT subject, block, number FROM {LastChange._meta.db_table}")
        for subject, block, number in cursor.fetchall():
            numbers.setdefault(subject, {})[block] = number
    return numbers


def _mark(blocks: Collection[tuple[str, int]], number: int) -> None:
    """Note *number* in *blocks*, each after its subject."""
    LastChange.objects.bulk_create(
        [LastChange(subject=subject, block=block, number=number) for subject, block in sorted(blocks)],
        update_conflicts=True,
        unique_fields=["subject", "block"],
        update_fields=["number"],
    )
