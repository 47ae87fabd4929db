"""Through whose hands a source reached us: ``Source.via``, followed from the origin to the one that was read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.models import Source

DAY = 86_400


class ChainCycle(ValueError):
    """Following ``via`` led back to a source that was passed already."""


def follow(key: int, links: Mapping[int, int | None]) -> list[int]:
    """Keys from *key*, the origin, through *links* (source → the source that it was read through) to the last.

    Raises ChainCycle where the way leads back.
    """
    chain = [key]
    while (key := links.get(key)) is not None:
        if key in chain:
            raise ChainCycle(f"Source {key} was read through itself.")
        chain.append(key)
    return chain


def chains_of(keys: Iterable[int]) -> dict[int, tuple["Source", ...]]:
    """The chain of each source of *keys*, origin first, with publishers: one query for each link of the longest."""
    from events.models import Source

    wanted, known = set(keys), {}
    edge = set(wanted)
    while edge:
        found = Source.objects.select_related("publisher").in_bulk(edge)
        known |= found
        edge = {source.via_id for source in found.values() if source.via_id} - known.keys()
    links = {key: source.via_id for key, source in known.items()}
    return {key: tuple(known[link] for link in follow(key, links)) for key in wanted}


def known_at(chain: Sequence["Source"]) -> int:
    """When what the chain hands on was known: seconds of UTC since 1970.

    The earliest of the latest possible instants of its dated sources; exact times count by their offset,
    days as days of UTC. Where none is dated, the end of the first day on which one was read.
    """
    dated = [source.published.latest_end - (source.published.utc_offset or 0) for source in chain if source.published]
    if dated:
        return min(dated)
    return min(
        int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + DAY - 1
        for source in chain
        if (day := source.accessed)
    )
