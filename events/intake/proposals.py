"""A text → proposed draft events."""

from __future__ import annotations

import re

from events.edtf import EDTFDate
from events.intake.names import Names
from events.intake.paragraphs import paragraphs
from events.intake.values import Mark, Party, Proposal

SENTENCE = re.compile(r"[^.!?]+[.!?]*[\"”’)]*")
YEAR = re.compile(r"\bin ((?:19|20)[0-9]{2})\b")


def propose(text: str, published: EDTFDate | None, names: Names) -> list[Proposal]:
    """Drafts of the dated statements of *text*, in its order. *published* is the text's own date, where it is known."""
    proposals = []
    for number, paragraph in enumerate(paragraphs(text), 1):
        for sentence in SENTENCE.finditer(paragraph):
            year = YEAR.search(sentence[0])
            if year:
                start = sentence.start() + year.start()
                parties = tuple(_parties(sentence[0], sentence.start(), names))
                marks = (Mark(start, start + len(year[0]), "date"),)
                marks += tuple(Mark(each.start, each.end, "party") for each in parties)
                proposals.append(
                    Proposal(number, sentence.start(), sentence.end(), year[1], "statement", "reports", parties, None,
                             sentence[0].strip()[:100], marks)
                )  # fmt: skip
    return proposals


def _parties(sentence: str, offset: int, names: Names) -> list[Party]:
    found = []
    for record in names.records:
        place = sentence.find(record.name)
        if place >= 0:
            start = offset + place
            found.append(Party(record.model, record.public_id, "party", start, start + len(record.name)))
    return found
