"""The claim of a guessed mapping, as YAML that a person reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.importing.guessed_stances import stance_of
from events.importing.headings import Columns
from events.importing.mapping_texts import LONGEST_WORD, MOST_VALUES, cell_of, list_of, scalar
from events.importing.sample import URL, cells_of
from events.importing.values import Cells, parted
from events.models import Claim
from events.vocabulary.stances import Stance

LONGEST_LOCATOR = Claim._meta.get_field("locator").max_length
BETWEEN_ADDRESSES = (";", "\n", " ")


@dataclass(frozen=True, slots=True)
class ClaimLines:
    """Writes the claim by the *columns* of its stance, locator and source, and of people whom it keeps as written."""

    columns: Columns
    rows: Sequence[Cells]

    def lines(self) -> Iterator[str]:
        locator, url = self.columns.found.get("locator"), self.columns.found.get("url")
        if locator and self._mostly_addresses(locator) and not url:
            locator, url = None, locator
        if locator and any(len(cell) > LONGEST_LOCATOR for cell in cells_of(self.rows, locator)):
            locator = None
        parties = self.columns.parties
        named = [name for party in parties for name in (party.strangers and party.column, party.leader) if name]
        short = [name for name in named if all(len(cell) <= LONGEST_WORD for cell in cells_of(self.rows, name))]
        note = "; ".join(f"{{{name}}}" for name in short)
        if locator or url or note or "stance" in self.columns.found:
            yield "claim:"
            yield from self._stance()
        if note:
            yield f"  note: {scalar(note)}  # keeps as written whom the record does not know"
        if locator:
            yield f"  locator: {cell_of(locator)}"
        if url:
            cells = cells_of(self.rows, url)
            marks = [mark for mark in BETWEEN_ADDRESSES if any(len(parted(cell, (mark,))) > 1 for cell in cells)]
            text = f"{{text: {cell_of(url)}, split: {list_of(marks)}}}" if marks else cell_of(url)
            yield f"  source: {{url: {text}}}  # title, publisher and published may stand here, too"

    def _stance(self) -> Iterator[str]:
        """What the row says of its event, or it would be reported to have taken place."""
        if "stance" in self.columns.found:
            words = sorted(set(cells_of(self.rows, self.columns.found["stance"])))
            yield "  stance:"
            yield f"    text: {cell_of(self.columns.found['stance'])}"
            yield f"    values:  # ??? each is one of {', '.join(Stance.values)}"
            yield from (f"      {scalar(word)}: {stance_of(word) or '???'}" for word in words[:MOST_VALUES])

    def _mostly_addresses(self, column: str) -> bool:
        cells = cells_of(self.rows, column)
        return 2 * sum(1 for cell in cells if URL.match(cell)) > len(cells)
