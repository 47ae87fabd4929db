"""The participants of a guessed mapping, as YAML that a person reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.importing.foreign_names import NamesInAnyLanguage
from events.importing.guessed_parties import Party
from events.importing.mapping_texts import LONGEST_WORD, cell_of, comment, list_of, scalar
from events.importing.sample import cells_of
from events.importing.values import Cells

MOST_UNKNOWN = 12  #: names that are listed; the rows of the others are rejected with the same question


@dataclass(frozen=True, slots=True)
class PartyLines:
    """Writes parties by the *names* of the record; *missing* are words in cells of *rows* that stand for nothing."""

    names: NamesInAnyLanguage
    rows: Sequence[Cells]
    missing: Sequence[str]

    def lines(self, parties: Sequence[Party]) -> Iterator[str]:
        yield "participants:  # ??? the role of each: initiator, recipient, party, host, visitor …"
        for party in parties:
            yield f"- role: {party.role or 'party'}"
            yield from self._party(party)
        if len(parties) == 1:
            yield "# Who is the same in all rows stands here, too, as in:  - {role: host, country: CHN}"
        if not parties:
            yield "- role: party"
            yield "  country: ''  # ??? a country, or the column that names it: “{column}”"

    def _party(self, party: Party) -> Iterator[str]:
        if party.column:
            yield from self._names(party)
        if not party.leader:
            return
        if party.column:
            there = [mark for mark in party.marks if any(mark in cell for cell in cells_of(self.rows, party.leader))]
            marks = f", split: {list_of(there)}" if there else ""
            yield f"  leader: {{text: {cell_of(party.leader)}{marks}, if_known: yes}}  # who is unknown is left out"
            pairs = ((row[party.leader], row[party.column]) for row in self.rows)
            apart = next((pair for pair in pairs if self.names.never_acted_for(*pair)), None)
            if apart:
                person, country = (" ".join(each.split()) for each in apart)
                yield f"  # ??? {person} held no office of {country}: where they went there, it is a party of its own"
        elif party.marks:
            yield f"  leader: {{text: {cell_of(party.leader)}, split: {list_of(party.marks)}}}"
        else:
            yield f"  leader: {cell_of(party.leader)}  # who is unknown has the row rejected"

    def _names(self, party: Party) -> Iterator[str]:
        key = "party" if party.is_mixed else "country"
        values = list(self._values(party))
        if party.are_states:
            yield f"  {key}: {{text: {cell_of(party.column)}, cow: yes}}  # ??? states of the Correlates of War"
        elif values:
            yield f"  {key}:"
            yield f"    text: {cell_of(party.column)}"
            if party.marks:
                yield f"    split: {list_of(party.marks)}  # ??? several in one cell"
            yield "    values:  # what they are called in the record"
            yield from (f"      {line}" for line in values)
        elif party.marks:
            parts = f"text: {cell_of(party.column)}, split: {list_of(party.marks)}"
            yield f"  {key}: {{{parts}}}  # ??? several in one cell"
        else:
            yield f"  {key}: {cell_of(party.column)}"
        if party.codes:
            code = party.codes[0]
            yield from comment(
                "??? Not all codes are of ISO 3166. If they are of another list, such as the IOC's or that of the "
                f"Correlates of War, others may mean others, too: {code} is read as {self.names.countries[code].name}."
            )
        if party.strangers:
            who = " ".join(party.strangers[0].split())
            yield f"  # ??? {who} is unknown: such rows are rejected, or with if_known: yes the other stands alone"

    def _values(self, party: Party) -> Iterator[str]:
        """Names that stay whole, those that the record has otherwise, and those that it does not know."""
        whole = (name for name in party.whole if name not in party.unknown)
        yield from (f"{scalar(name)}: {scalar(name)}  # one, not two" for name in whole)
        strangers = {name: perhaps for name, perhaps in party.unknown.items() if len(name) <= LONGEST_WORD}
        known = {name: perhaps[0] for name, perhaps in strangers.items() if len(perhaps) == 1}
        yield from (f"{scalar(name)}: {scalar(meant)}" for name, meant in known.items())
        unknown = [name for name in strangers if name not in known and name not in self.missing]
        for name in unknown[:MOST_UNKNOWN]:
            yield f"{scalar(name)}: {scalar(name)}  # ??? unknown by this name{self._near(name, strangers[name])}"
        if len(unknown) > MOST_UNKNOWN:
            yield f"# {len(unknown) - MOST_UNKNOWN} more names are unknown; a trial run tells which."

    def _near(self, name: str, perhaps: Sequence[str]) -> str:
        if perhaps:
            return f"; perhaps {' or '.join(f'“{each}”' for each in perhaps)}"
        if " and " in name:
            return "; where “and” parts two, add split: ' and '"
        return self.names.near_country(name).replace(" Did you mean", "; perhaps").replace("?", "")
