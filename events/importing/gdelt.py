"""GDELT event exports, 2.0 (61 columns) and 1.0 (58, or 57 before April 2013): no header, tabs, codes as text."""

import re
from collections import Counter
from itertools import islice
from typing import ClassVar

from events.importing.coded import ANNOUNCED, BARE, CODE, NUMBER, Coded, Side
from events.importing.drafts import ClaimDraft, Draft, PartyDraft, Row, SourceDraft, number
from events.importing.fips import COUNTRY_OF_FIPS, NO_COUNTRY
from events.importing.formats import LOOKED_AT
from events.importing.problems import Rejected
from events.importing.separated import DEGREES, Form

ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in ACTOR), *(f"Actor2{name}" for name in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in PLACE),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip

#: Types of actors that are the state itself ("state agents" in CAMEO). Others only live in it.
STATE = frozenset({"", "GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
#: CAMEO's codes of countries where they are not those of ISO 3166.
COUNTRIES = {
    "ROM": "ROU", "TMP": "TLS", "WSB": "PSE", "GZS": "PSE", "KSV": "XKX", "ZAR": "COD", "IMY": "IMN",
    "MTN": "MNE",
}  # fmt: skip
#: CAMEO's codes that stand in the place of a country's, and are none. A body may be of one (NATO of the West).
REGIONS = frozenset({
    "", "AFR", "ASA", "BLK", "CAS", "CAU", "CEU", "CFR", "CRB", "EAF", "EEU", "EIN", "EUR", "LAM", "MDT", "MEA", "NAF",
    "NMR", "PGS", "SAF", "SAM", "SAS", "SCN", "SEA", "WAF", "WST",
})  # fmt: skip
#: CAMEO's codes of bodies → names by which the record may know them.
BODIES = {
    "UNO": "United Nations", "NAT": "NATO", "EEC": "European Union", "ARL": "Arab League", "AFU": "African Union",
    "ASN": "ASEAN", "GCC": "Gulf Cooperation Council", "IAE": "International Atomic Energy Agency", "ICJ":
    "International Court of Justice", "ICC": "International Criminal Court", "IMF": "International Monetary Fund",
    "WBK": "World Bank", "WTO": "World Trade Organization", "OPC": "OPEC", "SCE": "OSCE", "WHO":
    "World Health Organization", "ITP": "Interpol", "COE": "Council of Europe", "OIC": "OIC",
    "OAU": "Organization of African Unity", "OAS": "Organization of American States", "WAS": "ECOWAS",
    "CIS": "Commonwealth of Independent States", "HCR": "UNHCR", "WFP": "World Food Programme", "KID": "UNICEF",
    "FAO": "Food and Agriculture Organization", "ILO": "International Labour Organization",
}  # fmt: skip
DAY = r"[0-9]{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
A_DAY: Form = (re.compile(DAY), "a day as 20180604")
A_MOMENT: Form = (re.compile(rf"{DAY}[0-9]{{6}}"), "a moment as 20180604120000")
FORMS = {
    "GLOBALEVENTID": NUMBER, "SQLDATE": A_DAY, "EventCode": CODE, "ActionGeo_Lat": DEGREES, "ActionGeo_Long": DEGREES,
    "Actor1Name": BARE, "Actor2Name": BARE, "ActionGeo_FullName": BARE,
}  # fmt: skip
PARTS = re.compile(r"[A-Z]{3}")  #: of an actor's code
MOST_OF_A_NOTE = 500


class GDELT(Coded):
    """What both versions share. Events are known by GLOBALEVENTID; rows repeat where date, code, sides and place do."""

    source: ClassVar[SourceDraft] = SourceDraft(
        "gdelt", "GDELT event database", "gdelt-project", "The GDELT Project", "dataset",
        url="https://www.gdeltproject.org/",
    )  # fmt: skip
    has_header = False
    code_column: ClassVar[str] = "EventCode"
    layouts: ClassVar[tuple[tuple[str, ...], ...]]

    def columns_by(self, first: list[str]) -> list[str]:
        widths = Counter(len(cells) for _, cells in islice(self.lines(), LOOKED_AT))
        found = max(self.layouts, key=lambda layout: widths[len(layout)])  # the very first row may be cut
        if not widths[len(found)]:
            self._check_separator()
            raise self.refuse(self._wrong_width(len(first)))
        return list(found)

    def _wrong_width(self, width: int) -> str:
        right = " or ".join(str(len(layout)) for layout in self.layouts)
        others = [name for name, layouts in (("gdelt1", GDELT1.layouts), ("gdelt2", GDELT2.layouts))
                  if any(len(layout) == width for layout in layouts)]  # fmt: skip
        if others:
            return f"it has {width} columns, not {right}: it is --format {others[0]}."
        return f"it has {width} columns parted by tabs, not {right}. A spreadsheet's copy has other separators."

    def check_header(self) -> None:
        columns = tuple(self.columns)
        if columns not in self.layouts:  # of rejected rows, which stand under a header
            if any(len(columns) == len(layout) for layout in self.layouts):
                raise self.refuse("the header is not the one under which its rows were rejected: leave it as it was.")
            raise self.refuse(self._wrong_width(len(columns)))

    def draft(self, row: Row) -> Draft:
        cells = self.cells(row)
        self.in_form(cells)
        key, date, code = cells["GLOBALEVENTID"], cells["SQLDATE"], cells["EventCode"]
        sides = [self._side(cells, "Actor1"), self._side(cells, "Actor2")]
        return self.coded(
            external_id=key,
            day=f"{date[:4]}-{date[4:6]}-{date[6:]}",
            code=code,
            sides=sides,
            place=_place(cells),
            summary=f"Coded {code}: {' – '.join(side.written or 'nobody' for side in sides)}.",
            told=self._told(cells, "announces" if code in ANNOUNCED else "reports"),
            same_only=cells["ActionGeo_FullName"],
        )

    def _told(self, cells: dict[str, str], stance: str) -> ClaimDraft:
        """What GDELT published on the day on which it added the row: known since then, whatever day it tells of."""
        added, url = cells["DATEADDED"], cells.get("SOURCEURL", "")
        if added[:8] < cells["SQLDATE"] and stance == "reports":
            raise Rejected(f"SQLDATE is {cells['SQLDATE']}, and DATEADDED {added} before it: who reported it?")
        day = f"{added[:4]}-{added[4:6]}-{added[6:8]}"
        source = SourceDraft(
            f"{self.dataset}-{day}", f"{self.cited.title}, added on {day}", self.cited.publisher,
            self.cited.publisher_name, "dataset", url=self.cited.url, published=day, via=self.cited,
        )  # fmt: skip
        note = url if len(url) <= MOST_OF_A_NOTE else f"{url[: MOST_OF_A_NOTE - 1]}…"
        return ClaimDraft(source, stance, locator=f"event {cells['GLOBALEVENTID']}", note=note)

    def _side(self, cells: dict[str, str], actor: str) -> Side:
        """Who is meant by an actor's codes: a body, or a state and its organs; nobody where there are none."""
        if not any(cells[f"{actor}{part}"] for part in ACTOR):
            return Side("", None)
        code, name, country, group = (cells[f"{actor}{part}"] for part in ACTOR[:4])
        written = f"{name} ({code})" if name and code else name or code or country or group
        if group:
            if group not in BODIES:
                raise Rejected(f"{actor} is {written}, a body ({group}) that is not among those that can be mapped.")
            if country not in REGIONS:
                raise Rejected(f"{actor} is {written}, a body ({group}) and of {country}: which acts is not told.")
            # IGOUNODEVWBK is the World Bank, a body of the United Nations: the last one is the finest.
            finest = [part for part in PARTS.findall(code) if part in BODIES] or [group]
            return Side(written, PartyDraft("", organization=BODIES[finest[-1]]))
        types = {cells[f"{actor}Type{place}Code"] for place in (1, 2, 3)}
        if not country:
            raise Rejected(f"{actor} is {written or 'without a name'}, which names no country and no body.")
        private = types - STATE | {cells[f"{actor}{part}Code"] for part in ("Ethnic", "Religion1", "Religion2")} - {""}
        if private:
            raise Rejected(f"{actor} is {written} ({', '.join(sorted(private))}): in that country, but not its state.")
        return Side(written, PartyDraft("", country=COUNTRIES.get(country, country)))


class GDELT2(GDELT):
    name: ClassVar[str] = "gdelt2"
    layouts = (COLUMNS,)
    forms: ClassVar[dict[str, Form]] = FORMS | {"DATEADDED": A_MOMENT}


class GDELT1(GDELT):
    name: ClassVar[str] = "gdelt1"
    layouts = tuple(
        tuple(name for name in COLUMNS if not name.endswith("ADM2Code") and name not in left_out)
        for left_out in (set(), {"SOURCEURL"})
    )
    forms: ClassVar[dict[str, Form]] = FORMS | {"DATEADDED": A_DAY}


def _place(cells: dict[str, str]) -> dict[str, object]:
    """The place of the act; a FIPS code that stands for no country (the high seas) names none. Raises Rejected."""
    code = cells["ActionGeo_CountryCode"]
    if code and code not in COUNTRY_OF_FIPS and code not in NO_COUNTRY:
        raise Rejected(f"ActionGeo_CountryCode is {code!r}, which is no FIPS 10-4 code that can be mapped.")
    return {
        "place_name": cells["ActionGeo_FullName"],
        "place_country": COUNTRY_OF_FIPS.get(code, ""),
        "latitude": number(cells["ActionGeo_Lat"], "ActionGeo_Lat"),
        "longitude": number(cells["ActionGeo_Long"], "ActionGeo_Long"),
    }
