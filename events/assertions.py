"""A claim with its chain, as the value that status is derived from."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from events.chains import known_at
from events.edtf import EDTFDate, label
from events.status import Assertion

if TYPE_CHECKING:
    from events.models import Claim, Source


def assertion_of(claim: "Claim", chain: Sequence["Source"]) -> Assertion:
    """*claim* with the *chain* of its source, origin first."""
    return Assertion(
        stance=claim.stance,
        known=known_at(chain),
        publisher=chain[0].publisher_id,
        voice=voice(chain),
        told=told(chain),
    )


def voice(chain: Sequence["Source"]) -> str:
    """Who says so and where it was read: "Korean Central News Agency, read in Al Arabiya, read in Trend"."""
    return ", read in ".join(dict.fromkeys(source.publisher.name for source in chain))


def told(chain: Sequence["Source"]) -> str:
    """By what it is known: "Trend reported on 4 June 2018 (from Korean Central News Agency)"."""
    origin, reader = chain[0], chain[-1]
    teller = next((source for source in chain if source.published), reader)
    day = f" on {day_label(teller.published)}" if teller.published else ""
    behind = "" if teller.publisher_id == origin.publisher_id else f" (from {origin.publisher.name})"
    return f"{teller.publisher.name} reported{day}{behind}"


@lru_cache(maxsize=8_192)
def day_label(date: EDTFDate) -> str:
    """*date* in words without its time of day: the claim itself has the minute."""
    return label(EDTFDate.parse(date.edtf.split("T")[0]) if date.precision == "time" else date)
