"""A claim with its chain, as the value that status is derived from."""

from typing import TYPE_CHECKING

from events.chains import Chain
from events.status import Assertion

if TYPE_CHECKING:
    from events.models import Claim


def assertion_of(claim: "Claim", chain: Chain) -> Assertion:
    """*claim* with the *chain* of its source."""
    return Assertion(claim.stance, chain.known, chain[0].publisher_id, chain.voice, chain.told)
