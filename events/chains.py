"""Through whose hands a source reached us: ``Source.via``, followed from the origin to the one that was read."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from events.edtf import day_label
from events.edtf.calendar import DAY
from events.status import Assertion

if TYPE_CHECKING:
    from events.models import Claim, Source


class ChainCycle(ValueError):
    """Following ``via`` led back to a source that was passed already."""


class Chain(tuple["Source", ...]):
    """A source and those through which it reached us, the origin first, with their publishers as they were read.

    What follows from it is worked out once, however many claims rest on it.
    """

    @cached_property
    def known(self) -> int:
        """When what it hands on was known: seconds of UTC since 1970.

        The earliest of the latest possible instants of its dated sources; exact times count by their offset,
        days as days of UTC. Where none is dated, the end of the first day on which one was read.
        """
        dated = [
            source.published.latest_end - (source.published.utc_offset or 0) for source in self if source.published
        ]
        if dated:
            return min(dated)
        return min(
            int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + DAY - 1
            for source in self
            if (day := source.accessed)
        )

    @cached_property
    def voice(self) -> str:
        """Who says so and where it was read: "Korean Central News Agency, read in Al Arabiya, read in Trend"."""
        return ", read in ".join(dict.fromkeys(source.publisher.name for source in self))

    @cached_property
    def told(self) -> str:
        """By what it is known: "Trend reported on 4 June 2018 (from Korean Central News Agency)"."""
        origin, reader = self[0], self[-1]
        teller = next((source for source in self if source.published), reader)
        day = f" on {day_label(teller.published)}" if teller.published else ""
        behind = "" if teller.publisher_id == origin.publisher_id else f" (from {origin.publisher.name})"
        return f"{teller.publisher.name} reported{day}{behind}"

    def assertion(self, claim: "Claim") -> Assertion:
        """*claim*, whose source it follows, as the value that status is derived from."""
        return Assertion(claim.stance, self.known, self[0].publisher_id, self.voice, self.told)


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


def chains_of(keys: Iterable[int]) -> dict[int, Chain]:
    """The chain of each source of *keys*, origin first, with publishers: one query for each link of the longest."""
    from events.models import Source

    wanted, known = set(keys), {}
    edge = set(wanted)
    while edge:
        found = Source.objects.select_related("publisher").in_bulk(edge)
        known |= found
        edge = {source.via_id for source in found.values() if source.via_id} - known.keys()
    links = {key: source.via_id for key, source in known.items()}
    return {key: Chain(known[link] for link in follow(key, links)) for key in wanted}
