"""Files to import, with rows made up for these tests."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson

from events.importing.gdelt import COLUMNS as GDELT_COLUMNS
from events.importing.icews import COLUMNS as ICEWS_COLUMNS

VISITS = """\
dataset: {id: visits, title: Visits, publisher: historians, publisher_name: Historians, accessed: '2020-01-01'}
id: '{no}'
title: 'Visit of {who} to {to}'
kind: official-visit
date: {from: '{start}', to: '{end}'}
participants:
- {role: visitor, country: '{from}', leader: {text: '{who}', if_known: yes}}
- {role: host, country: '{to}'}
claim: {locator: 'visit {no}'}
"""

#: GDELT's columns of the World Bank, a body of the United Nations, as the second actor.
BANK = {"Actor2Code": "IGOUNODEVWBK", "Actor2Name": "WORLD BANK", "Actor2CountryCode": "", "Actor2Type1Code": "IGO"}


def table(header: Iterable[str], *rows: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def gdelt(**cells: str) -> str:
    """A row of GDELT 2.0: North Korea consults Syria on 4 June 2018, in Damascus."""
    row = {
        "GLOBALEVENTID": "700000001", "SQLDATE": "20180604", "MonthYear": "201806", "Year": "2018",
        "Actor1Code": "PRKGOV", "Actor1Name": "PYONGYANG", "Actor1CountryCode": "PRK", "Actor1Type1Code": "GOV",
        "Actor2Code": "SYR", "Actor2Name": "SYRIA", "Actor2CountryCode": "SYR",
        "EventCode": "040", "EventBaseCode": "040", "EventRootCode": "04", "QuadClass": "1",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Damascus, Syria", "ActionGeo_CountryCode": "SY",
        "ActionGeo_Lat": "33.5", "ActionGeo_Long": "36.3", "DATEADDED": "20180605120000",
        "SOURCEURL": "https://news.example/a",
    }  # fmt: skip
    return "\t".join((row | cells).get(name, "") for name in GDELT_COLUMNS) + "\n"


def gdelt1(columns: int = 58, **cells: str) -> str:
    """The same of GDELT 1.0, which has 58 columns and had 57 once."""
    row = dict(zip(GDELT_COLUMNS, gdelt(**{"DATEADDED": "20180605"} | cells).rstrip("\n").split("\t"), strict=True))
    return "\t".join([cell for name, cell in row.items() if not name.endswith("ADM2Code")][:columns]) + "\n"


def icews(*rows: dict[str, str]) -> str:
    """A file of ICEWS' shape; each row is one of North Korea, which consults Syria, but for what is named."""
    usual = dict.fromkeys(ICEWS_COLUMNS, "NA") | {
        "Event ID": "1", "Event Date": "2018-06-04", "Source Name": "Foreign Affairs (North Korea)",
        "Source Sectors": "Foreign Ministry,Executive,Government", "Source Country": "North Korea",
        "Event Text": "Consult", "CAMEO Code": "040", "Intensity": "1.0", "Target Name": "Syria",
        "Target Country": "Syria", "Story ID": "11", "Sentence Number": "2", "Publisher": "The Daily Example",
        "City": "Damascus", "Country": "Syria", "Latitude": "33.5", "Longitude": "36.3",
    }  # fmt: skip
    lines = ["\t".join(ICEWS_COLUMNS), *("\t".join((usual | row).values()) for row in rows)]
    return "\n".join(lines) + "\n"


def exported(public_id: str, **parts: Any) -> dict[str, Any]:
    """An event as NDJSON has it."""
    source = {
        "id": "an-article", "title": "An article", "kind": "article", "published": "2018-06-04",
        "publisher": {"id": "a-paper", "name": "A Paper"},
    }  # fmt: skip
    return {
        "id": public_id, "title": "Talks", "date": {"edtf": "2018-06-04"}, "kind": {"id": "talks"},
        "participants": [
            {"role": "party", "country": {"id": "PRK", "name": "North Korea"}},
            {"role": "party", "country": {"id": "SYR", "name": "Syria"}},
        ],
        "claims": [{"stance": "reports", "source": source, "locator": "para. 1"}],
    } | parts  # fmt: skip


def ndjson(*events: dict[str, Any]) -> bytes:
    return b"".join(orjson.dumps(event) + b"\n" for event in events)


def parties(event: Any) -> list[str]:
    """Who takes part in *event*, in which role."""
    named = ((each.role, each.leader or each.country or each.organization) for each in event.participations.all())
    return sorted(f"{role}:{who}" for role, who in named)


def rewritten(path: Path, change: Callable[[str], str]) -> Path:
    """The spreadsheet *path* with the text of its sheet changed by hand."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, change(content.decode()) if name.endswith("sheet1.xml") else content)
    return path
