"""Event data in the raw ICEWS format: 20 columns under a header, parted by tabs, no quotes; NA is missing."""

import re
from typing import ClassVar

from events.importing.coded import ANNOUNCED, Coded, Side, codes_among, lost_zeros
from events.importing.drafts import ClaimDraft, Draft, PartyDraft, Row, SourceDraft, number
from events.importing.problems import Rejected

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
MISSING = frozenset({"NA", "NULL", ""})
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CODE = re.compile(r"[0-9]{3,4}")
ROLE_OF_A_COUNTRY = re.compile(r"(?P<role>.+) \((?P<country>[^()]+)\)")
#: Words in a sector, or in a role with its country in brackets, by which somebody acts for the state itself.
STATE = re.compile(
    r"\b(?:government|executive|cabinet|head of government|ministry|minister|foreign affairs|defen[cs]e|diplomatic|"
    r"embassy|envoy|ambassador|legislat\w+|parliament\w*|congress|senate|judicia\w+|court|military|army|navy|air force|"
    r"armed forces|troops|police|intelligence|security forces|state|royal administration|monarchy)\b",
    re.IGNORECASE,
)


class ICEWS(Coded):
    """Events are known by id and date; rows repeat where date, code and both names do, mirrored ones too."""

    name: ClassVar[str] = "icews"
    source: ClassVar[SourceDraft] = SourceDraft(
        "icews", "ICEWS coded event data", "icews-project", "Integrated Crisis Early Warning System", "dataset"
    )

    def check(self) -> int:
        count = super().check()
        if tuple(self.columns) != COLUMNS:
            missing = [name for name in COLUMNS if name not in self.columns]
            why = f"the header lacks {', '.join(missing)}." if missing else "the columns stand in another order."
            raise self.refuse(f"{why} It has the 20 columns {COLUMNS[0]} to {COLUMNS[-1]}, parted by tabs.")
        at = COLUMNS.index("CAMEO Code")
        if why := lost_zeros(codes_among(row.raw[at] for row in self.rows() if len(row.raw) == len(COLUMNS))):
            raise self.refuse(why)
        dates = [DAY.fullmatch(row.raw[1]) for row in self.rows() if len(row.raw) == len(COLUMNS)]
        if dates and not any(dates):
            raise self.refuse("no Event Date is a day as 2018-06-04: a spreadsheet wrote them anew.")
        return count

    def draft(self, row: Row) -> Draft:
        cells = {name: "" if cell in MISSING else cell for name, cell in self.cells(row).items()}
        for name in ("Event ID", "Event Date", "Source Name", "Target Name", "CAMEO Code"):
            if not cells[name]:
                raise Rejected(f"{name} is missing.")
        date, code = cells["Event Date"], cells["CAMEO Code"]
        if not DAY.fullmatch(date):
            raise Rejected(f"Event Date is {date!r}; a day is written 2018-06-04.")
        if not CODE.fullmatch(code):
            raise Rejected(f"CAMEO Code is {code!r}; it is text of three or four digits, as in 040.")
        return self.coded(
            row,
            external_id=f"{cells['Event ID']}/{date}",
            day=date,
            code=code,
            sides=[_side(cells, "Source"), _side(cells, "Target")],
            place=_place(cells),
            summary=f"Coded {code} ({cells['Event Text']}): {_written(cells, 'Source')} – {_written(cells, 'Target')}.",
            told=self._told(cells, "announces" if code in ANNOUNCED else "reports"),
        )

    def _told(self, cells: dict[str, str], stance: str) -> ClaimDraft:
        """The sentence that was coded. The press source stands in the note: it did not say so, the coder read it so."""
        sentence = f"story {cells['Story ID']}, sentence {cells['Sentence Number']}"
        publisher = cells["Publisher"]
        return ClaimDraft(
            self.cited, stance, locator=sentence, note=f"Read in {publisher}, {sentence}." if publisher else ""
        )


def _side(cells: dict[str, str], which: str) -> Side:
    """Whom a name means: a state or an organ of it, a person who acts for it, a body, or a person by name alone."""
    name, sectors, country = (cells[f"{which} {part}"] for part in ("Name", "Sectors", "Country"))
    in_brackets = ROLE_OF_A_COUNTRY.fullmatch(name)
    if not country:
        return Side(name, PartyDraft("", name=name))
    if name == country:
        return Side(name, PartyDraft("", country=country))
    if in_brackets:
        if STATE.search(in_brackets["role"]) or STATE.search(sectors):
            return Side(name, PartyDraft("", country=country))
        raise Rejected(f"{which} Name is {name!r} ({sectors or 'no sectors'}): in that country, but not its state.")
    if STATE.search(sectors):
        return Side(name, PartyDraft("", country=country, leader=name, if_known=True))
    return Side(name, PartyDraft("", name=name))


def _written(cells: dict[str, str], which: str) -> str:
    sectors = cells[f"{which} Sectors"]
    return cells[f"{which} Name"] + (f" [{sectors}]" if sectors else "")


def _place(cells: dict[str, str]) -> dict[str, object]:
    parts = dict.fromkeys(cells[part] for part in ("City", "District", "Province") if cells[part])
    latitude, longitude = number(cells["Latitude"], "Latitude"), number(cells["Longitude"], "Longitude")
    there = latitude is not None and longitude is not None
    return {
        "place_name": ", ".join(parts) or cells["Country"],
        "place_country": cells["Country"],
        "latitude": latitude if there else None,
        "longitude": longitude if there else None,
    }
