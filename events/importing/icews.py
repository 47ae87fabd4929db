"""Event data in the raw ICEWS format: 20 columns under a header, parted by tabs, no quotes; NA is missing."""

import re
from typing import ClassVar

from events.importing.coded import ANNOUNCED, BARE, CODE, NUMBER, Coded, Side
from events.importing.drafts import ClaimDraft, Draft, PartyDraft, Row, SourceDraft, number
from events.importing.problems import Rejected
from events.importing.separated import DEGREES, Form

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
MISSING = frozenset({"NA", "NULL", ""})
A_DAY: Form = (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a day as 2018-06-04")
A_PLACE: Form = (re.compile(r"[0-9]*|NA|NULL"), "a whole number, or NA")  #: in a story, or the story's
ROLE_OF_A_COUNTRY = re.compile(r"(?P<role>.+) \((?P<country>[^()]+)\)")
#: Sectors stand between commas, but for those inside a sector: "Army Mechanized (Ships, Tanks, Planes)".
BETWEEN_SECTORS = re.compile(r",(?![^(]*\))")
#: Whole sectors, and whole roles with their country in brackets, that are the state itself or an organ of it.
STATE = re.compile(
    r"(?:(?:national|central|federal|provincial|local|municipal) )?government(?: officials?)?|state|monarchy|"
    r"head of (?:government|state)|executive(?: office)?|royal administration|cabinet(?: / .+)?|"
    r"(?:.+ )?ministry(?: of .+)?|(?:.+ )?minister(?: of .+)?|foreign affairs|"
    r"diplomat(?:s|ic)?|embassy|consulate|ambassador|(?:[a-z]+ )?envoy|"
    r"legislat(?:or|ure|ive)(?: / parliamentary)?|parliament(?:arian|ary)?|(?:lower|upper) house|"
    r"member of (?:parliament|legislative \(govt\))|congress|senate|senator|"
    r"judicia(?:l|ry)|court judge|(?:[a-z]+(?: / [a-z]+)? )?court|"
    r"(?:high ranking )?military(?: personnel)?(?: - special)?|army|navy|naval|air force|marines|coast guard|"
    r"armed forces|troops|defen[cs]e(?: / security)?|security forces|(?:[a-z]+ )?police|"
    r"(?:state )?intelligence(?: (?:agency|services?))?",
    re.IGNORECASE,
)
#: Who is also this does not act for the state, whatever else he or she is: a member of parliament in opposition.
NOT_STATE = re.compile(
    r"\b(?:opposition|out of government|dissidents?|exiles?|in exile|banned|shadow|former|rebels?|insurgents?|"
    r"separatists?|organized violent|non-state|anti-government|pro-government|militias?|state media|state-owned)\b",
    re.IGNORECASE,
)


class ICEWS(Coded):
    """Events are known by id and date; rows repeat where date, code and both names with their countries do, mirrored
    ones too.
    """

    name: ClassVar[str] = "icews"
    source: ClassVar[SourceDraft] = SourceDraft(
        "icews", "ICEWS coded event data", "icews-project", "Integrated Crisis Early Warning System", "dataset"
    )
    code_column: ClassVar[str] = "CAMEO Code"
    forms: ClassVar[dict[str, Form]] = dict.fromkeys(COLUMNS, BARE) | {
        "Event ID": NUMBER, "Event Date": A_DAY, "CAMEO Code": CODE, "Story ID": A_PLACE, "Sentence Number": A_PLACE,
        "Latitude": DEGREES, "Longitude": DEGREES,
    }  # fmt: skip

    def check_header(self) -> None:
        self._check_separator()
        if tuple(self.columns) != COLUMNS:
            missing = [name for name in COLUMNS if name not in self.columns]
            others = [repr(name) for name in self.columns if name not in COLUMNS]
            why = "the columns stand in another order."
            if missing or others:
                why = f"the header {'lacks' if missing else 'has besides'} {', '.join(missing or others)}."
            if "".join(self.columns).startswith('"'):
                why = "its cells, or its lines, stand in quotation marks, which the raw format has none of."
            raise self.refuse(f"{why} It has the 20 columns {COLUMNS[0]} to {COLUMNS[-1]}, parted by tabs.")

    def draft(self, row: Row) -> Draft:
        written = self.cells(row)
        latitude, longitude = written["Latitude"], written["Longitude"]
        if bool(latitude) != bool(longitude):  # whoever writes NA writes it for both
            raise Rejected(f"Latitude is {latitude!r}, and Longitude {longitude!r}: have the cells of the row moved?")
        cells = {name: "" if cell in MISSING else cell for name, cell in written.items()}
        for name in ("Event ID", "Event Date", "Source Name", "Target Name", "CAMEO Code"):
            if not cells[name]:
                raise Rejected(f"{name} is missing.")
        self.in_form(cells)
        date, code = cells["Event Date"], cells["CAMEO Code"]
        text = f" ({cells['Event Text']})" if cells["Event Text"] else ""
        return self.coded(
            external_id=f"{cells['Event ID']}/{date}",
            day=date,
            code=code,
            sides=[_side(cells, "Source"), _side(cells, "Target")],
            place=_place(cells),
            summary=f"Coded {code}{text}: {_written(cells, 'Source')} – {_written(cells, 'Target')}.",
            told=self._told(cells, "announces" if code in ANNOUNCED else "reports"),
        )

    def _told(self, cells: dict[str, str], stance: str) -> ClaimDraft:
        """The sentence that was coded. The press source stands in the note: it did not say so, the coder read it so."""
        told = [f"{what} {cells[name]}" for what, name in (("story", "Story ID"), ("sentence", "Sentence Number"))
                if cells[name]]  # fmt: skip
        sentence = ", ".join(told) or f"event {cells['Event ID']}"
        publisher = cells["Publisher"]
        return ClaimDraft(
            self.cited, stance, locator=sentence, note=f"Read in {publisher}, {sentence}." if publisher else ""
        )


def _side(cells: dict[str, str], which: str) -> Side:
    """Whom a name means: a state or an organ of it, a person who acts for it, a body, or a person by name alone."""
    name, sectors, country = (cells[f"{which} {part}"] for part in ("Name", "Sectors", "Country"))
    written = f"{name}, {country}"  # of two countries' ministries of defence one is meant
    in_brackets = ROLE_OF_A_COUNTRY.fullmatch(name)
    if not country:
        return Side(written, PartyDraft("", name=name))
    if name == country:
        return Side(written, PartyDraft("", country=country))
    if in_brackets:
        if _acts_for_the_state(in_brackets["role"], *BETWEEN_SECTORS.split(sectors)):
            return Side(written, PartyDraft("", country=country))
        raise Rejected(f"{which} Name is {name!r} ({sectors or 'no sectors'}): in that country, but not its state.")
    if _acts_for_the_state(*BETWEEN_SECTORS.split(sectors)):
        return Side(written, PartyDraft("", country=country, leader=name, if_known=True))
    return Side(written, PartyDraft("", name=name, of=country))


def _acts_for_the_state(*parts: str) -> bool:
    """Whether one of these sectors or roles is the state, and none of them is against it or apart from it."""
    return any(STATE.fullmatch(part.strip()) for part in parts) and not any(map(NOT_STATE.search, parts))


def _written(cells: dict[str, str], which: str) -> str:
    sectors = cells[f"{which} Sectors"]
    return cells[f"{which} Name"] + (f" [{sectors}]" if sectors else "")


def _place(cells: dict[str, str]) -> dict[str, object]:
    parts = dict.fromkeys(cells[part] for part in ("City", "District", "Province") if cells[part])
    return {
        "place_name": ", ".join(parts) or cells["Country"],
        "place_country": cells["Country"],
        "latitude": number(cells["Latitude"], "Latitude"),
        "longitude": number(cells["Longitude"], "Longitude"),
    }
