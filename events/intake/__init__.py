"""Article → draft events: a text's dates, parties, kinds, stances and origins. Pure, offline, English only."""

from .names import Held, Named, Names
from .paragraphs import paragraphs
from .proposals import propose
from .values import Mark, Origin, Party, Proposal

__all__ = ["Held", "Mark", "Named", "Names", "Origin", "Party", "Proposal", "paragraphs", "propose"]
